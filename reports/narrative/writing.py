"""Building blocks of paragraphs: text in which every figure can be told apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from reports.chinese import period_text
from reports.figures import Figure
from reports.snapshots import Paragraph, Run, Subsection

type Piece = str | Figure[Any] | Run | Sequence[Piece]
"""What a paragraph is put together from; a sequence is its pieces one after the other."""


def paragraph(*pieces: Piece) -> Paragraph:
    """A paragraph of these pieces; neighbouring plain texts become one run."""
    runs: list[Run] = []
    for run in _runs(pieces):
        if runs and not run.figure and not runs[-1].figure:
            runs[-1] = Run(text=runs[-1].text + run.text)
        elif run.text:
            runs.append(run)
    return Paragraph(runs=tuple(runs))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text that somebody entered, a paragraph for each of its lines."""
    return tuple(paragraph(line.strip()) for line in text.splitlines() if line.strip())


def subsection(key: str, heading: str, *written: Paragraph | None) -> Subsection | None:
    """A subsection of what was written; None when there is nothing to say."""
    kept = tuple(one for one in written if one is not None and one.runs)
    return Subsection(key=key, heading=heading, paragraphs=kept) if kept else None


def listed(pieces: Sequence[Piece]) -> Piece:
    """`A`, `A和B`, `A、B和C`, each a piece."""
    if len(pieces) < 2:
        return list(pieces)
    return [*_between(pieces[:-1], "、"), "和", pieces[-1]]


def separated(pieces: Sequence[Piece], mark: str) -> Piece:
    """The pieces with the mark between them."""
    return list(_between(pieces, mark))


def period(first: Figure[dt.date | None], last: Figure[dt.date | None]) -> Piece:
    """`2016年12月13日至2017年1月5日`; one day alone when both are the same."""
    if first.value is None or last.value is None:
        return ""
    if first.value == last.value:
        return first
    end = period_text(first.value, last.value).partition("至")[2]
    return [first, "至", Run(text=end, figure=last.key)]


def _between(pieces: Sequence[Piece], mark: str) -> Iterable[Piece]:
    for place, piece in enumerate(pieces):
        if place:
            yield mark
        yield piece


def _runs(piece: Piece) -> Iterable[Run]:
    if isinstance(piece, Figure):
        yield Run(text=piece.text, figure=piece.key)
    elif isinstance(piece, Run):
        yield piece
    elif isinstance(piece, str):
        yield Run(text=piece)
    else:
        for part in piece:
            yield from _runs(part)
