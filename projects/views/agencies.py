from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from projects.lists import list_agencies
from projects.pages import load_agency_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.VIEW_REGISTRY)
def agencies(request: HttpRequest) -> HttpResponse:
    page = list_agencies(request, user=signed_in(request), today=timezone.localdate())
    return render(request, "projects/agencies.html", {"page": page})


@requires(Permission.VIEW_REGISTRY)
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    page = load_agency_page(pk, user=signed_in(request), today=timezone.localdate())
    return render(request, "projects/agency.html", {"page": page})
