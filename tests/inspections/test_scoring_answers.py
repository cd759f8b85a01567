"""One answer, one sheet, one instrument, one volume: what is accepted and what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from inspections.scoring import (
    AnswerProblem,
    AnswerValue,
    GradeBand,
    Indicator,
    InvalidInstrumentError,
    ModeratedValue,
    SheetAnswers,
    SheetProblem,
    SpecCode,
    SpecProblem,
    Track,
    VolumeBand,
    VolumeSuggestion,
    check_answer,
    check_moderation,
    check_sheet,
    missing,
    round_half_up,
    suggest_points,
)
from tests.inspections.scoring_builders import (
    FINANCE,
    GRADE_BANDS,
    SERVICE,
    a_sheet,
    a_spec,
    an_answer,
    an_indicator,
    moderated,
)

ALLOWS_NA = an_indicator("1", "4", "0.5")
NO_NA = an_indicator("2", "4", "0.5", allow_na=False)
THIRDS = an_indicator("3", "0.9", "0.3")

P = AnswerProblem


@pytest.mark.parametrize(
    ("indicator", "told", "problems"),
    [
        (ALLOWS_NA, "4", ()),
        (ALLOWS_NA, "0", ()),
        (ALLOWS_NA, "3.5", ()),
        (ALLOWS_NA, "3.50", ()),
        (ALLOWS_NA, "N/A", ()),
        (ALLOWS_NA, "", ()),
        (THIRDS, "0.6", ()),
        (ALLOWS_NA, "3.3", (P.OFF_STEP,)),
        (ALLOWS_NA, "0.1", (P.OFF_STEP,)),
        (ALLOWS_NA, "1E-999999", (P.OFF_STEP,)),
        (ALLOWS_NA, "4.5", (P.OVER_MAXIMUM,)),
        (ALLOWS_NA, "4.1", (P.OVER_MAXIMUM,)),
        (ALLOWS_NA, "1E+999999", (P.OVER_MAXIMUM,)),
        (ALLOWS_NA, "-0.5", (P.BELOW_ZERO,)),
        (ALLOWS_NA, "NaN", (P.NOT_A_NUMBER,)),
        (ALLOWS_NA, "Infinity", (P.NOT_A_NUMBER,)),
        (NO_NA, "N/A", (P.NOT_APPLICABLE_NOT_ALLOWED,)),
    ],
)
def test_check_answer_of_a_draft(
    indicator: Indicator, told: str, problems: tuple[AnswerProblem, ...]
) -> None:
    assert check_answer(indicator, an_answer(told), final=False) == problems


@pytest.mark.parametrize(
    ("told", "reason", "problems"),
    [
        ("4", "", ()),
        ("3.5", "缺一份督导记录", ()),
        ("N/A", "", ()),
        ("", "", (P.BLANK,)),
        ("", "只写了说明", (P.BLANK,)),
        ("3.5", "", (P.REASON_MISSING,)),
        ("0", "\u3000\n", (P.REASON_MISSING,)),
        ("4.5", "", (P.OVER_MAXIMUM,)),
    ],
)
def test_check_answer_at_submission(
    told: str, reason: str, problems: tuple[AnswerProblem, ...]
) -> None:
    assert check_answer(ALLOWS_NA, an_answer(told, reason), final=True) == problems


def test_check_answer_refuses_points_with_not_applicable() -> None:
    answer = AnswerValue(Decimal(4), not_applicable=True)

    assert check_answer(ALLOWS_NA, answer, final=True) == (P.POINTS_AND_NOT_APPLICABLE,)


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        (moderated("4"), ()),
        (moderated("3.5"), ()),
        (moderated("4", reason=" "), (P.REASON_MISSING,)),
        (moderated("4.5"), (P.OVER_MAXIMUM,)),
        (moderated("3.3", reason=""), (P.OFF_STEP, P.REASON_MISSING)),
        (moderated("N/A"), (P.NOT_APPLICABLE_NOT_ALLOWED,)),
        (ModeratedValue(None, not_applicable=False, reason="商定"), (P.BLANK,)),
    ],
)
def test_check_moderation(value: ModeratedValue, problems: tuple[AnswerProblem, ...]) -> None:
    assert check_moderation(NO_NA, value) == problems


def test_sheet_lacks_what_is_blank_and_what_has_no_reason() -> None:
    spec = a_spec(*(an_indicator(str(number)) for number in range(1, 6)))
    sheet = SheetAnswers(
        "甲",
        "督导员甲",
        frozenset({SERVICE}),
        {
            "1": an_answer("10"),
            "2": an_answer("9"),
            "3": an_answer(""),
            "5": an_answer("11", "分数填错"),
        },
    )

    lacks = [SheetProblem("2", P.REASON_MISSING), *(SheetProblem(k, P.BLANK) for k in "34")]
    assert list(missing(spec, sheet)) == lacks
    assert list(check_sheet(spec, sheet)) == [*lacks, SheetProblem("5", P.OVER_MAXIMUM)]


def test_sheet_lacks_nothing_of_other_tracks() -> None:
    spec = a_spec(an_indicator("1"), an_indicator("5", track=FINANCE))

    assert missing(spec, a_sheet("甲:service 1=10")) == ()


SOUND = a_spec(an_indicator("1"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            {"tracks": (Track(SERVICE, "专业服务", Decimal(-1)),)},
            SpecProblem(SpecCode.WEIGHT_NEGATIVE, SERVICE),
        ),
        (
            {"tracks": (Track(FINANCE, "财务管理", Decimal(1)),)},
            SpecProblem(SpecCode.UNKNOWN_TRACK, "1"),
        ),
        ({"sections": ()}, SpecProblem(SpecCode.UNKNOWN_SECTION, "1")),
        (
            {"indicators": (an_indicator("1"), an_indicator("1"))},
            SpecProblem(SpecCode.DUPLICATE_KEY, "1"),
        ),
        (
            {"indicators": (an_indicator("1", "0"),)},
            SpecProblem(SpecCode.MAXIMUM_NOT_POSITIVE, "1"),
        ),
        (
            {"indicators": (an_indicator("1", "1", "0"),)},
            SpecProblem(SpecCode.STEP_NOT_POSITIVE, "1"),
        ),
        (
            {"indicators": (an_indicator("1", "1", "0.3"),)},
            SpecProblem(SpecCode.MAXIMUM_OFF_STEP, "1"),
        ),
        ({"grade_bands": (), "cap_grade_key": None}, SpecProblem(SpecCode.NO_GRADE_BANDS)),
        (
            {"grade_bands": GRADE_BANDS[:-1]},
            SpecProblem(SpecCode.GRADE_BANDS_NOT_DOWN_TO_ZERO, "pass"),
        ),
        (
            {"grade_bands": (*GRADE_BANDS, GradeBand("none", "无", Decimal(0)))},
            SpecProblem(SpecCode.GRADE_BANDS_NOT_DESCENDING, "none"),
        ),
        (
            {"grade_bands": (GradeBand("top", "满分", Decimal(101)), *GRADE_BANDS)},
            SpecProblem(SpecCode.GRADE_BAND_OUT_OF_RANGE, "top"),
        ),
        (
            {"grade_bands": (GradeBand("top", "满分", Decimal("NaN")), *GRADE_BANDS)},
            SpecProblem(SpecCode.GRADE_BAND_OUT_OF_RANGE, "top"),
        ),
        ({"spread_limit": Decimal("1.1")}, SpecProblem(SpecCode.SPREAD_LIMIT_OUT_OF_RANGE)),
        ({"cap_grade_key": "poor"}, SpecProblem(SpecCode.UNKNOWN_CAP_GRADE, "poor")),
    ],
)
def test_instrument_that_cannot_score_is_refused(
    change: dict[str, object], problem: SpecProblem
) -> None:
    with pytest.raises(InvalidInstrumentError) as caught:
        replace(SOUND, **change)  # type: ignore[arg-type]

    assert caught.value.problems == (problem,)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(0), 2, "0.00"),
        (Fraction(90), 2, "90.00"),
        (Fraction(14, 3), 2, "4.67"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(9, 2), 1, "4.5"),
    ],
)
def test_round_half_up(value: Fraction, places: int, expected: str) -> None:
    assert str(round_half_up(value, places)) == expected


def test_round_half_up_refuses_a_negative_value() -> None:
    with pytest.raises(ValueError, match="negative"):
        round_half_up(Fraction(-1, 2))


BANDS = tuple(
    VolumeBand(Decimal(lower), Decimal(points))
    for lower, points in ((100, 3), (80, 2), (60, 1), (0, 0))
)


@pytest.mark.parametrize(
    ("completed", "target", "percent", "points"),
    [
        (103, 120, "85.83", 2),
        (130, 120, "108.33", 3),
        (120, 120, "100.00", 3),
        (119, 120, "99.17", 2),
        (29999, 30000, "100.00", 3),
        (4, 5, "80.00", 2),
        (3, 5, "60.00", 1),
        (59, 100, "59.00", 0),
        (0, 5, "0.00", 0),
    ],
)
def test_suggest_points_from_the_share_of_the_target(
    completed: int, target: int, percent: str, points: int
) -> None:
    assert suggest_points(BANDS, completed, target) == VolumeSuggestion(
        Decimal(percent), Decimal(points)
    )


@pytest.mark.parametrize("target", [None, 0])
def test_suggest_points_without_a_target(target: int | None) -> None:
    assert suggest_points(BANDS, 5, target) is None


@pytest.mark.parametrize(("bands", "completed"), [(BANDS, -1), (BANDS[:1], 1)])
def test_suggest_points_refuses_what_no_band_is_for(
    bands: tuple[VolumeBand, ...], completed: int
) -> None:
    with pytest.raises(ValueError, match=r"negative|No band"):
        suggest_points(bands, completed, 5)
