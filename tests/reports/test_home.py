from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from accounts.permissions import Role
from inspections.enums import FindingStatus, RoundStatus
from reports.home import load_home
from tests.factories import (
    ContractFactory,
    FindingFactory,
    PanelMemberFactory,
    ProjectFactory,
    ReportFactory,
    RoundFactory,
    UserFactory,
    UserScopeFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import User
    from projects.models import Project

pytestmark = pytest.mark.django_db


def agency_account(project: Project) -> User:
    user = UserFactory(agency=True)
    UserScopeFactory(user=user, agency=ContractFactory(project=project).agency)
    return user


def test_home_asks_for_the_sign_in_first(client: Client) -> None:
    assertRedirects(client.get("/"), "/accounts/sign-in/?next=/")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.BUREAU, Role.AUDITOR])
def test_home_of_who_oversees_rounds_is_the_current_one(client: Client, role: Role) -> None:
    VisitFactory(round=RoundFactory(year=2016, sequence=1), signed=True)
    VisitFactory(round=RoundFactory(year=2016, sequence=2), scoring=True)
    VisitFactory(round=RoundFactory(year=2017, sequence=1))
    client.force_login(UserFactory(role=role))

    response = client.get("/")

    assertRedirects(response, "/rounds/2016-2/overview/")


def test_home_before_any_visit_is_the_newest_round(client: Client) -> None:
    RoundFactory(year=2016, sequence=2)
    RoundFactory(year=2017, sequence=1, status=RoundStatus.PLANNING)
    client.force_login(UserFactory(bureau=True))

    assertRedirects(client.get("/"), "/rounds/2017-1/overview/")


def test_home_without_rounds_says_so(client: Client) -> None:
    client.force_login(UserFactory(bureau=True))

    assertContains(client.get("/"), "尚无巡查轮次")


def test_home_of_an_inspector_is_the_own_visits(client: Client) -> None:
    client.force_login(UserFactory(inspector=True))

    assertRedirects(client.get("/"), "/my-visits/")


def test_home_of_an_agency_has_its_projects_only(client: Client) -> None:
    project = ProjectFactory()
    ProjectFactory()
    client.force_login(agency_account(project))

    response = client.get("/")

    assert [one.project for one in response.context["home"].projects] == [project]


def test_home_of_a_district_has_its_projects_only(client: Client) -> None:
    project = ProjectFactory()
    ProjectFactory()
    user = UserFactory(district=True)
    UserScopeFactory(user=user, district=project.district)
    client.force_login(user)

    response = client.get("/")

    assert [one.project for one in response.context["home"].projects] == [project]


def test_home_of_an_account_that_covers_nothing_says_whom_to_ask(client: Client) -> None:
    client.force_login(UserFactory(agency=True))

    assertContains(client.get("/"), "您的账号尚未关联项目")


def test_home_counts_unverified_problems_of_signed_visits() -> None:
    project = ProjectFactory()
    signed = PanelMemberFactory(visit=VisitFactory(project=project, signed=True), clear=True)
    first = FindingFactory(author=signed)
    FindingFactory(author=signed, status=FindingStatus.VERIFIED)
    under_way = PanelMemberFactory(visit=VisitFactory(project=project, scoring=True), clear=True)
    FindingFactory(author=under_way)

    home = load_home(agency_account(project))

    assert [(one.problems, one.report) for one in home.projects] == [(1, None)]
    assert (home.problems, home.problem_count) == ([first], 1)


def test_home_has_the_newest_published_report() -> None:
    project = ProjectFactory()
    visit = VisitFactory(project=project, signed=True)
    ReportFactory(visit=visit, published=True, version=1)
    newest = ReportFactory(visit=visit, published=True, version=2)
    ReportFactory(visit=visit, version=3)

    home = load_home(agency_account(project))

    assert [one.report for one in home.projects] == [newest]


@pytest.mark.parametrize("count", [1, 30])
def test_home_asks_five_queries_whatever_the_number_of_projects(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    user = UserFactory(agency=True)
    for _ in range(count):
        visit = VisitFactory(signed=True)
        UserScopeFactory(user=user, agency=ContractFactory(project=visit.project).agency)
        FindingFactory(author=PanelMemberFactory(visit=visit, clear=True))
        ReportFactory(visit=visit, published=True)

    with django_assert_num_queries(5):
        home = load_home(user)

    assert len(home.projects) == count
