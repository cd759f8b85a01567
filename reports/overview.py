"""The overview of a round: everything that its page and its workbook show.

Figures come from `reports.figures`, so that the page and the reports can't differ; this module
arranges them. `load_overview` asks ten queries, whatever the size of the round.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import CharField, Count, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Cast, Concat

from inspections.enums import VisitStatus
from inspections.models import PanelMember, Round
from inspections.models.rounds import RoundQuerySet, UnknownRoundError
from projects.enums import Level
from reports.enums import ReportKind
from reports.figures import compute
from reports.models import Report
from reports.queries import load_record

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from accounts.models import User
    from reports.figures import RoundFigures, RoundRecord
    from reports.figures.record import ContractRow, GradeRow, PartRow, ProjectRow, VisitRow


@dataclass(frozen=True, slots=True)
class Sheets:
    """Scoresheets that a panel is to hand in, and those that it has handed in."""

    assigned: int
    submitted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What tells a project apart at a glance; each part is empty where it says nothing.

    `areas` are the two or three areas of its contracts; `agencies` counts where there are more.
    """

    is_city_level: bool
    is_run_by_bureau: bool
    areas: tuple[str, ...]
    agencies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A visit in the table of scores; `percents` follow the sections, None: did not apply."""

    visit: VisitRow
    project: ProjectRow
    label: str
    situation: Situation
    sheets: Sheets
    grade: GradeRow | None
    percents: tuple[Decimal | None, ...]

    @property
    def is_scored(self) -> bool:
        return self.visit.status == VisitStatus.SIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A round at a glance.

    `rows` are all visits: scored ones first, highest total first, then the others by how far they
    are. `sections` are those with indicators; none before the first visit is signed off.
    `states` counts the visits in each state. `rounds` are all that the user may switch to, newest
    first. `summary` is the newest version of the citywide summary; None: there is none.
    """

    round: Round
    rounds: tuple[Round, ...]
    basis_numbers: str
    summary: uuid.UUID | None
    record: RoundRecord
    figures: RoundFigures
    sections: tuple[PartRow, ...]
    rows: tuple[Row, ...]
    states: Mapping[VisitStatus, int]
    sheets: Sheets

    @property
    def is_complete(self) -> bool:
        """Whether every visit is signed off."""
        return bool(self.rows) and self.states[VisitStatus.SIGNED] == len(self.rows)


def load_overview(name: str, *, user: User) -> Overview:
    """The round called `name` as the user may see it.

    Raises UnknownRoundError.
    """
    return _load(name, Round.objects.visible_to(user))


def load_whole_overview(name: str) -> Overview:
    """The round called `name`, for commands, which nobody signs in to.

    Raises UnknownRoundError.
    """
    return _load(name, Round.objects.all())


# The round's documents in one text, for the price of no query: not every SQLite can put what it
# joins into order, so each comes with its position.
_BETWEEN, _WITHIN = "\x1e", "\x1f"
_BASIS = StringAgg(
    Concat(
        Cast("basis_documents__position", CharField()),
        Value(_WITHIN),
        "basis_documents__number",
        output_field=CharField(),
    ),
    Value(_BETWEEN),
    filter=Q(basis_documents__isnull=False),
)


def _basis_numbers(joined: str | None) -> str:
    """The documents' numbers in their order, as a list in a sentence."""
    parts = [part.split(_WITHIN) for part in joined.split(_BETWEEN)] if joined else []
    ordered = sorted(parts, key=lambda part: int(part[0]))
    return "、".join(number for _position, number in ordered if number)


def _load(name: str, visible: RoundQuerySet) -> Overview:
    summaries = (
        Report.objects.filter(round=OuterRef("pk"), kind=ReportKind.CITY)
        .order_by("-version")
        .values("pk")[:1]
    )
    rounds = {
        one.name: one
        for one in visible.annotate(summary=Subquery(summaries), basis=_BASIS).order_by(
            "-year", "-sequence"
        )
    }
    if name not in rounds:
        raise UnknownRoundError(name)
    chosen = rounds[name]
    annotated = vars(chosen)
    return _overview(
        chosen,
        tuple(rounds.values()),
        _basis_numbers(annotated["basis"]),
        annotated["summary"],
    )


def _overview(
    chosen: Round, rounds: tuple[Round, ...], basis_numbers: str, summary: uuid.UUID | None
) -> Overview:
    record = load_record(chosen)
    sheets = _sheets(chosen)
    scored = {one.key for one in record.section_scores}
    sections = tuple(part for part in record.sections if part.key in scored)
    rows = _rows(record, sections, sheets)
    return Overview(
        round=chosen,
        rounds=rounds,
        basis_numbers=basis_numbers,
        summary=summary,
        record=record,
        figures=compute(record),
        sections=sections,
        rows=rows,
        states={state: sum(row.visit.status == state for row in rows) for state in VisitStatus},
        sheets=Sheets(
            assigned=sum(one.assigned for one in sheets.values()),
            submitted=sum(one.submitted for one in sheets.values()),
        ),
    )


def _sheets(round: Round) -> dict[int, Sheets]:
    """By visit: the sheets of members without a conflict of interest; one query."""
    counts = (
        PanelMember.objects.without_conflict()
        .filter(visit__round=round)
        .order_by()
        .values_list("visit")
        .annotate(
            assigned=Count("pk"),
            submitted=Count("pk", filter=Q(sheet__submitted_at__isnull=False)),
        )
    )
    return {visit: Sheets(assigned, submitted) for visit, assigned, submitted in counts}


_FURTHEST_FIRST = (
    VisitStatus.SIGNED,
    VisitStatus.MODERATION,
    VisitStatus.SCORING,
    VisitStatus.PLANNED,
)


def _rows(
    record: RoundRecord, sections: tuple[PartRow, ...], sheets: Mapping[int, Sheets]
) -> tuple[Row, ...]:
    grades = {grade.key: grade for grade in record.grades}
    percents = {(one.visit, one.key): one.percent for one in record.section_scores}
    situations = _situations(record)
    rows = [
        Row(
            visit=visit,
            project=(project := record.project_by_pk[visit.project]),
            label=record.short_label(project),
            situation=situations[project.pk],
            sheets=sheets.get(visit.pk, Sheets(0, 0)),
            grade=grades.get(visit.grade_key),
            percents=tuple(percents.get((visit.pk, part.key)) for part in sections),
        )
        for visit in record.visits
    ]
    return tuple(sorted(rows, key=_place))


def _place(row: Row) -> tuple[int, Decimal, dt.date]:
    day = row.visit.visited_on or row.visit.planned_on or dt.date.max
    return (
        _FURTHEST_FIRST.index(row.visit.status),
        -(row.visit.total_percent or Decimal(0)),
        day,
    )


MOST_AREAS = 3
"""Areas that still fit beside a project's name."""


def _situations(record: RoundRecord) -> dict[int, Situation]:
    contracts: dict[int, list[ContractRow]] = {}
    for contract in record.contracts:
        contracts.setdefault(contract.project, []).append(contract)
    return {
        project.pk: _situation(project, contracts.get(project.pk, []))
        for project in record.projects
    }


def _situation(project: ProjectRow, contracts: list[ContractRow]) -> Situation:
    areas = tuple(dict.fromkeys(one.service_area for one in contracts if one.service_area))
    agencies = len({one.agency for one in contracts})
    return Situation(
        is_city_level=project.level == Level.CITY,
        is_run_by_bureau=not contracts,
        areas=areas if 1 < len(areas) <= MOST_AREAS else (),
        agencies=agencies if agencies > MOST_AREAS else 0,
    )
