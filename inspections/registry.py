"""What this app adds to the registry's pages: rounds to filter by, and a project's visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from inspections.models import Finding, Round, Visit
from inspections.models.rounds import UnknownRoundError
from projects.extensions import Panel, ProjectGrouping, project_groupings, project_panels

if TYPE_CHECKING:
    from accounts.models import User
    from projects.models import Project


def register() -> None:
    """Called once, at start-up."""
    project_groupings.register(
        ProjectGrouping(
            parameter="round",
            label=_("Round"),
            options=rounds_to_choose,
            condition=projects_of_round,
        )
    )
    project_panels.register(visits_panel)


def rounds_to_choose(user: User) -> list[tuple[str, str]]:
    """Names and titles of the rounds that the user sees, the latest first; one query."""
    return [(each.name, each.title) for each in Round.objects.visible_to(user)]


def projects_of_round(name: str) -> Q:
    """Projects with a visit in the round of that name; of no round if there is none."""
    try:
        found = Round.objects.named(name)
    except UnknownRoundError:
        return Q(pk__in=[])
    return Q(pk__in=Visit.objects.filter(round=found).values("project"))


def visits_panel(user: User, project: Project) -> Panel | None:
    """A project's visits, the latest first, and how many findings the user sees.

    No scores: inspectors meet this page before they have scored. Two queries, or three for
    inspectors.
    """
    visits = (
        Visit.objects.visible_to(user)
        .filter(project=project)
        .select_related("round")
        .order_by("-round__year", "-round__sequence")
    )
    findings = Finding.objects.visible_to(user).filter(project=project)
    counts = findings.aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(pk__in=findings.unverified().values("pk")))
    )
    return Panel(
        "inspections/_project_visits.html",
        {
            "project": project,
            "visits": tuple(visits),
            "finding_count": counts["all"],
            "open_count": counts["open"],
            "opens_visits": user.may(Permission.VIEW_ROUNDS) or user.may(Permission.SCORE),
        },
    )
