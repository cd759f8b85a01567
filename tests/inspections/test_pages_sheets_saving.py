from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from inspections.actions.sheets import AnswerInput, answer_mark
from inspections.enums import SheetStatus
from inspections.models import Photo
from tests.factories import (
    AnswerFactory,
    PhotoFactory,
    ScoresheetFactory,
    UserFactory,
)
from tests.inspections.sheet_pages import (
    SESSION_AND_USER,
    a_sheet,
    card_of,
    indicators_of,
    post,
    stored,
)
from tests.inspections.uploads import no_picture, picture

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


# Saving


def test_saving_keeps_points_blank_and_not_applicable_apart(client: Client) -> None:
    sheet = a_sheet()
    one, two, three, *_ = indicators_of(sheet)

    response = post(
        client,
        sheet,
        {
            f"points-{one.pk}": "2.5",
            f"reason-{one.pk}": "证书不全",
            f"points-{two.pk}": "0",
            f"points-{three.pk}": "",
        },
    )

    assert response["Location"] == sheet.get_absolute_url()
    assert stored(sheet) == {one.pk: "2.50 证书不全", two.pk: "0.00 "}
    assert [str(note) for note in get_messages(response.wsgi_request)] == ["The draft is saved."]


def test_saving_a_cleared_answer_makes_it_blank(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]
    AnswerFactory(sheet=sheet, indicator=one)
    seen = json.dumps({one.pk: answer_mark(AnswerInput(Decimal(10)))})

    post(client, sheet, {f"points-{one.pk}": "", f"reason-{one.pk}": "", "seen": seen})

    assert stored(sheet) == {one.pk: "None "}


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ("2.7", "2.7 points are between the steps. Choose a multiple of 0.5."),
        ("10.5", "10.5 points are more than the maximum of 10."),
        ("-1", "-1 points are below zero. Choose from 0 to 10."),
        ("many", "“many” is not a number. Choose from 0 to 10 points."),
        ("NaN", "“NaN” is not a number. Choose from 0 to 10 points."),
        ("sNaN", "“sNaN” is not a number. Choose from 0 to 10 points."),
        ("1e999999999", "“1e999999999” is not a number. Choose from 0 to 10 points."),
        ("na", "This indicator always applies: choose points."),
    ],
)
def test_saving_invalid_points_keeps_everything_else(
    client: Client, points: str, message: str
) -> None:
    sheet = a_sheet()
    bad, good = indicators_of(sheet)[:2]

    response = post(
        client,
        sheet,
        {
            f"points-{bad.pk}": points,
            f"reason-{bad.pk}": "证书不全",
            f"points-{good.pk}": "10",
        },
    )

    assert response.status_code == 422
    assert stored(sheet) == {good.pk: "10.00 "}
    assert card_of(response, bad).errors == [message]
    assert card_of(response, bad).value.reason == "证书不全"
    assert card_of(response, good).errors == []


def test_saving_after_a_refusal_keeps_what_was_saved_then(client: Client) -> None:
    sheet = a_sheet()
    bad, good = indicators_of(sheet)[:2]
    data = {f"points-{bad.pk}": "99", f"points-{good.pk}": "10"}

    refused = post(client, sheet, data)
    again = post(
        client,
        sheet,
        data | {f"points-{bad.pk}": "9", "seen": refused.context["form"]["seen"].value()},
    )

    assert again.status_code == 302
    assert stored(sheet) == {good.pk: "10.00 ", bad.pk: "9.00 "}


def test_saving_over_a_change_elsewhere_asks_first(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]
    AnswerFactory(sheet=sheet, indicator=one, points=Decimal(8), reason="别处填写")
    data = {f"points-{one.pk}": "5", f"reason-{one.pk}": "本页填写"}

    conflict = post(client, sheet, data)

    assert conflict.status_code == 422
    assert stored(sheet) == {one.pk: "8.00 别处填写"}
    card = card_of(conflict, one)
    assert (card.value.points, card.value.reason) == (Decimal(5), "本页填写")
    assert card.errors == [
        "This was also changed elsewhere since you opened the page: 8 · 别处填写. What you "
        "entered is still here: save again to keep it."
    ]

    post(client, sheet, data | {"seen": conflict.context["form"]["seen"].value()})

    assert stored(sheet) == {one.pk: "5.00 本页填写"}


def test_saving_leaves_alone_what_was_changed_elsewhere_only(client: Client) -> None:
    sheet = a_sheet()
    here, elsewhere = indicators_of(sheet)[:2]
    AnswerFactory(sheet=sheet, indicator=elsewhere)

    post(client, sheet, {f"points-{here.pk}": "10", f"points-{elsewhere.pk}": ""})

    assert stored(sheet) == {here.pk: "10.00 ", elsewhere.pk: "10.00 "}


def test_saving_with_spoilt_marks_counts_everything_as_changed_here(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]
    AnswerFactory(sheet=sheet, indicator=one)

    post(client, sheet, {f"points-{one.pk}": "5", "seen": "nonsense"})

    assert stored(sheet) == {one.pk: "5.00 "}


def test_saving_a_full_sheet_takes_as_many_queries_as_a_short_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for per_section in (10, 30):
        sheet = a_sheet(indicators=per_section)
        data = {f"points-{one.pk}": "10" for one in indicators_of(sheet)}
        client.force_login(sheet.member.user)
        # Sheet, indicators with answers; then the action: a savepoint and its release, sheet,
        # indicators, answers, upsert, sheet, log entry.
        with django_assert_num_queries(SESSION_AND_USER + 2 + 8):
            client.post(sheet.get_absolute_url(), {"seen": "{}", "anchor": "", **data})
        assert sheet.answers.count() == 2 * per_section


@pytest.mark.parametrize(
    ("go", "anchor", "place"),
    [
        ("save", "i-17", "#i-17"),
        ("save", "javascript:alert(1)", ""),
        ("next:s-s2", "i-17", "#s-s2"),
        ("next:/elsewhere", "", ""),
        ("unknown", "", ""),
    ],
)
def test_saving_leads_back_to_the_place_on_the_page(
    client: Client, go: str, anchor: str, place: str
) -> None:
    sheet = a_sheet()

    response = post(client, sheet, {"go": go, "anchor": anchor})

    assert response["Location"] == sheet.get_absolute_url() + place


@pytest.mark.parametrize(
    ("go", "query"),
    [
        ("finding", ""),
        ("finding:17", "?indicator=17"),
        ("finding:x&y", ""),
        ("hint:headcount-3", "?hint=headcount-3"),
    ],
)
def test_writing_a_finding_saves_the_draft_first(client: Client, go: str, query: str) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]

    response = post(client, sheet, {"go": go, f"points-{one.pk}": "10"})

    assert response["Location"] == f"{sheet.get_absolute_url()}findings/new/{query}"
    assert stored(sheet) == {one.pk: "10.00 "}


# Photographs


def test_photographs_are_kept_with_the_answers(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]

    response = post(client, sheet, {f"photos-{one.pk}": [picture(), picture((30, 30))]})

    assert response.status_code == 302
    assert [photo.indicator for photo in Photo.objects.all()] == [one, one]


def test_photograph_that_is_no_image_is_told_at_its_indicator(client: Client) -> None:
    sheet = a_sheet()
    bad, good = indicators_of(sheet)[:2]

    response = post(
        client,
        sheet,
        {
            f"photos-{bad.pk}": [no_picture()],
            f"points-{bad.pk}": "10",
            f"photos-{good.pk}": [picture()],
        },
    )

    assert response.status_code == 422
    assert card_of(response, bad).errors == ["“证书.jpg” is not a picture, or it is damaged."]
    assert stored(sheet) == {bad.pk: "10.00 "}
    assert [photo.indicator for photo in Photo.objects.all()] == [good]


def test_photograph_over_20_megabytes_is_told_at_its_indicator(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]
    upload = SimpleUploadedFile("大图.jpg", bytes(20 * 1024 * 1024 + 1))

    response = post(client, sheet, {f"photos-{one.pk}": upload, f"points-{one.pk}": "10"})

    assert card_of(response, one).errors == [
        "“大图.jpg” is larger than 20 MB. Choose a smaller picture."
    ]
    assert stored(sheet) == {one.pk: "10.00 "}


def test_photograph_is_removed_and_the_draft_saved(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]
    photo = PhotoFactory(sheet=sheet, indicator=one)
    data = {"remove": str(photo.pk), f"points-{one.pk}": "10"}

    responses = [post(client, sheet, data) for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert not Photo.objects.exists()
    assert stored(sheet) == {one.pk: "10.00 "}


@pytest.mark.parametrize("name", ["nonsense", "5f0f5f0f-0000-4000-8000-000000000000"])
def test_removing_an_unknown_photograph_changes_nothing(client: Client, name: str) -> None:
    sheet = a_sheet()
    kept = PhotoFactory(sheet=ScoresheetFactory())

    assert post(client, sheet, {"remove": name}).status_code == 302
    assert post(client, sheet, {"remove": str(kept.pk)}).status_code == 302
    assert list(Photo.objects.all()) == [kept]


# Submitting


@pytest.mark.usefixtures("english")
def test_submission_page_lists_what_is_missing_with_links(client: Client) -> None:
    sheet = ScoresheetFactory()
    full, reasonless, *blanks = indicators_of(sheet)
    AnswerFactory(sheet=sheet, indicator=full)
    AnswerFactory(sheet=sheet, indicator=reasonless, points=Decimal(4))
    client.force_login(sheet.member.user)

    response = client.get(reverse("inspections:sheet-submit", args=[sheet.pk]))

    assertContains(response, "5 indicators are incomplete")
    for one in (reasonless, *blanks):
        assertContains(response, f'href="{sheet.get_absolute_url()}#i-{one.pk}"')
    assertNotContains(response, f"#i-{full.pk}")


def test_submitting_an_incomplete_sheet_is_refused(client: Client) -> None:
    sheet = ScoresheetFactory()
    client.force_login(sheet.member.user)

    response = client.post(reverse("inspections:sheet-submit", args=[sheet.pk]))

    assert response.status_code == 422
    sheet.refresh_from_db()
    assert sheet.status == SheetStatus.DRAFT


def test_submitting_from_the_form_saves_and_asks_once_more(client: Client) -> None:
    sheet = ScoresheetFactory()
    url = reverse("inspections:sheet-submit", args=[sheet.pk])
    data = {f"points-{one.pk}": "10" for one in indicators_of(sheet)}

    asked = post(client, sheet, data | {"go": "submit"})
    shown = client.get(url)
    done = client.post(url)

    assert asked["Location"] == url
    assert shown.context["page"].is_complete
    assert done["Location"] == sheet.get_absolute_url()
    sheet.refresh_from_db()
    assert sheet.status == SheetStatus.SUBMITTED


@pytest.mark.usefixtures("english")
def test_submitting_twice_says_so_and_changes_nothing(client: Client) -> None:
    sheet = ScoresheetFactory(points=10, submitted=True)
    client.force_login(sheet.member.user)
    before = sheet.submitted_at

    response = client.post(reverse("inspections:sheet-submit", args=[sheet.pk]))

    assert [str(note) for note in get_messages(response.wsgi_request)] == [
        "This sheet was handed in before. Nothing was changed."
    ]
    sheet.refresh_from_db()
    assert sheet.submitted_at == before


def test_saving_after_the_submission_shows_what_came_too_late(client: Client) -> None:
    sheet = ScoresheetFactory(points=10, submitted=True)
    late, same, *_ = indicators_of(sheet)

    response = post(
        client,
        sheet,
        {
            f"points-{late.pk}": "5",
            f"reason-{late.pk}": "证书不全",
            f"points-{same.pk}": "10",
        },
    )

    assert response.status_code == 409
    assert [
        (card.pk, card.chosen_label, card.value.reason) for card in response.context["late"]
    ] == [(late.pk, "5", "证书不全")]
    assert stored(sheet)[late.pk] == "10.00 "
    assertContains(response, "证书不全", status_code=409)


def test_submission_page_of_somebody_else_is_not_found(client: Client) -> None:
    sheet = ScoresheetFactory(points=10)
    client.force_login(UserFactory(inspector=True))

    assert client.post(reverse("inspections:sheet-submit", args=[sheet.pk])).status_code == 404
