"""The money of a round's fiscal year: how much, from whom, and whether it came in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from projects.arrival import Arrival, ArrivalState, arrival
from projects.enums import FundingSource
from projects.money import in_wan
from reports.chinese import join_and
from reports.figures.figure import Figure, Rows, Words
from reports.figures.record import AllocationRow, ProjectRow, RoundRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectArrival:
    """How a project's money stands.

    `due` and `received` sum what was due by then, `days_late` the most days that any of it came
    late or is late. `notes` are those of its allocations, in their order.
    """

    project: ProjectRow
    allocated_yuan: Decimal
    arrival: Arrival
    due: Figure[Decimal]
    received: Figure[Decimal]
    days_late: Figure[int]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingFigures:
    """`projects` are all with an allocation; `judged` those of them with anything due so far.

    `late` holds the projects of which something came late, came in part or has not come;
    `on_time` the other judged ones. All are in the order of the visits.
    """

    total: Figure[Decimal]
    by_source: Mapping[FundingSource, Figure[Decimal]]
    projects: tuple[ProjectArrival, ...]
    late: tuple[ProjectArrival, ...]
    on_time: tuple[ProjectArrival, ...]
    late_projects: Figure[tuple[str, ...]]
    on_time_projects: Figure[tuple[str, ...]]
    judged_projects: Figure[int]

    @property
    def judged(self) -> tuple[ProjectArrival, ...]:
        return tuple(
            one for one in self.projects if one.arrival.state is not ArrivalState.NOTHING_DUE
        )


def compute_funding(record: RoundRecord) -> FundingFigures:
    projects = _arrivals(record)
    late = tuple(one for one in projects if one.arrival.is_late)
    on_time = tuple(one for one in projects if one.arrival.is_on_time)
    return FundingFigures(
        total=_sum(
            record,
            "funding.total",
            record.allocations,
            _("Sum of all allocations of the fiscal year."),
        ),
        by_source={
            source: _sum(
                record,
                f"funding.{source.value}",
                tuple(one for one in record.allocations if one.source == source),
                _("Sum of the fiscal year's allocations from this source."),
                source,
            )
            for source in FundingSource
        },
        projects=projects,
        late=late,
        on_time=on_time,
        late_projects=_names(
            record,
            "funding.late_projects",
            late,
            _("Projects with an instalment that came late, came in part or has not come."),
            late=True,
        ),
        on_time_projects=_names(
            record,
            "funding.on_time_projects",
            on_time,
            _("Projects whose instalments due by then all came in time."),
        ),
        judged_projects=Figure(
            key="funding.judged_projects",
            value=(judged := len(late) + len(on_time)),
            unit="个",
            text=f"{judged}个",
            how=_("Number of projects with an instalment due by then."),
            rows=_rows(record, (*late, *on_time)),
        ),
    )


def _arrivals(record: RoundRecord) -> tuple[ProjectArrival, ...]:
    by_project: dict[int, list[AllocationRow]] = {}
    for allocation in record.allocations:
        by_project.setdefault(allocation.project, []).append(allocation)
    return tuple(
        _arrival_of(record, project, by_project[project.pk])
        for project in record.in_visit_order(set(by_project))
    )


def _arrival_of(
    record: RoundRecord, project: ProjectRow, allocations: list[AllocationRow]
) -> ProjectArrival:
    stands = arrival(
        [each for one in allocations for each in one.instalments],
        today=record.as_of,
        grace_days=record.arrival_grace_days,
    )
    days = max((each.days_late for each in stands.instalments), default=0)
    rows = Rows(
        ids=tuple(one.pk for one in allocations),
        page="projects:funding",
        query=(("year", str(record.year)), ("project", str(project.pk))),
    )
    return ProjectArrival(
        project=project,
        allocated_yuan=sum((one.amount_yuan for one in allocations), Decimal(0)),
        arrival=stands,
        due=_money(
            f"funding.due.{project.pk}",
            stands.due_yuan,
            _("Sum of the project's instalments due by then."),
            rows,
        ),
        received=_money(
            f"funding.received.{project.pk}",
            stands.received_yuan,
            _("Sum of what had arrived by then of the project's instalments due."),
            rows,
        ),
        days_late=Figure(
            key=f"funding.days_late.{project.pk}",
            value=days,
            unit="天",
            text=f"{days}天",
            how=_("Most days that one of the project's instalments came late or is late."),
            rows=rows,
        ),
        notes=tuple(one.note for one in allocations if one.note),
    )


def _sum(
    record: RoundRecord,
    key: str,
    allocations: tuple[AllocationRow, ...],
    how: Words,
    source: FundingSource | None = None,
) -> Figure[Decimal]:
    total = sum((one.amount_yuan for one in allocations), Decimal(0))
    query = [("year", str(record.year))]
    if source is not None:
        query.append(("source", source.value))
    rows = Rows(
        ids=tuple(one.pk for one in allocations), page="projects:funding", query=tuple(query)
    )
    return _money(key, total, how, rows)


def _money(key: str, yuan: Decimal, how: Words, rows: Rows) -> Figure[Decimal]:
    return Figure(key=key, value=yuan, unit="万元", text=f"{in_wan(yuan)}万元", how=how, rows=rows)


def _names(
    record: RoundRecord,
    key: str,
    projects: tuple[ProjectArrival, ...],
    how: Words,
    *,
    late: bool = False,
) -> Figure[tuple[str, ...]]:
    labels = tuple(record.label(one.project) for one in projects)
    return Figure(
        key=key,
        value=labels,
        unit="",
        text=join_and(labels),
        how=how,
        rows=_rows(record, projects, late=late),
    )


def _rows(record: RoundRecord, projects: tuple[ProjectArrival, ...], *, late: bool = False) -> Rows:
    query = [("year", str(record.year))]
    if late:
        query.append(("late", "true"))
    return Rows(
        ids=tuple(one.project.pk for one in projects), page="projects:funding", query=tuple(query)
    )
