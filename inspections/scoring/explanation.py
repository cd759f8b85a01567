"""How a score came about: every answer, count, denominator, weight, moderation and cap (rule 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from inspections.scoring.answers import ModeratedValue
from inspections.scoring.consolidation import Consolidated, MemberAnswer, Need, Source
from inspections.scoring.instrument import GradeBand, Indicator, InstrumentSpec, Section, Track

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Member:
    """Whose sheet went in, and the tracks it covers, sorted."""

    key: str
    label: str
    track_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The score of a track or a section over its applicable indicators.

    `points` is exact; `percent` is rounded half up to 2 decimals, None when nothing applies.
    """

    key: str
    name: str
    points: Fraction
    max_points: Decimal
    applicable_count: int
    not_applicable_count: int
    percent: Decimal | None

    @property
    def exact_percent(self) -> Fraction | None:
        if not self.applicable_count:
            return None
        return 100 * self.points / Fraction(self.max_points)


class InvalidExplanationError(ValueError):
    """A stored explanation that cannot be read."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that went into a score and all that came out, to be stored at sign-off.

    `weight_sum` is over the tracks with any applicable indicator. `total` is the exact
    total percent and `total_percent` the rounded one; both are None, as are the grades,
    when nothing that has weight applies. `capped_by` has the keys of critical indicators at 0,
    also when the grade was low enough anyway: then the two grades are the same.
    """

    instrument: InstrumentSpec
    members: tuple[Member, ...]
    indicators: tuple[Consolidated, ...]
    tracks: tuple[GroupScore, ...]
    sections: tuple[GroupScore, ...]
    weight_sum: Decimal
    total: Fraction | None
    total_percent: Decimal | None
    uncapped_grade_key: str | None
    grade_key: str | None
    capped_by: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists and strings for JSON; numbers as "4.5", exact ones as "14/3"."""
        return {
            "format": FORMAT,
            "instrument": _dump_instrument(self.instrument),
            "members": [
                {"key": m.key, "label": m.label, "track_keys": list(m.track_keys)}
                for m in self.members
            ],
            "indicators": [_dump_line(line) for line in self.indicators],
            "tracks": [_dump_group(group) for group in self.tracks],
            "sections": [_dump_group(group) for group in self.sections],
            "weight_sum": _text(self.weight_sum),
            "total": _text(self.total),
            "total_percent": _text(self.total_percent),
            "uncapped_grade_key": self.uncapped_grade_key,
            "grade_key": self.grade_key,
            "capped_by": list(self.capped_by),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` gave, nothing recomputed. Raises InvalidExplanationError."""
        try:
            if data["format"] != FORMAT:
                raise InvalidExplanationError(f"Unknown format {data['format']!r}.")
            explanation = cls(
                instrument=_load_instrument(data["instrument"], data["indicators"]),
                members=tuple(
                    Member(m["key"], m["label"], tuple(m["track_keys"])) for m in data["members"]
                ),
                indicators=tuple(_load_line(line) for line in data["indicators"]),
                tracks=tuple(_load_group(group) for group in data["tracks"]),
                sections=tuple(_load_group(group) for group in data["sections"]),
                weight_sum=Decimal(data["weight_sum"]),
                total=_fraction(data["total"]),
                total_percent=_decimal(data["total_percent"]),
                uncapped_grade_key=data["uncapped_grade_key"],
                grade_key=data["grade_key"],
                capped_by=tuple(data["capped_by"]),
            )
            explanation._check_keys()
        except InvalidExplanationError:
            raise
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise InvalidExplanationError(f"{type(error).__name__}: {error}") from error
        return explanation

    def _check_keys(self) -> None:
        grade_keys = {band.key for band in self.instrument.grade_bands} | {None}
        indicator_keys = {indicator.key for indicator in self.instrument.indicators}
        if not {self.grade_key, self.uncapped_grade_key} <= grade_keys:
            raise InvalidExplanationError("Unknown grade.")
        if not set(self.capped_by) <= indicator_keys:
            raise InvalidExplanationError("Unknown indicator under the cap.")


def _text(value: Decimal | Fraction | None) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value is None else str(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _fraction(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _dump_instrument(spec: InstrumentSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "version": spec.version,
        "spread_limit": _text(spec.spread_limit),
        "cap_grade_key": spec.cap_grade_key,
        "tracks": [{"key": t.key, "name": t.name, "weight": _text(t.weight)} for t in spec.tracks],
        "sections": [{"key": s.key, "number": s.number, "name": s.name} for s in spec.sections],
        "grade_bands": [
            {"key": b.key, "name": b.name, "lower_percent": _text(b.lower_percent)}
            for b in spec.grade_bands
        ],
    }


def _load_instrument(data: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> InstrumentSpec:
    return InstrumentSpec(
        name=data["name"],
        version=data["version"],
        tracks=tuple(Track(t["key"], t["name"], Decimal(t["weight"])) for t in data["tracks"]),
        sections=tuple(Section(s["key"], s["number"], s["name"]) for s in data["sections"]),
        indicators=tuple(_load_indicator(line) for line in lines),
        grade_bands=tuple(
            GradeBand(b["key"], b["name"], Decimal(b["lower_percent"])) for b in data["grade_bands"]
        ),
        spread_limit=Decimal(data["spread_limit"]),
        cap_grade_key=data["cap_grade_key"],
    )


def _dump_line(line: Consolidated) -> dict[str, Any]:
    indicator, moderation = line.indicator, line.moderation
    return {
        "key": indicator.key,
        "number": indicator.number,
        "name": indicator.name,
        "section_key": indicator.section_key,
        "track_key": indicator.track_key,
        "max_points": _text(indicator.max_points),
        "step": _text(indicator.step),
        "allow_na": indicator.allow_na,
        "critical": indicator.critical,
        "answers": [
            {
                "member_key": answer.member_key,
                "points": _text(answer.points),
                "not_applicable": answer.not_applicable,
            }
            for answer in line.answers
        ],
        "spread": _text(line.spread),
        "needs": [need.value for need in line.needs],
        "moderation": moderation
        and {
            "points": _text(moderation.points),
            "not_applicable": moderation.not_applicable,
            "reason": moderation.reason,
        },
        "source": line.source.value,
        "points": _text(line.points),
    }


def _load_indicator(line: Mapping[str, Any]) -> Indicator:
    return Indicator(
        key=line["key"],
        number=line["number"],
        name=line["name"],
        section_key=line["section_key"],
        track_key=line["track_key"],
        max_points=Decimal(line["max_points"]),
        step=Decimal(line["step"]),
        allow_na=line["allow_na"],
        critical=line["critical"],
    )


def _load_line(line: Mapping[str, Any]) -> Consolidated:
    moderation = line["moderation"]
    return Consolidated(
        indicator=_load_indicator(line),
        answers=tuple(
            MemberAnswer(a["member_key"], _decimal(a["points"]), a["not_applicable"])
            for a in line["answers"]
        ),
        spread=_fraction(line["spread"]),
        needs=tuple(Need(need) for need in line["needs"]),
        moderation=None
        if moderation is None
        else ModeratedValue(
            _decimal(moderation["points"]), moderation["not_applicable"], moderation["reason"]
        ),
        source=Source(line["source"]),
        points=_fraction(line["points"]),
    )


def _dump_group(group: GroupScore) -> dict[str, Any]:
    return {
        "key": group.key,
        "name": group.name,
        "points": _text(group.points),
        "max_points": _text(group.max_points),
        "applicable_count": group.applicable_count,
        "not_applicable_count": group.not_applicable_count,
        "percent": _text(group.percent),
    }


def _load_group(data: Mapping[str, Any]) -> GroupScore:
    return GroupScore(
        key=data["key"],
        name=data["name"],
        points=Fraction(data["points"]),
        max_points=Decimal(data["max_points"]),
        applicable_count=data["applicable_count"],
        not_applicable_count=data["not_applicable_count"],
        percent=_decimal(data["percent"]),
    )
