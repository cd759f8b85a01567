from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import models
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from inspections.enums import FindingKind, FindingStatus, Mode
from inspections.models import Indicator, Section
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
from tests.inspections.sheet_pages import (
    SESSION_AND_USER,
    a_sheet,
    card_of,
    get,
    indicators_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


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


# Hints of the registry


@pytest.mark.usefixtures("english")
def test_untouched_sheet_says_so_without_a_warning(client: Client) -> None:
    page = get(client, a_sheet())

    assertContains(page, '<span class="state none"')
    assertContains(page, "Nothing entered yet</span>")


def test_hints_are_offered_as_ready_made_findings(client: Client) -> None:
    sheet = a_sheet()
    PostingFactory(project=sheet.member.visit.project, starts_on=None)
    client.force_login(sheet.member.user)
    url = reverse("inspections:sheet-hints", args=[sheet.pk])

    page, part = client.get(url), client.get(f"{url}?part=1")

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
