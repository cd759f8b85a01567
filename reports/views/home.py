from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from accounts.access import signed_in
from accounts.permissions import Permission
from inspections.models import Round
from reports.home import load_home

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Where each role goes on working: the current round, one's visits, or one's projects."""
    user = signed_in(request)
    if user.may(Permission.VIEW_OVERVIEW):
        current = Round.objects.visible_to(user).current()
        if current is None:
            return render(request, "reports/no_rounds.html")
        return redirect("reports:overview", name=current.name)
    if user.may(Permission.SCORE):
        return redirect("inspections:my-visits")
    return render(request, "reports/home.html", {"home": load_home(user)})
