"""The home page of those who look after projects: districts and agencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from inspections.models import Finding
from projects.models import Project
from reports.enums import ReportKind
from reports.models import Report

if TYPE_CHECKING:
    from accounts.models import User

SHOWN_PROBLEMS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeProject:
    """A project, how many of its problems are not verified yet, and its newest report."""

    project: Project
    problems: int
    report: Report | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """`problems` are the oldest of all unverified ones, of which there are `problem_count`."""

    projects: list[HomeProject]
    problems: list[Finding]
    problem_count: int


def load_home(user: User) -> Home:
    """The projects that the user looks after, with their problems and reports; five queries."""
    projects = Project.objects.visible_to(user).select_related("district")
    reports = (
        Report.objects.visible_to(user)
        .published()
        .filter(kind=ReportKind.PROJECT)
        .select_related("round", "visit")
        .defer("snapshot")
        .order_by("published_at", "version")
    )
    newest = {report.visit.project_id: report for report in reports if report.visit}
    open_problems = Finding.objects.visible_to(user).unverified()
    counts = dict(
        open_problems.order_by().values_list("project").annotate(count=Count("pk")).order_by()
    )
    shown = open_problems.select_related("project", "category")[:SHOWN_PROBLEMS]
    return Home(
        projects=[
            HomeProject(
                project=project,
                problems=counts.get(project.pk, 0),
                report=newest.get(project.pk),
            )
            for project in projects
        ],
        problems=list(shown),
        problem_count=sum(counts.values()),
    )
