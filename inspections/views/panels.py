from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.access import round_or_404
from inspections.actions.errors import RefusedError
from inspections.actions.panels import (
    PanelsRefusedError,
    assign_member,
    assign_panels,
    change_member,
    remove_member,
)
from inspections.forms.panels import AssignForm, ChangeSeatForm
from inspections.forms.panels_of_round import PanelsForm
from inspections.models import PanelMember, Visit
from inspections.panel_state import panel_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from accounts.models import User


@requires(Permission.PLAN_ROUNDS)
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    rows = Visit.objects.visible_to(user).select_related("round__instrument").with_panel()
    visit = get_object_or_404(rows, pk=pk)
    state = panel_state(visit, visit.round.instrument.tracks.all())
    form = AssignForm(request.POST or None, visit=visit, has_lead=state.lead is not None)
    if request.method == "POST" and form.is_valid():
        try:
            member = assign_member(visit=visit, by=user, **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is on the panel.") % {"name": member.user})
            return redirect("inspections:panel", pk=pk)
    context = {"visit": visit, "panel": state, "form": form}
    return render(request, "inspections/panel.html", context)


@requires(Permission.PLAN_ROUNDS)
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    member = _find(signed_in(request), pk)
    form = ChangeSeatForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            change_member(member=member, by=signed_in(request), **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The seat of %(name)s is saved.") % {"name": member.user})
            return redirect("inspections:panel", pk=member.visit_id)
    return render(request, "inspections/panel_member.html", {"member": member, "form": form})


@requires(Permission.PLAN_ROUNDS)
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = _find(signed_in(request), pk)
    if request.method == "POST":
        try:
            remove_member(member=member, by=signed_in(request))
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("%(name)s is no longer on the panel.") % {"name": member.user}
            )
        return redirect("inspections:panel", pk=member.visit_id)
    return render(request, "inspections/panel_member_remove.html", {"member": member})


@requires(Permission.PLAN_ROUNDS)
def panels_assign(request: HttpRequest, name: str) -> HttpResponse:
    """The same panel for several visits of the round `name`."""
    user = signed_in(request)
    round = round_or_404(user, name)
    form = PanelsForm(request.POST or None, round=round)
    refusals: Sequence[tuple[Visit, RefusedError]] = ()
    if request.method == "POST" and form.is_valid():
        visits = form.cleaned_data["visits"]
        try:
            assign_panels(visits=visits, seats=form.seats(), by=user)
        except PanelsRefusedError as error:
            refusals = error.refusals
        else:
            text = ngettext(
                "The panel of %(count)d visit is assigned.",
                "The panels of %(count)d visits are assigned.",
                len(visits),
            )
            messages.success(request, text % {"count": len(visits)})
            return redirect(round)
    context = {"round": round, "form": form, "refusals": refusals}
    return render(request, "inspections/panels_assign.html", context)


def _find(user: User, pk: int) -> PanelMember:
    rows = PanelMember.objects.filter(visit__in=Visit.objects.visible_to(user))
    related = rows.select_related("user", "visit__project", "visit__round__instrument")
    return get_object_or_404(related, pk=pk)
