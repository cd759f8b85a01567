from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from inspections.enums import RoundStatus
from inspections.models import Indicator
from tests.factories import (
    AnswerFactory,
    PanelMemberFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from accounts.models import User
    from inspections.models import PanelMember
    from inspections.seat_cards import SeatCard

pytestmark = pytest.mark.django_db

URL = "/my-visits/"


def cards(client: Client, user: User) -> tuple[list[SeatCard], list[SeatCard]]:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    context = client.get(URL).context
    return context["ahead"], context["over"]


def only_card(client: Client, seat: PanelMember) -> SeatCard:
    ahead, over = cards(client, seat.user)
    (card,) = ahead + over
    return card


def test_seat_without_declaration_leads_to_it(client: Client) -> None:
    seat = PanelMemberFactory(visit__round__status=RoundStatus.OPEN)

    state = only_card(client, seat).state

    assert (state.label, state.url) == ("Declare first", f"/visits/{seat.visit_id}/declare/")


def test_seat_of_a_round_that_is_not_open_waits(client: Client) -> None:
    state = only_card(client, PanelMemberFactory(visit__round__status=RoundStatus.PLANNING)).state

    assert (state.name, state.url) == ("The round is not open yet", "")


def test_seat_with_a_draft_shows_how_far_it_is(client: Client) -> None:
    sheet = ScoresheetFactory()
    full, reasoned, reasonless, *_ = Indicator.objects.scored_by(sheet.member)
    AnswerFactory(sheet=sheet, indicator=full)
    AnswerFactory(sheet=sheet, indicator=reasoned, points=Decimal(5), reason="不足")
    AnswerFactory(sheet=sheet, indicator=reasonless, points=Decimal(5))

    card = only_card(client, sheet.member)

    assert (card.done, card.total, card.percent) == (2, 6, 33)
    assert (card.state.label, card.state.url) == ("Start scoring", sheet.get_absolute_url())


def test_submitted_seat_waits_and_the_leads_turn_comes_last(client: Client) -> None:
    visit = VisitFactory(moderation=True)
    lead = PanelMemberFactory(visit=visit, clear=True, is_lead=True)
    member = PanelMemberFactory(visit=visit, clear=True)
    for seat in (lead, member):
        ScoresheetFactory(member=seat, submitted=True)

    states = [only_card(client, seat).state for seat in (lead, member)]

    assert [(state.label, state.is_turn) for state in states] == [
        ("Compare and moderate", True),
        ("Look at it", False),
    ]
    assert states[0].url == f"/visits/{visit.pk}/moderation/"


def test_signed_visits_and_those_stood_back_from_are_over(client: Client) -> None:
    user = UserFactory(inspector=True)
    signed = PanelMemberFactory(user=user, visit=VisitFactory(signed=True), clear=True)
    ScoresheetFactory(member=signed, submitted=True)
    back = PanelMemberFactory(user=user, conflict=True)

    ahead, over = cards(client, user)

    assert ahead == []
    assert {card.seat: card.state.name for card in over} == {
        signed: "Signed off",
        back: "Stood back",
    }


def test_project_that_was_stood_back_from_is_not_linked(client: Client) -> None:
    seat = PanelMemberFactory(conflict=True)
    client.force_login(seat.user)

    assert seat.visit.get_absolute_url() not in client.get(URL).content.decode()


@pytest.mark.usefixtures("english")
def test_inspector_without_a_seat_is_told(client: Client) -> None:
    client.force_login(UserFactory(inspector=True))

    response = client.get(URL)

    assert "No visits yet" in response.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_the_same_queries_for_one_seat_and_for_30(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    user = UserFactory(inspector=True)
    for _ in range(count):
        ScoresheetFactory(member=PanelMemberFactory(user=user, clear=True), points=10)
    client.force_login(user)

    # Session, user; seats, tracks.
    with django_assert_num_queries(4):
        client.get(URL)
