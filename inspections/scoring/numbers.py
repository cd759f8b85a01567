"""Exact numbers: fractions on the way, one rounding at the end."""

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import reduce


def round_half_up(value: Fraction, places: int = 2) -> Decimal:
    """`value`, not negative, rounded half up to exactly `places` decimals (90 gives 90.00).

    Counts in integers, so that no decimal context can change the outcome.
    Raises ValueError for a negative value.
    """
    if value < 0:
        raise ValueError("Scores are never negative.")
    units = (2 * value.numerator * 10**places + value.denominator) // (2 * value.denominator)
    digits = tuple(int(digit) for digit in str(units))
    return Decimal((0, digits, -places))


def is_multiple(value: Decimal, step: Decimal) -> bool:
    """Whether `value` is a whole number of steps; both finite, `step` above zero."""
    return (Fraction(value) / Fraction(step)).denominator == 1


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """The sum, exact in any decimal context. Raises decimal.Inexact past 100 digits."""
    context = Context(prec=100, traps=[Inexact])
    return reduce(context.add, values, Decimal(0))
