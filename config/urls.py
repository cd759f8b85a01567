from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]
for _prefix, _urls in [
    ("accounts/", "accounts.urls"),
    ("", "projects.urls"),
    ("", "inspections.urls"),
    ("", "reports.urls"),
]:
    if find_spec(_urls):
        urlpatterns.append(path(_prefix, include(_urls)))
