from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from projects.extensions import Panel, ProjectGrouping, ProjectGroupings, ProjectPanels
from projects.models import Project
from tests.factories import (
    FindingFactory,
    PanelMemberFactory,
    ProjectFactory,
    ReportFactory,
    UserFactory,
    UserScopeFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT, USER = Project(pk=1), User(pk=2)


def giving(result: Any) -> Callable[..., Any]:
    """A function that gives the same, whatever it is asked."""
    return lambda *_: result


def test_panels_come_in_the_order_of_their_registration() -> None:
    panels = ProjectPanels()
    first, third = Panel("first.html", {}), Panel("third.html", {})
    for built in (first, None, third):
        panels.register(giving(built))

    assert panels.build(user=USER, project=PROJECT) == [first, third]


def test_groupings_keep_one_for_each_parameter() -> None:
    groupings = ProjectGroupings()
    kept = [
        ProjectGrouping(
            parameter="round",
            label=gettext_lazy("Round"),
            options=giving([]),
            condition=giving(Q()),
        )
        for _ in range(2)
    ]
    for grouping in kept:
        groupings.register(grouping)

    assert list(groupings) == kept[1:]


# What inspections and reports put there


def panel(user: User, project: Project, template: str) -> Panel | None:
    from projects.extensions import project_panels

    built = project_panels.build(user=user, project=project)
    return next((each for each in built if each.template == template), None)


VISITS = "inspections/_project_visits.html"
REPORTS = "reports/_project_reports.html"


@pytest.mark.django_db
def test_visits_panel_shows_the_bureau_every_visit_and_finding() -> None:
    visit = VisitFactory(signed=True)
    planned = VisitFactory(project=visit.project)
    FindingFactory(visit=visit)
    FindingFactory(visit=visit, status="verified")

    found = panel(UserFactory(bureau=True), visit.project, VISITS)

    assert found is not None
    assert set(found.context["visits"]) == {visit, planned}
    assert (found.context["finding_count"], found.context["open_count"]) == (2, 1)
    assert found.context["opens_visits"] is True


@pytest.mark.django_db
def test_visits_panel_shows_a_district_signed_visits_without_a_link() -> None:
    visit = VisitFactory(signed=True)
    VisitFactory(project=visit.project)
    scope = UserScopeFactory(user=UserFactory(district=True), district=visit.project.district)

    found = panel(scope.user, visit.project, VISITS)

    assert found is not None
    assert found.context["visits"] == (visit,)
    assert found.context["opens_visits"] is False


@pytest.mark.django_db
def test_visits_panel_shows_an_inspector_only_own_visits() -> None:
    seat = PanelMemberFactory()
    VisitFactory(project=seat.visit.project, signed=True)

    found = panel(seat.user, seat.visit.project, VISITS)

    assert found is not None
    assert found.context["visits"] == (seat.visit,)


@pytest.mark.django_db
def test_reports_panel_is_there_once_there_is_a_report() -> None:
    user, project = UserFactory(bureau=True), ProjectFactory()
    assert panel(user, project, REPORTS) is None

    report = ReportFactory(visit=VisitFactory(project=project, signed=True))

    found = panel(user, project, REPORTS)
    assert found is not None
    assert found.context["reports"] == (report,)
