from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.permissions import Role
from inspections.enums import RoundStatus
from inspections.models import Round, Visit
from tests.factories import (
    BasisDocumentFactory,
    InspectionMethodFactory,
    InstrumentFactory,
    PanelMemberFactory,
    ProjectFactory,
    RoundFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def sign_in(client: Client, role: Role = Role.BUREAU) -> None:
    client.force_login(UserFactory(role=role))


def notes(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def fill(round: Round, visits: int) -> None:
    """Visits with a panel of two each, one of whom has a sheet."""
    for _ in range(visits):
        lead = PanelMemberFactory(visit__round=round, is_lead=True)
        PanelMemberFactory(visit=lead.visit)
        ScoresheetFactory(member__visit=lead.visit)


# The list


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMIN, 200),
        (Role.BUREAU, 200),
        (Role.AUDITOR, 200),
        (Role.INSPECTOR, 403),
        (Role.DISTRICT, 403),
        (Role.AGENCY, 403),
    ],
)
def test_list_opens_by_role(client: Client, role: Role, status: int) -> None:
    RoundFactory()
    sign_in(client, role)

    response = client.get(reverse("inspections:rounds"))

    assert response.status_code == status


def test_list_counts_visits_and_names_days(client: Client) -> None:
    round = VisitFactory(signed=True).round
    VisitFactory(round=round, planned_on=dt.date(2017, 1, 5))
    RoundFactory()
    sign_in(client)

    response = client.get(reverse("inspections:rounds"))

    rows = [
        (row.pk, row.visit_count, row.signed_count, row.first_on, row.last_on)
        for row in response.context["rounds"]
        if row.pk == round.pk
    ]
    assert rows == [(round.pk, 2, 1, dt.date(2016, 12, 13), dt.date(2017, 1, 5))]


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_same_queries_for_many_rounds(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    RoundFactory.create_batch(count, instrument=InstrumentFactory(published=True))
    sign_in(client)

    # Session, user, rounds.
    with django_assert_num_queries(3):
        client.get(reverse("inspections:rounds"))


def test_list_offers_planning_only_to_planners(client: Client) -> None:
    sign_in(client, Role.AUDITOR)

    response = client.get(reverse("inspections:rounds"))

    assert reverse("inspections:round-new") not in response.text


# The round's page


@pytest.mark.parametrize("count", [1, 30])
def test_page_asks_the_same_queries_for_many_visits(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    round = BasisDocumentFactory(round__methods=[InspectionMethodFactory()]).round
    fill(round, count)
    sign_in(client)

    # Session, user, round, instrument, its tracks, visits, panels, their tracks, basis
    # documents, methods.
    with django_assert_num_queries(10):
        client.get(round.get_absolute_url())


@pytest.mark.usefixtures("english")
def test_page_shows_visits_by_day_with_what_their_panels_lack(client: Client) -> None:
    round = RoundFactory()
    later = VisitFactory(round=round, planned_on=dt.date(2017, 1, 5))
    dateless = VisitFactory(round=round, planned_on=None)
    first = PanelMemberFactory(
        visit__round=round, tracks=round.instrument.tracks.filter(key="professional")
    ).visit
    sign_in(client)

    response = client.get(round.get_absolute_url())

    rows = [(visit, list(panel.gaps)) for visit, panel in response.context["visits"]]
    assert rows == [
        (first, ["No panel lead", "Nobody for 财务管理"]),
        (later, ["No panel yet"]),
        (dateless, ["No panel yet"]),
    ]


def test_page_counts_sheets_without_who_stood_back(client: Client) -> None:
    sheet = ScoresheetFactory(submitted=True)
    visit = sheet.member.visit
    PanelMemberFactory(visit=visit)
    PanelMemberFactory(visit=visit, conflict=True)
    sign_in(client)

    response = client.get(visit.round.get_absolute_url())

    [(_visit, panel)] = response.context["visits"]
    assert (panel.submitted_count, panel.sheet_count) == (1, 2)


@pytest.mark.parametrize("name", ["2016-9", "2016-02", "spring"])
def test_unknown_round_is_not_found(client: Client, name: str) -> None:
    RoundFactory(year=2016, sequence=2)
    sign_in(client)

    response = client.get(f"/rounds/{name}/")

    assert response.status_code == 404


@pytest.mark.usefixtures("english")
def test_unknown_round_is_named(client: Client) -> None:
    sign_in(client)

    response = client.get("/rounds/2016-9/")

    assert "There is no inspection round 2016-9." in response.text


@pytest.mark.parametrize(
    "page", ["round-new", "round-edit", "visits-add", "round-open", "round-close"]
)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.DISTRICT, Role.AGENCY])
def test_planning_is_for_planners(client: Client, page: str, role: Role) -> None:
    round = RoundFactory()
    sign_in(client, role)
    arguments = [] if page == "round-new" else [round.name]

    response = client.post(reverse(f"inspections:{page}", args=arguments))

    assert response.status_code == 403


# Visits


def test_many_projects_are_added_at_once(client: Client) -> None:
    round = RoundFactory()
    projects = ProjectFactory.create_batch(2)
    sign_in(client)

    response = client.post(
        reverse("inspections:visits-add", args=[round.name]),
        {"projects": [project.pk for project in projects], "planned_on": "2016-12-13"},
    )

    assert response["Location"] == round.get_absolute_url()
    assert [(visit.project, visit.planned_on) for visit in Visit.objects.all()] == [
        (project, dt.date(2016, 12, 13)) for project in projects
    ]


def test_project_of_the_round_is_not_offered_again(client: Client) -> None:
    visit = VisitFactory()
    other = ProjectFactory()
    sign_in(client)

    response = client.get(reverse("inspections:visits-add", args=[visit.round.name]))

    assert list(response.context["form"].fields["projects"].queryset) == [other]


@pytest.mark.usefixtures("english")
def test_adding_nothing_keeps_the_day(client: Client) -> None:
    round = RoundFactory()
    ProjectFactory()
    sign_in(client)

    response = client.post(
        reverse("inspections:visits-add", args=[round.name]), {"planned_on": "2016-12-13"}
    )

    assert response.context["form"].errors == {"projects": ["Choose at least one project."]}
    assert 'value="2016-12-13"' in response.text


@pytest.mark.usefixtures("english")
def test_closed_round_says_that_it_takes_no_visits(client: Client) -> None:
    round = RoundFactory(status=RoundStatus.CLOSED)
    project = ProjectFactory()
    sign_in(client)

    response = client.post(
        reverse("inspections:visits-add", args=[round.name]), {"projects": [project.pk]}
    )

    assert response.context["form"].non_field_errors() == ["This round is closed."]


# Opening and closing


def test_round_is_opened(client: Client) -> None:
    round = VisitFactory(round__status=RoundStatus.PLANNING).round
    sign_in(client)

    response = client.post(reverse("inspections:round-open", args=[round.name]))

    assert response["Location"] == round.get_absolute_url()
    assert Round.objects.get().status == RoundStatus.OPEN


@pytest.mark.usefixtures("english")
def test_opening_a_round_tells_how_many_visits_have_no_panel(client: Client) -> None:
    round = PanelMemberFactory(visit__round__status=RoundStatus.PLANNING).visit.round
    PanelMemberFactory(visit__round=round, conflict=True)
    sign_in(client)

    response = client.post(reverse("inspections:round-open", args=[round.name]))

    assert notes(response) == [
        "The round is open: panels can declare and score.",
        "1 visit has no panel yet: nobody can score it.",
    ]
    assert Round.objects.get().status == RoundStatus.OPEN


@pytest.mark.parametrize(("has_panel", "first"), [(False, "panels-assign"), (True, "round-open")])
def test_page_leads_to_panels_before_it_leads_to_opening(
    client: Client, has_panel: bool, first: str
) -> None:
    visit = VisitFactory(round__status=RoundStatus.PLANNING)
    if has_panel:
        PanelMemberFactory(visit=visit)
    sign_in(client)

    page = client.get(visit.round.get_absolute_url())

    assert page.context["lacks_panels"] is not has_panel
    before, after = page.text.split("btn-primary")
    link = re.match(r'" href="([^"]+)"', after)
    target = link[1] if link else re.findall(r'action="([^"]+)"', before)[-1]
    assert target == reverse(f"inspections:{first}", args=[visit.round.name])


@pytest.mark.usefixtures("english")
def test_round_without_visits_is_told_so_when_opened(client: Client) -> None:
    round = RoundFactory(status=RoundStatus.PLANNING)
    sign_in(client)

    response = client.post(reverse("inspections:round-open", args=[round.name]))

    assert notes(response) == ["This round has no visits yet."]
    assert Round.objects.get().status == RoundStatus.PLANNING


def test_round_is_closed(client: Client) -> None:
    round = VisitFactory(signed=True).round
    sign_in(client)

    client.post(reverse("inspections:round-close", args=[round.name]))

    assert Round.objects.get().status == RoundStatus.CLOSED


@pytest.mark.usefixtures("english")
def test_round_names_what_keeps_it_from_closing(client: Client) -> None:
    visit = VisitFactory()
    sign_in(client)

    response = client.post(reverse("inspections:round-close", args=[visit.round.name]))

    assert notes(response) == [f"Not signed off yet: {visit.project.short_name}."]
    assert Round.objects.get().status == RoundStatus.OPEN


@pytest.mark.parametrize("page", ["round-open", "round-close"])
def test_round_does_not_change_by_get(client: Client, page: str) -> None:
    round = VisitFactory(round__status=RoundStatus.PLANNING).round
    sign_in(client)

    response = client.get(reverse(f"inspections:{page}", args=[round.name]))

    assert response.status_code == 405
    assert Round.objects.get().status == RoundStatus.PLANNING
