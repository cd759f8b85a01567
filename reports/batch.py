"""All reports of a round as files, for people who need them at once.

What is published comes as it was stored; the rest is built from the rows and not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspections.actions.errors import RefusedError
from inspections.enums import VisitStatus
from inspections.models import Visit
from inspections.scoring import InvalidExplanationError
from reports.building import build_city_summary, build_project_report
from reports.enums import ReportKind
from reports.filenames import city_summary_name, project_report_name
from reports.models import Report
from reports.rendering import render_many
from reports.snapshots import ReportState, Status
from reports.stored import DamagedFileError, load_photos, read_pdf

if TYPE_CHECKING:
    from collections.abc import Collection

    from inspections.models import Round
    from reports.rendering.layouts import Snapshot

BOTH_KINDS = frozenset(ReportKind)


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A report's file: its name, and its bytes or what went wrong instead."""

    name: str
    content: bytes | Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A report to be made: `visit` is None for the summary, `published` where there is one."""

    name: str
    visit: Visit | None
    published: Report | None
    version: int


def unsigned_visits(round: Round) -> tuple[Visit, ...]:
    """Visits without a signed-off score: they have no report, and the summary waits for them."""
    return tuple(
        Visit.objects.filter(round=round)
        .exclude(status=VisitStatus.SIGNED)
        .select_related("project")
    )


def render_round(
    round: Round, *, kinds: Collection[ReportKind] = BOTH_KINDS, processes: int | None = None
) -> Iterator[RenderedFile]:
    """The reports of the round as they are done; one that fails never stops the others.

    Visits that are not signed off are left out; the summary is an error while there are any.
    `processes` None: one for each core.
    """
    jobs = list(_jobs(round, kinds))
    ready: dict[str, Snapshot] = {}
    for job in jobs:
        try:
            if job.published is not None:
                yield RenderedFile(job.name, read_pdf(job.published))
                continue
            ready[job.name] = _build(round, job)
        except (
            DamagedFileError,
            InvalidExplanationError,
            RefusedError,
        ) as error:
            yield RenderedFile(job.name, error)
    rendered = render_many(
        ready.items(), photos=lambda name: load_photos(ready[name]), processes=processes
    )
    for name, content in rendered:
        yield RenderedFile(name, content)


def _jobs(round: Round, kinds: Collection[ReportKind]) -> Iterator[_Job]:
    newest: dict[int | None, Report] = {}
    drafted: dict[int | None, int] = {}
    for report in Report.objects.filter(round=round).order_by("version").defer("snapshot"):
        drafted[report.visit_id] = report.version
        if report.is_published:
            newest[report.visit_id] = report
    if ReportKind.PROJECT in kinds:
        visits = (
            Visit.objects.filter(round=round, status=VisitStatus.SIGNED)
            .select_related("project", "round")
            .order_by("visited_on", "planned_on", "pk")
        )
        for visit in visits:
            published = newest.get(visit.pk)
            version = published.version if published else drafted.get(visit.pk, 1)
            yield _Job(
                name=project_report_name(round.name, visit.project.name, version=version),
                visit=visit,
                published=published,
                version=version,
            )
    if ReportKind.CITY in kinds:
        published = newest.get(None)
        version = published.version if published else drafted.get(None, 1)
        yield _Job(
            name=city_summary_name(round.name, round.service_name, version=version),
            visit=None,
            published=published,
            version=version,
        )


def _build(round: Round, job: _Job) -> Snapshot:
    status = Status(state=ReportState.DRAFT, version=job.version)
    if job.visit is None:
        return build_city_summary(round, status=status)
    return build_project_report(job.visit, status=status)
