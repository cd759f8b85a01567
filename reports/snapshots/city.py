"""The citywide summary of one round."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reports.snapshots.common import SCHEMA_VERSION, RoundHead, Status, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text; `figure` is the figure's key where the text is a figure, else ""."""

    text: str
    figure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Runs set one after the other, without spaces between them."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsection:
    """（一）…: `heading` without its number, which the layout counts."""

    key: str
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """一、…: `heading` without its number; `paragraphs` stand before the subsections."""

    key: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    subsections: tuple[Subsection, ...]


class Align(StrEnum):
    """How a table column is set."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table column; `share` is its part of the table's width against the other shares."""

    label: str
    share: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell; `level` is a grade's level (1 best) that tints it, None for no tint."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexTable:
    """One annex: a table on pages of its own, turned when `landscape`.

    Every row has one cell for each column; `total` is the last row, set apart, or empty.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    note: str = ""
    landscape: bool = False


class ChartKind(StrEnum):
    """BARS: one value a row, perhaps with a median mark; STACKED: shares of a whole a row."""

    BARS = "bars"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """A row of a chart: one value for each of the chart's series.

    `text` is printed at the end of the row; `level` colours a bar by grade (None: accent);
    `median` draws a mark (None: none).
    """

    label: str
    values: tuple[Decimal, ...]
    text: str
    level: int | None = None
    median: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart, set after the part or subsection with the key `placed_after`.

    `maximum` is the value of a full bar; `alternative` is the chart in words.
    """

    key: str
    kind: ChartKind
    title: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    maximum: Decimal
    alternative: str
    placed_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitySummarySnapshot(Stored):
    """The citywide summary of one round; `salutation` (主送机关) may be empty."""

    demonstration: bool
    title_lines: tuple[str, ...]
    round: RoundHead
    status: Status
    parts: tuple[Part, ...]
    annexes: tuple[AnnexTable, ...]
    charts: tuple[Chart, ...]
    salutation: str = ""
    schema_version: int = SCHEMA_VERSION
