from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.db import models

from inspections.actions.moderation import (
    Blocker,
    ForeignIndicatorError,
    InvalidModerationError,
    NotLeadError,
    SheetsMissingError,
    SignOffBlockedError,
    moderate,
    settle,
    sign_off,
)
from inspections.actions.progress import VisitSignedError
from inspections.enums import VisitStatus
from inspections.models import (
    Answer,
    Indicator,
    Moderation,
    PanelMember,
    Section,
    SectionScore,
    TrackScore,
    Visit,
    VisitResult,
)
from inspections.scoring import AnswerProblem, Explanation, ModeratedValue, Result, recompute
from tests.factories import (
    InstrumentFactory,
    PanelMemberFactory,
    ScoresheetFactory,
    VisitFactory,
    VisitMethodFactory,
)

pytestmark = pytest.mark.django_db

AT = dt.datetime(2016, 12, 14, 6, 0, tzinfo=dt.UTC)


def scored_visit(*points: int, indicators: int = 2) -> Visit:
    """A visit whose members, the lead first, gave that many points for everything."""
    instrument = InstrumentFactory(sections=1, indicators=indicators, published=True)
    visit = VisitFactory(moderation=True, round__instrument=instrument)
    for number, given in enumerate(points):
        member = PanelMemberFactory(visit=visit, clear=True, is_lead=number == 0)
        ScoresheetFactory(member=member, submitted=True, points=given)
    VisitMethodFactory(visit=visit)
    return visit


def lead_of(visit: Visit) -> PanelMember:
    return PanelMember.objects.get(visit=visit, is_lead=True)


def indicators_of(visit: Visit) -> list[Indicator]:
    return list(Indicator.objects.filter(section__instrument=visit.round.instrument))


def settle_as_lead(
    visit: Visit, values: dict[int, ModeratedValue | None]
) -> dict[int, tuple[AnswerProblem, ...]]:
    return settle(visit=visit, values=values, by=lead_of(visit).user, at=AT)


def sign_off_as_lead(visit: Visit, appraisal: str = "运行良好。") -> VisitResult:
    return sign_off(visit=visit, appraisal=appraisal, by=lead_of(visit).user, at=AT)


# Settling


def test_moderate_stores_value_reason_and_who() -> None:
    visit = scored_visit(9, 3)
    indicator = indicators_of(visit)[0]
    lead = lead_of(visit).user

    moderate(
        visit=visit,
        indicator=indicator,
        points=Decimal("7.5"),
        not_applicable=False,
        reason=" 以现场核实为准 ",
        by=lead,
        at=AT,
    )

    row = Moderation.objects.get()
    assert (row.indicator, row.points, row.reason) == (indicator, Decimal("7.5"), "以现场核实为准")
    assert (row.by, row.at) == (lead, AT)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (ModeratedValue(Decimal("0.3"), False, "原因"), AnswerProblem.OFF_STEP),
        (ModeratedValue(Decimal(11), False, "原因"), AnswerProblem.OVER_MAXIMUM),
        (ModeratedValue(Decimal(10), False, " "), AnswerProblem.REASON_MISSING),
        (ModeratedValue(None, True, "原因"), AnswerProblem.NOT_APPLICABLE_NOT_ALLOWED),
        (ModeratedValue(None, False, "原因"), AnswerProblem.BLANK),
    ],
)
def test_settle_with_an_invalid_value_saves_the_others(
    value: ModeratedValue, problem: AnswerProblem
) -> None:
    visit = scored_visit(9, 3)
    bad, good = indicators_of(visit)

    problems = settle_as_lead(
        visit, {bad.pk: value, good.pk: ModeratedValue(Decimal(6), False, "原因")}
    )

    assert problems == {bad.pk: (problem,)}
    assert [row.indicator for row in Moderation.objects.all()] == [good]


def test_moderate_with_an_invalid_value_raises() -> None:
    visit = scored_visit(9, 3)

    with pytest.raises(InvalidModerationError) as caught:
        moderate(
            visit=visit,
            indicator=indicators_of(visit)[0],
            points=Decimal(11),
            not_applicable=False,
            reason="原因",
            by=lead_of(visit).user,
            at=AT,
        )

    assert caught.value.problems == (AnswerProblem.OVER_MAXIMUM,)


def test_settle_none_takes_a_decision_back() -> None:
    visit = scored_visit(9, 3)
    indicator = indicators_of(visit)[0]
    settle_as_lead(visit, {indicator.pk: ModeratedValue(Decimal(6), False, "原因")})

    settle_as_lead(visit, {indicator.pk: None})

    assert not Moderation.objects.exists()


def test_settle_a_value_that_stands_leaves_it_alone() -> None:
    visit = scored_visit(9, 3)
    values = {indicators_of(visit)[0].pk: ModeratedValue(Decimal(6), False, "原因")}
    settle_as_lead(visit, values)
    before = LogEntry.objects.count()

    settle(visit=visit, values=values, by=lead_of(visit).user, at=AT + dt.timedelta(hours=1))

    assert Moderation.objects.get().at == AT
    assert LogEntry.objects.count() == before


def test_settle_by_another_member_is_refused() -> None:
    visit = scored_visit(9, 3)
    member = PanelMember.objects.get(visit=visit, is_lead=False)

    with pytest.raises(NotLeadError):
        settle(visit=visit, values={}, by=member.user, at=AT)


@pytest.mark.parametrize("declared", [{"clear": True}, {}])
def test_settle_before_every_sheet_is_in_is_refused(declared: dict[str, bool]) -> None:
    visit = scored_visit(9, 3)
    waiting = PanelMemberFactory(visit=visit, **declared)
    PanelMemberFactory(visit=visit, conflict=True)

    with pytest.raises(SheetsMissingError) as caught:
        settle_as_lead(visit, {})

    assert caught.value.values == {"members": str(waiting)}


# Signing off


def test_sign_off_stores_the_result_and_its_explanation() -> None:
    visit = scored_visit(9, 8)

    result = sign_off_as_lead(visit)

    assert (result.total_percent, result.grade.key) == (Decimal("85.00"), "good")
    assert result.instrument == visit.round.instrument
    assert (result.signed_by, result.signed_at) == (lead_of(visit).user, AT)
    explanation = Explanation.from_dict(VisitResult.objects.get().explanation)
    assert recompute(explanation) == Result.of(explanation)
    assert explanation.total_percent == result.total_percent
    visit.refresh_from_db()
    assert (visit.status, visit.appraisal) == (VisitStatus.SIGNED, "运行良好。")


def test_sign_off_stores_tracks_and_sections_with_indicators() -> None:
    visit = scored_visit(9, 8)
    # Past the guard of published instruments.
    models.Model.save(
        Section(
            instrument=visit.round.instrument, key="opinions", number=2, name="问题、意见和建议"
        )
    )

    result = sign_off_as_lead(visit)

    assert [
        (one.track.key, one.points, one.max_points, one.percent)
        for one in TrackScore.objects.filter(result=result)
    ] == [
        ("professional", Decimal("8.5"), Decimal(10), Decimal("85.00")),
        ("finance", Decimal("8.5"), Decimal(10), Decimal("85.00")),
    ]
    assert [
        (one.section.key, one.points, one.max_points, one.percent)
        for one in SectionScore.objects.filter(result=result)
    ] == [("s1", Decimal(17), Decimal(20), Decimal("85.00"))]


def test_sign_off_with_a_critical_zero_caps_the_grade() -> None:
    visit = scored_visit(10, indicators=20)
    critical = indicators_of(visit)[0]
    # Past the guard of published instruments.
    models.QuerySet(Indicator).filter(pk=critical.pk).update(critical=True)
    Answer.objects.filter(indicator=critical).update(points=0, reason="挪用")

    result = sign_off_as_lead(visit)

    assert (result.total_percent, result.grade.key, result.is_capped) == (
        Decimal("93.00"),
        "pass",
        True,
    )


def test_sign_off_uses_the_moderated_value() -> None:
    visit = scored_visit(10, 4)
    for indicator in indicators_of(visit):
        settle_as_lead(visit, {indicator.pk: ModeratedValue(Decimal(10), False, "补充材料齐全")})

    result = sign_off_as_lead(visit)

    assert result.total_percent == Decimal("100.00")


def test_sign_off_with_nothing_ready_names_every_blocker() -> None:
    visit = scored_visit(10, 4)
    visit.visited_on = None
    visit.save()
    visit.methods_used.all().delete()

    with pytest.raises(SignOffBlockedError) as caught:
        sign_off_as_lead(visit, appraisal=" ")

    assert caught.value.blockers == (
        Blocker.UNSETTLED,
        Blocker.NOT_VISITED,
        Blocker.NO_METHODS,
        Blocker.NO_APPRAISAL,
    )
    assert not VisitResult.objects.exists()


def test_sign_off_with_a_sheet_missing_is_blocked() -> None:
    visit = scored_visit(10)
    ScoresheetFactory(member=PanelMemberFactory(visit=visit, clear=True))

    with pytest.raises(SignOffBlockedError) as caught:
        sign_off_as_lead(visit)

    assert caught.value.blockers == (Blocker.SHEETS_MISSING,)


def test_sign_off_twice_is_refused() -> None:
    visit = scored_visit(10)
    sign_off_as_lead(visit)

    with pytest.raises(VisitSignedError):
        sign_off_as_lead(visit)

    assert VisitResult.objects.count() == 1


def test_settle_after_sign_off_is_refused() -> None:
    visit = scored_visit(10)
    sign_off_as_lead(visit)

    with pytest.raises(VisitSignedError):
        settle_as_lead(visit, {})


def test_sign_off_by_another_member_is_refused() -> None:
    visit = scored_visit(9, 8)
    member = PanelMember.objects.get(visit=visit, is_lead=False)

    with pytest.raises(NotLeadError):
        sign_off(visit=visit, appraisal="良好", by=member.user, at=AT)


def test_settling_an_indicator_of_another_instrument_is_refused() -> None:
    visit = scored_visit(4, 4)
    foreign = Indicator.objects.get(
        section__instrument=InstrumentFactory(sections=1, indicators=1, published=True)
    )

    with pytest.raises(ForeignIndicatorError):
        settle(
            visit=visit,
            values={foreign.pk: ModeratedValue(Decimal(4), False, "核对原始记录")},
            by=lead_of(visit).user,
            at=AT,
        )

    assert not Moderation.objects.exists()
