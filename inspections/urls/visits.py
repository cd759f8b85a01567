from __future__ import annotations

from django.urls import path

from inspections.views import declarations, panels, visits

urlpatterns = [
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/record/", visits.visit_record, name="visit-record"),
    path("visits/<int:pk>/plan/", visits.visit_plan, name="visit-plan"),
    path("visits/<int:pk>/remove/", visits.visit_remove, name="visit-remove"),
    path("visits/<int:pk>/panel/", panels.panel, name="panel"),
    path("visits/<int:pk>/declare/", declarations.declaration, name="declare"),
    path("panel-members/<int:pk>/", panels.member_change, name="panel-member"),
    path("panel-members/<int:pk>/remove/", panels.member_remove, name="panel-member-remove"),
]
