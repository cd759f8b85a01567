"""Loads a round as plain rows, in a number of queries that does not grow with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DecimalField, F, IntegerField, Q, TextField, Value

from inspections.enums import FindingKind, FindingStatus, Party, Severity, VisitStatus
from inspections.models import (
    Finding,
    FindingCategory,
    GradeBand,
    Section,
    SectionScore,
    Track,
    TrackScore,
    Visit,
)
from projects.checks import TEAM_ROLES
from projects.enums import (
    DatePrecision,
    Education,
    Employment,
    FieldOfStudy,
    FundingSource,
    Level,
    PostingRole,
    Procurement,
    QualificationKind,
)
from projects.models import CheckStandard, Contract, FundingAllocation, Posting, Project
from projects.records import InstalmentRecord, QualificationRecord, StaffRecord
from projects.standards import Limit, Standards
from reports.figures.record import (
    AllocationRow,
    CategoryRow,
    ContractRow,
    FindingRow,
    GradeRow,
    PartRow,
    PartScoreRow,
    PostingRow,
    ProjectRow,
    RoundRecord,
    VisitRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspections.models import Round


def load_record(round: Round) -> RoundRecord:
    """The round and the registry around it; eight queries.

    `round` is the row itself; its instrument need not be loaded.
    """
    visits = _visits(round)
    as_of, period = _days(round, visits)
    scores = _part_scores(round)
    reference = _reference(round)
    return RoundRecord(
        name=round.name,
        year=round.year,
        as_of=as_of,
        period=period,
        projects=_projects(),
        visits=visits,
        track_scores=scores["track"],
        section_scores=scores["section"],
        tracks=reference.tracks,
        sections=reference.sections,
        grades=reference.grades,
        contracts=_contracts(period),
        allocations=_allocations(round.year),
        arrival_grace_days=reference.arrival_grace_days,
        postings=_postings(as_of),
        findings=_findings(round),
        categories=reference.categories,
    )


def _visits(round: Round) -> tuple[VisitRow, ...]:
    rows = Visit.objects.filter(round=round).values_list(
        "pk",
        "project",
        "status",
        "planned_on",
        "visited_on",
        "result__total_percent",
        "result__grade__key",
        "result__is_capped",
    )
    return tuple(
        VisitRow(
            pk=pk,
            project=project,
            status=VisitStatus(status),
            planned_on=planned_on,
            visited_on=visited_on,
            total_percent=total,
            grade_key=grade or "",
            is_capped=bool(capped),
        )
        for pk, project, status, planned_on, visited_on, total, grade, capped in rows
    )


def _days(round: Round, visits: Sequence[VisitRow]) -> tuple[dt.date, tuple[dt.date, dt.date]]:
    """The day to look at, and the period of the round, as `RoundRecord` explains them."""
    first, last = dt.date(round.year, 1, 1), dt.date(round.year, 12, 31)
    visited = [visit.visited_on for visit in visits if visit.visited_on]
    planned = [visit.planned_on for visit in visits if visit.planned_on]
    as_of = max(visited or planned or [last])
    return as_of, (first, max(last, as_of))


def _projects() -> tuple[ProjectRow, ...]:
    rows = Project.objects.values_list(
        "pk",
        "name",
        "short_name",
        "level",
        "district",
        "district__name",
        "district__short_name",
        "service_focus",
        "service_model",
        "partners",
    )
    return tuple(
        ProjectRow(
            pk=pk,
            name=name,
            short_name=short_name,
            level=Level(level),
            district=district,
            district_name=district_name or "",
            district_short_name=district_short_name or "",
            service_focus=focus,
            service_model=model,
            partners=partners,
        )
        for (
            pk,
            name,
            short_name,
            level,
            district,
            district_name,
            district_short_name,
            focus,
            model,
            partners,
        ) in rows
    )


def _part_scores(round: Round) -> dict[str, tuple[PartScoreRow, ...]]:
    """Scores of tracks and of sections, in one query."""
    tracks = (
        TrackScore.objects.filter(result__visit__round=round)
        .order_by()
        .values_list(Value("track", CharField()), "result__visit", "track__key", "percent")
    )
    sections = (
        SectionScore.objects.filter(result__visit__round=round)
        .order_by()
        .values_list(Value("section", CharField()), "result__visit", "section__key", "percent")
    )
    found: dict[str, list[PartScoreRow]] = {"track": [], "section": []}
    for kind, visit, key, percent in tracks.union(sections, all=True).order_by():
        found[kind].append(PartScoreRow(visit=visit, key=key, percent=percent))
    return {kind: tuple(rows) for kind, rows in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference:
    tracks: tuple[PartRow, ...]
    sections: tuple[PartRow, ...]
    grades: tuple[GradeRow, ...]
    categories: tuple[CategoryRow, ...]
    arrival_grace_days: Decimal


def _reference(round: Round) -> _Reference:
    """Five small tables in one query: the instrument's parts, finding categories, limits.

    Their columns: the table, key, name, short name, group, position, number.
    """
    instrument = round.instrument_id
    tables = [
        Track.objects.filter(instrument=instrument).values_list(
            *_columns("track", "key", "name", F("name"), _none, F("position"), F("weight"))
        ),
        Section.objects.filter(instrument=instrument).values_list(
            *_columns("section", "key", "name", F("short_name"), _none, F("number"), _zero)
        ),
        GradeBand.objects.filter(instrument=instrument).values_list(
            *_columns("grade", "key", "name", F("name"), _none, _nought, F("lower_percent"))
        ),
        FindingCategory.objects.values_list(
            *_columns("category", "key", "title", F("short_name"), F("kind"), F("position"), _zero)
        ),
        CheckStandard.objects.values_list(
            *_columns("standard", "key", "source", F("source"), _none, _nought, F("value"))
        ),
    ]
    first, *others = (table.order_by() for table in tables)
    found: dict[str, list[Any]] = {}
    for table, *row in first.union(*others, all=True).order_by():
        found.setdefault(table, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row[4])
    bands = sorted(found.get("grade", []), key=lambda row: -row[5])
    standards = Standards().overridden(
        (key, Limit(number, source)) for key, source, *_, number in found.get("standard", [])
    )
    return _Reference(
        tracks=_parts(found.get("track", [])),
        sections=_parts(found.get("section", [])),
        grades=tuple(
            GradeRow(key=key, name=name, level=level, lower_percent=number.quantize(_CENT))
            for level, (key, name, _short, _group, _position, number) in enumerate(bands, 1)
        ),
        categories=tuple(
            CategoryRow(key=key, kind=FindingKind(kind), title=title, short_name=short)
            for key, title, short, kind, _position, _number in found.get("category", [])
        ),
        arrival_grace_days=standards.arrival_grace_days.value,
    )


_CENT = Decimal("0.01")
_none = Value("", TextField())
_nought = Value(0, IntegerField())
_zero = Value(Decimal(0), DecimalField(max_digits=8, decimal_places=2))


def _columns(table: str, key: str, name: str, *rest: Any) -> tuple[Any, ...]:
    return (Value(table, CharField()), F(key), F(name), *rest)


def _parts(rows: list[Any]) -> tuple[PartRow, ...]:
    return tuple(PartRow(key=key, name=name, short_name=short) for key, name, short, *_ in rows)


def _contracts(period: tuple[dt.date, dt.date]) -> tuple[ContractRow, ...]:
    """Contracts that ran within the period; what is not known of their dates excludes none."""
    first, last = period
    rows = (
        Contract.objects.filter(
            Q(signed_on__isnull=True) | Q(signed_on__lte=last),
            Q(starts_on__isnull=True) | Q(starts_on__lte=last),
            # Only the year counts here: `first` is the first day of one, so the first day that a
            # date of which only a part is known can mean says the same as its last day.
            Q(ends_on__isnull=True) | Q(ends_on__gte=first),
        )
        .order_by("project__level", "project__district__code", "project", "pk")
        .values_list(
            "pk",
            "project",
            "agency",
            "agency__name",
            "service_area",
            "parties",
            "procurement",
            "signed_on",
            "signed_precision",
        )
    )
    return tuple(
        ContractRow(
            pk=pk,
            project=project,
            agency=agency,
            agency_name=agency_name,
            service_area=area,
            parties=parties,
            procurement=Procurement(procurement),
            signed_on=signed_on,
            signed_precision=DatePrecision(precision),
        )
        for (
            pk,
            project,
            agency,
            agency_name,
            area,
            parties,
            procurement,
            signed_on,
            precision,
        ) in rows
    )


def _allocations(year: int) -> tuple[AllocationRow, ...]:
    """The year's allocations with their instalments, in one query."""
    rows = (
        FundingAllocation.objects.filter(fiscal_year=year)
        .order_by("project", "source", "instalments__sequence")
        .values_list(
            "pk",
            "project",
            "source",
            "amount_yuan",
            "note",
            "instalments__pk",
            "instalments__sequence",
            "instalments__due_on",
            "instalments__due_yuan",
            "instalments__received_on",
            "instalments__received_yuan",
        )
    )
    heads: dict[int, tuple[Any, ...]] = {}
    instalments: dict[int, list[InstalmentRecord]] = {}
    columns: tuple[Any, ...]
    for columns in rows:
        pk, project, source, amount, note = columns[:5]
        key, sequence, due_on, due_yuan, received_on, received_yuan = columns[5:]
        heads[pk] = (project, source, amount, note)
        parts = instalments.setdefault(pk, [])
        if key is not None:
            parts.append(
                InstalmentRecord(
                    pk=key,
                    label=str(sequence),
                    sequence=sequence,
                    due_on=due_on,
                    due_yuan=due_yuan,
                    received_on=received_on,
                    received_yuan=received_yuan,
                )
            )
    return tuple(
        AllocationRow(
            pk=pk,
            project=project,
            source=FundingSource(source),
            amount_yuan=amount,
            note=note,
            instalments=tuple(instalments[pk]),
        )
        for pk, (project, source, amount, note) in heads.items()
    )


def _postings(day: dt.date) -> tuple[PostingRow, ...]:
    """Postings of the teams that run on the day, with people and certificates, in one query."""
    rows = (
        Posting.objects.on(day)
        .filter(role__in=[role.value for role in TEAM_ROLES])
        .order_by("project", "pk", "staff__qualifications__pk")
        .values_list(
            "pk",
            "project",
            "contract",
            "role",
            "staff",
            "staff__name",
            "staff__employment",
            "staff__education",
            "staff__field_of_study",
            "staff__agency",
            "staff__in_field_since",
            "staff__formerly_government",
            "staff__qualifications__pk",
            "staff__qualifications__kind",
            "staff__qualifications__issued_on",
            "staff__qualifications__valid_until",
        )
    )
    heads: dict[int, tuple[Any, ...]] = {}
    held: dict[int, list[QualificationRecord]] = {}
    columns: tuple[Any, ...]
    for columns in rows:
        pk, (key, kind, issued_on, valid_until) = columns[0], columns[-4:]
        heads[pk] = columns[1:-4]
        certificates = held.setdefault(pk, [])
        if key is not None:
            certificates.append(
                QualificationRecord(
                    pk=key,
                    kind=QualificationKind(kind),
                    issued_on=issued_on,
                    valid_until=valid_until,
                )
            )
    return tuple(_posting(pk, head, tuple(held[pk])) for pk, head in heads.items())


def _posting(
    pk: int, head: tuple[Any, ...], certificates: tuple[QualificationRecord, ...]
) -> PostingRow:
    project, contract, role, staff, name, employment, education, field, agency, since, former = head
    return PostingRow(
        pk=pk,
        project=project,
        contract=contract,
        role=PostingRole(role),
        staff=StaffRecord(
            pk=staff,
            label=name,
            employment=Employment(employment),
            education=Education(education),
            field_of_study=FieldOfStudy(field),
            agency=agency,
            in_field_since=since,
            formerly_government=former,
            qualifications=certificates,
        ),
    )


def _findings(round: Round) -> tuple[FindingRow, ...]:
    rows = Finding.objects.filter(visit__round=round).values_list(
        "pk",
        "project",
        "kind",
        "category__key",
        "severity",
        "status",
        "text",
        "responsible_party",
        "due_on",
    )
    return tuple(
        FindingRow(
            pk=pk,
            project=project,
            kind=FindingKind(kind),
            category=category or "",
            severity=Severity(severity) if severity else None,
            status=FindingStatus(status),
            text=text,
            party=Party(party) if party else None,
            due_on=due_on,
        )
        for pk, project, kind, category, severity, status, text, party, due_on in rows
    )
