from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.db import models
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from inspections.actions.sheets import AnswerInput, answer_mark
from inspections.enums import FindingKind, FindingStatus, Mode, SheetStatus
from inspections.models import Answer, Indicator, Photo, Scoresheet, Section
from tests.factories import (
    AnswerFactory,
    FindingFactory,
    InstrumentFactory,
    PanelMemberFactory,
    PhotoFactory,
    PostingFactory,
    ScoresheetFactory,
    ServiceTargetFactory,
    UserFactory,
    VisitFactory,
)
from tests.inspections.uploads import no_picture, picture

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
SESSION_AND_USER = 2


@pytest.fixture(autouse=True)
def _own_media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_sheet(indicators: int = 3, **kwargs: Any) -> Scoresheet:
    instrument = InstrumentFactory(sections=2, indicators=indicators, published=True, **kwargs)
    return ScoresheetFactory(member__visit=VisitFactory(scoring=True, round__instrument=instrument))


def indicators_of(sheet: Scoresheet) -> list[Indicator]:
    return list(Indicator.objects.scored_by(sheet.member))


def stored(sheet: Scoresheet) -> dict[int, str]:
    return {
        answer.indicator_id: "N/A" if answer.not_applicable else f"{answer.points} {answer.reason}"
        for answer in Answer.objects.filter(sheet=sheet)
    }


def get(client: Client, sheet: Scoresheet) -> Any:
    client.force_login(sheet.member.user)
    return client.get(sheet.get_absolute_url(), headers=ENGLISH)


def post(client: Client, sheet: Scoresheet, data: dict[str, Any], **kwargs: Any) -> Any:
    client.force_login(sheet.member.user)
    form = {"go": "save", "anchor": "", "seen": "{}"} | data
    return client.post(sheet.get_absolute_url(), form, headers=ENGLISH, **kwargs)


def card_of(response: Any, indicator: Indicator) -> Any:
    (card,) = [card for card in response.context["page"].cards if card.pk == indicator.pk]
    return card


# Showing


@pytest.mark.parametrize("per_section", [10, 30])
def test_page_of_20_or_60_indicators_takes_six_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, per_section: int
) -> None:
    sheet = a_sheet(indicators=per_section, modes=tuple(Mode))
    for indicator in indicators_of(sheet):
        AnswerFactory(sheet=sheet, indicator=indicator)
        PhotoFactory(sheet=sheet, indicator=indicator)
        FindingFactory(author=sheet.member, indicator=indicator)
    client.force_login(sheet.member.user)

    with django_assert_num_queries(SESSION_AND_USER + 6):
        response = client.get(sheet.get_absolute_url())

    assert len(response.context["page"].cards) == 2 * per_section
    assert len(response.context["page"].own) == 2 * per_section


def test_page_offers_every_step_and_checks_what_is_stored(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]
    AnswerFactory(sheet=sheet, indicator=one, points=Decimal("2.5"), reason="证书不全")

    card = card_of(get(client, sheet), one)

    assert [step.value for step in card.steps][:4] == ["0", "0.5", "1", "1.5"]
    assert len(card.steps) == 21
    assert [step.value for step in card.steps if step.is_chosen] == ["2.5"]
    assert card.value.reason == "证书不全"


def test_page_marks_only_the_blank_choice_of_an_unanswered_indicator(client: Client) -> None:
    sheet = a_sheet()

    response = get(client, sheet)

    assert [
        step for step in card_of(response, indicators_of(sheet)[0]).steps if step.is_chosen
    ] == []
    assert response.context["page"].done_count == 0


def test_page_offers_not_applicable_only_where_it_is_allowed(client: Client) -> None:
    instrument = InstrumentFactory(sections=1, indicators=2)
    allowed, refused = Indicator.objects.filter(section__instrument=instrument)
    allowed.allow_na = True
    allowed.save()
    sheet = ScoresheetFactory(
        member__visit=VisitFactory(scoring=True, round__instrument=instrument)
    )

    response = get(client, sheet)

    assert card_of(response, allowed).steps[-1].value == "na"
    assert card_of(response, refused).steps[-1].value == "10"


def test_page_suggests_points_from_the_service_target(client: Client) -> None:
    sheet = a_sheet(modes=(Mode.VOLUME,))
    indicator = indicators_of(sheet)[0]
    visit = sheet.member.visit
    ServiceTargetFactory(
        project=visit.project,
        kind=indicator.service_kind,
        year=visit.round.year,
        target=120,
        completed=103,
    )
    # Of another year, and of another project.
    ServiceTargetFactory(
        project=visit.project, kind=indicator.service_kind, year=visit.round.year - 1
    )
    ServiceTargetFactory(kind=indicator.service_kind, year=visit.round.year)

    card = card_of(get(client, sheet), indicator)

    assert card.service == (
        f"Contract target for {visit.round.year}: 120 次, done: 103 次 (85.83%). "
        "Suggested points: 7"
    )
    assert [step.value for step in card.steps if step.is_suggested] == ["7"]


def test_page_says_where_a_service_has_no_target(client: Client) -> None:
    sheet = a_sheet(modes=(Mode.VOLUME,))

    card = card_of(get(client, sheet), indicators_of(sheet)[0])

    assert card.service == "The registry has no target for this service: count it on site."
    assert [step for step in card.steps if step.is_suggested] == []


def test_page_describes_levels_by_their_points(client: Client) -> None:
    sheet = a_sheet(modes=(Mode.LEVEL,))

    card = card_of(get(client, sheet), indicators_of(sheet)[0])

    assert [(level.points, level.text) for level in card.levels] == [
        ("8–10", "完善"),
        ("5–7.5", "较完善"),
        ("0–4.5", "不完善"),
    ]
    rungs = {step.value: step.rung for step in card.steps}
    assert (rungs["10"], rungs["7.5"], rungs["4.5"], rungs["0"]) == (1, 2, 3, 3)


def test_page_says_yes_and_no_with_their_points(client: Client) -> None:
    sheet = a_sheet(modes=(Mode.YES_NO,))

    card = card_of(get(client, sheet), indicators_of(sheet)[0])

    assert [(step.value, step.label) for step in card.steps] == [("0", "No 0"), ("10", "Yes 10")]


def test_page_shows_earlier_unverified_problems_beside_the_same_indicator(client: Client) -> None:
    sheet = a_sheet()
    one = indicators_of(sheet)[0]
    project = sheet.member.visit.project
    before = VisitFactory(signed=True, project=project)
    author = PanelMemberFactory(visit=before, clear=True)
    same_key = Indicator.objects.get(section__instrument=before.round.instrument, key=one.key)
    beside = FindingFactory(author=author, indicator=same_key)
    without = FindingFactory(author=author)
    FindingFactory(author=author, indicator=same_key, status=FindingStatus.VERIFIED)
    FindingFactory(author=author, kind=FindingKind.STRENGTH, category=None)
    FindingFactory(author=PanelMemberFactory(visit=VisitFactory(signed=True), clear=True))
    FindingFactory(author=PanelMemberFactory(visit=VisitFactory(scoring=True, project=project)))

    page = get(client, sheet).context["page"]

    assert [card.earlier for card in page.cards if card.earlier] == [[beside]]
    assert page.elsewhere == [without]


def test_page_lists_findings_in_the_section_without_indicators(client: Client) -> None:
    instrument = InstrumentFactory(sections=1, indicators=2)
    Section.objects.create(
        instrument=instrument, key="opinions", number=6, name="问题、意见和建议", short_name="意见"
    )
    sheet = ScoresheetFactory(
        member__visit=VisitFactory(scoring=True, round__instrument=instrument)
    )
    finding = FindingFactory(author=sheet.member)

    response = get(client, sheet)

    assert response.context["page"].findings_anchor == "s-opinions"
    assert [block.numeral for block in response.context["page"].sections] == ["一", "六"]
    assertContains(response, finding.text, count=1)


def test_page_leaves_out_sections_of_other_tracks(client: Client) -> None:
    instrument = InstrumentFactory(sections=1, indicators=2)
    professional, finance = instrument.tracks.all()
    money = Section.objects.create(
        instrument=instrument, key="money", number=5, name="经费", short_name="经费"
    )
    Indicator.objects.filter(track=finance).update(section=money)
    visit = VisitFactory(scoring=True, round__instrument=instrument)
    sheet = ScoresheetFactory(
        member=PanelMemberFactory(visit=visit, clear=True, tracks=[professional])
    )

    response = get(client, sheet)

    assert [block.section.key for block in response.context["page"].sections] == ["s1"]
    assert response.context["track_names"] == professional.name


def test_page_names_project_round_and_person(client: Client) -> None:
    sheet = a_sheet()

    response = get(client, sheet)

    visit = sheet.member.visit
    for text in (visit.project.short_name, visit.round.title, sheet.member.user.name):
        assertContains(response, text)


def test_page_reminds_of_confidentiality(client: Client) -> None:
    assertContains(get(client, a_sheet()), "Write no names, numbers or case facts of service users")


def test_page_of_somebody_else_is_not_found(client: Client) -> None:
    sheet = a_sheet()
    client.force_login(ScoresheetFactory(member__visit=sheet.member.visit).member.user)

    assert client.get(sheet.get_absolute_url()).status_code == 404


def test_submitted_sheet_is_for_reading(client: Client) -> None:
    sheet = ScoresheetFactory(submitted=True, points=7)

    response = get(client, sheet)

    assertContains(response, "示例扣分说明")
    assertNotContains(response, 'type="radio"')
    assertNotContains(response, "<textarea")


def test_submitted_sheet_is_read_by_the_bureau_but_not_changed(client: Client) -> None:
    sheet = ScoresheetFactory(submitted=True, points=7)
    client.force_login(UserFactory(bureau=True))

    assert client.get(sheet.get_absolute_url()).status_code == 200
    assert client.post(sheet.get_absolute_url(), {}).status_code == 403


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


def test_submission_page_lists_what_is_missing_with_links(client: Client) -> None:
    sheet = ScoresheetFactory()
    full, reasonless, *blanks = indicators_of(sheet)
    AnswerFactory(sheet=sheet, indicator=full)
    AnswerFactory(sheet=sheet, indicator=reasonless, points=Decimal(4))
    client.force_login(sheet.member.user)

    response = client.get(reverse("inspections:sheet-submit", args=[sheet.pk]), headers=ENGLISH)

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


def test_submitting_twice_says_so_and_changes_nothing(client: Client) -> None:
    sheet = ScoresheetFactory(points=10, submitted=True)
    client.force_login(sheet.member.user)
    before = sheet.submitted_at

    response = client.post(reverse("inspections:sheet-submit", args=[sheet.pk]), headers=ENGLISH)

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


# Hints of the registry


def test_hints_are_offered_as_ready_made_findings(client: Client) -> None:
    sheet = a_sheet()
    PostingFactory(project=sheet.member.visit.project, starts_on=None)
    client.force_login(sheet.member.user)
    url = reverse("inspections:sheet-hints", args=[sheet.pk])

    page, part = client.get(url, headers=ENGLISH), client.get(f"{url}?part=1", headers=ENGLISH)

    (hint,) = page.context["hints"]
    assert hint.key.startswith("no_certified_staff-")
    assertContains(page, f"/findings/new/?hint={hint.key}")
    assertContains(part, f'value="hint:{hint.key}"')
    assertNotContains(part, "<html")


def test_hint_stands_beside_the_indicator_that_names_the_check(client: Client) -> None:
    sheet = a_sheet()
    beside = indicators_of(sheet)[2]
    # Past the guard of published instruments.
    models.QuerySet(Indicator).filter(pk=beside.pk).update(
        registry_checks="headcount no_certified_staff"
    )
    PostingFactory(project=sheet.member.visit.project, starts_on=None)
    client.force_login(sheet.member.user)

    response = client.get(reverse("inspections:sheet-hints", args=[sheet.pk]))

    assert [hint.indicator for hint in response.context["hints"]] == [beside.pk]


def test_hint_on_a_service_stands_beside_the_indicator_that_counts_it(client: Client) -> None:
    sheet = a_sheet(modes=(Mode.VOLUME,))
    indicator = indicators_of(sheet)[0]
    visit = sheet.member.visit
    ServiceTargetFactory(
        project=visit.project,
        kind=indicator.service_kind,
        year=2016,
        target=100,
        completed=1,
    )
    client.force_login(sheet.member.user)

    response = client.get(reverse("inspections:sheet-hints", args=[sheet.pk]))

    assert [hint.indicator for hint in response.context["hints"]] == [indicator.pk]


def test_hints_of_another_sheet_are_not_found(client: Client) -> None:
    sheet = a_sheet()
    client.force_login(UserFactory(inspector=True))

    assert client.get(reverse("inspections:sheet-hints", args=[sheet.pk])).status_code == 404
