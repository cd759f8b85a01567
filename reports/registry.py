"""What this app adds to a project's page in the registry: its reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects.extensions import Panel, project_panels
from reports.models import Report

if TYPE_CHECKING:
    from accounts.models import User
    from projects.models import Project


def register() -> None:
    """Called once, at start-up."""
    project_panels.register(reports_panel)


def reports_panel(user: User, project: Project) -> Panel | None:
    """A project's reports that the user may read, the latest round and version first; one query.

    No panel before there is one.
    """
    reports = tuple(
        Report.objects.visible_to(user)
        .filter(visit__project=project)
        .defer("snapshot")
        .order_by("-round__year", "-round__sequence", "-version")
    )
    return Panel("reports/_project_reports.html", {"reports": reports}) if reports else None
