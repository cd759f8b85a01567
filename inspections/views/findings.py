from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_tables2
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.actions.errors import RefusedError
from inspections.actions.findings import change_finding, delete_finding, write_finding
from inspections.actions.photos import attach_photo
from inspections.enums import FindingKind, VisitStatus
from inspections.filters import FindingFilter
from inspections.forms.findings import FindingForm
from inspections.hints import inspected_on, load_hints
from inspections.models import Finding, Indicator, Photo
from inspections.pictures import PictureError
from inspections.queries.findings import findings_listed_for
from inspections.queries.sheets import load_items, sheets_for
from inspections.tables import FindingTable
from inspections.views.sheet_saving import remove_named_photo

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from accounts.models import User
    from inspections.models import Scoresheet

ROWS_PER_PAGE = 25


@requires(Permission.VIEW_FINDINGS)
def findings(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    filter_set = FindingFilter(request.GET, queryset=findings_listed_for(user), user=user)
    table = FindingTable(filter_set.qs)
    django_tables2.RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    context = {"filter": filter_set, "table": table}
    return render(request, "inspections/findings/findings.html", context)


@requires(Permission.VIEW_FINDINGS)
def finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = signed_in(request)
    rows = findings_listed_for(user).select_related("author__user", "author__sheet")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "finding": found,
        "photos": Photo.objects.visible_to(user).filter(finding=found),
        "may_change": _may_change(found, user),
    }
    return render(request, "inspections/findings/finding.html", context)


@requires(Permission.SCORE)
def finding_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a finding on one's sheet: about an indicator, or from a hint of the registry."""
    user = signed_in(request)
    sheet = get_object_or_404(sheets_for(user), pk=pk)
    if sheet.member.user_id != user.pk:
        raise PermissionDenied
    indicators = list(Indicator.objects.scored_by(sheet.member))
    form = FindingForm(
        request.POST or None,
        request.FILES or None,
        indicators=indicators,
        initial=_prefilled(request, sheet),
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = write_finding(sheet=sheet, content=form.content(), by=user, at=timezone.now())
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            return _finish(request, form, sheet, found)
    return _show_form(request, form, sheet)


@requires(Permission.SCORE)
def finding_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = signed_in(request)
    found = _own_finding(user, pk)
    sheet = get_object_or_404(sheets_for(user), pk=found.author.sheet.pk)
    form = FindingForm(
        request.POST or None,
        request.FILES or None,
        instance=found,
        indicators=list(Indicator.objects.scored_by(sheet.member)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_finding(finding=found, content=form.content(), by=user)
            remove_named_photo(sheet, request.POST.get("remove", ""), by=user)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            return _finish(request, form, sheet, found)
    return _show_form(request, form, sheet, finding=found)


@requires(Permission.SCORE)
def finding_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = signed_in(request)
    found = _own_finding(user, pk)
    if request.method == "POST":
        try:
            delete_finding(finding=found, by=user)
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect(found)
        messages.success(request, _("The finding is deleted."))
        return redirect(found.author.sheet)
    return render(request, "inspections/findings/delete.html", {"finding": found})


def _own_finding(user: User, pk: UUID) -> Finding:
    rows = findings_listed_for(user).select_related("author__user", "author__sheet")
    found = get_object_or_404(rows, pk=pk)
    if not _may_change(found, user):
        raise PermissionDenied
    return found


def _may_change(finding: Finding, user: User) -> bool:
    return finding.author.user_id == user.pk and finding.visit.status != VisitStatus.SIGNED


def _prefilled(request: HttpRequest, sheet: Scoresheet) -> dict[str, Any]:
    """What the address brings along: `indicator` (pk) or `hint`, a warning of the registry."""
    start: dict[str, Any] = {
        "kind": FindingKind.PROBLEM,
        "indicator": request.GET.get("indicator", ""),
    }
    if key := request.GET.get("hint", ""):
        items = load_items(sheet)
        hints = load_hints(sheet, items, day=inspected_on(sheet, timezone.localdate()))
        for hint in (each for each in hints if each.key == key):
            about = next((i.indicator for i in items if i.indicator.pk == hint.indicator), None)
            start |= {
                "text": hint.warning.sentence,
                "severity": hint.warning.severity.value,
                "category": about and Finding.objects.all().usual_category(about),
                "responsible_party": hint.party.value,
                "indicator": hint.indicator or "",
                "evidence": hint.evidence,
            }
    return start


def _finish(
    request: HttpRequest, form: FindingForm, sheet: Scoresheet, finding: Finding
) -> HttpResponse:
    """Keep the photographs of a finding that is saved; a bad one leads back to the form."""
    user, refused = signed_in(request), False
    for upload in form.cleaned_data["photos"]:
        try:
            attach_photo(sheet=sheet, upload=upload, by=user, at=timezone.now(), finding=finding)
        except PictureError as error:
            messages.error(request, str(error))
            refused = True
    if refused or "remove" in request.POST:
        return redirect("inspections:finding-edit", finding.pk)
    messages.success(request, _("The finding is saved."))
    place = f"#i-{finding.indicator_id}" if finding.indicator_id else f"#f-{finding.pk}"
    return redirect(f"{sheet.get_absolute_url()}{place}")


def _show_form(
    request: HttpRequest, form: FindingForm, sheet: Scoresheet, finding: Finding | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "sheet": sheet,
        "finding": finding,
        "photos": finding.photos.all() if finding else [],
    }
    status = 422 if form.errors else 200
    return render(request, "inspections/findings/form.html", context, status=status)
