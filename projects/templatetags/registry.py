"""How the registry's values are printed on pages."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, npgettext

from accounts.permissions import Permission
from projects.arrival import ArrivalState
from projects.dates import chinese_date
from projects.enums import DatePrecision
from projects.money import in_wan, in_yuan

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from accounts.models import User
    from projects.arrival import Arrival, InstalmentArrival
    from projects.models import Contract

register = template.Library()

UNKNOWN = "—"

_ARRIVAL_TONES = {
    ArrivalState.OVERDUE: "bad",
    ArrivalState.SHORT: "bad",
    ArrivalState.LATE: "warn",
    ArrivalState.ON_TIME: "ok",
}
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


@register.filter
def keeps_reference_data(user: User) -> bool:
    """Whether the user edits the registry in the admin site."""
    return user.may(Permission.USE_ADMIN_SITE)


@register.filter
def bar_mark(value: Decimal) -> str:
    """Where a mark of width 1 stands on a bar of 100, so that it stays inside."""
    return f"{min(max(value - Decimal('0.5'), Decimal(0)), Decimal(99)):.2f}"


@register.simple_tag
def arrival_chip(found: Arrival | InstalmentArrival) -> SafeString:
    """The state of arrival as a coloured chip, with the days when there are any."""
    label = str(found.state.label)
    if found.days_late:
        days = npgettext("late", "%(days)s day", "%(days)s days", found.days_late)
        label = f"{label} {days % {'days': found.days_late}}"
    tone = _ARRIVAL_TONES.get(found.state, "")
    return format_html('<span class="chip {}">{}</span>', tone, label)


@register.simple_tag
def hours_range(contract: Contract) -> str:
    """Contracted service hours: both ends, the one that is known, or a dash."""
    least, most = contract.service_hours_min, contract.service_hours_max
    if least is not None and most is not None:
        return f"{least:,}–{most:,}" if least != most else f"{least:,}"
    if least is not None:
        return f"≥ {least:,}"
    return UNKNOWN if most is None else f"≤ {most:,}"
