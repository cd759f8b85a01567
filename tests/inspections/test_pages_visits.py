from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from inspections.enums import Recusal, RoundStatus
from inspections.models import PanelMember, Scoresheet, Visit
from tests.factories import (
    AnswerFactory,
    ContractFactory,
    InspectionMethodFactory,
    PanelMemberFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
    VisitMethodFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def sign_in(client: Client, role: Role = Role.BUREAU) -> None:
    client.force_login(UserFactory(role=role))


def notes(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def page(name: str, visit: Visit) -> str:
    return reverse(f"inspections:{name}", args=[visit.pk])


def steps(response: Any) -> list[tuple[str, str, bool]]:
    return [(step.label, step.url, step.is_next) for step in response.context["steps"]]


# The visit's page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMIN, 200),
        (Role.BUREAU, 200),
        (Role.AUDITOR, 200),
        (Role.INSPECTOR, 404),
        (Role.DISTRICT, 403),
        (Role.AGENCY, 403),
    ],
)
def test_visit_opens_by_role(client: Client, role: Role, status: int) -> None:
    visit = VisitFactory()
    sign_in(client, role)

    response = client.get(visit.get_absolute_url())

    assert response.status_code == status


@pytest.mark.parametrize(
    ("declared", "status"), [({}, 200), ({"clear": True}, 200), ({"conflict": True}, 404)]
)
def test_visit_opens_for_its_panel_without_conflict(
    client: Client, declared: dict[str, bool], status: int
) -> None:
    member = PanelMemberFactory(**declared)
    client.force_login(member.user)

    response = client.get(member.visit.get_absolute_url())

    assert response.status_code == status


@pytest.mark.parametrize("count", [1, 30])
def test_visit_asks_the_same_queries_for_large_panels(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    visit = VisitFactory(scoring=True)
    for _ in range(count):
        ScoresheetFactory(member__visit=visit)
        VisitMethodFactory(visit=visit)
    sign_in(client)

    # Session, user, visit, panel, its tracks, the instrument's tracks, methods.
    with django_assert_num_queries(7):
        client.get(visit.get_absolute_url())


def test_visit_shows_who_stood_back_last_and_why_to_the_bureau(client: Client) -> None:
    former = PanelMemberFactory(conflict=True)
    lead = PanelMemberFactory(visit=former.visit, is_lead=True)
    sign_in(client)

    response = client.get(former.visit.get_absolute_url())

    assert [seat.member for seat in response.context["panel"].seats] == [lead, former]
    assert former.recusal_reason in response.text


def test_reason_of_who_stood_back_is_not_for_the_panel(client: Client) -> None:
    former = PanelMemberFactory(conflict=True)
    lead = PanelMemberFactory(visit=former.visit, is_lead=True)
    client.force_login(lead.user)

    response = client.get(former.visit.get_absolute_url())

    assert former.recusal_reason not in response.text


def test_visit_never_shows_points(client: Client) -> None:
    sheet = ScoresheetFactory(points="7.5", submitted=True)
    sign_in(client)

    response = client.get(sheet.member.visit.get_absolute_url())

    assert "7.5" not in response.text


@pytest.mark.usefixtures("english")
def test_next_step_of_who_has_not_declared(client: Client) -> None:
    member = PanelMemberFactory()
    client.force_login(member.user)

    response = client.get(member.visit.get_absolute_url())

    assert steps(response) == [
        ("Declare on conflicts of interest", page("declare", member.visit), True)
    ]


def test_no_step_before_the_round_is_open(client: Client) -> None:
    member = PanelMemberFactory(visit__round__status=RoundStatus.PLANNING)
    client.force_login(member.user)

    response = client.get(member.visit.get_absolute_url())

    assert steps(response) == []


@pytest.mark.usefixtures("english")
def test_next_step_of_who_scores(client: Client) -> None:
    sheet = ScoresheetFactory()
    client.force_login(sheet.member.user)

    response = client.get(sheet.member.visit.get_absolute_url())

    assert steps(response) == [("Score the project", sheet.get_absolute_url(), True)]


@pytest.mark.usefixtures("english")
def test_next_step_of_the_lead_once_all_sheets_are_in(client: Client) -> None:
    sheet = ScoresheetFactory(submitted=True, member__is_lead=True, member__visit__moderation=True)
    client.force_login(sheet.member.user)

    response = client.get(sheet.member.visit.get_absolute_url())

    assert steps(response) == [
        ("My submitted scoresheet", sheet.get_absolute_url(), False),
        ("Compare and moderate the scores", page("moderation", sheet.member.visit), True),
    ]


@pytest.mark.usefixtures("english")
def test_bureau_may_look_at_the_moderation(client: Client) -> None:
    visit = VisitFactory(moderation=True)
    sign_in(client)

    response = client.get(visit.get_absolute_url())

    assert steps(response) == [
        ("Compare and moderate the scores", page("moderation", visit), False)
    ]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("role", "is_turn"), [(Role.BUREAU, True), (Role.AUDITOR, False)])
def test_signed_visit_leads_to_its_report(client: Client, role: Role, is_turn: bool) -> None:
    visit = VisitFactory(signed=True)
    sign_in(client, role)

    response = client.get(visit.get_absolute_url())

    assert steps(response) == [
        ("Scores and result", page("moderation", visit), False),
        ("Report", reverse("reports:visit-report", args=[visit.pk]), is_turn),
    ]


# Recording


def test_record_saves_day_and_methods(client: Client) -> None:
    used, unused = InspectionMethodFactory.create_batch(2)
    visit = VisitFactory(round__methods=[used, unused])
    sign_in(client)

    response = client.post(
        page("visit-record", visit),
        {
            "visited_on": "2016-12-13",
            f"method-{used.pk}": "2016-12-14",
            f"method-{unused.pk}": "",
        },
    )

    assert response["Location"] == visit.get_absolute_url()
    assert Visit.objects.get().visited_on == dt.date(2016, 12, 13)
    assert [(row.method, row.used_on) for row in visit.methods_used.all()] == [
        (used, dt.date(2016, 12, 14))
    ]


@pytest.mark.usefixtures("english")
def test_record_of_a_coming_day_is_refused_and_nothing_is_lost(client: Client) -> None:
    method = InspectionMethodFactory()
    visit = VisitFactory(round__methods=[method])
    sign_in(client)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    response = client.post(
        page("visit-record", visit),
        {"visited_on": tomorrow.isoformat(), f"method-{method.pk}": "2016-12-14"},
    )

    assert response.context["form"].errors == {"visited_on": ["This day has not come yet."]}
    assert f'value="{tomorrow.isoformat()}"' in response.text
    assert 'value="2016-12-14"' in response.text
    assert Visit.objects.get().visited_on is None


def test_record_offers_the_methods_of_the_round_and_those_recorded(client: Client) -> None:
    of_round, recorded, _other = InspectionMethodFactory.create_batch(3)
    visit = VisitFactory(round__methods=[of_round])
    VisitMethodFactory(visit=visit, method=recorded)
    sign_in(client)

    form = client.get(page("visit-record", visit)).context["form"]

    assert [field.label for field in form.method_fields] == [of_round.name, recorded.name]


def test_record_offers_every_method_when_the_round_names_none(client: Client) -> None:
    methods = InspectionMethodFactory.create_batch(2)
    visit = VisitFactory()
    sign_in(client)

    form = client.get(page("visit-record", visit)).context["form"]

    assert [field.label for field in form.method_fields] == [method.name for method in methods]


@pytest.mark.parametrize(("is_lead", "status"), [(True, 200), (False, 403)])
def test_record_is_for_the_lead_of_the_panel(client: Client, is_lead: bool, status: int) -> None:
    member = PanelMemberFactory(is_lead=is_lead, clear=True)
    client.force_login(member.user)

    response = client.get(page("visit-record", member.visit))

    assert response.status_code == status


@pytest.mark.usefixtures("english")
def test_record_of_a_signed_visit_is_refused(client: Client) -> None:
    visit = VisitFactory(signed=True)
    sign_in(client)

    response = client.post(page("visit-record", visit), {"visited_on": "2016-12-20"})

    assert response.context["form"].non_field_errors() == [
        "This visit is signed off: nothing about it changes any more."
    ]


# Planning and removing


def test_planned_day_is_changed(client: Client) -> None:
    visit = VisitFactory()
    sign_in(client)

    client.post(page("visit-plan", visit), {"planned_on": "2017-01-05"})

    assert Visit.objects.get().planned_on == dt.date(2017, 1, 5)


def test_planned_day_of_a_signed_visit_stays(client: Client) -> None:
    visit = VisitFactory(signed=True)
    sign_in(client)

    response = client.post(page("visit-plan", visit), {"planned_on": "2017-01-05"})

    assert response.status_code == 200
    assert Visit.objects.get().planned_on == visit.planned_on


def test_visit_is_taken_out_of_the_round(client: Client) -> None:
    visit = VisitFactory()
    sign_in(client)

    response = client.post(page("visit-remove", visit))

    assert response["Location"] == visit.round.get_absolute_url()
    assert Visit.objects.count() == 0


@pytest.mark.usefixtures("english")
def test_scored_visit_is_not_taken_out_of_the_round(client: Client) -> None:
    visit = AnswerFactory().sheet.member.visit
    sign_in(client)

    response = client.post(page("visit-remove", visit))

    assert response["Location"] == visit.get_absolute_url()
    assert notes(response) == [
        f"{visit.project.short_name} has been scored or has findings: the visit stays in the round."
    ]
    assert Visit.objects.count() == 1


def test_asking_to_take_out_takes_nothing_out(client: Client) -> None:
    visit = VisitFactory()
    sign_in(client)

    response = client.get(page("visit-remove", visit))

    assert response.status_code == 200
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("name", ["visit-plan", "visit-remove", "panel"])
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.DISTRICT, Role.AGENCY])
def test_planning_a_visit_is_for_planners(client: Client, name: str, role: Role) -> None:
    visit = VisitFactory()
    sign_in(client, role)

    response = client.post(page(name, visit))

    assert response.status_code == 403


# Declaring


def test_declaration_names_the_agencies_and_chooses_nothing(client: Client) -> None:
    member = PanelMemberFactory()
    contract = ContractFactory(project=member.visit.project)
    ContractFactory(project=member.visit.project, agency=contract.agency, service_area="二标段")
    client.force_login(member.user)

    response = client.get(page("declare", member.visit))

    assert list(response.context["agencies"]) == [contract.agency]
    assert "checked" not in response.text


def test_declaring_no_conflict_leads_to_the_sheet(client: Client) -> None:
    member = PanelMemberFactory()
    client.force_login(member.user)

    response = client.post(page("declare", member.visit), {"conflict": "no"})

    assert response["Location"] == Scoresheet.objects.get().get_absolute_url()
    assert PanelMember.objects.get().recusal == Recusal.CLEAR


def test_declaring_a_conflict_leads_back_to_the_visits(client: Client) -> None:
    member = PanelMemberFactory()
    client.force_login(member.user)

    response = client.post(
        page("declare", member.visit), {"conflict": "yes", "reason": "曾任该机构顾问"}
    )

    stored = PanelMember.objects.get()
    assert response["Location"] == reverse("inspections:my-visits")
    assert (stored.recusal, stored.recusal_reason) == (Recusal.CONFLICT, "曾任该机构顾问")


@pytest.mark.usefixtures("english")
def test_declaring_a_conflict_without_a_reason_is_refused_in_place(client: Client) -> None:
    member = PanelMemberFactory()
    client.force_login(member.user)

    response = client.post(page("declare", member.visit), {"conflict": "yes", "reason": " "})

    assert response.context["form"].errors == {"reason": ["Say what the conflict of interest is."]}
    assert PanelMember.objects.get().recusal == Recusal.PENDING


@pytest.mark.usefixtures("english")
def test_declaring_nothing_keeps_the_reason(client: Client) -> None:
    member = PanelMemberFactory()
    client.force_login(member.user)

    response = client.post(page("declare", member.visit), {"reason": "曾任该机构顾问"})

    assert response.context["form"].errors == {"conflict": ["Choose one of the two."]}
    assert "曾任该机构顾问" in response.text


@pytest.mark.usefixtures("english")
def test_second_declaration_is_refused(client: Client) -> None:
    sheet = ScoresheetFactory()
    client.force_login(sheet.member.user)

    response = client.post(
        page("declare", sheet.member.visit), {"conflict": "yes", "reason": "反悔"}
    )

    assert response.context["form"].non_field_errors() == [
        "You have already declared for this visit; the bureau can assign somebody else."
    ]
    assert PanelMember.objects.get().recusal == Recusal.CLEAR


@pytest.mark.parametrize(("role", "status"), [(Role.INSPECTOR, 404), (Role.BUREAU, 403)])
def test_declaration_is_for_ones_own_seat(client: Client, role: Role, status: int) -> None:
    visit = PanelMemberFactory().visit
    sign_in(client, role)

    response = client.get(page("declare", visit))

    assert response.status_code == status
