"""The lead's comparison of the sheets, prepared for its template; asks no database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from inspections.enums import Mode
from inspections.grades import grade_tone
from inspections.numerals import chinese_numeral
from inspections.scoring import (
    AnswerValue,
    Need,
    Result,
    SheetAnswers,
    consolidate,
    round_half_up,
    score,
)
from inspections.scoring_input import member_key
from inspections.sheet_page import NOT_APPLICABLE, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from inspections.models import Indicator, PanelMember, Section
    from inspections.scoring import Consolidated, GradeBand, GroupScore
    from inspections.scoring_input import PanelScores


@dataclass(frozen=True, slots=True)
class Entry:
    """What the form holds for one indicator: a number, "na" or "", and the reason."""

    value: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One member's answer; `points` is empty where the member does not score the indicator."""

    member: PanelMember
    points: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator across the panel. `spread_percent` is of the maximum, empty below two."""

    indicator: Indicator
    maximum: str
    given: Sequence[Given]
    points: str
    spread_percent: str
    needs: Sequence[str]
    is_settled: bool
    is_moderated: bool
    choices: Sequence[tuple[str, str]]
    entry: Entry
    errors: Sequence[str]


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines of a section; `members` are those who scored any of them, and the lines' `given`
    are theirs, in the same order."""

    key: str
    numeral: str
    name: str
    members: Sequence[PanelMember]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Score:
    """A part's score as it is printed; `percent` is empty when nothing in it applied."""

    name: str
    points: str
    maximum: str
    percent: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result for reading. `open_count` indicators are left out of a provisional one."""

    total: str
    grade: str
    grade_tone: str
    uncapped_grade: str
    capped_by: Sequence[str]
    tracks: Sequence[Score]
    sections: Sequence[Score]
    open_count: int = 0


@dataclass(frozen=True, slots=True)
class ModerationPage:
    """`to_settle` are the lines that the lead has to look at, settled ones among them last."""

    members: Sequence[PanelMember]
    to_settle: Sequence[Line]
    groups: Sequence[LineGroup]
    outcome: Outcome | None

    @property
    def open_count(self) -> int:
        return sum(not line.is_settled for line in self.to_settle)


def build_moderation(
    panel: PanelScores,
    *,
    entered: Mapping[int, Entry] | None = None,
    errors: Mapping[int, Sequence[str]] | None = None,
) -> ModerationPage:
    """The page of a panel whose sheets are all in."""
    answers = {sheet.member_key: sheet.answers for sheet in panel.sheets}
    consolidated = consolidate(panel.spec, panel.sheets, panel.moderations)
    lines = []
    for row, found in zip(panel.indicators, consolidated, strict=True):
        entry = (entered or {}).get(row.pk) or _entry(found)
        lines.append(_line(panel, row, found, answers, entry, (errors or {}).get(row.pk, [])))
    to_settle = sorted((line for line in lines if line.needs), key=lambda line: line.is_settled)
    return ModerationPage(
        members=panel.members,
        to_settle=to_settle,
        groups=_groups([line for line in lines if not line.needs]),
        outcome=provisional(panel),
    )


def _groups(lines: Sequence[Line]) -> list[LineGroup]:
    sections = dict.fromkeys(line.indicator.section for line in lines)
    return [
        _group(section, [x for x in lines if x.indicator.section_id == section.pk])
        for section in sections
    ]


def _group(section: Section, lines: Sequence[Line]) -> LineGroup:
    scored = {one.member.pk for line in lines for one in line.given if one.points}
    return LineGroup(
        key=section.key,
        numeral=chinese_numeral(section.number),
        name=section.name,
        members=[one.member for one in lines[0].given if one.member.pk in scored],
        lines=[
            replace(line, given=[one for one in line.given if one.member.pk in scored])
            for line in lines
        ],
    )


def _entry(found: Consolidated) -> Entry:
    settled = found.moderation
    if settled is None:
        return Entry()
    value = NOT_APPLICABLE if settled.points is None else plain(settled.points)
    return Entry(value, settled.reason)


def _line(
    panel: PanelScores,
    row: Indicator,
    found: Consolidated,
    answers: Mapping[str, Mapping[str, AnswerValue]],
    entry: Entry,
    errors: Sequence[str],
) -> Line:
    values = [answers[member_key(one)].get(row.key, AnswerValue()) for one in panel.members]
    given = [
        Given(member, _answer_text(value), value.reason)
        for member, value in zip(panel.members, values, strict=True)
    ]
    spread = "" if found.spread is None else f"{round_half_up(100 * found.spread, places=0):f}"
    if found.points is not None:
        points = plain(round_half_up(found.points))
    else:
        points = "—" if found.needs and found.moderation is None else _("N/A")
    return Line(
        indicator=row,
        maximum=plain(row.max_points),
        given=given,
        points=points,
        spread_percent=spread,
        needs=[_need_text(need) for need in found.needs],
        is_settled=found.is_settled,
        is_moderated=found.moderation is not None,
        choices=_choices(row),
        entry=entry,
        errors=errors,
    )


def _answer_text(value: AnswerValue) -> str:
    if value.not_applicable:
        return _("N/A")
    return "" if value.points is None else plain(value.points)


def _need_text(need: Need) -> str:
    if need is Need.SPREAD:
        return _("The scores are far apart")
    if need is Need.MIXED_NOT_APPLICABLE:
        return _("Not applicable for some, scored by others")
    return _("Nobody scored this")


def _choices(indicator: Indicator) -> list[tuple[str, str]]:
    step, maximum = indicator.step, indicator.max_points
    values = [plain(step * position) for position in range(int(maximum / step) + 1)]
    if indicator.mode == Mode.YES_NO:
        labels = [f"{_('No')} {values[0]}", f"{_('Yes')} {values[-1]}"]
        choices = list(zip(values, labels, strict=True))
    else:
        choices = [(value, value) for value in values]
    return [*choices, (NOT_APPLICABLE, _("N/A"))] if indicator.allow_na else choices


def provisional(panel: PanelScores) -> Outcome | None:
    """The score as things stand, without indicators that are still to be settled; None when
    nothing is settled."""
    lines = consolidate(panel.spec, panel.sheets, panel.moderations)
    settled = {line.indicator.key for line in lines if line.is_settled}
    if not settled:
        return None
    spec = replace(
        panel.spec, indicators=tuple(i for i in panel.spec.indicators if i.key in settled)
    )
    sheets = [
        SheetAnswers(
            sheet.member_key,
            sheet.member_label,
            sheet.track_keys,
            {key: value for key, value in sheet.answers.items() if key in settled},
        )
        for sheet in panel.sheets
    ]
    moderations = {key: value for key, value in panel.moderations.items() if key in settled}
    outcome = outcome_of(score(spec, sheets, moderations))
    return replace(outcome, open_count=len(lines) - len(settled))


def outcome_of(result: Result) -> Outcome:
    spec = result.explanation.instrument
    weights = {track.key: plain(track.weight) for track in spec.tracks}
    grade, uncapped = result.grade, result.uncapped_grade
    return Outcome(
        total="" if result.total_percent is None else f"{result.total_percent:f}",
        grade=grade.name if grade else "",
        grade_tone=_tone(grade, spec.grade_bands) if grade else "",
        uncapped_grade=uncapped.name if uncapped and result.is_capped else "",
        capped_by=[f"{one.number} {one.name}" for one in result.capped_by],
        tracks=[_score(group, weights[group.key]) for group in result.tracks],
        sections=[
            _score(group)
            for group in result.sections
            if group.applicable_count or group.not_applicable_count
        ],
    )


def _tone(grade: GradeBand, bands: Sequence[GradeBand]) -> str:
    return grade_tone(bands.index(grade) + 1, len(bands))


def _score(group: GroupScore, weight: str = "") -> Score:
    percent: Decimal | None = group.percent
    return Score(
        name=group.name,
        points=plain(round_half_up(group.points)),
        maximum=plain(group.max_points),
        percent="" if percent is None else f"{percent:f}",
        weight=weight,
    )
