"""A report's own page: its state, its versions and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from inspections.grades import grade_tone
from reports.actions import versions
from reports.chinese import chinese_number
from reports.enums import ReportKind
from reports.filenames import city_summary_name, project_report_name
from reports.forms import DraftForm
from reports.models import Report
from reports.snapshots import CitySummarySnapshot, ProjectReportSnapshot, SnapshotError
from reports.stored import read_snapshot
from reports.tables import status_tone

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from accounts.models import User
    from reports.rendering.layouts import Snapshot
    from reports.snapshots import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A heading of the summary with its number, and what stands directly below it."""

    level: int
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """`city` or `project` is what the report says; both are None when it can't be read any more.

    `versions` are all that the user sees, the newest first. `form` asks what a new version
    changes; it is None for who may not write reports and for versions that are not the newest.
    """

    report: Report
    tone: str
    city: tuple[Chapter, ...] | None
    project: ProjectReportSnapshot | None
    what_changed: str
    versions: tuple[Report, ...]
    form: DraftForm | None
    may_publish: bool

    @property
    def drafted_at(self) -> str:
        """Which draft it is, for the form that publishes it."""
        return self.report.drafted_at.isoformat()

    @property
    def grade_tone(self) -> str:
        if self.project is None:
            return ""
        return grade_tone(self.project.result.grade.level, len(self.project.explanation.grades))


def reports_for(user: User) -> QuerySet[Report]:
    """The reports that the user sees, with everything that their pages name."""
    return Report.objects.visible_to(user).select_related(
        "round", "visit__project", "drafted_by", "published_by"
    )


def load_report_page(pk: uuid.UUID, *, user: User, form: DraftForm | None = None) -> ReportPage:
    """Raises Http404 for a report that the user does not see. Two queries."""
    report = get_object_or_404(reports_for(user), pk=pk)
    every = tuple(
        versions(report)
        .filter(pk__in=Report.objects.visible_to(user).values("pk"))
        .select_related("drafted_by", "published_by")
        .defer("snapshot")
    )
    snapshot = _readable(report)
    may_write = user.may(Permission.PUBLISH_REPORTS) and every[0].pk == report.pk
    return ReportPage(
        report=report,
        tone=status_tone(report),
        city=chapters(snapshot) if isinstance(snapshot, CitySummarySnapshot) else None,
        project=snapshot if isinstance(snapshot, ProjectReportSnapshot) else None,
        what_changed=snapshot.status.what_changed if snapshot else "",
        versions=every,
        form=(form or DraftForm()) if may_write else None,
        may_publish=may_write and not report.is_published,
    )


def _readable(report: Report) -> Snapshot | None:
    try:
        return read_snapshot(report)
    except SnapshotError:
        return None


def chapters(snapshot: CitySummarySnapshot) -> tuple[Chapter, ...]:
    """The summary's headings, numbered as in print, in one row."""
    found: list[Chapter] = []
    for number, part in enumerate(snapshot.parts, start=1):
        heading = f"{chinese_number(number)}、{part.heading}"
        found.append(Chapter(level=2, heading=heading, paragraphs=part.paragraphs))
        for place, section in enumerate(part.subsections, start=1):
            heading = f"（{chinese_number(place)}）{section.heading}"
            found.append(Chapter(level=3, heading=heading, paragraphs=section.paragraphs))
    return tuple(found)


def file_name(report: Report) -> str:
    """What the PDF is called when somebody saves it; needs round, visit and project loaded."""
    if report.kind == ReportKind.CITY or report.visit is None:
        return city_summary_name(
            report.round.name,
            report.round.service_name,
            version=report.version,
            is_draft=not report.is_published,
        )
    return project_report_name(
        report.round.name,
        report.visit.project.name,
        version=report.version,
        is_draft=not report.is_published,
    )
