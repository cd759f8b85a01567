from __future__ import annotations

from django.urls import path

from inspections.views import instruments

urlpatterns = [
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/import/", instruments.instrument_import, name="instrument-import"),
    path("instruments/<int:pk>/", instruments.instrument, name="instrument"),
    path(
        "instruments/<int:pk>/publish/",
        instruments.instrument_publish,
        name="instrument-publish",
    ),
    path(
        "instruments/<int:pk>/new-version/",
        instruments.instrument_new_version,
        name="instrument-new-version",
    ),
    path("instruments/<int:pk>/export/", instruments.instrument_export, name="instrument-export"),
]
