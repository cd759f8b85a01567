"""Breaks Chinese text into lines and spreads each over the whole width.

WeasyPrint stretches only spaces, of which Chinese has none, so a line with figures or
with a mark that must not begin a line would end short of the edge. Here the lines are
broken beforehand by the widths of the report fonts, and what a line lacks is spread
between its characters (see docs/adr on justification). Nothing is laid out that a
reader could select differently: the text stays the text.

Widths are in em of the body, which is one cell of the 28 that a line has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.rendering.faces import Face, width

CELLS = 28
INDENT = 2

# Marks that must not begin a line, and marks that must not end one (GB/T 15834-2011).
_CLOSING = "、，。；：？！）》〉」』】〕〗”’…—·%％‰℃~～/"
_OPENING = "（《〈「『【〔〖“‘"

# Figures with their sign or unit, words in Latin letters, doubled dashes and dots stay
# in one piece; everything else is a piece of one character.
_PIECES = re.compile(r"[A-Za-z0-9]+(?:[.,:/+\-~%][A-Za-z0-9]+)*[%‰℃]?|——|……|.", re.DOTALL)

# A line that would need more than this between its characters, in em, is left short:
# it ends in a long word that moved down as a whole.
_WIDEST_GAP = 0.3

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one face."""

    text: str
    face: Face


@dataclass(slots=True)
class Line:
    """One printed line. `gap` is the space between its characters in 1/1000 em."""

    spans: list[Span] = field(default_factory=list)
    width: float = 0.0
    gap: int = 0

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class _Cluster:
    """What stays on one line: a piece with the marks that belong to it."""

    spans: tuple[Span, ...]
    width: float


def break_lines(
    spans: Iterable[Span], *, cells: float = CELLS, indent: float = INDENT
) -> list[Line]:
    """The lines of one paragraph; the first is `indent` cells shorter."""
    lines = [Line()]
    room = cells - indent
    for cluster in _split_wide(_clusters(spans), cells - indent):
        if lines[-1].spans and lines[-1].width + cluster.width > room + _ROUNDING:
            _spread(lines[-1], room)
            lines.append(Line())
            room = cells
        _append(lines[-1], cluster)
    return lines


def _append(line: Line, cluster: _Cluster) -> None:
    for span in cluster.spans:
        if line.spans and line.spans[-1].face == span.face:
            line.spans[-1] = Span(line.spans[-1].text + span.text, span.face)
        else:
            line.spans.append(span)
    line.width += cluster.width


def _spread(line: Line, room: float) -> None:
    gaps = len(line.text) - 1
    if gaps > 0 and (gap := (room - line.width) / gaps) <= _WIDEST_GAP:
        line.gap = round(gap * 1000)


def _clusters(spans: Iterable[Span]) -> Iterator[_Cluster]:
    """Pieces with opening marks before and closing marks behind them."""
    pending: list[Span] = []
    open_ended = True
    for piece in _pieces(spans):
        closing = piece.text[0] in _CLOSING
        if pending and not closing and not open_ended:
            yield _cluster(pending)
            pending = []
        pending.append(piece)
        open_ended = piece.text in _OPENING
    if pending:
        yield _cluster(pending)


def _pieces(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        for match in _PIECES.finditer(span.text):
            yield Span(match[0], span.face)


def _cluster(pieces: list[Span]) -> _Cluster:
    return _Cluster(tuple(pieces), sum(width(piece.text, piece.face) for piece in pieces))


def _split_wide(clusters: Iterable[_Cluster], room: float) -> Iterator[_Cluster]:
    """Cut clusters that no line could hold (an address, a long number) into characters."""
    for cluster in clusters:
        if cluster.width <= room:
            yield cluster
            continue
        for span in cluster.spans:
            for character in span.text:
                yield _cluster([Span(character, span.face)])
