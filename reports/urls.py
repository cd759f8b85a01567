from __future__ import annotations

from django.urls import path

from reports.views.audit_log import audit_log
from reports.views.home import home
from reports.views.overview import overview, overview_export
from reports.views.reports import (
    draft_report,
    draft_summary,
    publish,
    report,
    report_pdf,
    reports,
    visit_report,
)

app_name = "reports"

urlpatterns = [
    path("", home, name="home"),
    path("audit-log/", audit_log, name="audit-log"),
    path("rounds/<round_name:name>/overview/", overview, name="overview"),
    path("rounds/<round_name:name>/overview.xlsx", overview_export, name="overview-export"),
    path("rounds/<round_name:name>/summary/draft", draft_summary, name="draft-summary"),
    path("visits/<int:pk>/report/", visit_report, name="visit-report"),
    path("visits/<int:pk>/report/draft", draft_report, name="draft-report"),
    path("reports/", reports, name="reports"),
    path("reports/<uuid:pk>/", report, name="report"),
    path("reports/<uuid:pk>/pdf/", report_pdf, name="report-pdf"),
    path("reports/<uuid:pk>/publish", publish, name="publish"),
]
