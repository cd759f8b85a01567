from __future__ import annotations

from django.urls import path

from inspections.views import findings, moderation, my_visits, photos, sheets

urlpatterns = [
    path("my-visits/", my_visits.my_visits, name="my-visits"),
    path("sheets/<uuid:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:pk>/submit/", sheets.sheet_submit, name="sheet-submit"),
    path("sheets/<uuid:pk>/hints/", sheets.sheet_hints, name="sheet-hints"),
    path("sheets/<uuid:pk>/findings/new/", findings.finding_new, name="finding-new"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<uuid:pk>/", findings.finding, name="finding"),
    path("findings/<uuid:pk>/edit/", findings.finding_edit, name="finding-edit"),
    path("findings/<uuid:pk>/delete/", findings.finding_delete, name="finding-delete"),
    path("photos/<uuid:pk>/", photos.photo, name="photo"),
    path("visits/<int:pk>/moderation/", moderation.moderation, name="moderation"),
    path("visits/<int:pk>/sign-off/", moderation.sign_off_page, name="sign-off"),
]
