"""The table of known cases: every rule of the score, with the numbers worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from inspections.scoring import GradeBand, Need, NotSettledError, score
from tests.inspections.scoring_builders import (
    FINANCE,
    a_spec,
    an_indicator,
    moderations_of,
    sheets_of,
)

if TYPE_CHECKING:
    from inspections.scoring import InstrumentSpec

TWO = a_spec(an_indicator("1"), an_indicator("2"))
UNEQUAL = a_spec(an_indicator("1", "4"), an_indicator("2"))
BOTH = a_spec(an_indicator("1"), an_indicator("5", track=FINANCE))
FRACTIONS = a_spec(an_indicator("1"), an_indicator("5", track=FINANCE), weights=("0.7", "0.3"))
TWO_TO_ONE = a_spec(an_indicator("1"), an_indicator("5", track=FINANCE), weights=("2", "1"))
UNCOUNTED = a_spec(an_indicator("1"), an_indicator("5", track=FINANCE), weights=("1", "0"))
FINE = a_spec(
    an_indicator("1", "100", "0.001"),
    an_indicator("5", "100", "0.001", track=FINANCE),
    weights=("1", "1"),
)
# One indicator of 100 points: its points are the exact total.
HUNDRED = a_spec(an_indicator("1", "100", "0.0001"))
HALF_EDGE = a_spec(
    an_indicator("1", "100", "0.001"),
    grade_bands=(
        GradeBand("pass", "合格", Decimal("87.5")),
        GradeBand("fail", "不合格", Decimal(0)),
    ),
)
CRITICAL = a_spec(an_indicator("1", "90"), an_indicator("2", critical=True))
TWO_CRITICAL = a_spec(
    an_indicator("1", "80"), an_indicator("2", critical=True), an_indicator("3", critical=True)
)
UNCAPPED = a_spec(an_indicator("1", "90"), an_indicator("2", critical=True), cap=None)


@dataclass(frozen=True)
class Case:
    """`total`, `service` and `finance` are percents as printed, None where nothing applies."""

    name: str
    spec: InstrumentSpec
    sheets: str
    total: str | None
    grade: str | None
    service: str | None
    finance: str | None = None
    moderated: str = ""
    uncapped: str = ""
    capped_by: str = ""


CASES = (
    # Rules 1 and 3: points over the maximum of what applies.
    Case("full marks", TWO, "甲 1=10 2=10", "100.00", "excellent", "100.00"),
    Case("all zero", TWO, "甲 1=0 2=0", "0.00", "fail", "0.00"),
    Case("sum over maximum", TWO, "甲 1=9.5 2=7", "82.50", "good", "82.50"),
    Case("3 of 4 and 10 of 10", UNEQUAL, "甲 1=3 2=10", "92.86", "excellent", "92.86"),
    Case("N/A leaves the denominator", TWO, "甲 1=9 2=N/A", "90.00", "excellent", "90.00"),
    Case("zero stays in it", TWO, "甲 1=9 2=0", "45.00", "fail", "45.00"),
    Case("everything N/A", BOTH, "甲 1=N/A 5=N/A", None, None, None),
    # Rule 2: the mean of the answers, or the moderated value.
    Case("mean of two", TWO, "甲 1=9 2=10; 乙 1=8 2=10", "92.50", "excellent", "92.50"),
    Case("two thirds", TWO, "甲 1=8 2=9; 乙 1=9 2=9; 丙 1=9 2=8", "86.67", "good", "86.67"),
    Case("N/A by all", TWO, "甲 1=8 2=N/A; 乙 1=9 2=N/A", "85.00", "good", "85.00"),
    Case("spread", TWO, "甲 1=10 2=9; 乙 1=5 2=9", "75.00", "pass", "75.00", moderated="1=6"),
    Case("no spread", TWO, "甲 1=10 2=10", "95.00", "excellent", "95.00", moderated="1=9"),
    Case("to N/A", TWO, "甲 1=N/A 2=8; 乙 1=4 2=8", "80.00", "good", "80.00", moderated="1=N/A"),
    Case("from N/A", TWO, "甲 1=N/A 2=9; 乙 1=4 2=9", "65.00", "pass", "65.00", moderated="1=4"),
    Case(
        "track that nobody scored",
        BOTH,
        "甲:service 1=8",
        "83.00",
        "good",
        "80.00",
        "90.00",
        moderated="5=9",
    ),
    # Rule 4: weights of the tracks.
    Case("weights 70, 30", BOTH, "甲 1=9 5=8", "87.00", "good", "90.00", "80.00"),
    Case("weights 0.7, 0.3", FRACTIONS, "甲 1=9 5=8", "87.00", "good", "90.00", "80.00"),
    Case("weights 2, 1", TWO_TO_ONE, "甲 1=9 5=8", "86.67", "good", "90.00", "80.00"),
    Case(
        "one member a track",
        BOTH,
        "甲:service 1=9; 乙:finance 5=8",
        "87.00",
        "good",
        "90.00",
        "80.00",
    ),
    Case("track all N/A", BOTH, "甲 1=9 5=N/A", "90.00", "excellent", "90.00", None),
    Case("weight 0", UNCOUNTED, "甲 1=9 5=8", "90.00", "excellent", "90.00", "80.00"),
    Case("only weight 0 applies", UNCOUNTED, "甲 1=N/A 5=8", None, None, None, "80.00"),
    # Rule 5: rounded once, half up; the grade from the rounded number.
    Case("top", HUNDRED, "甲 1=100", "100.00", "excellent", "100.00"),
    Case("half up to the top", HUNDRED, "甲 1=99.995", "100.00", "excellent", "100.00"),
    Case("edge of excellent", HUNDRED, "甲 1=90", "90.00", "excellent", "90.00"),
    Case("half up to excellent", HUNDRED, "甲 1=89.995", "90.00", "excellent", "90.00"),
    Case("not rounded twice", HUNDRED, "甲 1=89.9949", "89.99", "good", "89.99"),
    Case("just under excellent", HUNDRED, "甲 1=89.99", "89.99", "good", "89.99"),
    Case("half up, not to even", HUNDRED, "甲 1=84.445", "84.45", "good", "84.45"),
    Case("edge of good", HUNDRED, "甲 1=80", "80.00", "good", "80.00"),
    Case("half up to good", HUNDRED, "甲 1=79.995", "80.00", "good", "80.00"),
    Case("just under good", HUNDRED, "甲 1=79.9949", "79.99", "pass", "79.99"),
    Case("edge of pass", HUNDRED, "甲 1=60", "60.00", "pass", "60.00"),
    Case("half up to pass", HUNDRED, "甲 1=59.995", "60.00", "pass", "60.00"),
    Case("just under pass", HUNDRED, "甲 1=59.9949", "59.99", "fail", "59.99"),
    Case("half up from nothing", HUNDRED, "甲 1=0.005", "0.01", "fail", "0.01"),
    Case("next to nothing", HUNDRED, "甲 1=0.0049", "0.00", "fail", "0.00"),
    Case("edge with decimals", HALF_EDGE, "甲 1=87.495", "87.50", "pass", "87.50"),
    Case("just under it", HALF_EDGE, "甲 1=87.494", "87.49", "fail", "87.49"),
    Case(
        "total from exact tracks: the printed ones would give 66.67",
        FINE,
        "甲 1=66.665 5=66.664",
        "66.66",
        "pass",
        "66.67",
        "66.66",
    ),
    # Rule 6: the cap.
    Case(
        "critical zero",
        CRITICAL,
        "甲 1=90 2=0",
        "90.00",
        "pass",
        "90.00",
        uncapped="excellent",
        capped_by="2",
    ),
    Case("critical half a point", CRITICAL, "甲 1=90 2=0.5", "90.50", "excellent", "90.50"),
    Case("critical N/A", CRITICAL, "甲 1=90 2=N/A", "100.00", "excellent", "100.00"),
    Case(
        "one critical zero of two",
        CRITICAL,
        "甲 1=90 2=0; 乙 1=90 2=1",
        "90.50",
        "excellent",
        "90.50",
    ),
    Case(
        "moderated to a critical zero",
        CRITICAL,
        "甲 1=90 2=0; 乙 1=90 2=8",
        "90.00",
        "pass",
        "90.00",
        moderated="2=0",
        uncapped="excellent",
        capped_by="2",
    ),
    Case(
        "moderated away from it",
        CRITICAL,
        "甲 1=90 2=0",
        "94.00",
        "excellent",
        "94.00",
        moderated="2=4",
    ),
    Case("cap never lifts", CRITICAL, "甲 1=45 2=0", "45.00", "fail", "45.00", capped_by="2"),
    Case("cap at the grade", CRITICAL, "甲 1=65 2=0", "65.00", "pass", "65.00", capped_by="2"),
    Case("no cap set", UNCAPPED, "甲 1=90 2=0", "90.00", "excellent", "90.00", capped_by="2"),
    Case(
        "two critical zeros",
        TWO_CRITICAL,
        "甲 1=80 2=0 3=0",
        "80.00",
        "pass",
        "80.00",
        uncapped="good",
        capped_by="2 3",
    ),
)


def printed(percent: Decimal | None) -> str | None:
    return None if percent is None else str(percent)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_score_of_known_case(case: Case) -> None:
    result = score(case.spec, sheets_of(case.sheets), moderations_of(case.moderated))

    service, finance = result.tracks
    assert (
        printed(result.total_percent),
        result.grade and result.grade.key,
        printed(service.percent),
        printed(finance.percent),
        result.uncapped_grade and result.uncapped_grade.key,
        " ".join(indicator.key for indicator in result.capped_by),
        result.is_capped,
    ) == (
        case.total,
        case.grade,
        case.service,
        case.finance,
        case.uncapped or case.grade,
        case.capped_by,
        bool(case.uncapped),
    )


def test_sections_have_their_own_percents() -> None:
    spec = a_spec(an_indicator("1", "3"), an_indicator("2", "4"), an_indicator("5", track=FINANCE))

    result = score(spec, sheets_of("甲 1=2 2=N/A 5=7.5"), {})

    assert [
        (s.key, s.points, s.max_points, s.applicable_count, s.not_applicable_count, s.percent)
        for s in result.sections
    ] == [
        ("management", Fraction(2), Decimal(3), 1, 1, Decimal("66.67")),
        ("money", Fraction(15, 2), Decimal(10), 1, 0, Decimal("75.00")),
    ]


def test_section_without_indicators_has_no_percent() -> None:
    result = score(TWO, sheets_of("甲 1=9 2=9"), {})

    assert [(s.key, s.applicable_count, s.percent) for s in result.sections] == [
        ("management", 2, Decimal("90.00")),
        ("money", 0, None),
    ]


def test_score_is_the_same_in_any_decimal_context() -> None:
    sheets = sheets_of("甲 1=8.5 5=7.5; 乙 1=7.5 5=7.5")
    expected = score(BOTH, sheets, {})

    with localcontext(prec=1):
        found = score(BOTH, sheets, {})

    assert (found, found.total_percent) == (expected, Decimal("78.50"))


def test_score_refuses_an_indicator_that_nobody_answered() -> None:
    with pytest.raises(NotSettledError) as caught:
        score(BOTH, sheets_of("甲:service 1=9"), {})

    assert [(line.indicator.key, line.needs) for line in caught.value.lines] == [
        ("5", (Need.UNANSWERED,))
    ]
    assert str(caught.value) == "5 (unanswered)"


def test_score_refuses_open_disagreement() -> None:
    with pytest.raises(NotSettledError) as caught:
        score(TWO, sheets_of("甲 1=10 2=N/A; 乙 1=2 2=2"), {})

    assert [(line.indicator.key, line.needs) for line in caught.value.lines] == [
        ("1", (Need.SPREAD,)),
        ("2", (Need.MIXED_NOT_APPLICABLE,)),
    ]
