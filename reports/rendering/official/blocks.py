"""What a report's pages are made of; each block names the template that prints it.

Text is broken into lines here, by the widths of the report fonts; templates only put
the finished pieces into their elements.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reports.charts import BarChart
from reports.rendering.faces import Face
from reports.rendering.lines import CELLS, INDENT, Line, Span, break_lines
from reports.snapshots import Align, Cell, Column

_CLASSES = {Face.KAI: "k", Face.HEI: "h", Face.FANG_SONG: "f"}
_BREAKS = re.compile(r"[ \t]*[\r\n\t\v\f\u2028\u2029]+[ \t]*")
_BREAKS_BY_CHINESE = re.compile(
    rf"(?<=[\u2e80-\uffef])(?:{_BREAKS.pattern})|(?:{_BREAKS.pattern})(?=[\u2e80-\uffef])"
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff]")
_ALIGNMENTS = {Align.LEFT: "", Align.CENTRE: "c", Align.RIGHT: "r"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; `kind` is its class in the stylesheet, "" for the usual indented one.

    `hang` is the indent in em of all lines but the first, "" for none.
    """

    template: ClassVar[str] = "reports/official/_paragraph.html"
    html: SafeString
    kind: str = ""
    hang: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 is 一、 and 3 is （一）; `label` is the bookmark."""

    template: ClassVar[str] = "reports/official/_heading.html"
    level: int
    html: SafeString
    label: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption."""

    template: ClassVar[str] = "reports/official/_figure.html"
    chart: BarChart
    caption: str


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell with its classes: alignment and, on a tinted cell, g1 to g4."""

    text: str
    classes: str


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    label: str
    classes: str
    width_percent: str


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """Rows under a line of their own; `heading` is empty where there is only one group."""

    heading: str
    rows: tuple[tuple[PrintedCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head runs on; `classes` are small (type) and whole (on one page)."""

    template: ClassVar[str] = "reports/official/_table.html"
    caption: str
    columns: tuple[PrintedColumn, ...]
    groups: tuple[PrintedGroup, ...]
    total: tuple[PrintedCell, ...]
    note: str
    classes: str


@dataclass(frozen=True, slots=True)
class PanelItem:
    """A large value with its label above and a remark below."""

    label: str
    value: str
    unit: str
    remark: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """The result at a glance: a few large values side by side."""

    template: ClassVar[str] = "reports/official/_panel.html"
    items: tuple[PanelItem, ...]


@dataclass(frozen=True, slots=True)
class PrintedPhoto:
    source: str
    caption: str


@dataclass(frozen=True, slots=True)
class PhotoGrid:
    """Photographs in rows of two."""

    template: ClassVar[str] = "reports/official/_photos.html"
    rows: tuple[tuple[PrintedPhoto, ...], ...]


# A table of no more rows is kept on one page: what is left of the page before it is less
# of a loss than a table in two pieces.
SHORT_TABLE = 12

type Block = Paragraph | Heading | Figure | Table | Panel | PhotoGrid


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own. `label` is 附件1, or 附件 where there is only one."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


def span(text: str) -> Span:
    return Span(_in_one_line(text), Face.FANG_SONG)


def emphasis(text: str) -> Span:
    """Text in 楷体, which stands out as italics do elsewhere."""
    return Span(_in_one_line(text), Face.KAI)


def _in_one_line(text: str) -> str:
    """What people typed, without line breaks, tabs and other control characters.

    A break next to a Chinese character leaves nothing behind, one between words a space.
    """
    text = _BREAKS_BY_CHINESE.sub("", text)
    return _CONTROLS.sub("", _BREAKS.sub(" ", text))


def paragraph(*parts: str | Span, kind: str = "", indent: float = INDENT) -> Paragraph:
    """A body paragraph; plain strings are set in 仿宋."""
    spans = [span(part) if isinstance(part, str) else part for part in parts]
    return Paragraph(lines_html(break_lines(spans, indent=indent), Face.FANG_SONG), kind)


def heading(level: int, number: str, text: str) -> Heading:
    face = Face.HEI if level == 2 else Face.KAI
    html = lines_html(break_lines([Span(number + text, face)]), face)
    return Heading(level, html, number + text)


def hanging(first: str, text: str, *, hang: float) -> Paragraph:
    """A paragraph whose lines all begin `hang` cells in, but the first with `first`."""
    lines = break_lines([span(text)], cells=CELLS - hang, indent=0)
    if lines[0].spans:
        lines[0].spans.insert(0, span(first))
    return Paragraph(lines_html(lines, Face.FANG_SONG), "hanging", f"{hang:.3f}")


def lines_html(lines: Iterable[Line], base: Face) -> SafeString:
    """The lines with a line feed between them, for `white-space: pre`."""
    printed = []
    for line in lines:
        text = "".join(
            escape(part.text)
            if part.face == base
            else f'<span class="{_CLASSES[part.face]}">{escape(part.text)}</span>'
            for part in line.spans
        )
        if line.gap:
            # A third of a thousandth more: the PDF's spacing is cut to whole thousandths.
            text = f'<span style="letter-spacing:{(line.gap + 0.3) / 1000:.4f}em">{text}</span>'
        printed.append(text)
    return mark_safe("\n".join(printed))  # noqa: S308 - every text is escaped above


def table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]] = (),
    *,
    groups: Iterable[tuple[str, Iterable[Sequence[Cell]]]] = (),
    total: Sequence[Cell] = (),
    caption: str = "",
    note: str = "",
    small: bool = False,
) -> Table:
    """A table of `rows`, or of `groups` of rows under headings of their own."""
    widths = _column_widths([column.share for column in columns], small=small)
    aligned = [
        # Words after figures keep a distance, lest they be read as one.
        "a"
        if column.align is Align.LEFT and before.align is Align.RIGHT
        else _ALIGNMENTS[column.align]
        for before, column in zip((columns[0], *columns), columns, strict=False)
    ]

    def printed(row: Sequence[Cell]) -> tuple[PrintedCell, ...]:
        return tuple(
            PrintedCell(
                _in_one_line(cell.text),
                f"{classes} g{cell.level}".strip() if cell.level else classes,
            )
            for cell, classes in zip(row, aligned, strict=True)
        )

    printed_groups = tuple(
        PrintedGroup(title, tuple(map(printed, inside)))
        for title, inside in (groups or [("", rows)])
    )
    length = sum(len(group.rows) + 1 for group in printed_groups)
    return Table(
        caption=caption,
        columns=tuple(
            PrintedColumn(column.label, classes, f"{wide:.3f}")
            for column, classes, wide in zip(columns, aligned, widths, strict=True)
        ),
        groups=printed_groups,
        total=printed(total) if total else (),
        note=note,
        classes="rows" + " small" * small + " whole" * (length <= SHORT_TABLE),
    )


def _column_widths(shares: Sequence[int], *, small: bool) -> list[float]:
    """Percentages by the shares, but never too narrow for a head of two characters."""
    least = 5.3 if small else 6.0
    whole = sum(shares)
    widths = [max(100 * share / whole, least) for share in shares]
    return [100 * wide / sum(widths) for wide in widths]
