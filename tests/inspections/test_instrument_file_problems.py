"""Every way in which an instrument file can be wrong: what is said, and of which place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from inspections.instrument_file import (
    InstrumentFileError,
    Place,
    Problem,
    ProblemCode,
    read,
    read_bytes,
)
from tests.inspections.instrument_text import SMALL, edit

C = ProblemCode


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InstrumentFileError) as caught:
        read(text)
    return caught.value.problems


@dataclass(frozen=True)
class Case:
    """A field of the small instrument set `to` another value, and what is wrong with it then.

    `at` is the field that is named, if another; `also` are problems that follow elsewhere.
    """

    table: str
    row: int
    field: str
    to: str | None
    code: ProblemCode
    at: str = ""
    also: tuple[ProblemCode, ...] = ()


def level(lower: str, upper: str) -> str:
    return f'{{ lower_points = {lower}, upper_points = {upper}, description = "示例" }}'


def band(lower: str, points: str) -> str:
    return f"{{ lower_percent = {lower}, points = {points} }}"


CASES = (
    # Shape
    Case("instrument", 1, "name", None, C.MISSING_FIELD),
    Case("indicators", 1, "evidence", None, C.MISSING_FIELD),
    Case("indicators", 1, "max_points", None, C.MISSING_FIELD),
    Case("services", 1, "unit", None, C.MISSING_FIELD),
    Case("indicators", 1, "guidanse", '"看名册。"', C.UNKNOWN_FIELD),
    Case("tracks", 2, "colour", "1", C.UNKNOWN_FIELD),
    Case("indicators", 1, "levels", "3", C.NOT_ROWS),
    Case("indicators", 2, "levels[3]", "3", C.NOT_ROWS, "levels"),
    Case(
        "indicators",
        2,
        "levels[3]",
        "{ lower_points = 0, upper_points = 0 }",
        C.MISSING_FIELD,
        "levels[3].description",
    ),
    # Values
    Case("indicators", 1, "number", "1.1", C.NOT_TEXT),
    Case("indicators", 1, "checks", '"headcount"', C.NOT_TEXTS),
    Case("indicators", 1, "checks", "[1]", C.NOT_TEXTS),
    Case("indicators", 1, "checks", '["heads"]', C.UNKNOWN_NAME),
    Case("indicators", 1, "max_points", '"3"', C.NOT_A_NUMBER),
    Case("instrument", 1, "spread_limit", "nan", C.NOT_A_NUMBER),
    Case("instrument", 1, "spread_limit", "true", C.NOT_A_NUMBER),
    Case("instrument", 1, "spread_limit", "2016-12-13", C.NOT_A_NUMBER),
    Case("instrument", 1, "version", "2.0", C.NOT_WHOLE),
    Case("instrument", 1, "version", "0", C.OUT_OF_RANGE),
    Case("instrument", 1, "version", "0x" + "f" * 5000, C.OUT_OF_RANGE),
    Case("indicators", 4, "critical", '"yes"', C.NOT_A_FLAG),
    Case("indicators", 1, "name", '" "', C.EMPTY),
    Case("indicators", 1, "name", f'"{"长" * 81}"', C.TOO_LONG),
    Case("indicators", 1, "name", '"人员\\u0000"', C.CONTROL_CHARACTER),
    Case("indicators", 1, "key", '"人员"', C.NOT_A_KEY),
    Case("instrument", 1, "spread_limit", "30", C.OUT_OF_RANGE),
    Case("grades", 1, "lower_percent", "101", C.OUT_OF_RANGE),
    Case("tracks", 1, "weight", "-1", C.OUT_OF_RANGE),
    Case("indicators", 1, "max_points", "1e999999", C.OUT_OF_RANGE),
    Case("indicators", 1, "step", "0", C.NOT_ABOVE_ZERO),
    Case("indicators", 1, "step", "1e-999999", C.TOO_MANY_DECIMALS),
    Case("grades", 1, "lower_percent", "59.995", C.TOO_MANY_DECIMALS),
    # Rows among themselves
    Case("indicators", 2, "key", '"staff"', C.DUPLICATE),
    Case("indicators", 2, "number", '"1.1"', C.DUPLICATE),
    Case("sections", 2, "number", "1", C.DUPLICATE),
    Case("grades", 2, "name", '"合格"', C.DUPLICATE),
    Case("indicators", 4, "section", '"else"', C.UNKNOWN_NAME),
    Case("indicators", 1, "section", '"else"', C.UNKNOWN_NAME, also=(C.POINTS_DO_NOT_ADD_UP,)),
    Case("indicators", 4, "track", '"else"', C.UNKNOWN_NAME, also=(C.NO_INDICATORS,)),
    Case("indicators", 4, "mode", '"maybe"', C.UNKNOWN_NAME),
    Case("indicators", 3, "service", '"else"', C.UNKNOWN_NAME),
    Case("instrument", 1, "cap_grade", '"poor"', C.UNKNOWN_NAME),
    Case("instrument", 1, "cap_grade", None, C.NO_CAP_GRADE),
    Case("tracks", 1, "total_points", "8", C.POINTS_DO_NOT_ADD_UP),
    Case("sections", 1, "total_points", "9.5", C.POINTS_DO_NOT_ADD_UP),
    Case("sections", 2, "total_points", "0", C.POINTS_DO_NOT_ADD_UP),
    Case("grades", 2, "lower_percent", "60", C.NOT_DESCENDING, also=(C.NOT_DOWN_TO_ZERO,)),
    Case("grades", 2, "lower_percent", "10", C.NOT_DOWN_TO_ZERO),
    # Points of an indicator
    Case("indicators", 1, "step", "0.02", C.TOO_MANY_STEPS),
    Case("indicators", 4, "step", "1", C.YES_NO_STEP),
    Case("indicators", 3, "service", None, C.NEEDED_FOR_MODE),
    Case("indicators", 1, "service", '"visits"', C.NOT_FOR_MODE),
    Case("indicators", 3, "bands[1]", band("100", "2"), C.BAND_BELOW_MAXIMUM, "bands[1].points"),
    Case("indicators", 3, "bands[2]", band("100", "1"), C.NOT_DESCENDING, "bands[2].lower_percent"),
    Case("indicators", 3, "bands[2]", band("60", "3"), C.NOT_DESCENDING, "bands[2].points"),
    Case("indicators", 3, "bands[2]", band("60", "1.5"), C.OFF_STEP, "bands[2].points"),
    Case("indicators", 3, "bands[3]", None, C.NOT_DOWN_TO_ZERO, "bands[2].lower_percent"),
    Case("indicators", 2, "levels[1]", level("2.2", "3"), C.OFF_STEP, "levels[1].lower_points"),
    Case("indicators", 2, "levels[1]", level("2", "2.5"), C.LEVEL_GAP, "levels[1]"),
    Case("indicators", 2, "levels[1]", level("2", "3.5"), C.LEVEL_OVERLAP, "levels[1]"),
    Case("indicators", 2, "levels[2]", level("0.5", "1"), C.LEVEL_GAP, "levels[2]"),
    Case("indicators", 2, "levels[2]", level("1", "1.5"), C.LEVEL_GAP, "levels[3]"),
    Case("indicators", 2, "levels[2]", level("0.5", "2"), C.LEVEL_OVERLAP, "levels[2]"),
    Case("indicators", 2, "levels[2]", level("1.5", "0.5"), C.LEVEL_UPSIDE_DOWN, "levels[2]"),
    Case("indicators", 2, "levels[3]", None, C.LEVEL_GAP, "levels[2]"),
)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.table}{case.row} {case.field} {case.to}"[:40]
)
def test_bad_value_is_named_where_it_stands(case: Case) -> None:
    edited = edit(case.table, case.row, case.field, case.to)

    problems = problems_of(edited.text)

    first = next(problem for problem in problems if problem.code == case.code)
    assert (first.place.table, first.place.row or 1, first.place.field, first.place.line) == (
        case.table,
        case.row,
        case.at or case.field,
        edited.line,
    )
    assert sorted(problem.code for problem in problems) == sorted((case.code, *case.also))


@pytest.mark.parametrize(
    ("row", "field", "to", "code", "named", "line"),
    [
        (1, "step", "0.4", C.OFF_STEP, "max_points", 54),
        (1, "mode", '"level"', C.NEEDED_FOR_MODE, "levels", 47),
        (2, "mode", '"points"', C.NOT_FOR_MODE, "levels", 71),
    ],
)
def test_value_that_does_not_fit_another_names_the_other(
    row: int, field: str, to: str, code: ProblemCode, named: str, line: int
) -> None:
    problems = problems_of(edit("indicators", row, field, to).text)

    assert [(p.code, p.place.field, p.place.line) for p in problems] == [(code, named, line)]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("[instrument]", "[instrumant]", C.MISSING_TABLE, Place("instrument")),
        ("[instrument]", "[instrumant]", C.UNKNOWN_TABLE, Place("instrumant", line=1)),
        ("[instrument]", "[[instrument]]", C.NOT_A_TABLE, Place("instrument")),
        ("[[services]]", "[services]", C.NOT_ROWS, Place("services")),
        ("weight = 0.7", "weight = 0.6", C.WEIGHTS_DO_NOT_ADD_UP, Place("tracks", field="weight")),
    ],
)
def test_bad_table_is_named(old: str, new: str, code: ProblemCode, place: Place) -> None:
    problems = problems_of(SMALL.replace(old, new))

    assert [problem.place for problem in problems if problem.code == code] == [place]


@pytest.mark.parametrize("weights", [("70", "30"), ("0.70", "0.3"), ("100", "0")])
def test_weights_add_up_to_1_or_100(weights: tuple[str, str]) -> None:
    text = SMALL.replace("weight = 0.7", f"weight = {weights[0]}")

    instrument = read(text.replace("weight = 0.3", f"weight = {weights[1]}"))

    assert [str(track.weight) for track in instrument.tracks] == list(weights)


def test_empty_file_lacks_every_table() -> None:
    assert [(p.code, p.place.table) for p in problems_of("")] == [
        (C.MISSING_TABLE, table)
        for table in ("instrument", "tracks", "sections", "grades", "indicators")
    ]


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (SMALL.replace("version = 2", "version ＝ 2"), 3),
        (SMALL.replace("version = 2", "version = 2\nversion = 3"), 4),
        (SMALL.replace('source_note = "示例"', "source_note = “示例”"), 4),
        ('[instrument]\nname = """\n没有结束', 3),
        ("[" * 100_000, 1),
    ],
    ids=["full-width sign", "stated twice", "Chinese quotes", "not closed", "too deep"],
)
def test_broken_toml_is_named_by_its_line(broken: str, line: int) -> None:
    assert problems_of(broken) == (Problem(C.NOT_TOML, Place(line=line)),)


def test_file_in_another_encoding_is_told() -> None:
    with pytest.raises(InstrumentFileError) as caught:
        read_bytes(SMALL.encode("gb18030"))

    assert caught.value.problems == (Problem(C.NOT_UTF8),)


def test_level_indicator_with_one_level_has_too_few() -> None:
    start = SMALL.index("  { lower_points = 0.5")
    text = SMALL[:start] + SMALL[SMALL.index("]\n", start) :]

    assert [problem.code for problem in problems_of(text)] == [C.TOO_FEW_LEVELS]


def test_volume_indicator_with_no_bands_needs_them() -> None:
    start = SMALL.index("bands = [") + len("bands = [")
    text = SMALL[:start] + SMALL[SMALL.index("]\n", start) :]

    assert [(p.code, p.place.field) for p in problems_of(text)] == [(C.NEEDED_FOR_MODE, "bands")]


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = (
        SMALL.replace("version = 2", "version = -2")
        .replace("weight = 0.7", "weight = 0.6")
        .replace('evidence = "名册"\n', "")
        .replace("upper_points = 1.5", "upper_points = 1")
        .replace('track = "money"', 'track = "moneys"')
    )

    problems = problems_of(text)

    assert [(p.code, p.place.row, p.place.field) for p in problems] == [
        (C.WEIGHTS_DO_NOT_ADD_UP, None, "weight"),
        (C.OUT_OF_RANGE, None, "version"),
        (C.NO_INDICATORS, 2, ""),
        (C.MISSING_FIELD, 1, "evidence"),
        (C.LEVEL_GAP, 2, "levels[2]"),
        (C.UNKNOWN_NAME, 4, "track"),
    ]


SCRAPS = st.sampled_from(
    [
        "",
        "3",
        "-1",
        '""',
        "true",
        "[]",
        "[1]",
        "{}",
        "[[1]]",
        "nan",
        "2016-12-13",
        "[[a]]",
        "\ufeff",
    ]
) | st.text(max_size=3)


@given(st.data())
def test_any_damage_is_told_and_never_crashes(data: st.DataObject) -> None:
    lines = SMALL.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        name, sign, _ = lines[at].partition("=")
        lines[at] = f"{name}{sign} {data.draw(SCRAPS)}"

    try:
        outcome = read("\n".join(lines)).to_spec().name
    except InstrumentFileError as error:
        outcome = str(error)
    assert outcome != ""


def test_refused_row_does_not_spoil_the_sums() -> None:
    text = SMALL.replace("max_points = 3\nstep = 1\n", 'max_points = "3"\nstep = 1\n')

    assert [problem.code for problem in problems_of(text)] == [C.NOT_A_NUMBER]


def test_problem_tells_line_row_field_and_remedy() -> None:
    text = edit("indicators", 2, "levels[2]", level("0.5", "1")).text

    with translation.override("en"):
        told = [str(problem) for problem in problems_of(text)]

    assert told == [
        "line 71, indicators row 2 (1.2 培训), levels[2]: "
        "Level 2: these points belong to no level: 1.5."
    ]


def test_error_tells_every_problem_on_its_own_line() -> None:
    text = SMALL.replace("version = 2", "version = 0").replace("step = 2", "step = 1")

    with translation.override("en"), pytest.raises(InstrumentFileError) as caught:
        read(text)

    with translation.override("en"):
        assert str(caught.value).splitlines() == [
            "line 3, instrument, version: This must be between 1 and 32767.",
            "line 103, indicators row 4 (2.1 专账核算), step: "
            "A yes-or-no indicator has only one step: it must equal max_points (2).",
        ]


def test_every_code_has_a_case() -> None:
    covered = {case.code for case in CASES} | {code for case in CASES for code in case.also}
    elsewhere = {
        C.NOT_UTF8,
        C.NOT_TOML,
        C.MISSING_TABLE,
        C.UNKNOWN_TABLE,
        C.NOT_A_TABLE,
        C.WEIGHTS_DO_NOT_ADD_UP,
        C.TOO_FEW_LEVELS,
        C.OFF_STEP,
    }

    assert covered | elsewhere == set(C)
