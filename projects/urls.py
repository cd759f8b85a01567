from __future__ import annotations

from django.urls import path

from projects.views import agencies, funding, projects, staff

app_name = "projects"

urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("staff/", staff.staff, name="staff"),
    path("staff/<int:pk>/", staff.staff_member, name="staff-member"),
    path("funding/", funding.funding, name="funding"),
]
