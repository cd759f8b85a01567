from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.access import round_or_404
from inspections.actions.errors import RefusedError
from inspections.enums import VisitStatus
from inspections.models import Visit
from reports.actions import (
    ChangeUnexplainedError,
    draft_city_summary,
    draft_project_report,
    publish_report,
)
from reports.building import NotSignedOffError
from reports.forms import DraftForm
from reports.models import Report
from reports.rendering import RenderingError, render_pdf
from reports.report_list import list_reports
from reports.report_page import file_name, load_report_page, reports_for
from reports.snapshots import SnapshotError
from reports.stored import DamagedFileError, load_photos, read_pdf, read_snapshot

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpRequest

logger = logging.getLogger(__name__)


@requires(Permission.VIEW_REPORTS)
def reports(request: HttpRequest) -> HttpResponse:
    page = list_reports(request, user=signed_in(request))
    return render(request, "reports/reports.html", {"page": page})


@requires(Permission.VIEW_REPORTS)
def report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _report_page(request, pk)


def _report_page(
    request: HttpRequest, pk: uuid.UUID, *, form: DraftForm | None = None, status: int = 200
) -> HttpResponse:
    page = load_report_page(pk, user=signed_in(request), form=form)
    return render(request, "reports/report.html", {"page": page}, status=status)


@requires(Permission.VIEW_REPORTS)
def report_pdf(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The stored bytes of a published report; of a draft a preview of what it would become."""
    found = get_object_or_404(reports_for(signed_in(request)), pk=pk)
    try:
        content = read_pdf(found) if found.is_published else _preview(found)
    except (DamagedFileError, RenderingError, SnapshotError) as error:
        logger.error("Report %s can't be shown: %s", found.pk, error)
        context = {"report": found, "reason": str(error)}
        return render(request, "reports/no_pdf.html", context, status=500)
    disposition = content_disposition_header(found.is_published, file_name(found))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
    )


def _preview(draft: Report) -> bytes:
    snapshot = read_snapshot(draft)
    return render_pdf(snapshot, photos=load_photos(snapshot))


@requires(Permission.VIEW_REPORTS)
def visit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest report of a visit that the user sees, or why there is none."""
    user = signed_in(request)
    visit = get_object_or_404(Visit.objects.visible_to(user).select_related("project"), pk=pk)
    newest = Report.objects.visible_to(user).filter(visit=visit).order_by("-version").first()
    if newest is not None:
        return redirect(newest)
    context = {
        "visit": visit,
        "is_signed": visit.status == VisitStatus.SIGNED,
        "may_draft": user.may(Permission.PUBLISH_REPORTS),
    }
    return render(request, "reports/no_report.html", context)


@require_POST
@requires(Permission.PUBLISH_REPORTS)
def draft_report(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    visit = get_object_or_404(
        Visit.objects.visible_to(user).select_related("round", "project"), pk=pk
    )
    return _draft(
        request,
        lambda changed: draft_project_report(visit=visit, by=user, at=now, what_changed=changed),
    )


@require_POST
@requires(Permission.PUBLISH_REPORTS)
def draft_summary(request: HttpRequest, name: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    round = round_or_404(user, name)
    return _draft(
        request,
        lambda changed: draft_city_summary(round=round, by=user, at=now, what_changed=changed),
    )


def _draft(request: HttpRequest, write: Callable[[str], Report]) -> HttpResponse:
    """Write the draft and show it, or say what it lacks; what was entered stays."""
    form = DraftForm(request.POST)
    changed = form.cleaned_data["what_changed"] if form.is_valid() else ""
    try:
        drafted = write(changed)
    except ChangeUnexplainedError as error:
        if form.is_valid():
            form.add_error("what_changed", str(error))
        return _report_page(request, error.published.pk, form=form, status=400)
    except NotSignedOffError as error:
        context = {"visits": error.visits}
        return render(request, "reports/not_signed_off.html", context, status=409)
    except RefusedError as error:
        return render(request, "reports/refused.html", {"reason": str(error)}, status=409)
    messages.success(request, _("The draft is written. Read it before you publish it."))
    return redirect(drafted)


@require_POST
@requires(Permission.PUBLISH_REPORTS)
def publish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(reports_for(user), pk=pk)
    if request.POST.get("drafted_at") != found.drafted_at.isoformat():
        messages.error(request, _("The draft has been renewed meanwhile. Please read it again."))
        return redirect(found)
    try:
        publish_report(report=found, by=user, at=timezone.now())
    except RefusedError as error:
        messages.error(request, str(error))
    except (RenderingError, SnapshotError) as error:
        logger.error("Report %s can't be published: %s", found.pk, error)
        messages.error(request, _("The PDF can't be made: %(reason)s") % {"reason": error})
    else:
        messages.success(request, _("The report is published and can no longer be changed."))
    return redirect(found)
