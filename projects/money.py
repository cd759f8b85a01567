"""Money for print. Amounts are `Decimal` yuan everywhere else."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_WAN = Decimal(10_000)
_CENT = Decimal("0.01")


def in_wan(yuan: Decimal) -> str:
    """Ten thousands of yuan (万元) with two decimals, rounded half up, without the unit."""
    return f"{(yuan / _WAN).quantize(_CENT, ROUND_HALF_UP):f}"


def in_yuan(yuan: Decimal) -> str:
    """Yuan with two decimals and the thousands set apart by commas, without the unit."""
    return f"{yuan.quantize(_CENT, ROUND_HALF_UP):,f}"
