"""The overview of a round as an Excel workbook, for the page and for `manage.py export_round`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from inspections.models import Finding
from projects.arrival import arrival
from projects.enums import Employment, FieldOfStudy
from reports.overview_page import arrival_text, note_text
from reports.workbooks import (
    DAY,
    MONEY,
    SCORE,
    SHARE,
    TEXT,
    WHOLE,
    Column,
    fill_sheet,
    mark_pages,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from reports.figures import Figure, Team
    from reports.overview import Overview, Row
    from reports.workbooks import Value


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who took the figures out of the system, and when."""

    by: str
    at: dt.datetime

    @property
    def text(self) -> str:
        return _("Exported by %(by)s at %(at)s") % {
            "by": self.by,
            "at": self.at.strftime("%Y-%m-%d %H:%M"),
        }


def write_workbook(overview: Overview, stamp: Stamp) -> BytesIO:
    """The whole workbook, at its beginning; one query, for the findings' texts."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_cover(book.create_sheet(_("Overview")), overview, stamp)
    for title, fill in (
        (_("Scores"), _fill_scores),
        (_("Findings"), _fill_findings),
        (_("Funding"), _fill_funding),
        (_("Team"), _fill_team),
    ):
        sheet = book.create_sheet(title)
        fill(sheet, overview)
    for sheet in book.worksheets:
        mark_pages(
            sheet,
            foot=f"{overview.round.name} · {stamp.text}",
            head=_("DEMONSTRATION") if settings.DEMO else "",
        )
    book.properties.creator = stamp.by
    book.properties.title = f"{overview.round.name} {overview.round.title}"
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


# The first sheet


def _write_cover(sheet: Worksheet, overview: Overview, stamp: Stamp) -> None:
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 60
    write(sheet, 1, 1, overview.round.title).font = Font(bold=True, size=16)
    write(sheet, 2, 1, stamp.text)
    if settings.DEMO:
        write(sheet, 3, 1, _("DEMONSTRATION")).font = Font(bold=True, color="B23A34")
    for line, (label, value, number_format) in enumerate(_facts(overview), 5):
        write(sheet, line, 1, label)
        cell = write(sheet, line, 2, value, number_format)
        cell.alignment = Alignment(horizontal="left", wrap_text=True, vertical="top")
    sheet.freeze_panes = "A3"


def _facts(overview: Overview) -> Iterator[tuple[str, Value, str]]:
    figures = overview.figures
    yield _("Round"), overview.round.name, TEXT
    yield _("Based on"), overview.basis_numbers, TEXT
    yield _("First day of visits"), figures.visits.first_day.value, DAY
    yield _("Last day of visits"), figures.visits.last_day.value, DAY
    yield _("Visits planned"), figures.visits.planned.value, WHOLE
    yield _("Visits carried out"), figures.visits.carried_out.value, WHOLE
    yield _("of district level"), figures.visits.district_projects.value, WHOLE
    yield _("of city level"), figures.visits.city_projects.value, WHOLE
    yield _("Visits signed off"), figures.visits.signed.value, WHOLE
    yield _("Scoresheets assigned"), overview.sheets.assigned, WHOLE
    yield _("Scoresheets submitted"), overview.sheets.submitted, WHOLE
    yield _("Mean score"), figures.scores.mean.value, SCORE
    if figures.scores.median.value is not None:
        yield _("Median score"), figures.scores.median.value, SCORE
    for track in figures.scores.tracks:
        yield _("Mean score: %(part)s") % {"part": track.part.name}, track.mean.value, SCORE
    for grade, figure in figures.scores.by_grade:
        yield _("Projects graded %(grade)s") % {"grade": grade.name}, figure.value, WHOLE
    yield _("Problems"), figures.findings.problems.value, WHOLE
    yield _("Problems verified as put right"), figures.findings.verified.value, WHOLE
    yield _("Funding of the year (yuan)"), figures.funding.total.value, MONEY
    for source, funds in figures.funding.by_source.items():
        yield _("from %(source)s (yuan)") % {"source": source.label}, funds.value, MONEY
    yield _("Projects with money due"), len(figures.funding.judged), WHOLE
    yield _("Projects with all money on time"), len(figures.funding.on_time), WHOLE
    yield _("People in post"), figures.team.staff.value, WHOLE
    yield _("of them certified"), figures.team.certified.value, WHOLE


# Scores by project and section


def _fill_scores(sheet: Worksheet, overview: Overview) -> None:
    tracks = [part.part for part in overview.figures.scores.tracks]
    columns = [
        Column(_("No."), WHOLE, 6),
        Column(_("Project"), width=30),
        Column(_("Level"), width=10),
        Column(_("Remark"), width=22),
        Column(_("Status"), width=12),
        Column(_("Visited on"), DAY, 12),
        Column(_("Total"), SCORE, 10),
        Column(_("Grade"), width=10),
        Column(_("Grade capped"), width=10),
        *(Column(track.name, SCORE, 12) for track in tracks),
        *(Column(section.short_name, SCORE, 14) for section in overview.sections),
    ]
    by_track = {(one.visit, one.key): one.percent for one in overview.record.track_scores}
    fill_sheet(
        sheet,
        columns,
        (
            [
                number,
                *_score_columns(row),
                *(by_track.get((row.visit.pk, track.key)) for track in tracks),
                *(row.percents),
            ]
            for number, row in enumerate(overview.rows, 1)
        ),
    )


def _score_columns(row: Row) -> list[Value]:
    return [
        row.project.name,
        str(row.project.level.label),
        # The level has a column of its own here.
        note_text(replace(row.situation, is_city_level=False)),
        str(row.visit.status.label),
        row.visit.visited_on,
        row.visit.total_percent,
        row.grade.name if row.grade else "",
        _("yes") if row.visit.is_capped else "",
    ]


# Findings


def _fill_findings(sheet: Worksheet, overview: Overview) -> None:
    found = (
        Finding.objects.filter(visit__round=overview.round)
        .select_related("project", "category", "indicator")
        .order_by("kind", "project__level", "project__district__code", "project", "created_at")
    )
    fill_sheet(
        sheet,
        [
            Column(_("Project"), width=30),
            Column(_("Kind"), width=10),
            Column(_("Category"), width=20),
            Column(_("Severity"), width=10),
            Column(_("Indicator"), width=26),
            Column(_("Finding"), width=50),
            Column(_("Evidence"), width=36),
            Column(_("Recommendation"), width=36),
            Column(_("Responsible party"), width=12),
            Column(_("Due on"), DAY, 12),
            Column(_("Status"), width=14),
        ],
        (
            [
                one.project.name,
                one.get_kind_display(),
                str(one.category or ""),
                one.get_severity_display() if one.severity else "",
                str(one.indicator or ""),
                one.text,
                one.evidence,
                one.recommendation,
                one.get_responsible_party_display() if one.responsible_party else "",
                one.due_on,
                one.get_status_display() if one.kind == "problem" else "",
            ]
            for one in found
        ),
    )


# Funding


def _fill_funding(sheet: Worksheet, overview: Overview) -> None:
    record = overview.record
    fill_sheet(
        sheet,
        [
            Column(_("Project"), width=30),
            Column(_("Source"), width=14),
            Column(_("Fiscal year"), WHOLE, 10),
            Column(_("Allocated (yuan)"), MONEY, 18),
            Column(_("Due by then (yuan)"), MONEY, 18),
            Column(_("Received of it (yuan)"), MONEY, 18),
            Column(_("Arrival"), width=18),
            Column(_("Note"), width=36),
        ],
        (
            [
                record.project_by_pk[one.project].name,
                str(one.source.label),
                record.year,
                one.amount_yuan,
                judged.due_yuan,
                judged.received_yuan,
                arrival_text(judged),
                one.note,
            ]
            for one in record.allocations
            for judged in [
                arrival(one.instalments, today=record.as_of, grace_days=record.arrival_grace_days)
            ]
        ),
    )


# Team


def _fill_team(sheet: Worksheet, overview: Overview) -> None:
    fill_sheet(
        sheet,
        [
            Column(_("Project"), width=30),
            Column(_("People"), WHOLE, 8),
            *(Column(str(kind.label), WHOLE, 10) for kind in Employment),
            Column(_("Certified"), WHOLE, 10),
            Column(_("Share certified"), SHARE, 10),
            Column(_("Master's degree or higher"), WHOLE, 12),
            *(Column(str(field.label), WHOLE, 10) for field in FieldOfStudy),
        ],
        (
            [
                team.project.name,
                team.people.value,
                *(_count(team.by_employment.get(kind)) for kind in Employment),
                team.certified.value,
                Decimal(team.certified.value) / team.people.value if team.people.value else None,
                team.masters.value,
                *(_studied(team, field) for field in FieldOfStudy),
            ]
            for team in overview.figures.team.projects
        ),
    )


def _count(figure: Figure[int] | None) -> int:
    return figure.value if figure is not None else 0


def _studied(team: Team, field: FieldOfStudy) -> int:
    return sum(person.field_of_study == field for person in team.staff)
