from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires_any, signed_in
from accounts.permissions import Permission
from inspections.actions.errors import RefusedError
from inspections.actions.moderation import (
    SheetsMissingError,
    SignOffBlockedError,
    save_appraisal,
    settle,
    sign_off,
    sign_off_blockers,
)
from inspections.actions.progress import VisitSignedError
from inspections.enums import VisitStatus
from inspections.forms.moderation import AppraisalForm, ModerationForm
from inspections.forms.problems import problem_text
from inspections.models import PanelMember, Visit, VisitResult
from inspections.moderation_page import build_moderation, outcome_of, provisional
from inspections.scoring import Explanation, Result
from inspections.scoring_input import load_panel_scores

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User
    from inspections.scoring_input import PanelScores


@requires_any(Permission.SCORE, Permission.VIEW_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def moderation(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel's answers side by side, for the lead to settle and for the bureau to read."""
    user = signed_in(request)
    visit = _find(request, pk)
    panel = load_panel_scores(visit)
    if not panel.is_complete or _still_scores(user, visit):
        return _show_waiting(request, visit, panel)
    if request.method == "POST":
        return _settle(request, visit, panel)
    context = _context(user, visit, panel) | {"page": build_moderation(panel)}
    return render(request, "inspections/moderation/moderation.html", context)


def _settle(request: HttpRequest, visit: Visit, panel: PanelScores) -> HttpResponse:
    user = signed_in(request)
    form = ModerationForm(request.POST, indicators=panel.indicators)
    form.is_valid()
    entered = form.entered()
    try:
        problems = settle(visit=visit, values=form.values(), by=user, at=timezone.now())
    except PermissionDenied:
        raise
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("inspections:moderation", visit.pk)
    if not problems:
        messages.success(request, _("What you settled is saved."))
        return redirect("inspections:moderation", visit.pk)
    rows = {one.pk: one for one in panel.indicators}
    errors = {
        key: [problem_text(problem, rows[key], entered[key].value) for problem in found]
        for key, found in problems.items()
    }
    fresh = load_panel_scores(visit)
    page = build_moderation(fresh, entered=entered, errors=errors)
    context = _context(user, visit, fresh) | {"page": page}
    return render(request, "inspections/moderation/moderation.html", context, status=422)


@requires_any(Permission.SCORE, Permission.VIEW_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The result and the overall appraisal; the lead's signature freezes both."""
    user = signed_in(request)
    visit = _find(request, pk)
    panel = load_panel_scores(visit)
    if not panel.is_complete or _still_scores(user, visit):
        return _show_waiting(request, visit, panel)
    if visit.status == VisitStatus.SIGNED:
        return _show_signed(request, visit)
    form = AppraisalForm(request.POST or None, initial={"appraisal": visit.appraisal})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _sign(request, visit, form.cleaned_data["appraisal"])
        except SignOffBlockedError:
            status = 422
    text = form["appraisal"].value() or ""
    context = _context(user, visit, panel) | {
        "form": form,
        "outcome": provisional(panel),
        "blockers": sign_off_blockers(visit=visit, panel=panel, appraisal=text),
        "was_refused": status == 422,
    }
    return render(request, "inspections/moderation/sign_off.html", context, status=status)


def _sign(request: HttpRequest, visit: Visit, appraisal: str) -> HttpResponse:
    """Sign off, or keep the text only. Raises SignOffBlockedError, with the text kept."""
    user = signed_in(request)
    try:
        save_appraisal(visit=visit, appraisal=appraisal, by=user)
        if request.POST.get("go") == "save":
            messages.success(request, _("The text is saved."))
        else:
            sign_off(visit=visit, appraisal=appraisal, by=user, at=timezone.now())
            messages.success(request, _("The visit is signed off."))
    # What came in between: a second click, or a member put on the panel.
    except (SheetsMissingError, VisitSignedError) as error:
        messages.error(request, str(error))
    return redirect("inspections:sign-off", visit.pk)


def _find(request: HttpRequest, pk: int) -> Visit:
    """The visit, for its lead; those who oversee rounds read it too."""
    user = signed_in(request)
    rows = Visit.objects.visible_to(user).select_related("round__instrument", "project")
    found = get_object_or_404(rows, pk=pk)
    oversees = request.method != "POST" and user.may(Permission.VIEW_ROUNDS)
    if not oversees and not _leads(user, found):
        raise PermissionDenied
    return found


def _leads(user: User, visit: Visit) -> bool:
    return Visit.objects.moderated_by(user).filter(pk=visit.pk).exists()


def _still_scores(user: User, visit: Visit) -> bool:
    """Whether the user is still scoring the project, in whatever round: then without others'."""
    seats = PanelMember.objects.still_scoring(user)
    return seats.filter(visit__project=visit.project_id).exists()


def _context(user: User, visit: Visit, panel: PanelScores) -> dict[str, object]:
    is_lead = any(member.is_lead and member.user_id == user.pk for member in panel.members)
    return {
        "visit": visit,
        "members": panel.members,
        "may_settle": is_lead and visit.status != VisitStatus.SIGNED,
    }


def _show_waiting(request: HttpRequest, visit: Visit, panel: PanelScores) -> HttpResponse:
    context = {"visit": visit, "missing": panel.missing_members, "members": panel.members}
    return render(request, "inspections/moderation/waiting.html", context)


def _show_signed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The result as it was stored, not as it would be computed today."""
    if request.method == "POST":
        messages.error(request, str(VisitSignedError()))
    result = get_object_or_404(VisitResult.objects.select_related("signed_by"), visit=visit)
    outcome = outcome_of(Result.of(Explanation.from_dict(result.explanation)))
    context = {"visit": visit, "result": result, "outcome": outcome}
    return render(request, "inspections/moderation/signed.html", context)
