"""Line breaking: what may begin and end a line, and how far a line is stretched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rendering.faces import Face, width
from reports.rendering.lines import CELLS, Span, break_lines

HAN = "一二三四五六七八九十"


def texts(text: str, indent: float = 0) -> list[str]:
    return [line.text for line in break_lines([Span(text, Face.FANG_SONG)], indent=indent)]


def test_full_line_has_28_characters_and_no_gap() -> None:
    lines = break_lines([Span(HAN * 6, Face.FANG_SONG)], indent=0)

    assert [len(line.text) for line in lines] == [28, 28, 4]
    assert [line.gap for line in lines] == [0, 0, 0]


def test_first_line_is_two_characters_shorter() -> None:
    assert [len(text) for text in texts(HAN * 6, indent=2)] == [26, 28, 6]


@pytest.mark.parametrize("mark", "，。；：、）》”！？")
def test_closing_mark_takes_its_character_along(mark: str) -> None:
    first, second = texts("一" * 28 + mark + "二")

    assert (first, second) == ("一" * 27, "一" + mark + "二")


@pytest.mark.parametrize("mark", "（《“〔")
def test_opening_mark_goes_down_with_what_it_opens(mark: str) -> None:
    assert texts("一" * 27 + mark + "二") == ["一" * 27, mark + "二"]


@pytest.mark.parametrize("word", ["2022.06", "63%~68%", "100%", "——", "……", "Word", "1,000"])
def test_figure_word_and_double_mark_stay_whole(word: str) -> None:
    first, second = texts("一" * 27 + word + "二二")

    assert (first, second) == (("一" * 26, "一" + word + "二二") if word in "——……" else
                               ("一" * 27, word + "二二"))  # fmt: skip


def test_short_line_is_spread_over_the_width() -> None:
    line = break_lines([Span("一" * 28 + "。", Face.FANG_SONG)], indent=0)[0]

    assert len(line.text) == 27
    assert line.gap == round(1000 / 26)


def test_last_line_is_not_spread() -> None:
    assert break_lines([Span("一" * 28 + "。", Face.FANG_SONG)], indent=0)[-1].gap == 0


def test_line_before_a_very_long_word_is_left_short() -> None:
    line = break_lines([Span("一" * 20 + "abcdefghijklmnopqrstuvwxyz", Face.FANG_SONG)], indent=0)[
        0
    ]

    assert (line.text, line.gap) == ("一" * 20, 0)


def test_word_longer_than_a_line_is_cut() -> None:
    lines = texts("x" * 200)

    assert "".join(lines) == "x" * 200
    assert all(width(line, Face.FANG_SONG) <= CELLS for line in lines)


def test_faces_are_kept_apart_within_a_line() -> None:
    line = break_lines([Span("一、", Face.KAI), Span("二三", Face.FANG_SONG)], indent=0)[0]

    assert line.spans == [Span("一、", Face.KAI), Span("二三", Face.FANG_SONG)]


@given(st.text(alphabet=HAN + "，。（）《》“”2016.%ab—…", max_size=200))
def test_breaking_loses_nothing_and_keeps_the_width(text: str) -> None:
    lines = break_lines([Span(text, Face.FANG_SONG)])

    assert "".join(line.text for line in lines) == text
    for place, line in enumerate(lines):
        room = CELLS if place else CELLS - 2
        spread = line.width + line.gap / 1000 * max(len(line.text) - 1, 0)
        assert spread <= room + 0.02
