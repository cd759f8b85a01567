from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from projects.lists import list_funding

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.VIEW_REGISTRY)
def funding(request: HttpRequest) -> HttpResponse:
    page = list_funding(request, user=signed_in(request), today=timezone.localdate())
    return render(request, "projects/funding.html", {"page": page})
