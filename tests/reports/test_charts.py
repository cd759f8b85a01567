"""Where the rectangles, marks and texts of charts stand."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string

from reports.charts import (
    GRADE_PAINTS,
    PLAIN_PAINT,
    WIDTH,
    BarChart,
    BarValue,
    StackValue,
    bar_chart,
    grade_level,
    stacked_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
EDGES = [Decimal(90), Decimal(80), Decimal(60), Decimal(0)]


def bars(*values: BarValue, maximum: int = 100, median_text: str = "") -> BarChart:
    return bar_chart(
        values,
        maximum=Decimal(maximum),
        title="得分",
        alternative="天河96分",
        median_text=median_text,
    )


def value(amount: str | None, **more: object) -> BarValue:
    fields = {"label": "天河", "text": amount or "不适用"} | more
    return BarValue(value=None if amount is None else Decimal(amount), **fields)  # type: ignore[arg-type]


def drawn(chart: BarChart) -> ET.Element:
    return ET.fromstring(  # noqa: S314 - our own template
        render_to_string("reports/charts/bars.svg", {"chart": chart})
    )


def test_bar_is_as_long_as_its_share_of_the_track() -> None:
    chart = bars(value("25"), value("100"), value("0"))

    lengths = [float(bar.segments[0].width) / float(chart.bar_width) for bar in chart.bars]

    assert lengths == pytest.approx([0.25, 1, 0], abs=0.001)


def test_value_over_the_maximum_stays_inside_the_track() -> None:
    chart = bars(value("130", median=Decimal(140)))

    end = float(chart.bar_x) + float(chart.bar_width)
    assert chart.bars[0].segments[0].width == chart.bar_width
    assert float(chart.bars[0].median_x) == pytest.approx(end, abs=0.01)


def test_value_that_does_not_apply_leaves_the_track_empty() -> None:
    chart = bars(value(None))

    assert chart.bars[0].segments == ()
    assert chart.bars[0].text == "不适用"


def test_maximum_of_zero_draws_empty_bars() -> None:
    assert bars(value("5"), maximum=0).bars[0].segments[0].width == "0"


def test_median_mark_stands_at_its_value() -> None:
    chart = bars(value("80", median=Decimal(50)))

    middle = float(chart.bar_x) + float(chart.bar_width) / 2
    assert float(chart.bars[0].median_x) == pytest.approx(middle, abs=0.01)


def test_median_is_explained_only_where_there_is_one() -> None:
    assert [
        item.text for item in bars(value("80", median=Decimal(50)), median_text="中位数").legend
    ] == ["中位数"]
    assert bars(value("80"), median_text="中位数").legend == ()


def test_nothing_leaves_the_drawing() -> None:
    chart = bars(*(value("99.99", label="很长的项目名称" * 6) for _ in range(20)))

    assert float(chart.bar_x) + float(chart.bar_width) < float(chart.text_x) == WIDTH
    assert float(chart.rows_bottom) < float(chart.height)


@pytest.mark.parametrize(
    ("maximum", "texts"),
    [
        (100, ["0", "20", "40", "60", "80", "100"]),
        (9, ["0", "2", "4", "6", "8"]),
        (4, ["0", "1", "2", "3", "4"]),
        (213, ["0", "50", "100", "150", "200"]),
        (1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    ],
)
def test_ticks_are_round_numbers(maximum: int, texts: list[str]) -> None:
    assert [tick.text for tick in bars(value("1"), maximum=maximum).ticks] == texts


def test_bars_go_on_in_the_next_column() -> None:
    values = [value(str(place), label=f"项目{place}") for place in range(5)]
    chart = bar_chart(values, maximum=Decimal(100), title="得分", alternative="五个项目", columns=2)

    left, right = chart.columns

    assert [bar.label for bar in left.bars] == ["项目0", "项目1", "项目2"]
    assert [bar.label for bar in right.bars] == ["项目3", "项目4"]
    assert [bar.top for bar in right.bars] == [bar.top for bar in left.bars[:2]]
    assert float(right.x) + float(chart.text_x) == WIDTH
    assert float(left.x) + float(chart.text_x) < float(right.x)


def test_long_label_is_shortened_and_kept_for_the_reader() -> None:
    name = "很长的项目名称" * 6
    chart = bars(value("50", label=name))

    assert chart.bars[0].label.endswith("…")
    assert [title.text for title in drawn(chart).iterfind(f".//{SVG}text/{SVG}title")] == [name]


@pytest.mark.parametrize(("level", "paint"), list(enumerate(GRADE_PAINTS, start=1)))
def test_bar_is_painted_by_its_grade(level: int, paint: object) -> None:
    assert bars(value("50", level=level)).bars[0].segments[0].paint is paint


def test_bar_without_a_grade_has_the_plain_paint() -> None:
    assert bars(value("50")).bars[0].segments[0].paint is PLAIN_PAINT


def test_grades_grow_lighter_for_a_black_and_white_printer() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = [lightness(paint.fill) for paint in GRADE_PAINTS]

    assert shades == sorted(shades)
    assert min(b - a for a, b in pairwise(shades)) > 10


@pytest.mark.parametrize(
    ("percent", "level"),
    [("90", 1), ("89.99", 2), ("80", 2), ("60", 3), ("59.99", 4), ("0", 4), ("-1", 4)],
)
def test_grade_level_includes_the_lower_edge(percent: str, level: int) -> None:
    assert grade_level(Decimal(percent), EDGES) == level


def test_grade_level_of_nothing_is_nothing() -> None:
    assert grade_level(None, EDGES) is None


def stack(*values: int, series: tuple[str, ...] = ("社会工作", "法学")) -> BarChart:
    return stacked_chart(
        [StackValue(label="全市", values=tuple(map(Decimal, values)), text="10人")],
        series=series,
        maximum=Decimal(10),
        title="专业",
        alternative="社会工作6人，法学4人",
    )


def test_stacked_parts_follow_each_other() -> None:
    first, second = stack(6, 4).bars[0].segments

    assert float(first.x) + float(first.width) == pytest.approx(float(second.x), abs=0.02)
    assert float(first.width) / float(second.width) == pytest.approx(1.5, abs=0.01)


def test_part_too_narrow_for_its_number_goes_without() -> None:
    assert [segment.text for segment in stack(10, 0).bars[0].segments] == ["10", ""]


def test_stacked_chart_with_a_value_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        stack(6)


def test_legend_names_the_series_side_by_side() -> None:
    legend = stack(6, 4).legend

    assert [item.text for item in legend] == ["社会工作", "法学"]
    assert float(legend[0].text_x) < float(legend[1].x)


def test_drawing_can_be_read_aloud_and_needs_no_style() -> None:
    svg = drawn(bars(value("80", median=Decimal(50)), median_text="中位数"))

    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "天河96分"
    assert svg.findtext(f"{SVG}title") == "得分"
    assert [element for element in svg.iter() if "style" in element.attrib] == []


def test_drawing_names_its_font_because_it_inherits_none() -> None:
    assert str(drawn(bars(value("80"))).get("font-family")).startswith("Duxun Hei")


def test_text_is_escaped() -> None:
    svg = drawn(bars(value("80", label="<b>&")))

    assert "<b>&" in [text.text for text in svg.iter(f"{SVG}text")]
