"""Bars of pages: lengths as attributes of SVG, which the security policy lets through."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar that is 100 units long; `tone` is a class of the stylesheet."""

    start: Decimal
    length: Decimal
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    segments: tuple[Segment, ...]


def bar(part: Decimal | int, whole: Decimal | int, tone: str) -> Bar:
    """One length: `part` of `whole`, never longer than the bar; nothing where `whole` is 0."""
    return stacked_bar([(min(part, whole), tone)], whole)


def stacked_bar(parts: Iterable[tuple[Decimal | int, str]], whole: Decimal | int) -> Bar:
    """Lengths one after the other, each with its tone; parts of nothing are left out."""
    segments = []
    reached = Decimal(0)
    for part, tone in parts:
        if not whole or part <= 0:
            continue
        start, reached = reached, reached + Decimal(part)
        left, right = _units(start, whole), _units(reached, whole)
        segments.append(Segment(left, right - left, tone))
    return Bar(tuple(segments))


def _units(part: Decimal, whole: Decimal | int) -> Decimal:
    return (100 * part / whole).quantize(_HUNDREDTH, ROUND_HALF_UP)
