from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.db import models
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from inspections.actions.moderation import sign_off
from inspections.enums import VisitStatus
from inspections.models import Answer, Indicator, Moderation, PanelMember, Visit
from inspections.scoring_input import load_panel_scores
from tests.factories import (
    NOON,
    InstrumentFactory,
    PanelMemberFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
    VisitMethodFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from inspections.scoring_input import PanelScores

pytestmark = pytest.mark.django_db


def scored_visit(*points: int, indicators: int = 2) -> Visit:
    """A visit whose members, the lead first, gave that many points for everything."""
    instrument = InstrumentFactory(sections=1, indicators=indicators, published=True)
    visit = VisitFactory(moderation=True, round__instrument=instrument)
    for number, given in enumerate(points):
        member = PanelMemberFactory(visit=visit, clear=True, is_lead=number == 0)
        ScoresheetFactory(member=member, submitted=True, points=given)
    VisitMethodFactory(visit=visit)
    return visit


def sign_in_lead(client: Client, visit: Visit) -> None:
    client.force_login(PanelMember.objects.get(visit=visit, is_lead=True).user)


def indicators_of(visit: Visit) -> list[Indicator]:
    return list(Indicator.objects.filter(section__instrument=visit.round.instrument))


def moderation_url(visit: Visit) -> str:
    return reverse("inspections:moderation", args=[visit.pk])


def sign_off_url(visit: Visit) -> str:
    return reverse("inspections:sign-off", args=[visit.pk])


def page_of(client: Client, visit: Visit) -> Any:
    client.cookies["django_language"] = "en"
    return client.get(moderation_url(visit)).context["page"]


# Comparing


def test_lines_show_every_member_the_mean_and_the_spread(client: Client) -> None:
    visit = scored_visit(9, 8)
    sign_in_lead(client, visit)

    page = page_of(client, visit)

    (group,) = page.groups
    line = group.lines[0]
    assert [one.points for one in line.given] == ["9", "8"]
    assert [one.reason for one in line.given] == ["示例扣分说明", "示例扣分说明"]
    assert (line.points, line.spread_percent, line.maximum) == ("8.5", "10", "10")
    assert (page.to_settle, page.outcome.total, page.outcome.grade) == ([], "85.00", "良好")


def test_lines_far_apart_have_to_be_settled_first(client: Client) -> None:
    visit = scored_visit(9, 6)
    near, far = indicators_of(visit)
    Answer.objects.filter(indicator=near).update(points=9)
    sign_in_lead(client, visit)

    page = page_of(client, visit)

    assert [line.indicator for line in page.to_settle] == [far]
    assert page.to_settle[0].needs == ["The scores are far apart"]
    assert page.open_count == 1
    assert (page.outcome.total, page.outcome.open_count) == ("90.00", 1)


def test_lines_scored_by_some_and_not_applicable_for_others_have_to_be_settled(
    client: Client,
) -> None:
    visit = scored_visit(9, 9)
    indicator = indicators_of(visit)[0]
    # Past the guard of published instruments.
    models.QuerySet(Indicator).filter(pk=indicator.pk).update(allow_na=True)
    answer = Answer.objects.filter(indicator=indicator).last()
    answer.points, answer.not_applicable = None, True
    answer.save()
    sign_in_lead(client, visit)

    (line,) = page_of(client, visit).to_settle

    assert line.needs == ["Not applicable for some, scored by others"]
    assert [one.points for one in line.given] == ["9", "N/A"]
    assert line.choices[-1] == ("na", "N/A")


def test_line_of_one_track_leaves_the_other_members_place_empty(client: Client) -> None:
    instrument = InstrumentFactory(sections=1, indicators=2, published=True)
    visit = VisitFactory(moderation=True, round__instrument=instrument)
    for number, track in enumerate(instrument.tracks.all()):
        member = PanelMemberFactory(visit=visit, clear=True, is_lead=number == 0, tracks=[track])
        ScoresheetFactory(member=member, submitted=True, points=9)
    sign_in_lead(client, visit)

    (group,) = page_of(client, visit).groups

    assert [[one.points for one in line.given] for line in group.lines] == [["9", ""], ["", "9"]]


@pytest.mark.parametrize("indicators", [2, 60])
def test_comparison_takes_the_same_queries_however_long_it_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, indicators: int
) -> None:
    visit = scored_visit(9, 8, 7, indicators=indicators)
    sign_in_lead(client, visit)

    # Session, user, visit, the lead's seat; tracks, sections, indicators, members and their
    # tracks, grades, answers, moderations; seats still to be scored.
    with django_assert_num_queries(13):
        client.get(moderation_url(visit))


# Who sees it


def test_comparison_is_for_the_lead_and_the_bureau(client: Client) -> None:
    visit = scored_visit(9, 8)
    member = PanelMember.objects.get(visit=visit, is_lead=False).user

    for user, status in (
        (member, 403),
        (UserFactory(bureau=True), 200),
        (UserFactory(auditor=True), 200),
        (UserFactory(inspector=True), 404),
        (UserFactory(district=True), 403),
        (UserFactory(agency=True), 403),
    ):
        client.force_login(user)
        assert client.get(moderation_url(visit)).status_code == status
        assert client.get(sign_off_url(visit)).status_code == status


def test_comparison_before_every_sheet_is_in_names_only_who_is_missing(client: Client) -> None:
    visit = scored_visit(9, 8)
    waiting = ScoresheetFactory(member=PanelMemberFactory(visit=visit, clear=True), points=1)
    PanelMemberFactory(visit=visit, conflict=True)

    for user in (PanelMember.objects.get(visit=visit, is_lead=True).user, UserFactory(bureau=True)):
        client.force_login(user)
        for url in (moderation_url(visit), sign_off_url(visit)):
            response = client.get(url)
            assert response.context["missing"] == [waiting.member]
            assertNotContains(response, "示例扣分说明")
            assertNotContains(response, "8.5")


def test_bureau_reads_and_does_not_settle(client: Client) -> None:
    visit = scored_visit(9, 3)
    client.force_login(UserFactory(bureau=True))
    pk = indicators_of(visit)[0].pk

    shown = client.get(moderation_url(visit))
    settled = client.post(moderation_url(visit), {f"value-{pk}": "5", f"reason-{pk}": "原因"})
    signed = client.post(sign_off_url(visit), {"appraisal": "良好", "go": "sign"})

    assertNotContains(shown, "<select")
    assert (settled.status_code, signed.status_code) == (403, 403)
    assert not Moderation.objects.exists()


# Settling


def test_settled_values_are_saved_and_used(client: Client) -> None:
    visit = scored_visit(9, 3)
    one, two = indicators_of(visit)
    sign_in_lead(client, visit)

    response = client.post(
        moderation_url(visit),
        {
            f"value-{one.pk}": "8.5",
            f"reason-{one.pk}": "以现场核实为准",
            f"value-{two.pk}": "",
            f"reason-{two.pk}": "",
        },
    )

    assert response["Location"] == moderation_url(visit)
    assert [(row.indicator, row.points, row.reason) for row in Moderation.objects.all()] == [
        (one, Decimal("8.5"), "以现场核实为准")
    ]
    page = page_of(client, visit)
    assert [(line.indicator, line.is_settled) for line in page.to_settle] == [
        (two, False),
        (one, True),
    ]
    assert page.to_settle[1].entry.value == "8.5"


def test_settled_value_is_taken_back_by_emptying_it(client: Client) -> None:
    visit = scored_visit(9, 3)
    pk = indicators_of(visit)[0].pk
    sign_in_lead(client, visit)
    client.post(moderation_url(visit), {f"value-{pk}": "5", f"reason-{pk}": "原因"})

    client.post(moderation_url(visit), {f"value-{pk}": "", f"reason-{pk}": ""})

    assert not Moderation.objects.exists()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("value", "reason", "message"),
    [
        ("5", "", "Give the reason for the value."),
        ("", "原因", "Not answered yet."),
        ("11", "原因", "11 points are more than the maximum of 10."),
        ("2.7", "原因", "2.7 points are between the steps. Choose a multiple of 0.5."),
        ("many", "原因", "“many” is not a number. Choose from 0 to 10 points."),
        ("na", "原因", "This indicator always applies: choose points."),
    ],
)
def test_bad_settled_value_is_told_in_place_and_the_others_are_saved(
    client: Client, value: str, reason: str, message: str
) -> None:
    visit = scored_visit(9, 3)
    bad, good = indicators_of(visit)
    sign_in_lead(client, visit)

    response = client.post(
        moderation_url(visit),
        {
            f"value-{bad.pk}": value,
            f"reason-{bad.pk}": reason,
            f"value-{good.pk}": "6",
            f"reason-{good.pk}": "讨论",
        },
    )

    assert response.status_code == 422
    line = next(x for x in response.context["page"].to_settle if x.indicator == bad)
    assert line.errors == [message]
    assert (line.entry.value, line.entry.reason) == (value, reason)
    assert [row.indicator for row in Moderation.objects.all()] == [good]


# Signing off


def test_sign_off_page_lists_what_stands_in_the_way(client: Client) -> None:
    visit = scored_visit(9, 3)
    visit.visited_on = None
    visit.save()
    visit.methods_used.all().delete()
    sign_in_lead(client, visit)

    response = client.get(sign_off_url(visit))

    assert response.context["blockers"] == (
        "unsettled",
        "not_visited",
        "no_methods",
        "no_appraisal",
    )
    record = reverse("inspections:visit-record", args=[visit.pk])
    assertContains(response, f'href="{record}"', count=2)
    assertContains(response, f'href="{moderation_url(visit)}#to-settle"')


def test_refused_sign_off_keeps_the_text(client: Client) -> None:
    visit = scored_visit(9, 3)
    sign_in_lead(client, visit)

    response = client.post(sign_off_url(visit), {"appraisal": "运行良好。", "go": "sign"})

    assert response.status_code == 422
    assert response.context["blockers"] == ("unsettled",)
    assertContains(response, "运行良好。", status_code=422)
    visit.refresh_from_db()
    assert (visit.status, visit.appraisal) == (VisitStatus.MODERATION, "运行良好。")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("运行良好。", "Not signed off. Your text is saved. First:"),
        ("", "Not signed off. First:"),
    ],
)
def test_refused_sign_off_says_that_the_text_is_saved_only_if_there_is_one(
    client: Client, text: str, told: str
) -> None:
    visit = scored_visit(9, 3)
    sign_in_lead(client, visit)

    response = client.post(sign_off_url(visit), {"appraisal": text, "go": "sign"})

    assertContains(response, told, status_code=422)


def test_appraisal_is_saved_without_signing(client: Client) -> None:
    visit = scored_visit(9, 8)
    sign_in_lead(client, visit)

    client.post(sign_off_url(visit), {"appraisal": "运行良好。", "go": "save"})

    visit.refresh_from_db()
    assert (visit.status, visit.appraisal) == (VisitStatus.MODERATION, "运行良好。")


def test_sign_off_freezes_the_result(client: Client) -> None:
    visit = scored_visit(9, 8)
    sign_in_lead(client, visit)

    response = client.post(sign_off_url(visit), {"appraisal": "运行良好。", "go": "sign"})

    assert response["Location"] == sign_off_url(visit)
    shown = client.get(sign_off_url(visit))
    assertContains(shown, "<title>结果 · ")
    assertContains(shown, "85.00%")
    assertContains(shown, "运行良好。")
    # What is shown is what was stored, not what would come out today.
    Answer.objects.update(points=1)
    assertContains(client.get(sign_off_url(visit)), "85.00")


@pytest.mark.usefixtures("english")
def test_second_sign_off_says_so(client: Client) -> None:
    visit = scored_visit(9, 8)
    sign_in_lead(client, visit)
    client.post(sign_off_url(visit), {"appraisal": "运行良好。", "go": "sign"})

    response = client.post(sign_off_url(visit), {"appraisal": "另一份", "go": "sign"})

    assert [str(note) for note in get_messages(response.wsgi_request)][-1:] == [
        "This visit is signed off: nothing about it changes any more."
    ]
    visit.refresh_from_db()
    assert visit.appraisal == "运行良好。"


@pytest.mark.usefixtures("english")
def test_sign_off_by_a_second_click_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = scored_visit(9, 8)
    sign_in_lead(client, visit)
    lead = PanelMember.objects.get(visit=visit, is_lead=True).user

    def load_then_sign(loaded: Visit) -> PanelScores:
        """The first click is through while the second one is on its way."""
        panel = load_panel_scores(loaded)
        sign_off(visit=visit, appraisal="运行良好。", by=lead, at=NOON)
        return panel

    monkeypatch.setattr("inspections.views.moderation.load_panel_scores", load_then_sign)

    response = client.post(sign_off_url(visit), {"appraisal": "运行良好。", "go": "sign"})

    assert response["Location"] == sign_off_url(visit)
    assert [str(note) for note in get_messages(response.wsgi_request)] == [
        "This visit is signed off: nothing about it changes any more."
    ]


def test_settling_after_the_sign_off_says_so(client: Client) -> None:
    visit = scored_visit(9, 8)
    pk = indicators_of(visit)[0].pk
    sign_in_lead(client, visit)
    client.post(sign_off_url(visit), {"appraisal": "运行良好。", "go": "sign"})

    response = client.post(moderation_url(visit), {f"value-{pk}": "5", f"reason-{pk}": "原因"})

    assert response["Location"] == moderation_url(visit)
    assert not Moderation.objects.exists()
    assertNotContains(client.get(moderation_url(visit)), "<select")


def test_cap_is_explained(client: Client) -> None:
    visit = scored_visit(10, indicators=20)
    critical = indicators_of(visit)[0]
    # Past the guard of published instruments.
    models.QuerySet(Indicator).filter(pk=critical.pk).update(critical=True)
    Answer.objects.filter(indicator=critical).update(points=0, reason="挪用")
    sign_in_lead(client, visit)

    client.post(sign_off_url(visit), {"appraisal": "存在挪用。", "go": "sign"})
    outcome = client.get(sign_off_url(visit)).context["outcome"]

    assert (outcome.total, outcome.grade, outcome.uncapped_grade) == ("93.00", "合格", "优秀")
    assert outcome.capped_by == [f"{critical.number} {critical.name}"]
