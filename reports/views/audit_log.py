from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render

from accounts.access import requires
from accounts.permissions import Permission
from reports.audit_log import AuditLogFilter, entries, readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 50


@requires(Permission.VIEW_AUDIT_LOG)
def audit_log(request: HttpRequest) -> HttpResponse:
    chosen = AuditLogFilter(request.GET, queryset=entries())
    page = Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "reports/audit_log.html",
        {"filter": chosen, "page_obj": page, "rows": readable(page.object_list)},
    )
