from __future__ import annotations

from django.urls import path

from reports.views.audit_log import audit_log
from reports.views.home import home
from reports.views.overview import overview, overview_export

app_name = "reports"

urlpatterns = [
    path("", home, name="home"),
    path("audit-log/", audit_log, name="audit-log"),
    path("rounds/<round_name:name>/overview/", overview, name="overview"),
    path("rounds/<round_name:name>/overview.xlsx", overview_export, name="overview-export"),
]
