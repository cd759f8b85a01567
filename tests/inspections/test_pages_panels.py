from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.permissions import Role
from inspections.models import PanelMember
from tests.factories import (
    AnswerFactory,
    PanelMemberFactory,
    UserFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from inspections.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(UserFactory(bureau=True))


def notes(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def panel_url(member: PanelMember) -> str:
    return reverse("inspections:panel", args=[member.visit_id])


def seat_url(member: PanelMember) -> str:
    return reverse("inspections:panel-member", args=[member.pk])


def removal_url(member: PanelMember) -> str:
    return reverse("inspections:panel-member-remove", args=[member.pk])


def test_inspector_is_assigned(client: Client) -> None:
    visit = VisitFactory()
    inspector = UserFactory(inspector=True)
    track = visit.round.instrument.tracks.get(key="finance")
    url = reverse("inspections:panel", args=[visit.pk])

    response = client.post(url, {"user": inspector.pk, "tracks": [track.pk], "is_lead": "on"})

    member = PanelMember.objects.get()
    assert response["Location"] == url
    assert (member.user, member.is_lead, list(member.tracks.all())) == (inspector, True, [track])


def test_form_proposes_the_lead_first_and_then_members(client: Client) -> None:
    member = PanelMemberFactory(is_lead=True)
    empty = VisitFactory()

    proposals = [
        client.get(reverse("inspections:panel", args=[pk])).context["form"]["is_lead"].value()
        for pk in (empty.pk, member.visit_id)
    ]

    assert proposals == [True, False]


def test_form_offers_inspectors_who_are_not_on_the_panel(client: Client) -> None:
    member = PanelMemberFactory()
    PanelMemberFactory(visit=member.visit, conflict=True)
    UserFactory(inspector=True, is_active=False)
    free = UserFactory(inspector=True)

    form = client.get(panel_url(member)).context["form"]

    assert list(form.fields["user"].queryset) == [free]


@pytest.mark.usefixtures("english")
def test_form_says_how_many_visits_an_inspector_has_in_the_round(client: Client) -> None:
    visit = VisitFactory()
    busy = UserFactory(inspector=True, name="甲")
    PanelMemberFactory(user=busy, visit__round=visit.round)
    PanelMemberFactory(user=busy, visit__round=visit.round, conflict=True)
    PanelMemberFactory(user=busy)
    UserFactory(inspector=True, name="乙")

    response = client.get(reverse("inspections:panel", args=[visit.pk]))

    labels = [str(label) for value, label in response.context["form"].fields["user"].choices]
    assert labels[1:] == ["乙", "甲 (1 visit in this round)"]


@pytest.mark.usefixtures("english")
def test_assignment_without_tracks_keeps_the_inspector(client: Client) -> None:
    visit = VisitFactory()
    inspector = UserFactory(inspector=True)

    response = client.post(reverse("inspections:panel", args=[visit.pk]), {"user": inspector.pk})

    assert response.context["form"].errors == {"tracks": ["Choose at least one track."]}
    assert f'<option value="{inspector.pk}" selected' in response.text
    assert PanelMember.objects.count() == 0


@pytest.mark.usefixtures("english")
def test_second_lead_is_refused_with_the_name_of_the_first(client: Client) -> None:
    lead = PanelMemberFactory(is_lead=True)
    inspector = UserFactory(inspector=True)
    tracks = [track.pk for track in lead.visit.round.instrument.tracks.all()]

    response = client.post(
        panel_url(lead), {"user": inspector.pk, "tracks": tracks, "is_lead": "on"}
    )

    assert response.context["form"].non_field_errors() == [
        f"The panel has a lead already: {lead.user}."
    ]


def test_panel_of_a_signed_visit_takes_nobody(client: Client) -> None:
    member = PanelMemberFactory(visit__signed=True)

    response = client.get(panel_url(member))

    assert response.status_code == 200
    assert 'name="user"' not in response.text


def test_lead_is_handed_over(client: Client) -> None:
    lead = PanelMemberFactory(is_lead=True)
    member = PanelMemberFactory(visit=lead.visit)
    tracks = [track.pk for track in member.tracks.all()]

    response = client.post(seat_url(member), {"tracks": tracks, "is_lead": "on"})

    assert response["Location"] == panel_url(lead)
    assert list(PanelMember.objects.filter(is_lead=True)) == [member]


def test_lead_can_not_be_dropped_in_the_form(client: Client) -> None:
    lead = PanelMemberFactory(is_lead=True)
    track = lead.tracks.get(key="finance")

    client.post(seat_url(lead), {"tracks": [track.pk]})

    stored = PanelMember.objects.get()
    assert (stored.is_lead, list(stored.tracks.all())) == (True, [track])


@pytest.mark.usefixtures("english")
def test_tracks_of_who_has_answered_are_refused_in_place(client: Client) -> None:
    member = AnswerFactory().sheet.member
    track = member.tracks.get(key="finance")

    response = client.post(seat_url(member), {"tracks": [track.pk], "is_lead": "on"})

    assert response.context["form"].non_field_errors() == [
        f"{member.user} has already answered or written something for this visit."
    ]


def test_member_is_removed(client: Client) -> None:
    member = PanelMemberFactory()

    response = client.post(removal_url(member))

    assert response["Location"] == panel_url(member)
    assert PanelMember.objects.count() == 0


def test_asking_to_remove_removes_nobody(client: Client) -> None:
    member = PanelMemberFactory()

    response = client.get(removal_url(member))

    assert response.status_code == 200
    assert PanelMember.objects.count() == 1


@pytest.mark.usefixtures("english")
def test_member_who_answered_is_not_removed(client: Client) -> None:
    member = AnswerFactory().sheet.member

    response = client.post(removal_url(member))

    assert notes(response) == [
        f"{member.user} has already answered or written something for this visit."
    ]
    assert PanelMember.objects.count() == 1


@pytest.mark.parametrize("url", [seat_url, removal_url])
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.DISTRICT, Role.AGENCY])
def test_seats_are_for_planners(client: Client, url: Any, role: Role) -> None:
    member = PanelMemberFactory()
    client.force_login(UserFactory(role=role))

    response = client.post(url(member))

    assert response.status_code == 403


# One panel for several visits


def panels_url(visit: Visit) -> str:
    return reverse("inspections:panels-assign", args=[visit.round.name])


def chosen(visits: list[Visit], *inspectors: User) -> dict[str, Any]:
    """What the form sends for these inspectors on all tracks, the first one as lead."""
    tracks = [track.pk for track in visits[0].round.instrument.tracks.all()]
    sent: dict[str, Any] = {"visits": [visit.pk for visit in visits]}
    for number, inspector in enumerate(inspectors):
        sent |= {f"user-{number}": inspector.pk, f"tracks-{number}": tracks}
    return sent


def test_panel_is_assigned_to_several_visits(client: Client) -> None:
    visit = VisitFactory()
    visits = [visit, VisitFactory(round=visit.round)]
    lead, member = UserFactory.create_batch(2, inspector=True)

    response = client.post(panels_url(visit), chosen(visits, lead, member))

    assert response["Location"] == visit.round.get_absolute_url()
    seats = PanelMember.objects.order_by("visit", "pk")
    assert [(seat.visit, seat.user, seat.is_lead, seat.tracks.count()) for seat in seats] == [
        (visits[0], lead, True, 2),
        (visits[0], member, False, 2),
        (visits[1], lead, True, 2),
        (visits[1], member, False, 2),
    ]


@pytest.mark.usefixtures("english")
def test_panels_are_assigned_to_all_visits_or_to_none(client: Client) -> None:
    visit = VisitFactory()
    former = PanelMemberFactory(visit__round=visit.round, conflict=True)

    response = client.post(panels_url(visit), chosen([visit, former.visit], former.user))

    assert [(row, str(reason)) for row, reason in response.context["refusals"]] == [
        (former.visit, f"{former.user} has declared a conflict of interest for this visit.")
    ]
    assert list(PanelMember.objects.all()) == [former]


def test_panels_form_proposes_visits_without_a_panel(client: Client) -> None:
    member = PanelMemberFactory()
    former = PanelMemberFactory(visit__round=member.visit.round, conflict=True)
    VisitFactory(round=member.visit.round, signed=True)

    form = client.get(panels_url(member.visit)).context["form"]

    assert set(form.fields["visits"].queryset) == {member.visit, former.visit}
    assert list(form.fields["visits"].initial) == [former.visit]


def test_forms_tick_no_track_beforehand(client: Client) -> None:
    visit = VisitFactory()

    one = client.get(reverse("inspections:panel", args=[visit.pk])).context["form"]
    several = client.get(panels_url(visit)).context["form"]

    ticked = [one["tracks"].value(), *(tracks.value() for _user, tracks in several.seat_fields)]
    assert ticked == [None] * 6


@pytest.mark.usefixtures("english")
def test_panels_form_refuses_an_inspector_twice_and_keeps_the_rest(client: Client) -> None:
    visit = VisitFactory()
    lead = UserFactory(inspector=True)

    response = client.post(panels_url(visit), chosen([visit], lead, lead))

    assert response.context["form"].errors == {
        "user-1": ["This inspector is on the panel already."]
    }
    assert response.text.count(f'<option value="{lead.pk}" selected') == 2


@pytest.mark.usefixtures("english")
def test_panels_form_needs_visits_a_lead_and_tracks(client: Client) -> None:
    visit = VisitFactory()
    member = UserFactory(inspector=True)

    response = client.post(panels_url(visit), {"user-1": member.pk})

    assert response.context["form"].errors == {
        "visits": ["Choose at least one visit."],
        "user-0": ["Choose an inspector."],
        "tracks-1": ["Choose at least one track."],
    }


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.DISTRICT, Role.AGENCY])
def test_panels_are_for_planners(client: Client, role: Role) -> None:
    visit = VisitFactory()
    client.force_login(UserFactory(role=role))

    assert client.get(panels_url(visit)).status_code == 403
