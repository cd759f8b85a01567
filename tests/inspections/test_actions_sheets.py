from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from auditlog.models import LogEntry
from django.db import connection, models
from django.utils import translation

from inspections.actions.progress import VisitSignedError
from inspections.actions.sheets import (
    AlreadySubmittedError,
    AnswerInput,
    IncompleteSheetError,
    NotOwnSheetError,
    SaveProblem,
    answer_mark,
    save_answers,
    submit_sheet,
)
from inspections.enums import Recusal, SheetStatus, VisitStatus
from inspections.models import Answer, Indicator
from inspections.scoring import AnswerProblem
from tests.factories import (
    AnswerFactory,
    InstrumentFactory,
    PanelMemberFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

    from inspections.models import Scoresheet

pytestmark = pytest.mark.django_db

AT = dt.datetime(2016, 12, 13, 6, 0, tzinfo=dt.UTC)


def first_indicator(sheet: Scoresheet) -> Indicator:
    return Indicator.objects.scored_by(sheet.member)[0]


def may_be_na(sheet: Scoresheet) -> list[Indicator]:
    """The sheet's indicators, after each was made one that may be not applicable."""
    indicators = Indicator.objects.scored_by(sheet.member)
    for indicator in indicators:
        indicator.allow_na = True
    models.QuerySet(Indicator).bulk_update(indicators, ["allow_na"])
    return list(indicators)


def stored(sheet: Scoresheet) -> dict[int, tuple[Decimal | None, bool, str]]:
    return {
        answer.indicator_id: (answer.points, answer.not_applicable, answer.reason)
        for answer in Answer.objects.filter(sheet=sheet)
    }


def save(sheet: Scoresheet, answers: dict[int, AnswerInput], **kwargs: object) -> dict:
    return save_answers(sheet=sheet, answers=answers, by=sheet.member.user, at=AT, **kwargs)


# Saving


def test_save_answers_stores_points_not_applicable_and_blank() -> None:
    sheet = ScoresheetFactory()
    points, na, blank = may_be_na(sheet)[:3]
    AnswerFactory(sheet=sheet, indicator=blank, points=Decimal(10))

    problems = save(
        sheet,
        {
            points.pk: AnswerInput(Decimal("2.5"), reason=" 证书不全 "),
            na.pk: AnswerInput(not_applicable=True),
            blank.pk: AnswerInput(),
        },
    )

    assert problems == {}
    assert stored(sheet) == {
        points.pk: (Decimal("2.5"), False, "证书不全"),
        na.pk: (None, True, ""),
        blank.pk: (None, False, ""),
    }
    sheet.refresh_from_db()
    assert (sheet.revision, sheet.saved_at) == (1, AT)


def test_save_answers_writes_one_log_entry_with_what_changed() -> None:
    sheet = ScoresheetFactory()
    one, two = Indicator.objects.scored_by(sheet.member)[:2]
    AnswerFactory(sheet=sheet, indicator=one, points=Decimal(10))
    before = LogEntry.objects.count()

    save(sheet, {one.pk: AnswerInput(Decimal("2.5"), reason="证书不全"), two.pk: AnswerInput()})

    assert LogEntry.objects.count() == before + 1
    entry = LogEntry.objects.get_for_object(sheet).first()
    assert entry.actor == sheet.member.user
    assert entry.changes == {
        "revision": ["0", "1"],
        str(one): ["10", "2.5 · 证书不全"],
    }


def test_save_answers_writes_the_log_in_chinese_whoever_saves() -> None:
    sheet = ScoresheetFactory()
    indicator = may_be_na(sheet)[0]

    with translation.override("en"):
        save(sheet, {indicator.pk: AnswerInput(not_applicable=True)})

    entry = LogEntry.objects.get_for_object(sheet).first()
    assert entry.changes[str(indicator)] == ["", "不适用"]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (AnswerInput(Decimal("0.3")), AnswerProblem.OFF_STEP),
        (AnswerInput(Decimal("10.5")), AnswerProblem.OVER_MAXIMUM),
        (AnswerInput(Decimal(-1)), AnswerProblem.BELOW_ZERO),
        (AnswerInput(Decimal("NaN")), AnswerProblem.NOT_A_NUMBER),
        (AnswerInput(not_applicable=True), AnswerProblem.NOT_APPLICABLE_NOT_ALLOWED),
        (AnswerInput(Decimal(1), not_applicable=True), AnswerProblem.POINTS_AND_NOT_APPLICABLE),
    ],
)
def test_save_answers_with_an_invalid_one_saves_the_others(
    value: AnswerInput, problem: AnswerProblem
) -> None:
    sheet = ScoresheetFactory()
    bad, good = Indicator.objects.scored_by(sheet.member)[:2]

    problems = save(sheet, {bad.pk: value, good.pk: AnswerInput(Decimal(10))})

    assert problems == {bad.pk: (problem,)}
    assert stored(sheet) == {good.pk: (Decimal(10), False, "")}


def test_save_answers_of_another_track_is_refused() -> None:
    instrument = InstrumentFactory(sections=1, indicators=2, published=True)
    visit = VisitFactory(scoring=True, round__instrument=instrument)
    own, other = instrument.tracks.all()
    sheet = ScoresheetFactory(member=PanelMemberFactory(visit=visit, clear=True, tracks=[own]))
    foreign = Indicator.objects.get(track=other)

    problems = save(sheet, {foreign.pk: AnswerInput(Decimal(10))})

    assert problems == {foreign.pk: (SaveProblem.NOT_ON_SHEET,)}
    assert stored(sheet) == {}


def test_save_answers_without_a_change_leaves_revision_and_log_alone() -> None:
    sheet = ScoresheetFactory(points=10)
    before = LogEntry.objects.count()

    save(sheet, {first_indicator(sheet).pk: AnswerInput(Decimal("10.00"))})

    sheet.refresh_from_db()
    assert sheet.revision == 0
    assert LogEntry.objects.count() == before


def test_save_answers_of_60_indicators_takes_as_many_queries_as_of_20(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for indicators in (20, 60):
        instrument = InstrumentFactory(sections=1, indicators=indicators, published=True)
        sheet = ScoresheetFactory(
            member__visit=VisitFactory(scoring=True, round__instrument=instrument)
        )
        answers = {
            one.pk: AnswerInput(Decimal(10)) for one in Indicator.objects.scored_by(sheet.member)
        }
        # Savepoint and its release, sheet, indicators, answers; upsert, sheet, log entry.
        with django_assert_num_queries(8):
            save(sheet, answers)
        assert sheet.answers.count() == indicators


# Saving a page that is no longer fresh


def test_save_answers_seen_before_a_change_elsewhere_keeps_both_changes() -> None:
    sheet = ScoresheetFactory()
    here, elsewhere = Indicator.objects.scored_by(sheet.member)[:2]
    save(sheet, {elsewhere.pk: AnswerInput(Decimal(10))})

    problems = save(
        sheet, {here.pk: AnswerInput(Decimal(10)), elsewhere.pk: AnswerInput()}, seen={}
    )

    assert problems == {}
    assert stored(sheet).keys() == {here.pk, elsewhere.pk}
    assert stored(sheet)[elsewhere.pk] == (Decimal(10), False, "")


def test_save_answers_changed_here_and_elsewhere_is_a_conflict() -> None:
    sheet = ScoresheetFactory()
    indicator = first_indicator(sheet)
    save(sheet, {indicator.pk: AnswerInput(Decimal(10))})

    problems = save(sheet, {indicator.pk: AnswerInput(Decimal(5), reason="不足")}, seen={})

    assert problems == {indicator.pk: (SaveProblem.CHANGED_ELSEWHERE,)}
    assert stored(sheet) == {indicator.pk: (Decimal(10), False, "")}


def test_save_answers_seen_as_they_are_now_replaces_them() -> None:
    sheet = ScoresheetFactory()
    indicator = first_indicator(sheet)
    save(sheet, {indicator.pk: AnswerInput(Decimal(10))})

    problems = save(
        sheet,
        {indicator.pk: AnswerInput(Decimal(5))},
        seen={indicator.pk: answer_mark(AnswerInput(Decimal("10.0")))},
    )

    assert problems == {}
    assert stored(sheet) == {indicator.pk: (Decimal(5), False, "")}


# Who may save, and until when


def test_save_answers_by_somebody_else_is_refused() -> None:
    sheet = ScoresheetFactory()
    lead = PanelMemberFactory(visit=sheet.member.visit, clear=True, is_lead=True).user

    for user in (lead, UserFactory(bureau=True)):
        with pytest.raises(NotOwnSheetError):
            save_answers(sheet=sheet, answers={}, by=user, at=AT)


def test_save_answers_after_standing_back_is_refused() -> None:
    sheet = ScoresheetFactory()
    sheet.member.recusal = Recusal.CONFLICT
    sheet.member.recusal_reason = "曾任该机构顾问"
    sheet.member.save()

    with pytest.raises(NotOwnSheetError):
        save(sheet, {})


def test_save_answers_after_submission_changes_nothing() -> None:
    sheet = ScoresheetFactory(points=10, submitted=True)
    indicator = first_indicator(sheet)

    with pytest.raises(AlreadySubmittedError):
        save(sheet, {indicator.pk: AnswerInput(Decimal(5))})

    assert stored(sheet)[indicator.pk] == (Decimal(10), False, "")


def test_save_answers_of_a_signed_visit_is_refused() -> None:
    sheet = ScoresheetFactory(member__visit=VisitFactory(signed=True))

    with pytest.raises(VisitSignedError):
        save(sheet, {})


# Handing in


def test_submit_sheet_closes_it_and_opens_the_moderation() -> None:
    sheet = ScoresheetFactory(points=10)

    submit_sheet(sheet=sheet, by=sheet.member.user, at=AT)

    sheet.refresh_from_db()
    assert (sheet.status, sheet.submitted_at) == (SheetStatus.SUBMITTED, AT)
    sheet.member.visit.refresh_from_db()
    assert sheet.member.visit.status == VisitStatus.MODERATION


def test_submit_sheet_while_others_score_leaves_the_visit_in_scoring() -> None:
    sheet = ScoresheetFactory(points=10)
    ScoresheetFactory(member__visit=sheet.member.visit)
    PanelMemberFactory(visit=sheet.member.visit, conflict=True)

    submit_sheet(sheet=sheet, by=sheet.member.user, at=AT)

    sheet.member.visit.refresh_from_db()
    assert sheet.member.visit.status == VisitStatus.SCORING


def test_submit_sheet_with_blanks_and_missing_reasons_names_them() -> None:
    sheet = ScoresheetFactory()
    full, reasonless, zero, *blanks = Indicator.objects.scored_by(sheet.member)
    AnswerFactory(sheet=sheet, indicator=full, points=Decimal(10))
    AnswerFactory(sheet=sheet, indicator=reasonless, points=Decimal(4))
    AnswerFactory(sheet=sheet, indicator=zero, points=Decimal(0), reason="未开展")

    with pytest.raises(IncompleteSheetError) as caught:
        submit_sheet(sheet=sheet, by=sheet.member.user, at=AT)

    assert caught.value.problems == {
        reasonless.pk: (AnswerProblem.REASON_MISSING,),
        **{one.pk: (AnswerProblem.BLANK,) for one in blanks},
    }
    sheet.refresh_from_db()
    assert sheet.status == SheetStatus.DRAFT


def test_submit_sheet_twice_is_refused() -> None:
    sheet = ScoresheetFactory(points=10)
    submit_sheet(sheet=sheet, by=sheet.member.user, at=AT)

    with pytest.raises(AlreadySubmittedError):
        submit_sheet(sheet=sheet, by=sheet.member.user, at=AT + dt.timedelta(minutes=1))

    sheet.refresh_from_db()
    assert sheet.submitted_at == AT


@pytest.mark.django_db(transaction=True)
def test_submit_sheet_from_two_devices_at_once_succeeds_once() -> None:
    sheet = ScoresheetFactory(points=10)
    start = Barrier(2)

    def submit(_: int) -> str:
        start.wait()
        try:
            submit_sheet(sheet=sheet, by=sheet.member.user, at=AT)
        except AlreadySubmittedError:
            return "refused"
        finally:
            connection.close()
        return "submitted"

    with ThreadPoolExecutor(2) as devices:
        outcomes = sorted(devices.map(submit, range(2)))

    assert outcomes == ["refused", "submitted"]
    sheet.refresh_from_db()
    assert sheet.revision == 1


def test_submit_sheet_by_somebody_else_is_refused() -> None:
    sheet = ScoresheetFactory(points=10)

    with pytest.raises(NotOwnSheetError):
        submit_sheet(sheet=sheet, by=UserFactory(inspector=True), at=AT)
