"""An instrument as people read it, with the points of its parts added up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from inspections.numerals import chinese_numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspections.models import GradeBand, Indicator, Instrument, Section, Track


@dataclass(frozen=True, slots=True)
class SectionPart:
    section: Section
    numeral: str
    indicators: Sequence[Indicator]
    points: Decimal


@dataclass(frozen=True, slots=True)
class TrackPart:
    track: Track
    indicator_count: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """`cap` is the best grade with a critical indicator at zero; None: nothing is capped."""

    sections: Sequence[SectionPart]
    tracks: Sequence[TrackPart]
    grades: Sequence[GradeBand]
    cap: GradeBand | None
    indicator_count: int
    points: Decimal


def questionnaire(instrument: Instrument) -> Questionnaire:
    """Needs the instrument `with_content`; asks no database itself."""
    sections = []
    counts: Counter[int] = Counter()
    points: dict[int, Decimal] = {}
    for section in instrument.sections.all():
        indicators = list(section.indicators.all())
        for one in indicators:
            counts[one.track_id] += 1
            points[one.track_id] = points.get(one.track_id, Decimal(0)) + one.max_points
        total = sum((one.max_points for one in indicators), Decimal(0))
        sections.append(SectionPart(section, chinese_numeral(section.number), indicators, total))
    grades = list(instrument.grade_bands.all())
    return Questionnaire(
        sections=sections,
        tracks=[
            TrackPart(track, counts[track.pk], points.get(track.pk, Decimal(0)))
            for track in instrument.tracks.all()
        ],
        grades=grades,
        cap=next((grade for grade in grades if grade.key == instrument.cap_grade_key), None),
        indicator_count=counts.total(),
        points=sum(points.values(), Decimal(0)),
    )
