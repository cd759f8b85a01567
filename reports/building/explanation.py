"""From the stored explanation of a score to what the report prints of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from inspections import scoring
from reports.building.errors import NothingScoredError
from reports.building.head import grades
from reports.figures.scores import median
from reports.snapshots import (
    Explanation,
    IndicatorScore,
    MemberAnswer,
    Result,
    SectionScore,
    TrackScore,
    ValueSource,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from reports.queries.visits import VisitContent

PLACES = 4
"""Means of three answers need not end; four decimals are more than any step needs."""

_MEMBERS = "甲乙丙丁戊己庚辛壬癸"


def build_result(content: VisitContent, stored: scoring.Explanation) -> Result:
    """The result as it was signed off, beside the medians of the round as they are now.

    Raises NothingScoredError.
    """
    result = scoring.Result.of(stored)
    bands = {grade.key: grade for grade in grades(stored.instrument.grade_bands)}
    if result.total_percent is None or result.grade is None or result.uncapped_grade is None:
        raise NothingScoredError
    return Result(
        total_percent=result.total_percent,
        grade=bands[result.grade.key],
        grade_before_cap=bands[result.uncapped_grade.key] if result.is_capped else None,
        cap_reason=_cap_reason(result),
        tracks=tuple(
            _track(track, group, content.scores.tracks)
            for track, group in zip(stored.instrument.tracks, stored.tracks, strict=True)
        ),
        sections=tuple(
            _section(group, content)
            for group in stored.sections
            # A section without indicators collects findings: it has no score.
            if group.applicable_count or group.not_applicable_count
        ),
        round_median_percent=median(content.scores.totals),
    )


def _cap_reason(result: scoring.Result) -> str:
    if not result.is_capped:
        return ""
    names = "、".join(f"{one.number}“{one.name}”" for one in result.capped_by)
    return f"关键指标{names}得0分"


def _track(
    track: scoring.Track, group: scoring.GroupScore, others: Mapping[str, tuple[Decimal, ...]]
) -> TrackScore:
    return TrackScore(
        key=track.key,
        name=track.name,
        weight=plain(track.weight),
        points=decimal_points(group.points),
        max_points=plain(group.max_points),
        percent=group.percent,
        indicator_count=group.applicable_count + group.not_applicable_count,
        applicable_count=group.applicable_count,
        median_percent=median(others.get(track.key, ())),
    )


def _section(group: scoring.GroupScore, content: VisitContent) -> SectionScore:
    return SectionScore(
        key=group.key,
        name=group.name,
        short_name=content.sections[group.key].short_name,
        points=decimal_points(group.points),
        max_points=plain(group.max_points),
        percent=group.percent,
        median_percent=median(content.scores.sections.get(group.key, ())),
    )


def build_explanation(
    content: VisitContent, stored: scoring.Explanation, *, name_members: bool
) -> Explanation:
    """Every answer and how it was consolidated, members by name or as 督导员甲, 督导员乙."""
    labels = member_labels(content, stored, named=name_members)
    return Explanation(
        instrument_name=stored.instrument.name,
        instrument_version=str(stored.instrument.version),
        source_note="".join(map(str.strip, content.result.instrument.source_note.splitlines())),
        members=tuple(labels.values()),
        indicators=tuple(_indicator(line, content, labels) for line in stored.indicators),
        grades=grades(stored.instrument.grade_bands),
        spread_limit=plain(stored.instrument.spread_limit),
    )


def member_labels(
    content: VisitContent, stored: scoring.Explanation, *, named: bool
) -> dict[str, str]:
    """What each member is called in the annex, by key, the panel's lead first."""
    order = [str(member.pk) for member in content.panel]
    members = sorted(
        stored.members,
        key=lambda one: order.index(one.key) if one.key in order else len(order),
    )
    return {
        member.key: member.label if named else _anonymous(place)
        for place, member in enumerate(members)
    }


def _anonymous(place: int) -> str:
    mark = _MEMBERS[place] if place < len(_MEMBERS) else str(place + 1)
    return f"督导员{mark}"


def _indicator(
    line: scoring.Consolidated, content: VisitContent, labels: Mapping[str, str]
) -> IndicatorScore:
    indicator = line.indicator
    answers = {answer.member_key: answer for answer in line.answers}
    return IndicatorScore(
        key=indicator.key,
        number=indicator.number,
        name=indicator.name,
        section_key=indicator.section_key,
        track_key=indicator.track_key,
        max_points=plain(indicator.max_points),
        is_critical=indicator.critical,
        answers=tuple(
            MemberAnswer(
                member=label,
                points=None if (points := answers[key].points) is None else plain(points),
                not_applicable=answers[key].not_applicable,
                reason=content.reasons.get((key, indicator.key), ""),
            )
            for key, label in labels.items()
            if key in answers
        ),
        source=ValueSource(line.source.value),
        value=None if line.points is None else decimal_points(line.points),
        source_reason=line.moderation.reason if line.moderation else "",
    )


def decimal_points(points: Fraction) -> Decimal:
    """Exact points as a decimal of at most `PLACES` places, without zeros at the end."""
    return plain(scoring.round_half_up(points, PLACES))


def plain(value: Decimal) -> Decimal:
    """Without zeros at the end and without an exponent."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
