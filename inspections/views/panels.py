from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.models import PanelMember, Visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.PLAN_ROUNDS)
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Visit.objects.visible_to(signed_in(request)), pk=pk)
    return render(request, "inspections/panel.html", {"visit": found})


@requires(Permission.PLAN_ROUNDS)
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(PanelMember, pk=pk)
    return render(request, "inspections/panel_member.html", {"member": member})


@requires(Permission.PLAN_ROUNDS)
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(PanelMember, pk=pk)
    return render(request, "inspections/panel_member_remove.html", {"member": member})
