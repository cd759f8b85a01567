"""What holds for every instrument and every panel, shown on visits that Hypothesis makes up."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from inspections.scoring import (
    AnswerValue,
    Explanation,
    Indicator,
    InstrumentSpec,
    ModeratedValue,
    Result,
    SheetAnswers,
    recompute,
    score,
    unsettled,
)
from tests.inspections.scoring_builders import FINANCE, SERVICE, a_spec, an_indicator

if TYPE_CHECKING:
    from collections.abc import Iterable

STEPS = ("0.1", "0.25", "0.3", "0.5", "1", "2")
WEIGHTS = st.decimals("0.001", "100", places=3)


@dataclass(frozen=True)
class Visit:
    spec: InstrumentSpec
    sheets: tuple[SheetAnswers, ...]
    moderations: dict[str, ModeratedValue]

    def score(self) -> Result:
        return score(self.spec, self.sheets, self.moderations)

    def exact_total(self) -> Fraction | None:
        return self.score().explanation.total

    def settle(self, key: str, points: Decimal | None) -> Visit:
        """The same visit with one indicator moderated: to `points`, or to N/A with None."""
        value = ModeratedValue(points, not_applicable=points is None, reason="商定")
        return replace(self, moderations={**self.moderations, key: value})


@st.composite
def indicators(draw: st.DrawFn, key: str) -> Indicator:
    step = Decimal(draw(st.sampled_from(STEPS)))
    return an_indicator(
        key,
        str(step * draw(st.integers(1, 20))),
        str(step),
        track=draw(st.sampled_from((SERVICE, FINANCE))),
        section=draw(st.sampled_from(("management", "money"))),
        allow_na=draw(st.booleans()),
        critical=draw(st.booleans()),
    )


def points_on_step(indicator: Indicator) -> st.SearchStrategy[Decimal]:
    steps = int(indicator.max_points / indicator.step)
    return st.integers(0, steps).map(lambda count: count * indicator.step)


def answers_to(indicator: Indicator) -> st.SearchStrategy[AnswerValue]:
    answers = points_on_step(indicator).map(AnswerValue)
    if indicator.allow_na:
        answers |= st.just(AnswerValue(not_applicable=True))
    return answers


@st.composite
def visits(draw: st.DrawFn, *, all_may_be_na: bool = False) -> Visit:
    """A settled visit: one to four members, everything open moderated, some of the rest too."""
    parts = [draw(indicators(str(number))) for number in range(1, draw(st.integers(2, 8)))]
    if all_may_be_na:
        parts = [replace(part, allow_na=True) for part in parts]
    spec = a_spec(
        *parts,
        weights=(str(draw(WEIGHTS)), str(draw(WEIGHTS))),
        spread_limit=str(draw(st.decimals("0.05", "1", places=2))),
        cap=draw(st.sampled_from((None, "good", "pass", "fail"))),
    )
    sheets = []
    for member in "甲乙丙丁"[: draw(st.integers(1, 4))]:
        tracks = draw(st.sampled_from(((SERVICE,), (FINANCE,), (SERVICE, FINANCE))))
        answers = {part.key: draw(answers_to(part)) for part in spec.indicators_of(tracks)}
        sheets.append(SheetAnswers(member, f"督导员{member}", frozenset(tracks), answers))
    visit = Visit(spec, tuple(sheets), {})
    still_open = {line.indicator.key for line in unsettled(spec, sheets, {})}
    for part in spec.indicators:
        if part.key in still_open or draw(st.integers(0, 9)) == 0:
            answer = draw(answers_to(part))
            visit = visit.settle(part.key, answer.points)
    return visit


def percents(result: Result) -> Iterable[Decimal | None]:
    return (
        result.total_percent,
        *(group.percent for group in (*result.tracks, *result.sections)),
    )


@given(visits())
def test_percents_lie_between_0_and_100(visit: Visit) -> None:
    result = visit.score()

    assert [p for p in percents(result) if p is not None and not 0 <= p <= 100] == []


@given(visits())
def test_total_lies_between_its_tracks(visit: Visit) -> None:
    result = visit.score()

    parts = [track.percent for track in result.tracks if track.percent is not None]
    assert (result.total_percent is None) == (not parts)
    if result.total_percent is not None:
        assert min(parts) <= result.total_percent <= max(parts)


@given(visits())
def test_rounding_moves_the_total_by_half_a_hundredth_at_most(visit: Visit) -> None:
    explanation = visit.score().explanation

    assume(explanation.total is not None)
    assert explanation.total is not None
    assert explanation.total_percent is not None
    difference = Fraction(explanation.total_percent) - explanation.total
    assert Fraction(-1, 200) < difference <= Fraction(1, 200)


@given(visits(), st.randoms(use_true_random=False))
def test_order_of_sheets_does_not_matter(visit: Visit, random: st.DataObject) -> None:
    shuffled = list(visit.sheets)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert replace(visit, sheets=tuple(shuffled)).score() == visit.score()


def moves(visit: Visit, indicators: list[Indicator]) -> list[Fraction]:
    """How far the exact total goes when each goes from nothing to everything."""
    distances = []
    for indicator in indicators:
        lowest = visit.settle(indicator.key, Decimal(0)).exact_total()
        highest = visit.settle(indicator.key, indicator.max_points).exact_total()
        assert lowest is not None
        assert highest is not None
        distances.append(highest - lowest)
    return distances


def shares(visit: Visit, indicators: list[Indicator]) -> list[Fraction]:
    distances = moves(visit, indicators)
    return [distance / sum(distances) for distance in distances]


@given(visits(all_may_be_na=True), st.data())
def test_not_applicable_never_changes_another_indicators_share(
    visit: Visit, data: st.DataObject
) -> None:
    left_out = data.draw(st.sampled_from(visit.spec.indicators))
    others = [
        line.indicator
        for line in visit.score().explanation.indicators
        if line.points is not None and line.indicator != left_out
    ]
    same_track = [other for other in others if other.track_key == left_out.track_key]
    other_track = [other for other in others if other.track_key != left_out.track_key]
    before = visit.settle(left_out.key, Decimal(0))
    after = visit.settle(left_out.key, None)

    assert shares(after, same_track) == shares(before, same_track)
    assert shares(after, other_track) == shares(before, other_track)
    # The other track gains only when nothing is left of this one.
    assert (moves(after, other_track) == moves(before, other_track)) == (
        bool(same_track) or not other_track
    )


@given(visits(), st.data())
def test_one_more_step_never_lowers_anything(visit: Visit, data: st.DataObject) -> None:
    before = visit.score()
    open_upwards = [
        (number, part)
        for number, sheet in enumerate(visit.sheets)
        for part in visit.spec.indicators
        if part.key in sheet.answers
        and part.key not in visit.moderations
        and (points := sheet.answers[part.key].points) is not None
        and points < part.max_points
    ]
    assume(open_upwards)
    number, part = data.draw(st.sampled_from(open_upwards))
    sheets = list(visit.sheets)
    points = sheets[number].answers[part.key].points
    assert points is not None
    raised = AnswerValue(points + part.step)
    sheets[number] = replace(sheets[number], answers={**sheets[number].answers, part.key: raised})
    # A wider limit, so that the step does not call for the lead.
    spec = replace(visit.spec, spread_limit=Decimal(1))
    assume(not unsettled(spec, sheets, visit.moderations))

    after = score(spec, sheets, visit.moderations)

    assert before.total_percent is not None
    assert after.total_percent is not None
    assert before.grade is not None
    assert after.grade is not None
    assert after.explanation.total > before.explanation.total  # type: ignore[operator]
    assert after.total_percent >= before.total_percent
    assert after.grade.lower_percent >= before.grade.lower_percent
    assert set(after.capped_by) <= set(before.capped_by)


@given(visits())
def test_cap_changes_no_number_and_never_lifts_a_grade(visit: Visit) -> None:
    capped = visit.score()
    uncapped = replace(visit, spec=replace(visit.spec, cap_grade_key=None)).score()

    assert (capped.total_percent, capped.tracks, capped.sections) == (
        uncapped.total_percent,
        uncapped.tracks,
        uncapped.sections,
    )
    if capped.grade is not None and uncapped.grade is not None:
        assert capped.grade.lower_percent <= uncapped.grade.lower_percent


@given(visits())
def test_recomputing_from_the_stored_explanation_gives_the_stored_score(visit: Visit) -> None:
    result = visit.score()

    stored = json.loads(json.dumps(result.explanation.to_dict()))
    explanation = Explanation.from_dict(stored)

    assert explanation == result.explanation
    assert Result.of(explanation) == result
    assert recompute(explanation) == result
    assert recompute(explanation).explanation.to_dict() == stored


@given(visits())
def test_score_by_hand_from_the_stored_explanation(visit: Visit) -> None:
    """Rules 3 and 4 once more, from the JSON alone."""
    stored = visit.score().explanation.to_dict()

    weighted = weights = Fraction(0)
    for track in stored["instrument"]["tracks"]:
        lines = [
            line
            for line in stored["indicators"]
            if line["track_key"] == track["key"] and line["points"] is not None
        ]
        if lines:
            points = sum(Fraction(line["points"]) for line in lines)
            maximum = sum(Fraction(line["max_points"]) for line in lines)
            weighted += Fraction(track["weight"]) * 100 * points / maximum
            weights += Fraction(track["weight"])

    expected = None if weights == 0 else str(weighted / weights)
    assert (stored["total"], Fraction(stored["weight_sum"])) == (expected, weights)
