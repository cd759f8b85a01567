"""What a registry check says: the rule, the rows, the figures and the sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.utils import formats
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from projects.money import in_wan
from projects.standards import Limit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Rule(models.TextChoices):
    """What a warning is about; the values are stable names."""

    SHARED_FULL_TIME = "shared_full_time", _("Full-time on two projects at once")
    NO_CERTIFIED_STAFF = "no_certified_staff", _("No certified staff")
    LEAD_QUALIFICATION = "lead_qualification", _("Project lead under the required qualification")
    LEAD_YEARS = "lead_years", _("Project lead under the required years")
    HEADCOUNT = "headcount", _("Head count under contract")
    INSTALMENT_OVERDUE = "instalment_overdue", _("Instalment overdue")
    INSTALMENT_SHORT = "instalment_short", _("Instalment short")
    INSTALMENT_LATE = "instalment_late", _("Instalment came late")
    SPENDING_RATIO = "spending_ratio", _("Spending ratio outside its band")
    SERVICE_BEHIND = "service_behind", _("Service behind schedule")


class WarningSeverity(models.TextChoices):
    """The same three steps as those of findings, worst first."""

    SERIOUS = "serious", _("Serious")
    MODERATE = "moderate", _("Moderate")
    MINOR = "minor", _("Minor")


SEVERITIES: Mapping[Rule, WarningSeverity] = {
    Rule.SHARED_FULL_TIME: WarningSeverity.SERIOUS,
    Rule.NO_CERTIFIED_STAFF: WarningSeverity.SERIOUS,
    Rule.LEAD_QUALIFICATION: WarningSeverity.MODERATE,
    Rule.LEAD_YEARS: WarningSeverity.MODERATE,
    Rule.HEADCOUNT: WarningSeverity.MODERATE,
    Rule.INSTALMENT_OVERDUE: WarningSeverity.SERIOUS,
    Rule.INSTALMENT_SHORT: WarningSeverity.MODERATE,
    Rule.INSTALMENT_LATE: WarningSeverity.MINOR,
    Rule.SPENDING_RATIO: WarningSeverity.MODERATE,
    Rule.SERVICE_BEHIND: WarningSeverity.MODERATE,
}

RULES_NAMING_PEOPLE = frozenset({Rule.SHARED_FULL_TIME, Rule.LEAD_QUALIFICATION, Rule.LEAD_YEARS})
"""Rules whose sentences name somebody."""

type Figure = (
    int | str | _StrPromise | dt.date | models.TextChoices | Money | Percent | Number | Names
)


@dataclass(frozen=True, slots=True)
class Money:
    yuan: Decimal


@dataclass(frozen=True, slots=True)
class Percent:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Names:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row behind a warning: its model's name in lower case, its key, and what to call it."""

    model: str
    pk: int
    label: str


@dataclass(frozen=True, slots=True)
class RegistryWarning:
    """One thing to look at. `limit` is what was not kept, None where no limit is involved."""

    rule: Rule
    rows: tuple[RowRef, ...]
    template: str | _StrPromise
    figures: Mapping[str, Figure] = field(default_factory=dict)
    limit: Limit | None = None

    @property
    def severity(self) -> WarningSeverity:
        return SEVERITIES[self.rule]

    @property
    def sentence(self) -> str:
        """The warning in the language that is active, its figures in it."""
        return str(self.template % {name: _print(each) for name, each in self.figures.items()})


def _print(figure: Figure) -> int | str:
    """A figure as it stands in a sentence; whole numbers stay numbers, plurals depend on them."""
    match figure:
        case models.TextChoices():
            return str(figure.label)
        case Money(yuan):
            return gettext("%(amount)s ten thousand yuan") % {"amount": in_wan(yuan)}
        case Percent(value):
            return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):f}%"
        case Number(value):
            return f"{value.normalize():f}"
        case Names(names):
            return pgettext("between names", ", ").join(names)
        case dt.date():
            return formats.date_format(figure, "DATE_FORMAT")
        case int():
            return figure
        case _:
            return str(figure)
