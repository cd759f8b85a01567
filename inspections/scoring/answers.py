"""One inspector's answers, and what may be wrong with them (rule 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspections.scoring.instrument import Indicator, InstrumentSpec
from inspections.scoring.numbers import is_multiple


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """Points, or not applicable, or neither: blank. Blank is not zero and not N/A.

    `reason` is what the inspector wrote on the deduction (扣分说明).
    """

    points: Decimal | None = None
    not_applicable: bool = False
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        return self.points is None and not self.not_applicable


BLANK = AnswerValue()


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What one member answered: indicator key to answer, of the tracks that the member scores.

    A key that is not there is a blank.
    """

    member_key: str
    member_label: str
    track_keys: frozenset[str]
    answers: Mapping[str, AnswerValue]


@dataclass(frozen=True, slots=True)
class ModeratedValue:
    """What the lead settled on, and why. Points, or not applicable; never blank."""

    points: Decimal | None
    not_applicable: bool
    reason: str


class AnswerProblem(StrEnum):
    """What can be wrong with one answer or one moderated value."""

    BLANK = "blank"
    POINTS_AND_NOT_APPLICABLE = "points_and_not_applicable"
    NOT_APPLICABLE_NOT_ALLOWED = "not_applicable_not_allowed"
    NOT_A_NUMBER = "not_a_number"
    BELOW_ZERO = "below_zero"
    OVER_MAXIMUM = "over_maximum"
    OFF_STEP = "off_step"
    REASON_MISSING = "reason_missing"


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One problem of one answer of a sheet."""

    indicator_key: str
    problem: AnswerProblem


def check_answer(
    indicator: Indicator, answer: AnswerValue, *, final: bool
) -> tuple[AnswerProblem, ...]:
    """What is wrong with `answer`, none if all is well.

    A draft may still be blank or lack its reason; with `final`, as at submission, it may not.
    """
    if answer.is_blank:
        return (AnswerProblem.BLANK,) if final else ()
    problems = _value_problems(indicator, answer.points, answer.not_applicable)
    if problems or not final:
        return problems
    below_maximum = answer.points is not None and answer.points < indicator.max_points
    if below_maximum and not answer.reason.strip():
        return (AnswerProblem.REASON_MISSING,)
    return ()


def check_moderation(indicator: Indicator, value: ModeratedValue) -> tuple[AnswerProblem, ...]:
    """What is wrong with a moderated value; it needs a reason even at the maximum."""
    if value.points is None and not value.not_applicable:
        problems: tuple[AnswerProblem, ...] = (AnswerProblem.BLANK,)
    else:
        problems = _value_problems(indicator, value.points, value.not_applicable)
    if not value.reason.strip():
        problems += (AnswerProblem.REASON_MISSING,)
    return problems


def check_sheet(spec: InstrumentSpec, sheet: SheetAnswers) -> tuple[SheetProblem, ...]:
    """All that keeps `sheet` from being submitted, in the instrument's order."""
    return tuple(
        SheetProblem(indicator.key, problem)
        for indicator in spec.indicators_of(sheet.track_keys)
        for problem in check_answer(indicator, sheet.answers.get(indicator.key, BLANK), final=True)
    )


def missing(spec: InstrumentSpec, sheet: SheetAnswers) -> tuple[SheetProblem, ...]:
    """What is still to be filled in: blank answers and deductions without a reason."""
    to_fill_in = (AnswerProblem.BLANK, AnswerProblem.REASON_MISSING)
    return tuple(found for found in check_sheet(spec, sheet) if found.problem in to_fill_in)


def _value_problems(
    indicator: Indicator, points: Decimal | None, not_applicable: bool
) -> tuple[AnswerProblem, ...]:
    if not_applicable:
        if points is not None:
            return (AnswerProblem.POINTS_AND_NOT_APPLICABLE,)
        return () if indicator.allow_na else (AnswerProblem.NOT_APPLICABLE_NOT_ALLOWED,)
    if points is None:
        return ()
    if not points.is_finite():
        return (AnswerProblem.NOT_A_NUMBER,)
    if points < 0:
        return (AnswerProblem.BELOW_ZERO,)
    if points > indicator.max_points:
        return (AnswerProblem.OVER_MAXIMUM,)
    if not _is_on_step(points, indicator.step):
        return (AnswerProblem.OFF_STEP,)
    return ()


def _is_on_step(points: Decimal, step: Decimal) -> bool:
    # Points below one step are zero or off it: said first, so that 1E-999999 costs nothing.
    if points < step:
        return points == 0
    return is_multiple(points, step)
