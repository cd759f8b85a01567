from __future__ import annotations

from django.urls import path

from inspections.urls import converters as converters
from inspections.views import panels, rounds

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round-new"),
    path("rounds/<round_name:name>/", rounds.round_page, name="round"),
    path("rounds/<round_name:name>/edit/", rounds.round_edit, name="round-edit"),
    path("rounds/<round_name:name>/visits/", rounds.visits_add, name="visits-add"),
    path("rounds/<round_name:name>/panels/", panels.panels_assign, name="panels-assign"),
    path("rounds/<round_name:name>/open/", rounds.round_open, name="round-open"),
    path("rounds/<round_name:name>/close/", rounds.round_close, name="round-close"),
]
