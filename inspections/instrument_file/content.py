"""What an instrument file says, row by row; texts are stripped, numbers exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspections import scoring

if TYPE_CHECKING:
    from decimal import Decimal

    from inspections.enums import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """`total_points`, where stated, is what the track's indicators must add up to."""

    key: str
    name: str
    weight: Decimal
    total_points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A content area; `short_name` heads tables. One without indicators collects findings."""

    key: str
    number: int
    name: str
    short_name: str
    total_points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade from `lower_percent` on, that edge included."""

    key: str
    name: str
    lower_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A countable service that volume indicators refer to."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A described degree of fulfilment, worth `lower_points` to `upper_points`."""

    lower_points: Decimal
    upper_points: Decimal
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Points from `lower_percent` of a service target on, that edge included."""

    lower_percent: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """`levels` (best first) belong to mode level; `bands` (best first) and `service` to volume.

    In mode yes_no the only step is the maximum. `checks` are registry checks whose warnings are
    shown beside it.
    """

    key: str
    number: str
    name: str
    section: str
    track: str
    mode: Mode
    max_points: Decimal
    step: Decimal
    allow_na: bool = False
    critical: bool = False
    guidance: str = ""
    evidence: str = ""
    levels: tuple[Level, ...] = ()
    bands: tuple[Band, ...] = ()
    service: str = ""
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentFile:
    """A whole, checked instrument. `grades` are best first; `cap_grade` is a grade's key or ""."""

    name: str
    version: int
    source_note: str
    spread_limit: Decimal
    cap_grade: str
    tracks: tuple[Track, ...]
    sections: tuple[Section, ...]
    grades: tuple[Grade, ...]
    services: tuple[Service, ...]
    indicators: tuple[Indicator, ...]

    def to_spec(self) -> scoring.InstrumentSpec:
        """The same instrument for the rules of the score."""
        return scoring.InstrumentSpec(
            name=self.name,
            version=self.version,
            tracks=tuple(scoring.Track(t.key, t.name, t.weight) for t in self.tracks),
            sections=tuple(scoring.Section(s.key, s.number, s.name) for s in self.sections),
            indicators=tuple(
                scoring.Indicator(
                    key=one.key,
                    number=one.number,
                    name=one.name,
                    section_key=one.section,
                    track_key=one.track,
                    max_points=one.max_points,
                    step=one.step,
                    allow_na=one.allow_na,
                    critical=one.critical,
                )
                for one in self.indicators
            ),
            grade_bands=tuple(
                scoring.GradeBand(grade.key, grade.name, grade.lower_percent)
                for grade in self.grades
            ),
            spread_limit=self.spread_limit,
            cap_grade_key=self.cap_grade or None,
        )
