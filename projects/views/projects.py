from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from projects.extensions import project_panels
from projects.lists import list_projects
from projects.pages import load_project_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(Permission.VIEW_REGISTRY)
def projects(request: HttpRequest) -> HttpResponse:
    page = list_projects(request, user=signed_in(request), today=timezone.localdate())
    return render(request, "projects/projects.html", {"page": page})


@requires(Permission.VIEW_REGISTRY)
def project(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    page = load_project_page(pk, user=user, today=timezone.localdate())
    panels = project_panels.build(user=user, project=page.project)
    return render(request, "projects/project.html", {"page": page, "panels": panels})
