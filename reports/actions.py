"""Drafting and publishing reports."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError
from inspections.models import Round, Visit
from reports.building import build_city_summary, build_project_report
from reports.enums import ReportKind, ReportStatus
from reports.models import Report
from reports.rendering import render_pdf
from reports.snapshots import ReportState, Status
from reports.stored import load_photos, read_snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.db.models import QuerySet

    from accounts.models import User
    from reports.rendering.layouts import Snapshot


class ChangeUnexplainedError(RefusedError):
    """A new version was asked for without saying what it changes in the `published` one."""

    message = _("This report is published. Say what the new version changes.")

    def __init__(self, published: Report) -> None:
        super().__init__()
        self.published = published


class AlreadyPublishedError(RefusedError):
    message = _("This report is published already.")


class DraftRenewedError(RefusedError):
    """The draft is another one than the one that was rendered."""

    message = _("The draft has been renewed meanwhile. Please read it again.")


def draft_project_report(
    *, visit: Visit, by: User, at: dt.datetime, what_changed: str = ""
) -> Report:
    """Freeze what is known of a signed-off visit into a draft of its report.

    A draft that is there is renewed. After a published version comes the next one, which must say
    what it changes. Raises NotSignedOffError, NothingScoredError, ChangeUnexplainedError.
    """
    return _draft(
        Report(kind=ReportKind.PROJECT, round=visit.round, visit=visit),
        lambda status: build_project_report(visit, status=status),
        by=by,
        at=at,
        what_changed=what_changed,
    )


def draft_city_summary(
    *, round: Round, by: User, at: dt.datetime, what_changed: str = ""
) -> Report:
    """Freeze a round whose visits are all signed off into a draft of its summary.

    As `draft_project_report`; raises NotSignedOffError with every visit that is not signed off,
    NothingVisitedError, ChangeUnexplainedError.
    """
    return _draft(
        Report(kind=ReportKind.CITY, round=round),
        lambda status: build_city_summary(round, status=status),
        by=by,
        at=at,
        what_changed=what_changed,
    )


@transaction.atomic
def _draft(
    new: Report,
    build: Callable[[Status], Snapshot],
    *,
    by: User,
    at: dt.datetime,
    what_changed: str,
) -> Report:
    _lock_subject(new)
    newest = versions(new).first()
    what_changed = what_changed.strip()
    if newest is None:
        report = new
    elif newest.is_published:
        if not what_changed:
            raise ChangeUnexplainedError(newest)
        report = new
        report.version = newest.version + 1
    else:
        report = newest
        what_changed = what_changed or read_snapshot(newest).status.what_changed
    snapshot = build(
        Status(state=ReportState.DRAFT, version=report.version, what_changed=what_changed)
    )
    report.title = "".join(snapshot.title_lines)
    report.snapshot = snapshot.to_data()
    report.drafted_by = by
    report.drafted_at = at
    report.save()
    return report


def _lock_subject(report: Report) -> None:
    """Let drafts of the same thing wait for each other, so that they don't claim one version."""
    if report.visit_id is None:
        Round.objects.select_for_update().get(pk=report.round_id)
    else:
        Visit.objects.select_for_update().get(pk=report.visit_id)


def versions(report: Report) -> QuerySet[Report]:
    """All versions of what the report is about, the newest first."""
    return Report.objects.filter(
        kind=report.kind, round=report.round_id, visit=report.visit_id
    ).order_by("-version")


def publish_report(*, report: Report, by: User, at: dt.datetime) -> Report:
    """Print the draft and make it final: from here neither the row nor the PDF changes.

    The PDF is rendered from the draft's snapshot, not from what the rows say now. Raises
    AlreadyPublishedError, DraftRenewedError, RenderingError and SnapshotError.
    """
    if report.is_published:
        raise AlreadyPublishedError
    draft = read_snapshot(report)
    snapshot = replace(draft, status=replace(draft.status, state=ReportState.PUBLISHED))
    # Takes a second, so not while the row is locked.
    pdf = render_pdf(snapshot, photos=load_photos(snapshot))
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.is_published:
            raise AlreadyPublishedError
        if locked.snapshot != report.snapshot:
            raise DraftRenewedError
        locked.snapshot = snapshot.to_data()
        locked.status = ReportStatus.PUBLISHED
        locked.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
        locked.published_by = by
        locked.published_at = at
        _store(locked, pdf)
    return locked


def _store(report: Report, pdf: bytes) -> None:
    """Keep the PDF and the row together: a file without its row is taken away again."""
    report.pdf.save(f"{report.pk}.pdf", ContentFile(pdf), save=False)
    try:
        report.save()
    except BaseException:
        report.pdf.delete(save=False)
        raise
