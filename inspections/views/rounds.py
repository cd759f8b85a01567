from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.access import round_or_404
from inspections.actions import rounds as actions
from inspections.actions.errors import RefusedError
from inspections.forms.rounds import (
    AddVisitsForm,
    BasisFormSet,
    RoundForm,
    basis_documents,
    next_round,
)
from inspections.models import Instrument, Round
from inspections.panel_state import panel_state

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.VIEW_ROUNDS)
def rounds(request: HttpRequest) -> HttpResponse:
    rows = Round.objects.visible_to(signed_in(request)).with_progress()
    may_plan = signed_in(request).may(Permission.PLAN_ROUNDS)
    return render(request, "inspections/rounds.html", {"rounds": rows, "may_plan": may_plan})


@requires(Permission.VIEW_ROUNDS)
def round_page(request: HttpRequest, name: str) -> HttpResponse:
    user = signed_in(request)
    round = round_or_404(user, name)
    tracks = list(round.instrument.tracks.all())
    rows = round.visits.visible_to(user).with_panel().in_order()
    visits = [(visit, panel_state(visit, tracks)) for visit in rows]
    context = {
        "round": round,
        "visits": visits,
        "lacks_panels": any(not panel.sheet_count for _visit, panel in visits),
        "may_plan": user.may(Permission.PLAN_ROUNDS),
        "may_overview": user.may(Permission.VIEW_OVERVIEW),
    }
    return render(request, "inspections/round.html", context)


@requires(Permission.PLAN_ROUNDS)
def round_new(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, initial=next_round(timezone.localdate()))
    basis = BasisFormSet(request.POST or None, prefix="basis")
    if request.method == "POST" and form.is_valid() and basis.is_valid():
        try:
            planned = actions.plan_round(
                by=signed_in(request),
                data=form.plan(),
                basis_documents=basis_documents(basis),
                methods=form.methods(),
            )
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The round is planned. Now put projects into it."))
            return redirect("inspections:visits-add", name=planned.name)
    context = {
        "form": form,
        "basis": basis,
        "has_instrument": Instrument.objects.published().exists(),
    }
    return render(request, "inspections/round_form.html", context)


@requires(Permission.PLAN_ROUNDS)
def round_edit(request: HttpRequest, name: str) -> HttpResponse:
    user = signed_in(request)
    round = round_or_404(user, name)
    documents = list(round.basis_documents.values("title", "number"))
    form = RoundForm(request.POST or None, instance=round)
    basis = BasisFormSet(request.POST or None, prefix="basis", initial=documents)
    if request.method == "POST" and form.is_valid() and basis.is_valid():
        try:
            changed = actions.change_round(
                round=round,
                by=user,
                data=form.plan(),
                basis_documents=basis_documents(basis),
                methods=form.methods(),
            )
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The round is saved."))
            return redirect(changed)
    context = {"form": form, "basis": basis, "name": name, "has_instrument": True}
    return render(request, "inspections/round_form.html", context)


@requires(Permission.PLAN_ROUNDS)
def visits_add(request: HttpRequest, name: str) -> HttpResponse:
    user = signed_in(request)
    round = round_or_404(user, name)
    form = AddVisitsForm(request.POST or None, round=round, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_visits(round=round, by=user, **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            text = ngettext("%(count)d visit added.", "%(count)d visits added.", len(added))
            messages.success(request, text % {"count": len(added)})
            return redirect(round)
    return render(request, "inspections/visits_add.html", {"round": round, "form": form})


@require_POST
@requires(Permission.PLAN_ROUNDS)
def round_open(request: HttpRequest, name: str) -> HttpResponse:
    round = round_or_404(signed_in(request), name)
    try:
        actions.open_round(round=round, by=signed_in(request))
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The round is open: panels can declare and score."))
        if waiting := round.visits.without_panel().count():
            text = ngettext(
                "%(count)d visit has no panel yet: nobody can score it.",
                "%(count)d visits have no panel yet: nobody can score them.",
                waiting,
            )
            messages.warning(request, text % {"count": waiting})
    return redirect(round)


@require_POST
@requires(Permission.PLAN_ROUNDS)
def round_close(request: HttpRequest, name: str) -> HttpResponse:
    round = round_or_404(signed_in(request), name)
    try:
        actions.close_round(round=round, by=signed_in(request))
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The round is closed."))
    return redirect(round)
