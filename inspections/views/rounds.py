from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.access import round_or_404
from inspections.models import Round

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.VIEW_ROUNDS)
def rounds(request: HttpRequest) -> HttpResponse:
    rows = Round.objects.visible_to(signed_in(request))
    return render(request, "inspections/rounds.html", {"rounds": rows})


@requires(Permission.PLAN_ROUNDS)
def round_new(request: HttpRequest) -> HttpResponse:
    return render(request, "inspections/round_form.html")


@requires(Permission.VIEW_ROUNDS)
def round_page(request: HttpRequest, name: str) -> HttpResponse:
    found = round_or_404(signed_in(request), name)
    return render(request, "inspections/round.html", {"round": found})


@requires(Permission.PLAN_ROUNDS)
def round_edit(request: HttpRequest, name: str) -> HttpResponse:
    found = round_or_404(signed_in(request), name)
    return render(request, "inspections/round_form.html", {"round": found})


@requires(Permission.PLAN_ROUNDS)
def visits_add(request: HttpRequest, name: str) -> HttpResponse:
    found = round_or_404(signed_in(request), name)
    return render(request, "inspections/visits_add.html", {"round": found})


@require_POST
@requires(Permission.PLAN_ROUNDS)
def round_open(request: HttpRequest, name: str) -> HttpResponse:
    found = round_or_404(signed_in(request), name)
    return render(request, "inspections/round.html", {"round": found})


@require_POST
@requires(Permission.PLAN_ROUNDS)
def round_close(request: HttpRequest, name: str) -> HttpResponse:
    found = round_or_404(signed_in(request), name)
    return render(request, "inspections/round.html", {"round": found})
