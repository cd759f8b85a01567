from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires, requires_any, signed_in
from accounts.permissions import Permission
from inspections.actions.errors import RefusedError
from inspections.actions.rounds import remove_visit
from inspections.actions.visits import record_visit, replan_visit
from inspections.forms.visits import VisitPlanForm, VisitRecordForm
from inspections.models import Visit
from inspections.panel_state import panel_state
from inspections.visit_steps import visit_steps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User


@requires_any(Permission.VIEW_ROUNDS, Permission.SCORE)
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    rows = Visit.objects.visible_to(user).select_related("round__instrument").with_panel()
    found = get_object_or_404(rows, pk=pk)
    panel = panel_state(found, found.round.instrument.tracks.all())
    context = {
        "visit": found,
        "panel": panel,
        "methods": found.methods_used.select_related("method"),
        "steps": visit_steps(found, panel, user),
        "may_plan": user.may(Permission.PLAN_ROUNDS),
        "may_view_rounds": user.may(Permission.VIEW_ROUNDS),
        "may_record": user.may(Permission.PLAN_ROUNDS) or panel.is_led_by(user),
    }
    return render(request, "inspections/visit.html", context)


@requires_any(Permission.PLAN_ROUNDS, Permission.SCORE)
def visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = _find(user, pk)
    leads = Visit.objects.led_by(user).filter(pk=pk)
    if not user.may(Permission.PLAN_ROUNDS) and not leads.exists():
        raise PermissionDenied
    form = VisitRecordForm(request.POST or None, visit=found, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            record_visit(
                visit=found,
                visited_on=form.cleaned_data["visited_on"],
                methods=form.methods(),
                by=user,
            )
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The visit is recorded."))
            return redirect(found)
    return render(request, "inspections/visit_record.html", {"visit": found, "form": form})


@requires(Permission.PLAN_ROUNDS)
def visit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(signed_in(request), pk)
    form = VisitPlanForm(request.POST or None, initial={"planned_on": found.planned_on})
    if request.method == "POST" and form.is_valid():
        try:
            replan_visit(visit=found, by=signed_in(request), **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The planned day is saved."))
            return redirect(found)
    return render(request, "inspections/visit_plan.html", {"visit": found, "form": form})


@requires(Permission.PLAN_ROUNDS)
def visit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(signed_in(request), pk)
    if request.method == "POST":
        try:
            remove_visit(visit=found, by=signed_in(request))
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect(found)
        messages.success(
            request, _("%(project)s is no longer in this round.") % {"project": found.project}
        )
        return redirect(found.round)
    return render(request, "inspections/visit_remove.html", {"visit": found})


def _find(user: User, pk: int) -> Visit:
    rows = Visit.objects.visible_to(user).select_related("round__instrument", "project")
    return get_object_or_404(rows, pk=pk)
