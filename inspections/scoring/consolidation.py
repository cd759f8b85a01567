"""Several members' answers become one value per indicator (rule 2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from inspections.scoring.answers import (
    BLANK,
    AnswerProblem,
    ModeratedValue,
    SheetAnswers,
    check_answer,
    check_moderation,
)
from inspections.scoring.instrument import Indicator, InstrumentSpec


class Need(StrEnum):
    """Why the lead has to settle an indicator."""

    UNANSWERED = "unanswered"
    MIXED_NOT_APPLICABLE = "mixed_not_applicable"
    SPREAD = "spread"


class Source(StrEnum):
    """Where a consolidated value comes from."""

    MEAN = "mean"
    MODERATED = "moderated"
    NOT_APPLICABLE = "not_applicable"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """One member's answer to one indicator: `points` is None exactly when not applicable."""

    member_key: str
    points: Decimal | None
    not_applicable: bool


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One indicator as the panel sees it.

    `answers` are ordered by member key. `points` is exact, and None when the indicator is
    not applicable or, with `needs` and without `moderation`, still open. `spread` is
    (highest - lowest) / maximum over the answers with points, None below two of them.
    `needs` says why the lead had to look, and stays when the lead has.
    """

    indicator: Indicator
    answers: tuple[MemberAnswer, ...]
    spread: Fraction | None
    needs: tuple[Need, ...]
    moderation: ModeratedValue | None
    source: Source
    points: Fraction | None

    @property
    def is_settled(self) -> bool:
        return self.moderation is not None or not self.needs

    @property
    def is_critical_zero(self) -> bool:
        return self.indicator.critical and self.points == 0


class InputCode(StrEnum):
    """What can be wrong with sheets or moderations that should have been refused earlier."""

    DUPLICATE_MEMBER = "duplicate_member"
    UNKNOWN_TRACK = "unknown_track"
    UNKNOWN_INDICATOR = "unknown_indicator"
    OUTSIDE_TRACKS = "outside_tracks"
    INVALID_ANSWER = "invalid_answer"
    INVALID_MODERATION = "invalid_moderation"


@dataclass(frozen=True, slots=True)
class InputProblem:
    """What is wrong, where: "" for what does not apply; `answer` says more on a bad value."""

    code: InputCode
    indicator_key: str = ""
    member_key: str = ""
    answer: AnswerProblem | None = None


class InvalidInputError(ValueError):
    """Stored answers or moderations break the rules under which they were accepted."""

    def __init__(self, problems: tuple[InputProblem, ...]) -> None:
        super().__init__(
            "; ".join(
                " ".join(filter(None, (p.code, p.indicator_key, p.member_key, p.answer)))
                for p in problems
            )
        )
        self.problems = problems


def consolidate(
    spec: InstrumentSpec,
    sheets: Iterable[SheetAnswers],
    moderations: Mapping[str, ModeratedValue],
) -> tuple[Consolidated, ...]:
    """Every indicator of `spec`, in its order, from the submitted `sheets`.

    `moderations` is by indicator key. What is open still comes back, with its needs.
    Raises InvalidInputError.
    """
    panel = tuple(sorted(sheets, key=lambda sheet: sheet.member_key))
    problems = tuple(_problems(spec, panel, moderations))
    if problems:
        raise InvalidInputError(problems)
    return tuple(
        _consolidate_one(
            indicator, spec.spread_limit, _answers(indicator, panel), moderations.get(indicator.key)
        )
        for indicator in spec.indicators
    )


def unsettled(
    spec: InstrumentSpec,
    sheets: Iterable[SheetAnswers],
    moderations: Mapping[str, ModeratedValue],
) -> tuple[Consolidated, ...]:
    """What the lead must settle before signing off. Raises InvalidInputError."""
    return tuple(line for line in consolidate(spec, sheets, moderations) if not line.is_settled)


def _answers(indicator: Indicator, panel: tuple[SheetAnswers, ...]) -> tuple[MemberAnswer, ...]:
    found = []
    for sheet in panel:
        if indicator.track_key in sheet.track_keys:
            answer = sheet.answers[indicator.key]
            found.append(MemberAnswer(sheet.member_key, answer.points, answer.not_applicable))
    return tuple(found)


def _consolidate_one(
    indicator: Indicator,
    spread_limit: Decimal,
    answers: tuple[MemberAnswer, ...],
    moderation: ModeratedValue | None,
) -> Consolidated:
    given = [Fraction(answer.points) for answer in answers if answer.points is not None]
    spread = (max(given) - min(given)) / Fraction(indicator.max_points) if len(given) > 1 else None
    needs = []
    if not answers:
        needs.append(Need.UNANSWERED)
    if given and len(given) < len(answers):
        needs.append(Need.MIXED_NOT_APPLICABLE)
    if spread is not None and spread >= Fraction(spread_limit):
        needs.append(Need.SPREAD)
    source, points = _value(given, answers, moderation)
    return Consolidated(indicator, answers, spread, tuple(needs), moderation, source, points)


def _value(
    given: list[Fraction], answers: tuple[MemberAnswer, ...], moderation: ModeratedValue | None
) -> tuple[Source, Fraction | None]:
    if moderation is not None:
        points = moderation.points
        return Source.MODERATED, None if points is None else Fraction(points)
    if given and len(given) == len(answers):
        return Source.MEAN, sum(given, Fraction(0)) / len(given)
    if answers and not given:
        return Source.NOT_APPLICABLE, None
    return Source.NONE, None


def _problems(
    spec: InstrumentSpec,
    panel: tuple[SheetAnswers, ...],
    moderations: Mapping[str, ModeratedValue],
) -> Iterator[InputProblem]:
    indicators = {indicator.key: indicator for indicator in spec.indicators}
    track_keys = {track.key for track in spec.tracks}
    seen: set[str] = set()
    for sheet in panel:
        if sheet.member_key in seen:
            yield InputProblem(InputCode.DUPLICATE_MEMBER, member_key=sheet.member_key)
        seen.add(sheet.member_key)
        if not sheet.track_keys <= track_keys:
            yield InputProblem(InputCode.UNKNOWN_TRACK, member_key=sheet.member_key)
        yield from _sheet_problems(spec, indicators, sheet)
    for key, value in moderations.items():
        if key not in indicators:
            yield InputProblem(InputCode.UNKNOWN_INDICATOR, key)
            continue
        for problem in check_moderation(indicators[key], value):
            yield InputProblem(InputCode.INVALID_MODERATION, key, answer=problem)


def _sheet_problems(
    spec: InstrumentSpec, indicators: Mapping[str, Indicator], sheet: SheetAnswers
) -> Iterator[InputProblem]:
    for key in sheet.answers:
        if key not in indicators:
            yield InputProblem(InputCode.UNKNOWN_INDICATOR, key, sheet.member_key)
        elif indicators[key].track_key not in sheet.track_keys:
            yield InputProblem(InputCode.OUTSIDE_TRACKS, key, sheet.member_key)
    for indicator in spec.indicators_of(sheet.track_keys):
        answer = sheet.answers.get(indicator.key, BLANK)
        # Reasons were asked for at submission; here only the values count.
        problems = (
            (AnswerProblem.BLANK,)
            if answer.is_blank
            else check_answer(indicator, answer, final=False)
        )
        for problem in problems:
            yield InputProblem(InputCode.INVALID_ANSWER, indicator.key, sheet.member_key, problem)
