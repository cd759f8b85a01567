"""Registry checks: what a project's rows already tell before anyone travels.

Pure rules over loaded rows (`projects.records`): no query, no clock. Rules on staff look at the
day asked about, or at the project's last day when its contracts have all ended before
(`staff_day`); rules on spending and services at the latest year that has rows, later years left
out; rules on instalments at every year, because money that is owed stays owed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from projects.arrival import ArrivalState, arrival, received_by
from projects.dates import full_years
from projects.enums import SOCIAL_WORK_QUALIFICATIONS, PostingRole, QualificationKind
from projects.progress import latest_year, running_period, service_progress, spending
from projects.records import PostingRecord, ProjectRecord, StaffRecord
from projects.standards import Standards
from projects.warning import (
    Money,
    Names,
    Number,
    Percent,
    RegistryWarning,
    RowRef,
    Rule,
    WarningSeverity,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


SERVICE_ROLES = frozenset({PostingRole.LEAD, PostingRole.WORKER})
"""Roles that give the service and so are expected to be certified."""

TEAM_ROLES = frozenset(PostingRole) - {PostingRole.SUPERVISOR}
"""Roles that count against the agreed head count: supervisors usually come from outside."""


def check_project(
    project: ProjectRecord, *, standards: Standards, today: dt.date
) -> tuple[RegistryWarning, ...]:
    """Every warning on one project, worst first, then in the order of `Rule`."""
    found = [warning for rule in _RULES for warning in rule(project, standards, today)]
    severities, rules = list(WarningSeverity), list(Rule)
    return tuple(sorted(found, key=lambda w: (severities.index(w.severity), rules.index(w.rule))))


def staff_day(project: ProjectRecord, today: dt.date) -> dt.date:
    """The day on which staff are looked at: `today`, or the project's last day if that is past.

    A project has a last day when each of its contracts names an end. Without contracts the
    bureau employs the staff itself, and it goes on.
    """
    ends = [contract.ends_on for contract in project.contracts]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends):
        return today
    return min(today, max(known))


def staff_in_post(project: ProjectRecord, day: dt.date) -> tuple[PostingRecord, ...]:
    """The postings that run on that day."""
    return tuple(posting for posting in project.postings if posting.runs_on(day))


def certificate_level(staff: StaffRecord, day: dt.date) -> int:
    """The highest social-worker level held that day: 1 assistant to 3 senior, 0 none.

    A certificate whose registration has run out does not count.
    """
    held = {each.kind for each in staff.qualifications if each.holds_on(day)}
    return max(
        (level for level, kind in enumerate(SOCIAL_WORK_QUALIFICATIONS, 1) if kind in held),
        default=0,
    )


# Rules on staff


def _shared_full_time(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """A person full-time here and full-time on another project on the same day."""
    day = staff_day(project, today)
    seen: set[int] = set()
    for posting in staff_in_post(project, day):
        person = posting.staff
        others = [
            each
            for each in person.engagements
            if each.project != project.pk and each.full_time and each.runs_on(day)
        ]
        if not posting.full_time or not others or person.pk in seen:
            continue
        seen.add(person.pk)
        yield RegistryWarning(
            rule=Rule.SHARED_FULL_TIME,
            rows=(
                RowRef("staffmember", person.pk, person.label),
                RowRef("posting", posting.pk, posting.label),
                *(RowRef("posting", each.pk, each.project_label) for each in others),
            ),
            template=_(
                "%(person)s is posted full-time on this project and, at the same time, "
                "full-time on: %(others)s."
            ),
            figures={
                "person": person.label,
                "others": Names(tuple(dict.fromkeys(each.project_label for each in others))),
            },
        )


def _no_certified_staff(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """Leads and workers are in post, and none holds a social worker's certificate."""
    day = staff_day(project, today)
    postings = [each for each in staff_in_post(project, day) if each.role in SERVICE_ROLES]
    people = {posting.staff.pk: posting.staff for posting in postings}
    if not people or any(certificate_level(person, day) for person in people.values()):
        return
    yield RegistryWarning(
        rule=Rule.NO_CERTIFIED_STAFF,
        rows=tuple(RowRef("staffmember", each.pk, each.label) for each in people.values()),
        template=ngettext_lazy(
            "The one person in post as lead or frontline social worker holds no social worker's "
            "certificate.",
            "%(count)s people are in post as leads and frontline social workers, and none of them "
            "holds a social worker's certificate.",
            "count",
        ),
        figures={"count": len(people)},
    )


def _lead_qualification(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """A lead holds a lower social-worker level than required, or none."""
    day = staff_day(project, today)
    required = min(int(standards.lead_level.value), len(SOCIAL_WORK_QUALIFICATIONS))
    for posting in _leads(project, day):
        held = certificate_level(posting.staff, day)
        if held >= required:
            continue
        yield RegistryWarning(
            rule=Rule.LEAD_QUALIFICATION,
            rows=_person_rows(posting),
            template=_(
                "Project lead %(person)s does not hold the required certificate "
                "(%(required)s or higher). Highest certificate held: %(held)s."
            ),
            figures={
                "person": posting.staff.label,
                "required": SOCIAL_WORK_QUALIFICATIONS[required - 1],
                "held": _level_name(held),
            },
            limit=standards.lead_level,
        )


def _lead_years(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """A lead has worked in the field for fewer full years than required; unknown is no reason."""
    day = staff_day(project, today)
    for posting in _leads(project, day):
        since = posting.staff.in_field_since
        if since is None or full_years(since, day) >= standards.lead_years.value:
            continue
        yield RegistryWarning(
            rule=Rule.LEAD_YEARS,
            rows=_person_rows(posting),
            template=ngettext_lazy(
                "Project lead %(person)s has worked in the field for %(years)s full year; "
                "required: %(required)s.",
                "Project lead %(person)s has worked in the field for %(years)s full years; "
                "required: %(required)s.",
                "years",
            ),
            figures={
                "person": posting.staff.label,
                "years": max(full_years(since, day), 0),
                "required": Number(standards.lead_years.value),
            },
            limit=standards.lead_years,
        )


def _headcount(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """Fewer people in post than agreed, supervisors not counted, once a contract has begun."""
    agreed = project.contracted_headcount
    day = staff_day(project, today)
    starts = [contract.starts_on or contract.signed_on for contract in project.contracts]
    has_begun = not starts or any(start is None or start <= day for start in starts)
    team = [each for each in staff_in_post(project, day) if each.role in TEAM_ROLES]
    people = {posting.staff.pk for posting in team}
    if agreed is None or len(people) >= agreed or not has_begun:
        return
    yield RegistryWarning(
        rule=Rule.HEADCOUNT,
        rows=(RowRef("project", project.pk, project.label),),
        template=_(
            "Agreed head count: %(agreed)s. In post: %(actual)s, of whom full-time on this "
            "project: %(full_time)s."
        ),
        figures={
            "agreed": agreed,
            "actual": len(people),
            "full_time": len({each.staff.pk for each in team if each.full_time}),
        },
    )


# Rules on money


def _instalments(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """Instalments overdue or short, of any year; those of the latest year that came late."""
    grace = standards.arrival_grace_days
    latest = latest_year((each.fiscal_year for each in project.allocations), today)
    for allocation in project.allocations:
        for each in arrival(
            allocation.instalments, today=today, grace_days=grace.value
        ).instalments:
            if each.state not in _INSTALMENT_RULES:
                continue
            if each.state is ArrivalState.LATE and allocation.fiscal_year != latest:
                continue
            rule, template = _INSTALMENT_RULES[each.state]
            instalment = each.instalment
            received = received_by(instalment, today)
            yield RegistryWarning(
                rule=rule,
                rows=(
                    RowRef("fundingallocation", allocation.pk, allocation.label),
                    RowRef("instalment", instalment.pk, instalment.label),
                ),
                template=template,
                figures={
                    "year": allocation.fiscal_year,
                    "source": allocation.source,
                    "sequence": instalment.sequence,
                    "due": Money(instalment.due_yuan),
                    "due_on": instalment.due_on,
                    "received": Money(received),
                    "missing": Money(instalment.due_yuan - received),
                    "days": each.days_late,
                },
                limit=grace,
            )


_INSTALMENT_RULES: Mapping[ArrivalState, tuple[Rule, _StrPromise]] = {
    ArrivalState.OVERDUE: (
        Rule.INSTALMENT_OVERDUE,
        ngettext_lazy(
            "%(year)s, %(source)s, instalment %(sequence)s: %(due)s was due on %(due_on)s and has "
            "been overdue for %(days)s day.",
            "%(year)s, %(source)s, instalment %(sequence)s: %(due)s was due on %(due_on)s and has "
            "been overdue for %(days)s days.",
            "days",
        ),
    ),
    ArrivalState.SHORT: (
        Rule.INSTALMENT_SHORT,
        _(
            "%(year)s, %(source)s, instalment %(sequence)s: of %(due)s, due on %(due_on)s, "
            "%(received)s has arrived and %(missing)s is missing."
        ),
    ),
    ArrivalState.LATE: (
        Rule.INSTALMENT_LATE,
        ngettext_lazy(
            "%(year)s, %(source)s, instalment %(sequence)s: %(due)s, due on %(due_on)s, came "
            "%(days)s day late.",
            "%(year)s, %(source)s, instalment %(sequence)s: %(due)s, due on %(due_on)s, came "
            "%(days)s days late.",
            "days",
        ),
    ),
}


def _spending_ratio(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """What was spent, in percent of even spending over the project's part of the year.

    The band includes its edges. Until a part of the year has passed nothing is said: a project
    buys and hires in its own time at the start.
    """
    year = latest_year((line.fiscal_year for line in project.budget_lines), today)
    if year is None:
        return
    lines = [line for line in project.budget_lines if line.fiscal_year == year]
    found = spending(lines, period=running_period(project.contracts, year), today=today)
    pace = found.pace_percent
    if pace is None or found.elapsed_percent < standards.spending_from_percent.value:
        return
    lower, upper = standards.spending_lower_percent, standards.spending_upper_percent
    if lower.value <= pace <= upper.value:
        return
    is_low = pace < lower.value
    yield RegistryWarning(
        rule=Rule.SPENDING_RATIO,
        rows=tuple(RowRef("budgetline", line.pk, line.label) for line in lines),
        template=_SPENDING_LOW if is_low else _SPENDING_HIGH,
        figures={
            "year": year,
            "spent": Money(found.spent_yuan),
            "budgeted": Money(found.budgeted_yuan),
            "expected": Money(found.expected_yuan),
            "pace": Percent(pace),
            "limit": Percent((lower if is_low else upper).value),
        },
        limit=lower if is_low else upper,
    )


_SPENDING_LOW = _(
    "%(year)s: %(spent)s of a budget of %(budgeted)s has been spent; spent evenly, it would have "
    "been %(expected)s by then. That is %(pace)s of the plan, below the lower limit of %(limit)s."
)
_SPENDING_HIGH = _(
    "%(year)s: %(spent)s of a budget of %(budgeted)s has been spent; spent evenly, it would have "
    "been %(expected)s by then. That is %(pace)s of the plan, above the upper limit of %(limit)s."
)


# Rules on services


def _service_behind(
    project: ProjectRecord, standards: Standards, today: dt.date
) -> Iterator[RegistryWarning]:
    """A service of the latest year lags behind the part of the year that had passed."""
    year = latest_year((target.year for target in project.service_targets), today)
    if year is None:
        return
    period = running_period(project.contracts, year)
    for target in project.service_targets:
        progress = service_progress(target, period=period, today=today)
        if target.year != year or progress.lag_percent <= standards.service_lag_percent.value:
            continue
        yield RegistryWarning(
            rule=Rule.SERVICE_BEHIND,
            rows=(RowRef("servicetarget", target.pk, target.label),),
            template=pgettext_lazy(
                "registry check",
                "%(year)s, %(service)s: %(completed)s of %(target)s done (%(done)s), when "
                "%(elapsed)s of the year's work time had passed.",
            ),
            figures={
                "year": year,
                "service": target.label,
                "completed": target.completed,
                "target": target.target,
                "done": Percent(progress.done_percent),
                "elapsed": Percent(progress.elapsed_percent),
            },
            limit=standards.service_lag_percent,
        )


_RULES: tuple[Callable[[ProjectRecord, Standards, dt.date], Iterator[RegistryWarning]], ...] = (
    _shared_full_time,
    _no_certified_staff,
    _lead_qualification,
    _lead_years,
    _headcount,
    _instalments,
    _spending_ratio,
    _service_behind,
)


def _leads(project: ProjectRecord, day: dt.date) -> list[PostingRecord]:
    return [each for each in staff_in_post(project, day) if each.role is PostingRole.LEAD]


def _person_rows(posting: PostingRecord) -> tuple[RowRef, ...]:
    person = posting.staff
    return (
        RowRef("staffmember", person.pk, person.label),
        RowRef("posting", posting.pk, posting.label),
    )


def _level_name(level: int) -> QualificationKind | _StrPromise:
    return SOCIAL_WORK_QUALIFICATIONS[level - 1] if level else pgettext_lazy("certificate", "none")
