"""How points and percents are printed on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()


@register.filter
def plain(number: Decimal) -> str:
    """A number as people write it: 10 for 10.00, 0.5 for 0.50, 100 for 1E+2."""
    return f"{number.normalize():f}"


@register.filter
def as_percent(share: Decimal) -> str:
    """A share of one as a percentage: 30% for 0.300."""
    return f"{plain(share * 100)}%"
