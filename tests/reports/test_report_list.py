"""The list of reports, and what is still to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.permissions import Role
from reports.actions import draft_project_report
from tests.factories import (
    ReportFactory,
    RoundFactory,
    UserFactory,
    UserScopeFactory,
    VisitFactory,
)
from tests.reports.report_pages import account, bureau, drafted, english, printer, published
from tests.reports.signed_visits import AT, signed_visit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

__all__ = ["bureau", "english", "printer"]

pytestmark = pytest.mark.django_db


def test_list_shows_reports_with_their_state(bureau: Client) -> None:
    first, second = published(project__name="花都区项目"), drafted(project__name="天河区项目")

    response = bureau.get("/reports/")

    assertContains(response, first.title)
    assertContains(response, second.title)
    assertContains(response, f"/reports/{first.pk}/pdf/")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["乙", "甲", "丙"]),
        ("?round=2016-2", ["乙", "甲"]),
        ("?round=2016-1", ["丙"]),
        ("?kind=city", ["乙"]),
        ("?status=published", ["甲"]),
        ("?q=丙", ["丙"]),
        ("?round=2099-1", []),
        ("?kind=other", []),
    ],
)
def test_list_is_filtered(bureau: Client, query: str, titles: list[str]) -> None:
    round = RoundFactory(year=2016, sequence=2)
    ReportFactory(visit__round=round, title="甲", published=True)
    ReportFactory(city=True, round=round, title="乙")
    ReportFactory(visit__round=RoundFactory(year=2016, sequence=1), title="丙")

    page = bureau.get(f"/reports/{query}").context["page"]

    assert [row.record.title for row in page.table.rows] == titles


def test_wrong_filter_is_told_at_its_field(bureau: Client) -> None:
    page = bureau.get("/reports/?kind=other").context["page"]

    assert list(page.filter.form.errors) == ["kind"]


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.AGENCY, Role.INSPECTOR])
def test_list_of_others_has_published_reports_of_theirs_alone(client: Client, role: Role) -> None:
    mine = published()
    published()
    assert mine.visit is not None
    user = account(role, mine.visit.project)
    drafted_too = drafted()
    assert drafted_too.visit is not None
    UserScopeFactory(user=user, district=drafted_too.visit.project.district)
    client.force_login(user)

    page = client.get("/reports/").context["page"]

    assert [row.record.pk for row in page.table.rows] == [mine.pk]
    assert page.to_do is None


def test_list_says_what_is_still_to_be_written(bureau: Client) -> None:
    round = RoundFactory(year=2016, sequence=2)
    waiting = signed_visit(9, round=round, project__short_name="花都")
    draft_project_report(visit=signed_visit(9, round=round), by=UserFactory(), at=AT)

    response = bureau.get("/reports/")

    to_do = response.context["page"].to_do
    assert (to_do.visits, to_do.unsigned, to_do.lacks_summary) == ((waiting,), 0, True)
    assertContains(response, f"/visits/{waiting.pk}/report/draft")
    assertContains(response, "/rounds/2016-2/summary/draft")


def test_list_offers_no_summary_while_visits_are_not_signed_off(bureau: Client) -> None:
    round = RoundFactory(year=2016, sequence=2)
    signed_visit(9, round=round)
    VisitFactory(round=round, scoring=True)

    response = bureau.get("/reports/")

    assert response.context["page"].to_do.unsigned == 1
    assertNotContains(response, "/summary/draft")


def test_list_is_of_the_chosen_round(bureau: Client) -> None:
    older = RoundFactory(year=2015, sequence=1)
    RoundFactory(year=2016, sequence=2)

    assert bureau.get("/reports/?round=2015-1").context["page"].to_do.round == older


def test_list_takes_the_same_queries_for_one_and_for_thirty(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    round = RoundFactory(year=2016, sequence=2)
    ReportFactory(visit__round=round)
    bureau.get("/reports/")

    for more in (0, 29):
        for _place in range(more):
            ReportFactory(visit__round=round)
        # Session and user, rounds, reports and their number, visits and what is reported.
        with django_assert_num_queries(7):
            bureau.get("/reports/")
