"""The citywide summary: parts and subsections as drafted, charts in place, annexes behind."""

from collections.abc import Iterator, Sequence

from reports.charts import BarValue, StackValue, bar_chart, stacked_chart
from reports.chinese import chinese_number, score_text
from reports.rendering.official.blocks import Block, Figure, heading, paragraph, table
from reports.rendering.official.frame import Page, label_annexes, page
from reports.snapshots import (
    AnnexTable,
    Chart,
    ChartKind,
    CitySummarySnapshot,
    Paragraph,
    Part,
)

# More rows than this are set in two columns: a chart higher than a third of the page
# moves on as a whole and leaves the rest of the page before it empty.
LONG_CHART = 10


def city_page(snapshot: CitySummarySnapshot) -> Page:
    blocks: list[Block] = []
    if snapshot.salutation:
        blocks.append(paragraph(snapshot.salutation, kind="flush", indent=0))
    charts = _Charts(snapshot.charts)
    for number, part in enumerate(snapshot.parts, start=1):
        blocks += _part(number, part, charts)
    annexes = [(annex.title, [_annex_table(annex)], annex.landscape) for annex in snapshot.annexes]
    return page(snapshot, blocks, label_annexes(annexes))


class _Charts:
    """Hands out the charts in their places and numbers them as they come."""

    def __init__(self, charts: Sequence[Chart]) -> None:
        self._charts = charts
        self._count = 0

    def after(self, key: str) -> Iterator[Figure]:
        for chart in self._charts:
            if chart.placed_after == key:
                self._count += 1
                yield figure(chart, f"图{self._count}　{chart.title}")


def _part(number: int, part: Part, charts: _Charts) -> Iterator[Block]:
    yield heading(2, f"{chinese_number(number)}、", part.heading)
    yield from _paragraphs(part.paragraphs)
    yield from charts.after(part.key)
    for place, subsection in enumerate(part.subsections, start=1):
        yield heading(3, f"（{chinese_number(place)}）", subsection.heading)
        yield from _paragraphs(subsection.paragraphs)
        yield from charts.after(subsection.key)


def _paragraphs(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    for each in paragraphs:
        yield paragraph(each.text)


def figure(chart: Chart, caption: str) -> Figure:
    """A snapshot's chart with its geometry."""
    if chart.kind is ChartKind.STACKED:
        drawn = stacked_chart(
            [StackValue(label=row.label, values=row.values, text=row.text) for row in chart.rows],
            series=chart.series,
            maximum=chart.maximum,
            title=chart.title,
            alternative=chart.alternative,
        )
    else:
        median = next((row.median for row in chart.rows if row.median is not None), None)
        drawn = bar_chart(
            [
                BarValue(
                    label=row.label,
                    value=row.values[0],
                    text=row.text,
                    level=row.level,
                    median=row.median,
                )
                for row in chart.rows
            ],
            maximum=chart.maximum,
            title=chart.title,
            alternative=chart.alternative,
            median_text="" if median is None else f"竖线为中位数{score_text(median)}",
            columns=2 if len(chart.rows) > LONG_CHART else 1,
        )
    return Figure(drawn, caption)


def _annex_table(annex: AnnexTable) -> Block:
    return table(
        annex.columns, annex.rows, total=annex.total, note=annex.note, small=len(annex.columns) > 8
    )
