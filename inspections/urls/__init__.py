from __future__ import annotations

from inspections.urls import converters, instruments, rounds, sheets, visits

__all__ = ["app_name", "converters", "urlpatterns"]

app_name = "inspections"
urlpatterns = [
    *instruments.urlpatterns,
    *rounds.urlpatterns,
    *visits.urlpatterns,
    *sheets.urlpatterns,
]
