"""Geometry of the small charts that pages and PDFs share, drawn by templates/reports/charts/.

A function takes plain values and gives a dataclass whose numbers are ready for SVG
attributes: text with at most two decimals, in units of a viewBox 442 wide, which are
points where a chart is as wide as the type area of a report (156 mm). There are no
style attributes, so that the charts stand on pages with a strict CSP; nothing is told
by colour alone, so that they survive a black-and-white printer: values are printed,
and grades grow lighter from the best (solid) to the worst (outline only).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

# The families of the reports first: a page's stylesheet overrides the attribute.
FONT_FAMILY = "Duxun Hei, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
WIDTH = 442.0
LABEL_SIZE = 10.5
SMALL_SIZE = 9.0

INK = "#1c2630"
ACCENT = "#14506b"

ROW_HEIGHT, BAR_HEIGHT = 16.5, 10.0
AXIS_HEIGHT, LEGEND_HEIGHT = 16.0, 20.0
GUTTER = 8.0
COLUMN_GAP = 20.0


@dataclass(frozen=True, slots=True)
class Paint:
    """Fill and outline of a bar, and the colour of text on it."""

    fill: str
    stroke: str
    ink: str


# By a grade's level, 1 the best; the colours of the pages' grades, paler step by step.
GRADE_PAINTS = (
    Paint("#22724a", "#22724a", "#ffffff"),
    Paint("#8fb4d3", "#2d6a9f", INK),
    Paint("#f8efdc", "#b07a17", INK),
    Paint("#ffffff", "#b23a34", INK),
)
PLAIN_PAINT = Paint(ACCENT, ACCENT, "#ffffff")
# Dark and light by turns where they repeat, and parted by white lines.
SERIES_PAINTS = (
    Paint("#14506b", "#ffffff", "#ffffff"),
    Paint("#4d89a5", "#ffffff", "#ffffff"),
    Paint("#a7c5d1", "#ffffff", INK),
    Paint("#8a5a12", "#ffffff", "#ffffff"),
    Paint("#dcb874", "#ffffff", INK),
    Paint("#dcd8cc", "#ffffff", INK),
    Paint("#77808a", "#ffffff", "#ffffff"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarValue:
    """One bar to draw: `value` None leaves the track empty (not applicable)."""

    label: str
    value: Decimal | None
    text: str
    level: int | None = None
    median: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StackValue:
    """One stacked bar: a value for each series, `text` at the end of the row."""

    label: str
    values: tuple[Decimal, ...]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A rectangle of a bar; `text` is printed inside it where it fits, else ""."""

    x: str
    width: str
    middle: str
    paint: Paint
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row: where its label, its rectangles, its median mark and its text stand."""

    label: str
    full_label: str
    top: str
    baseline: str
    mark_top: str
    mark_bottom: str
    segments: tuple[Segment, ...]
    median_x: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendItem:
    """A swatch with its text; `paint` None is the median mark."""

    x: str
    text_x: str
    text: str
    paint: Paint | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarColumn:
    """Bars below each other; the chart's x positions count from `x`."""

    x: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars ready for charts/bars.svg, whether single or stacked, in columns side by side."""

    title: str
    alternative: str
    width: str
    height: str
    label_x: str
    bar_x: str
    bar_width: str
    bar_height: str
    text_x: str
    rows_bottom: str
    tick_baseline: str
    legend_top: str
    legend_baseline: str
    columns: tuple[BarColumn, ...]
    ticks: tuple[Tick, ...]
    legend: tuple[LegendItem, ...]
    font_family: str = FONT_FAMILY

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars of all columns, in reading order."""
        return tuple(bar for column in self.columns for bar in column.bars)


def bar_chart(
    values: Sequence[BarValue],
    *,
    maximum: Decimal,
    title: str,
    alternative: str,
    median_text: str = "",
    columns: int = 1,
) -> BarChart:
    """Horizontal bars, each perhaps with a mark at its median, which the legend names.

    With more `columns`, the bars go on in the next one: a long chart stays low enough
    to find room on a page.
    """
    frame = _Frame(
        [value.label for value in values],
        [value.text for value in values],
        maximum=maximum,
        rows=len(values),
        columns=columns,
    )
    bars = tuple(
        _bar(
            frame,
            row,
            value.label,
            value.text,
            () if value.value is None else ((value.value, _paint(value.level), ""),),
            value.median,
        )
        for row, value in enumerate(values)
    )
    has_median = any(value.median is not None for value in values)
    legend = ((median_text, None),) if has_median and median_text else ()
    return _chart(frame, bars, legend, title, alternative)


def stacked_chart(
    values: Sequence[StackValue],
    *,
    series: Sequence[str],
    maximum: Decimal,
    title: str,
    alternative: str,
) -> BarChart:
    """Stacked bars with the value inside each part that is wide enough, and a legend."""
    frame = _Frame(
        [value.label for value in values],
        [value.text for value in values],
        maximum=maximum,
        rows=len(values),
    )
    paints = [SERIES_PAINTS[place % len(SERIES_PAINTS)] for place in range(len(series))]
    bars = tuple(
        _bar(
            frame,
            row,
            value.label,
            value.text,
            [(part, paint, f"{part:f}") for part, paint in zip(value.values, paints, strict=True)],
            None,
        )
        for row, value in enumerate(values)
    )
    legend = tuple(zip(series, paints, strict=True))
    return _chart(frame, bars, legend, title, alternative, with_ticks=False)


def grade_level(percent: Decimal | None, lower_edges: Sequence[Decimal]) -> int | None:
    """Level of the grade band that holds `percent`, for tinting a cell of a heat map.

    `lower_edges` are the bands' lower edges, best first, each included in its band;
    None stays None, and what is below all bands belongs to the last.
    """
    if percent is None:
        return None
    for level, edge in enumerate(lower_edges, start=1):
        if percent >= edge:
            return level
    return len(lower_edges)


def text_width(text: str, size: float) -> float:
    """About how wide `text` is: a Chinese character is as wide as its size, others half."""
    return sum(size if ord(char) > 0x2E7F else size * 0.56 for char in text)


class _Frame:
    """Where labels, bars and texts stand, and how the rows are dealt to the columns."""

    def __init__(
        self,
        labels: Iterable[str],
        texts: Iterable[str],
        *,
        maximum: Decimal,
        rows: int,
        columns: int = 1,
    ) -> None:
        self.columns = columns
        self.rows = max(-(-rows // columns), 1)
        self.width = (WIDTH - (columns - 1) * COLUMN_GAP) / columns
        widest = max((text_width(label, LABEL_SIZE) for label in labels), default=0.0)
        self.label_width = min(widest, self.width * 0.4)
        text_column = max((text_width(text, LABEL_SIZE) for text in texts), default=0.0)
        self.bar_x = self.label_width + GUTTER
        self.bar_width = self.width - self.bar_x - (text_column + GUTTER if text_column else 0)
        self.maximum = maximum

    def at(self, value: Decimal) -> float:
        """The x of `value`, kept inside the bar's track."""
        share = float(value / self.maximum) if self.maximum else 0.0
        return self.bar_x + self.bar_width * min(max(share, 0.0), 1.0)


def _bar(
    frame: _Frame,
    row: int,
    label: str,
    text: str,
    parts: Iterable[tuple[Decimal, Paint, str]],
    median: Decimal | None,
) -> Bar:
    row_top = row % frame.rows * ROW_HEIGHT
    top = row_top + (ROW_HEIGHT - BAR_HEIGHT) / 2
    segments = []
    start = Decimal(0)
    for value, paint, inside in parts:
        left, right = frame.at(start), frame.at(start + value)
        fits = text_width(inside, SMALL_SIZE) + 4 <= right - left
        segments.append(
            Segment(
                x=_number(left),
                width=_number(right - left),
                middle=_number((left + right) / 2),
                paint=paint,
                text=inside if fits else "",
            )
        )
        start += value
    return Bar(
        label=_shortened(label, frame.label_width),
        full_label=label,
        top=_number(top),
        baseline=_number(row_top + ROW_HEIGHT / 2 + LABEL_SIZE * 0.36),
        mark_top=_number(top - 2.5),
        mark_bottom=_number(top + BAR_HEIGHT + 2.5),
        segments=tuple(segments),
        median_x="" if median is None else _number(frame.at(median)),
        text=text,
    )


def _chart(
    frame: _Frame,
    bars: tuple[Bar, ...],
    legend: Iterable[tuple[str, Paint | None]],
    title: str,
    alternative: str,
    *,
    with_ticks: bool = True,
) -> BarChart:
    bottom = frame.rows * ROW_HEIGHT
    items = _legend(legend, frame.bar_x)
    ticks = tuple(
        Tick(x=_number(frame.at(value)), text=f"{value:f}")
        for value in _round_values(frame.maximum)
    )
    legend_top = bottom + (AXIS_HEIGHT if with_ticks else 0.0)
    return BarChart(
        title=title,
        alternative=alternative,
        width=_number(WIDTH),
        height=_number(legend_top + (LEGEND_HEIGHT if items else 0.0) + 2),
        label_x=_number(frame.label_width),
        bar_x=_number(frame.bar_x),
        bar_width=_number(frame.bar_width),
        bar_height=_number(BAR_HEIGHT),
        text_x=_number(frame.width),
        rows_bottom=_number(bottom),
        tick_baseline=_number(bottom + 11),
        legend_top=_number(legend_top + 5),
        legend_baseline=_number(legend_top + 13),
        columns=tuple(
            BarColumn(
                x=_number(column * (frame.width + COLUMN_GAP)),
                bars=bars[column * frame.rows : (column + 1) * frame.rows],
            )
            for column in range(frame.columns)
        ),
        ticks=ticks if with_ticks else (),
        legend=items,
    )


def _round_values(maximum: Decimal) -> list[Decimal]:
    """Four to nine equal steps from 0 to `maximum` or below, of 1, 2 or 5 and zeros."""
    if maximum <= 0:
        return [Decimal(0)]
    power = Decimal(10) ** maximum.adjusted()
    steps = (power * Decimal(share) for share in ("2", "1", "0.5", "0.2"))
    step = next(step for step in steps if maximum / step >= 4)
    count = int(maximum / step)
    return [(step * place).normalize() for place in range(count + 1)]


def _legend(entries: Iterable[tuple[str, Paint | None]], x: float) -> tuple[LegendItem, ...]:
    items = []
    for text, paint in entries:
        items.append(LegendItem(x=_number(x), text_x=_number(x + 13), text=text, paint=paint))
        x += 13 + text_width(text, SMALL_SIZE) + 16
    return tuple(items)


def _paint(level: int | None) -> Paint:
    if level is None:
        return PLAIN_PAINT
    return GRADE_PAINTS[min(level, len(GRADE_PAINTS)) - 1]


def _shortened(label: str, room: float) -> str:
    if text_width(label, LABEL_SIZE) <= room:
        return label
    while label and text_width(label + "…", LABEL_SIZE) > room:
        label = label[:-1]
    return label + "…"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
