from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts.permissions import Role
from inspections.enums import RoundStatus
from inspections.models import Round
from tests.factories import (
    BasisDocumentFactory,
    InspectionMethodFactory,
    InstrumentFactory,
    PanelMemberFactory,
    RoundFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

MANAGEMENT = {"basis-TOTAL_FORMS": "2", "basis-INITIAL_FORMS": "0"}


def sign_in(client: Client, role: Role = Role.BUREAU) -> None:
    client.force_login(UserFactory(role=role))


def entered(**changes: Any) -> dict[str, Any]:
    """What the form of a round sends."""
    values = {
        "year": "2016",
        "sequence": "2",
        "title": "2016年度第二次督导巡查",
        "city_name": "示例市",
        "service_name": "司法社会工作",
        "service_short_name": "司法社工",
        "scheme_title": "示例方案",
        "purpose": "以评促建",
        "led_by": "示例小组",
        "issuer": "示例协会",
        "issued_on": "2017-01-23",
        "basis-0-title": "示例通知",
        "basis-0-number": "示发〔2016〕7号",
        "basis-1-title": "",
        "basis-1-number": "",
    }
    if "instrument" not in changes:
        instrument = InstrumentFactory(sections=1, indicators=2, published=True)
        values["instrument"] = instrument.pk
    return MANAGEMENT | values | changes


def test_planned_round_leads_on_to_its_visits(client: Client) -> None:
    method = InspectionMethodFactory()
    sign_in(client)

    response = client.post(reverse("inspections:round-new"), entered(methods=[method.pk]))

    round = Round.objects.get()
    assert response["Location"] == reverse("inspections:visits-add", args=["2016-2"])
    assert (round.name, round.title, round.issued_on) == (
        "2016-2",
        "2016年度第二次督导巡查",
        dt.date(2017, 1, 23),
    )
    assert list(round.methods.all()) == [method]
    assert [str(row) for row in round.basis_documents.all()] == ["《示例通知》（示发〔2016〕7号）"]


@pytest.mark.usefixtures("english")
def test_taken_name_is_refused_at_its_field_and_nothing_is_lost(client: Client) -> None:
    RoundFactory(year=2016, sequence=2)
    sign_in(client)

    response = client.post(reverse("inspections:round-new"), entered(purpose="不能丢失的目的"))

    assert response.context["form"].errors == {
        "sequence": ["There is a round of this year and sequence already."]
    }
    assert "不能丢失的目的" in response.text
    assert "示发〔2016〕7号" in response.text


@pytest.mark.usefixtures("english")
def test_document_without_a_title_is_refused_in_its_row(client: Client) -> None:
    sign_in(client)

    response = client.post(
        reverse("inspections:round-new"), entered(**{"basis-1-number": "示发〔2016〕8号"})
    )

    assert response.context["basis"].errors == [
        {},
        {"title": ["Give the title of this document too."]},
    ]
    assert "示发〔2016〕8号" in response.text
    assert Round.objects.count() == 0


def test_draft_instrument_is_not_offered(client: Client) -> None:
    draft = InstrumentFactory(sections=1, indicators=1)
    sign_in(client)

    response = client.post(reverse("inspections:round-new"), entered(instrument=draft.pk))

    assert list(response.context["form"].errors) == ["instrument"]


def test_new_round_proposes_the_words_of_the_last_one(client: Client) -> None:
    last = RoundFactory(year=2016, sequence=2, city_name="示例市", methods=[])
    method = InspectionMethodFactory()
    sign_in(client)

    form = client.get(reverse("inspections:round-new")).context["form"]

    assert form.initial["city_name"] == last.city_name
    assert form.initial["sequence"] == 1
    assert form.initial["instrument"] == last.instrument
    assert list(form.initial["methods"]) == [method]


def test_form_says_when_there_is_no_published_instrument(client: Client) -> None:
    sign_in(client)

    response = client.get(reverse("inspections:round-new"))

    assert response.context["has_instrument"] is False
    assert reverse("inspections:instruments") in response.text


def test_edited_round_is_saved_with_its_rows(client: Client) -> None:
    document = BasisDocumentFactory(round__status=RoundStatus.PLANNING)
    round = document.round
    sign_in(client)
    values = entered(
        instrument=round.instrument_id,
        **{"basis-0-title": "改后的通知", "basis-1-title": "补充通知", "basis-INITIAL_FORMS": "1"},
    )

    response = client.post(reverse("inspections:round-edit", args=[round.name]), values)

    stored = Round.objects.get()
    assert response["Location"] == stored.get_absolute_url()
    assert stored.name == "2016-2"
    assert [row.title for row in stored.basis_documents.all()] == ["改后的通知", "补充通知"]


def test_edit_form_holds_year_and_sequence_of_an_opened_round(client: Client) -> None:
    round = RoundFactory(year=2001, sequence=1)
    sign_in(client)

    client.post(
        reverse("inspections:round-edit", args=[round.name]),
        entered(instrument=round.instrument_id, title="改名"),
    )

    stored = Round.objects.get()
    assert (stored.name, stored.title) == ("2001-1", "改名")


def test_edit_form_holds_the_instrument_once_there_are_panels(client: Client) -> None:
    round = PanelMemberFactory().visit.round
    sign_in(client)

    form = client.get(reverse("inspections:round-edit", args=[round.name])).context["form"]

    disabled = [name for name, field in form.fields.items() if field.disabled]
    assert disabled == ["year", "sequence", "instrument"]
