"""Several answers to one indicator, what the lead has to settle, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from inspections.scoring import (
    AnswerProblem,
    InputCode,
    InputProblem,
    InvalidInputError,
    Need,
    Source,
    consolidate,
    score,
    unsettled,
)
from tests.inspections.scoring_builders import (
    FINANCE,
    a_spec,
    an_indicator,
    moderated,
    moderations_of,
    sheets_of,
)

TWO = a_spec(an_indicator("1"), an_indicator("2"))
FIXED = a_spec(an_indicator("1", allow_na=False), an_indicator("5", track=FINANCE))


@dataclass(frozen=True)
class Case:
    """Answers of the members for 10 points to needs, spread and provisional value."""

    name: str
    told: str
    needs: tuple[Need, ...]
    spread: Fraction | None
    points: Fraction | None
    source: Source = Source.MEAN
    limit: str = "0.3"


SPREAD, MIXED = Need.SPREAD, Need.MIXED_NOT_APPLICABLE

CASES = (
    Case("one member", "10", (), None, Fraction(10)),
    Case("agreement", "10 10", (), Fraction(0), Fraction(10)),
    Case("below the limit", "10 7.5", (), Fraction(1, 4), Fraction(35, 4)),
    Case("on the limit", "10 7", (SPREAD,), Fraction(3, 10), Fraction(17, 2)),
    Case("over the limit", "0 10", (SPREAD,), Fraction(1), Fraction(5)),
    Case("not neighbours", "10 8.5 7", (SPREAD,), Fraction(3, 10), Fraction(17, 2)),
    Case("own limit", "10 6.5", (SPREAD,), Fraction(7, 20), Fraction(33, 4), limit="0.35"),
    Case("limit 0", "10 10", (SPREAD,), Fraction(0), Fraction(10), limit="0"),
    Case("limit 1", "10 0.5", (), Fraction(19, 20), Fraction(21, 4), limit="1"),
    Case("mixed N/A", "N/A 10", (MIXED,), None, None, Source.NONE),
    Case("mixed, spread", "N/A 10 5", (MIXED, SPREAD), Fraction(1, 2), None, Source.NONE),
    Case("N/A by all", "N/A N/A", (), None, None, Source.NOT_APPLICABLE),
    Case("nobody", "", (Need.UNANSWERED,), None, None, Source.NONE),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_consolidate_says_what_needs_the_lead(case: Case) -> None:
    spec = a_spec(an_indicator("1"), spread_limit=case.limit)
    sheets = sheets_of(";".join(f"员{n} 1={told}" for n, told in enumerate(case.told.split())))

    (line,) = consolidate(spec, sheets, {})

    assert (line.needs, line.spread, line.points, line.source, line.is_settled) == (
        case.needs,
        case.spread,
        case.points,
        case.source,
        not case.needs,
    )


def test_consolidate_keeps_the_need_after_moderation() -> None:
    value = moderated("6")

    line = consolidate(TWO, sheets_of("甲 1=10 2=8; 乙 1=2 2=8"), {"1": value})[0]

    assert (line.needs, line.moderation, line.source, line.points, line.is_settled) == (
        (Need.SPREAD,),
        value,
        Source.MODERATED,
        Fraction(6),
        True,
    )


def test_consolidate_orders_answers_by_member() -> None:
    line = consolidate(TWO, sheets_of("b 1=9 2=9; a 1=8 2=9"), {})[0]

    assert [(answer.member_key, answer.points) for answer in line.answers] == [
        ("a", Decimal(8)),
        ("b", Decimal(9)),
    ]


def test_unsettled_names_open_indicators_only() -> None:
    lines = unsettled(TWO, sheets_of("甲 1=10 2=10; 乙 1=2 2=2"), moderations_of("1=6"))

    assert [line.indicator.key for line in lines] == ["2"]


@dataclass(frozen=True)
class Refused:
    name: str
    sheets: str
    problem: InputProblem
    moderated: str = ""


def bad_answer(key: str, problem: AnswerProblem) -> InputProblem:
    return InputProblem(InputCode.INVALID_ANSWER, key, "甲", problem)


REFUSED = (
    Refused("blank", "甲 1=9 5=", bad_answer("5", AnswerProblem.BLANK)),
    Refused("answer not there", "甲 1=9", bad_answer("5", AnswerProblem.BLANK)),
    Refused("off the step", "甲 1=9.3 5=9", bad_answer("1", AnswerProblem.OFF_STEP)),
    Refused("over", "甲 1=9 5=10.5", bad_answer("5", AnswerProblem.OVER_MAXIMUM)),
    Refused("N/A", "甲 1=N/A 5=9", bad_answer("1", AnswerProblem.NOT_APPLICABLE_NOT_ALLOWED)),
    Refused(
        "outside the member's track",
        "甲:service 1=9 5=9",
        InputProblem(InputCode.OUTSIDE_TRACKS, "5", "甲"),
    ),
    Refused(
        "unknown indicator", "甲 1=9 5=9 7=1", InputProblem(InputCode.UNKNOWN_INDICATOR, "7", "甲")
    ),
    Refused("unknown track", "甲:else", InputProblem(InputCode.UNKNOWN_TRACK, "", "甲")),
    Refused(
        "two sheets of one member",
        "甲 1=9 5=9; 甲 1=8 5=9",
        InputProblem(InputCode.DUPLICATE_MEMBER, "", "甲"),
    ),
    Refused(
        "moderation of nothing",
        "甲 1=9 5=9",
        InputProblem(InputCode.UNKNOWN_INDICATOR, "7"),
        moderated="7=1",
    ),
    Refused(
        "moderated over the maximum",
        "甲 1=9 5=9",
        InputProblem(InputCode.INVALID_MODERATION, "5", "", AnswerProblem.OVER_MAXIMUM),
        moderated="5=11",
    ),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_score_refuses_what_should_never_have_been_stored(case: Refused) -> None:
    with pytest.raises(InvalidInputError) as caught:
        score(FIXED, sheets_of(case.sheets), moderations_of(case.moderated))

    assert caught.value.problems == (case.problem,)


def test_score_refuses_moderation_without_a_reason() -> None:
    with pytest.raises(InvalidInputError) as caught:
        score(FIXED, sheets_of("甲 1=9 5=9"), {"5": moderated("8", reason=" ")})

    assert caught.value.problems == (
        InputProblem(InputCode.INVALID_MODERATION, "5", "", AnswerProblem.REASON_MISSING),
    )


def test_invalid_input_error_names_every_place() -> None:
    with pytest.raises(InvalidInputError) as caught:
        score(FIXED, sheets_of("甲 1=9.3 5=11"), {})

    assert str(caught.value) == "invalid_answer 1 甲 off_step; invalid_answer 5 甲 over_maximum"
