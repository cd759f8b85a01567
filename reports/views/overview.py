from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires, signed_in
from accounts.permissions import Permission
from inspections.access import no_such_round
from inspections.models.rounds import UnknownRoundError
from reports.overview import load_overview
from reports.overview_page import arrange
from reports.overview_workbook import Stamp, write_workbook

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from accounts.models import User
    from reports.overview import Overview


@requires(Permission.VIEW_OVERVIEW)
def overview(request: HttpRequest, name: str) -> HttpResponse:
    user = signed_in(request)
    found = _find(name, user)
    return render(
        request,
        "reports/overview.html",
        {
            "overview": found,
            "page": arrange(found),
            "may_draft_summary": user.may(Permission.PUBLISH_REPORTS),
        },
    )


@requires(Permission.VIEW_OVERVIEW)
def overview_export(request: HttpRequest, name: str) -> HttpResponseBase:
    user = signed_in(request)
    found = _find(name, user)
    stamp = Stamp(by=f"{user.get_role_display()} {user.name}", at=timezone.localtime())
    title = _("%(round)s round overview") % {"round": found.round.name}
    return FileResponse(write_workbook(found, stamp), as_attachment=True, filename=f"{title}.xlsx")


def _find(name: str, user: User) -> Overview:
    try:
        return load_overview(name, user=user)
    except UnknownRoundError as error:
        raise no_such_round(name) from error
