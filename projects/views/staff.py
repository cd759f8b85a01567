from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from projects.lists import list_staff
from projects.pages import load_staff_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.VIEW_REGISTRY)
def staff(request: HttpRequest) -> HttpResponse:
    page = list_staff(request, user=signed_in(request), today=timezone.localdate())
    return render(request, "projects/staff.html", {"page": page})


@requires(Permission.VIEW_REGISTRY)
def staff_member(request: HttpRequest, pk: int) -> HttpResponse:
    page = load_staff_page(pk, user=signed_in(request), today=timezone.localdate())
    return render(request, "projects/staff_member.html", {"page": page})
