"""What is judged: the questionnaire as the scoring rules see it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from inspections.scoring.numbers import is_multiple


@dataclass(frozen=True, slots=True)
class Track:
    """A side of the evaluation that is scored apart.

    Weights need not add up to anything; with 0 a track is scored but counts for nothing.
    """

    key: str
    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Section:
    """A content area, in the order of `number` from 1."""

    key: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing to judge, for 0 to `max_points` points in whole steps. `number` is like "3.4"."""

    key: str
    number: str
    name: str
    section_key: str
    track_key: str
    max_points: Decimal
    step: Decimal
    allow_na: bool = False
    critical: bool = False


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade from `lower_percent`, that edge included, up to the next better band."""

    key: str
    name: str
    lower_percent: Decimal


class SpecCode(StrEnum):
    """What can be wrong with an instrument."""

    DUPLICATE_KEY = "duplicate_key"
    UNKNOWN_SECTION = "unknown_section"
    UNKNOWN_TRACK = "unknown_track"
    WEIGHT_NEGATIVE = "weight_negative"
    MAXIMUM_NOT_POSITIVE = "maximum_not_positive"
    STEP_NOT_POSITIVE = "step_not_positive"
    MAXIMUM_OFF_STEP = "maximum_off_step"
    NO_GRADE_BANDS = "no_grade_bands"
    GRADE_BANDS_NOT_DESCENDING = "grade_bands_not_descending"
    GRADE_BANDS_NOT_DOWN_TO_ZERO = "grade_bands_not_down_to_zero"
    GRADE_BAND_OUT_OF_RANGE = "grade_band_out_of_range"
    SPREAD_LIMIT_OUT_OF_RANGE = "spread_limit_out_of_range"
    UNKNOWN_CAP_GRADE = "unknown_cap_grade"


@dataclass(frozen=True, slots=True)
class SpecProblem:
    """What is wrong, and the key of the part that it is wrong with ("" for the whole)."""

    code: SpecCode
    key: str = ""


class InvalidInstrumentError(ValueError):
    """An instrument by which nothing can be scored; `problems` says all that is wrong."""

    def __init__(self, problems: tuple[SpecProblem, ...]) -> None:
        super().__init__(", ".join(f"{p.code}: {p.key}" if p.key else p.code for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class InstrumentSpec:
    """A version of an instrument.

    Grade bands are best first, down to 0. `spread_limit` is a share of an indicator's
    maximum, from 0 to 1. `cap_grade_key` names the best grade that a project can get with
    a critical indicator at 0; with None nothing caps. Raises InvalidInstrumentError.
    """

    name: str
    version: int
    tracks: tuple[Track, ...]
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    grade_bands: tuple[GradeBand, ...]
    spread_limit: Decimal
    cap_grade_key: str | None

    def __post_init__(self) -> None:
        problems = tuple(_problems(self))
        if problems:
            raise InvalidInstrumentError(problems)

    def indicators_of(self, track_keys: Iterable[str]) -> tuple[Indicator, ...]:
        """The indicators of these tracks, in the instrument's order."""
        wanted = frozenset(track_keys)
        return tuple(i for i in self.indicators if i.track_key in wanted)

    def grade_of(self, percent: Decimal) -> GradeBand:
        """The best band whose lower edge `percent`, from 0 to 100, reaches."""
        return next(band for band in self.grade_bands if percent >= band.lower_percent)

    def grade_band(self, key: str) -> GradeBand:
        """The band with this key. Raises KeyError."""
        for band in self.grade_bands:
            if band.key == key:
                return band
        raise KeyError(key)


def _problems(spec: InstrumentSpec) -> Iterator[SpecProblem]:
    for group in (spec.tracks, spec.sections, spec.indicators, spec.grade_bands):
        yield from _duplicates(part.key for part in group)
    for track in spec.tracks:
        if not (track.weight.is_finite() and track.weight >= 0):
            yield SpecProblem(SpecCode.WEIGHT_NEGATIVE, track.key)
    section_keys = {section.key for section in spec.sections}
    track_keys = {track.key for track in spec.tracks}
    for indicator in spec.indicators:
        if indicator.section_key not in section_keys:
            yield SpecProblem(SpecCode.UNKNOWN_SECTION, indicator.key)
        if indicator.track_key not in track_keys:
            yield SpecProblem(SpecCode.UNKNOWN_TRACK, indicator.key)
        yield from _points_problems(indicator)
    yield from _grade_problems(spec)
    if not (spec.spread_limit.is_finite() and 0 <= spec.spread_limit <= 1):
        yield SpecProblem(SpecCode.SPREAD_LIMIT_OUT_OF_RANGE)


def _duplicates(keys: Iterable[str]) -> Iterator[SpecProblem]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield SpecProblem(SpecCode.DUPLICATE_KEY, key)
        seen.add(key)


def _points_problems(indicator: Indicator) -> Iterator[SpecProblem]:
    maximum_ok = indicator.max_points.is_finite() and indicator.max_points > 0
    step_ok = indicator.step.is_finite() and indicator.step > 0
    if not maximum_ok:
        yield SpecProblem(SpecCode.MAXIMUM_NOT_POSITIVE, indicator.key)
    if not step_ok:
        yield SpecProblem(SpecCode.STEP_NOT_POSITIVE, indicator.key)
    if maximum_ok and step_ok and not is_multiple(indicator.max_points, indicator.step):
        yield SpecProblem(SpecCode.MAXIMUM_OFF_STEP, indicator.key)


def _grade_problems(spec: InstrumentSpec) -> Iterator[SpecProblem]:
    bands = spec.grade_bands
    if spec.cap_grade_key not in {None, *(band.key for band in bands)}:
        yield SpecProblem(SpecCode.UNKNOWN_CAP_GRADE, spec.cap_grade_key or "")
    if not bands:
        yield SpecProblem(SpecCode.NO_GRADE_BANDS)
        return
    outside = [
        b for b in bands if not (b.lower_percent.is_finite() and 0 <= b.lower_percent <= 100)
    ]
    if outside:
        yield from (SpecProblem(SpecCode.GRADE_BAND_OUT_OF_RANGE, band.key) for band in outside)
        return
    for better, worse in pairwise(bands):
        if worse.lower_percent >= better.lower_percent:
            yield SpecProblem(SpecCode.GRADE_BANDS_NOT_DESCENDING, worse.key)
    if bands[-1].lower_percent != 0:
        yield SpecProblem(SpecCode.GRADE_BANDS_NOT_DOWN_TO_ZERO, bands[-1].key)
