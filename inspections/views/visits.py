from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from accounts.access import requires, requires_any, signed_in
from accounts.permissions import Permission
from inspections.models import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires_any(Permission.VIEW_ROUNDS, Permission.SCORE)
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Visit.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/visit.html", {"visit": found})


@requires_any(Permission.PLAN_ROUNDS, Permission.SCORE)
def visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Visit.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/visit_record.html", {"visit": found})


@requires(Permission.PLAN_ROUNDS)
def visit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Visit.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/visit_plan.html", {"visit": found})


@requires(Permission.PLAN_ROUNDS)
def visit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Visit.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/visit_remove.html", {"visit": found})
