from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from projects.money import in_wan
from reports.overview_page import percent_text

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()


@register.filter
def wan(yuan: Decimal) -> str:
    """Yuan as 万元 with two decimals, without the unit."""
    return in_wan(yuan)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """A share in whole percent; empty when there is nothing to share."""
    return percent_text(part, whole)
