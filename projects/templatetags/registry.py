"""How the registry's values are printed on pages."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.translation import get_language, gettext

from projects.dates import chinese_date
from projects.enums import DatePrecision
from projects.money import in_wan, in_yuan

register = template.Library()

UNKNOWN = "—"

_KNOWN_PARTS = {
    DatePrecision.YEAR: "%Y",
    DatePrecision.MONTH: "%Y-%m",
    DatePrecision.DAY: "%Y-%m-%d",
}


@register.filter
def wan(yuan: Decimal | None) -> str:
    """Ten thousands of yuan with two decimals and no unit: 2022.06. A dash when not known."""
    return UNKNOWN if yuan is None else in_wan(yuan)


@register.filter
def wan_yuan(yuan: Decimal | None) -> str:
    """The same with its unit: 2022.06万元."""
    if yuan is None:
        return UNKNOWN
    return gettext("%(amount)s ten thousand yuan") % {"amount": in_wan(yuan)}


@register.filter
def yuan(amount: Decimal | None) -> str:
    """Yuan with two decimals, thousands set apart: 20,220,600.00. A dash when not known."""
    return UNKNOWN if amount is None else in_yuan(amount)


@register.filter
def percent(value: Decimal | None) -> str:
    """A percentage with one decimal: 87.5%. A dash when there is none."""
    if value is None:
        return UNKNOWN
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):f}%"


@register.filter
def known_date(value: dt.date | None, precision: str = DatePrecision.DAY) -> str:
    """A date as far as it is known: 2015年10月, or 2015-10 on English pages."""
    if value is None:
        return UNKNOWN
    if (get_language() or "").startswith("zh"):
        return chinese_date(value, precision)
    return value.strftime(_KNOWN_PARTS[DatePrecision(precision)])


@register.filter
def bar_length(value: Decimal | None) -> str:
    """A percentage as the length of a bar of 100: never below 0 or over 100."""
    return f"{min(max(value or Decimal(0), Decimal(0)), Decimal(100)):.2f}"
