"""The score of a visit (rules 3 to 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from inspections.scoring.answers import AnswerValue, ModeratedValue, SheetAnswers
from inspections.scoring.consolidation import Consolidated, consolidate
from inspections.scoring.explanation import Explanation, GroupScore, Member
from inspections.scoring.instrument import GradeBand, Indicator, InstrumentSpec
from inspections.scoring.numbers import exact_sum, round_half_up


class NotSettledError(ValueError):
    """There is no score yet: `lines` are the indicators that the lead must settle first."""

    def __init__(self, lines: tuple[Consolidated, ...]) -> None:
        super().__init__(", ".join(f"{x.indicator.key} ({' '.join(x.needs)})" for x in lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Result:
    """What is printed and graded; `explanation` says how it came about.

    `total_percent` and the grades are None when nothing that has weight applies. `capped_by`
    are the critical indicators at 0; `grade` is `uncapped_grade` unless the cap lies lower.
    """

    total_percent: Decimal | None
    uncapped_grade: GradeBand | None
    grade: GradeBand | None
    capped_by: tuple[Indicator, ...]
    tracks: tuple[GroupScore, ...]
    sections: tuple[GroupScore, ...]
    explanation: Explanation

    @property
    def is_capped(self) -> bool:
        """Whether a critical indicator lowered the grade."""
        return self.grade != self.uncapped_grade

    @classmethod
    def of(cls, explanation: Explanation) -> Self:
        """The result as `explanation` states it, nothing recomputed."""
        bands = {band.key: band for band in explanation.instrument.grade_bands}
        uncapped_key, key = explanation.uncapped_grade_key, explanation.grade_key
        return cls(
            total_percent=explanation.total_percent,
            uncapped_grade=None if uncapped_key is None else bands[uncapped_key],
            grade=None if key is None else bands[key],
            capped_by=tuple(
                indicator
                for indicator in explanation.instrument.indicators
                if indicator.key in explanation.capped_by
            ),
            tracks=explanation.tracks,
            sections=explanation.sections,
            explanation=explanation,
        )


def score(
    spec: InstrumentSpec,
    sheets: Iterable[SheetAnswers],
    moderations: Mapping[str, ModeratedValue],
) -> Result:
    """The result of a visit from its submitted sheets and the lead's moderated values.

    `moderations` is by indicator key. The order of `sheets` is of no account. Raises
    InvalidInputError for values that should never have been stored, and NotSettledError while the
    lead has something to settle, such as an indicator that nobody answered.
    """
    panel = tuple(sorted(sheets, key=lambda sheet: sheet.member_key))
    lines = consolidate(spec, panel, moderations)
    still_open = tuple(line for line in lines if not line.is_settled)
    if still_open:
        raise NotSettledError(still_open)
    tracks = tuple(
        _group(part.key, part.name, [x for x in lines if x.indicator.track_key == part.key])
        for part in spec.tracks
    )
    sections = tuple(
        _group(part.key, part.name, [x for x in lines if x.indicator.section_key == part.key])
        for part in spec.sections
    )
    weight_sum, total = _total(spec, tracks)
    total_percent = None if total is None else round_half_up(total)
    capped_by = tuple(line.indicator.key for line in lines if line.is_critical_zero)
    uncapped = None if total_percent is None else spec.grade_of(total_percent)
    return Result.of(
        Explanation(
            instrument=spec,
            members=tuple(
                Member(sheet.member_key, sheet.member_label, tuple(sorted(sheet.track_keys)))
                for sheet in panel
            ),
            indicators=lines,
            tracks=tracks,
            sections=sections,
            weight_sum=weight_sum,
            total=total,
            total_percent=total_percent,
            uncapped_grade_key=None if uncapped is None else uncapped.key,
            grade_key=None if uncapped is None else _cap(spec, uncapped, capped_by).key,
            capped_by=capped_by,
        )
    )


def recompute(explanation: Explanation) -> Result:
    """Score again from the answers, moderations and instrument that `explanation` holds.

    Equal to `Result.of(explanation)` unless somebody changed what is stored. Raises
    InvalidInputError and NotSettledError as `score` does.
    """
    sheets = tuple(
        SheetAnswers(
            member.key,
            member.label,
            frozenset(member.track_keys),
            {
                line.indicator.key: AnswerValue(answer.points, answer.not_applicable)
                for line in explanation.indicators
                for answer in line.answers
                if answer.member_key == member.key
            },
        )
        for member in explanation.members
    )
    moderations = {
        line.indicator.key: line.moderation
        for line in explanation.indicators
        if line.moderation is not None
    }
    return score(explanation.instrument, sheets, moderations)


def _group(key: str, name: str, lines: list[Consolidated]) -> GroupScore:
    points = [line.points for line in lines if line.points is not None]
    maximum = exact_sum(line.indicator.max_points for line in lines if line.points is not None)
    total = sum(points, Fraction(0))
    return GroupScore(
        key=key,
        name=name,
        points=total,
        max_points=maximum,
        applicable_count=len(points),
        not_applicable_count=len(lines) - len(points),
        percent=round_half_up(100 * total / Fraction(maximum)) if points else None,
    )


def _total(spec: InstrumentSpec, tracks: tuple[GroupScore, ...]) -> tuple[Decimal, Fraction | None]:
    """The weights of the tracks with any applicable indicator, and the exact total percent."""
    weighted = [
        (track.weight, group.exact_percent)
        for track, group in zip(spec.tracks, tracks, strict=True)
        if group.exact_percent is not None
    ]
    weight_sum = exact_sum(weight for weight, _ in weighted)
    if weight_sum == 0:
        return weight_sum, None
    total = sum((Fraction(weight) * percent for weight, percent in weighted), Fraction(0))
    return weight_sum, total / Fraction(weight_sum)


def _cap(spec: InstrumentSpec, grade: GradeBand, capped_by: tuple[str, ...]) -> GradeBand:
    if not capped_by or spec.cap_grade_key is None:
        return grade
    cap = spec.grade_band(spec.cap_grade_key)
    return cap if cap.lower_percent < grade.lower_percent else grade
