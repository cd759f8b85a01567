from __future__ import annotations

from django.urls import path

from reports.views.home import home

app_name = "reports"

urlpatterns = [
    path("", home, name="home"),
]
