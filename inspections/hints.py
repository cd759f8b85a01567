"""Warnings of the registry checks, as the scoring page offers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from inspections.enums import Party
from projects.checks import check_project
from projects.models import Project
from projects.queries import load_project_records, load_standards
from projects.warning import Rule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from inspections.models import Scoresheet
    from inspections.queries.sheets import Item
    from projects.records import ProjectRecord
    from projects.warning import RegistryWarning


_FEW = 3

_OWED_BY_PURCHASER = frozenset(
    {Rule.INSTALMENT_OVERDUE, Rule.INSTALMENT_SHORT, Rule.INSTALMENT_LATE}
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A warning, and the indicator (pk) that it belongs beside; None: beside no single one."""

    key: str
    warning: RegistryWarning
    indicator: int | None

    @property
    def party(self) -> Party:
        """Who would have to act: money that did not come is not the agency's to send."""
        return Party.PURCHASER if self.warning.rule in _OWED_BY_PURCHASER else Party.AGENCY

    @property
    def evidence(self) -> str:
        """What a finding made from it rests on; not the names of a whole team."""
        rows = list(dict.fromkeys(row.label for row in self.warning.rows))
        about = _(", ").join(rows) if len(rows) <= _FEW else ""
        return " · ".join(filter(None, (_("Registry check"), str(self.warning.rule.label), about)))


def inspected_on(sheet: Scoresheet, today: dt.date) -> dt.date:
    """The day that the warnings are to be about: that of the visit, or today before it."""
    visit = sheet.member.visit
    return min(visit.visited_on or visit.planned_on or today, today)


def load_hints(sheet: Scoresheet, items: Sequence[Item], *, day: dt.date) -> list[Hint]:
    """The warnings on the sheet's project, worst first; ten queries, see `projects.queries`."""
    projects = Project.objects.filter(pk=sheet.member.visit.project_id)
    (record,) = load_project_records(projects)
    found = check_project(record, standards=load_standards(), today=day)
    return [Hint(_key(each), each, _indicator(each, record, items)) for each in found]


def _key(warning: RegistryWarning) -> str:
    """A name that stays as long as the warning does: its rule and the rows behind it."""
    return "-".join([warning.rule.value, *(str(row.pk) for row in warning.rows)])


def _indicator(
    warning: RegistryWarning, record: ProjectRecord, items: Sequence[Item]
) -> int | None:
    """The indicator that names the check; for a service, the one that counts it."""
    if warning.rule is not Rule.SERVICE_BEHIND:
        named = (i.indicator for i in items if warning.rule in i.indicator.registry_checks.split())
        return next((indicator.pk for indicator in named), None)
    rows = {row.pk for row in warning.rows}
    kinds = {target.kind_key for target in record.service_targets if target.pk in rows}
    for item in items:
        service = item.indicator.service_kind
        if service is not None and service.key in kinds:
            return item.indicator.pk
    return None
