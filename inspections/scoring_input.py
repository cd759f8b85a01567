"""From rows to the plain values that `inspections.scoring` judges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspections import scoring
from inspections.models import (
    Answer,
    GradeBand,
    Indicator,
    Moderation,
    PanelMember,
    Section,
    Track,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspections.models import Visit


@dataclass(frozen=True, slots=True)
class PanelScores:
    """All that a visit's score comes from.

    `members` are those without a conflict of interest, the lead first, each with `user` and
    `tracks` loaded; `sheets` are the submitted ones among theirs. `indicators` are in the
    instrument's order, `moderations` by indicator key.
    """

    spec: scoring.InstrumentSpec
    members: Sequence[PanelMember]
    sheets: tuple[scoring.SheetAnswers, ...]
    moderations: Mapping[str, scoring.ModeratedValue]
    indicators: Sequence[Indicator]

    @property
    def missing_members(self) -> list[PanelMember]:
        """Who has not handed in a sheet yet."""
        submitted = {sheet.member_key for sheet in self.sheets}
        return [member for member in self.members if member_key(member) not in submitted]

    @property
    def is_complete(self) -> bool:
        return bool(self.members) and not self.missing_members


def member_key(member: PanelMember) -> str:
    return str(member.pk)


def answer_value(answer: Answer | None) -> scoring.AnswerValue:
    """The value of a stored answer; without one, blank."""
    if answer is None:
        return scoring.AnswerValue()
    return scoring.AnswerValue(answer.points, answer.not_applicable, answer.reason)


def indicator_spec(indicator: Indicator) -> scoring.Indicator:
    """One indicator for the rules; needs its section and track loaded."""
    return scoring.Indicator(
        key=indicator.key,
        number=indicator.number,
        name=indicator.name,
        section_key=indicator.section.key,
        track_key=indicator.track.key,
        max_points=indicator.max_points,
        step=indicator.step,
        allow_na=indicator.allow_na,
        critical=indicator.critical,
    )


def load_panel_scores(visit: Visit) -> PanelScores:
    """Everything behind the score of a visit, in eight queries; needs its round's instrument."""
    instrument = visit.round.instrument
    tracks = list(Track.objects.filter(instrument=instrument))
    sections = list(Section.objects.filter(instrument=instrument))
    indicators = list(
        Indicator.objects.filter(section__instrument=instrument).select_related("section", "track")
    )
    members = list(
        PanelMember.objects.without_conflict()
        .filter(visit=visit)
        .select_related("user", "sheet")
        .prefetch_related("tracks")
        .order_by("-is_lead", "pk")
    )
    return PanelScores(
        spec=scoring.InstrumentSpec(
            name=instrument.name,
            version=instrument.version,
            tracks=tuple(scoring.Track(t.key, t.name, t.weight) for t in tracks),
            sections=tuple(scoring.Section(s.key, s.number, s.name) for s in sections),
            indicators=tuple(indicator_spec(one) for one in indicators),
            grade_bands=tuple(
                scoring.GradeBand(band.key, band.name, band.lower_percent)
                for band in GradeBand.objects.filter(instrument=instrument)
            ),
            spread_limit=instrument.spread_limit,
            cap_grade_key=instrument.cap_grade_key or None,
        ),
        members=members,
        sheets=_submitted_sheets(visit, members, indicators),
        moderations=_moderations(visit),
        indicators=indicators,
    )


def _submitted_sheets(
    visit: Visit, members: Sequence[PanelMember], indicators: Sequence[Indicator]
) -> tuple[scoring.SheetAnswers, ...]:
    keys = {indicator.pk: indicator.key for indicator in indicators}
    answers: dict[int, dict[str, scoring.AnswerValue]] = defaultdict(dict)
    rows = Answer.objects.filter(
        sheet__in=[m.sheet.pk for m in members if has_submitted(m)]
    ).select_related("sheet")
    for row in rows:
        answers[row.sheet.member_id][keys[row.indicator_id]] = answer_value(row)
    found = []
    for member in members:
        if has_submitted(member):
            track_keys = frozenset(track.key for track in member.tracks.all())
            of_tracks = {one.key for one in indicators if one.track.key in track_keys}
            found.append(
                scoring.SheetAnswers(
                    member_key(member),
                    str(member.user),
                    track_keys,
                    {key: value for key, value in answers[member.pk].items() if key in of_tracks},
                )
            )
    return tuple(found)


def has_submitted(member: PanelMember) -> bool:
    """Whether the member's sheet is in; needs `sheet` loaded."""
    sheet = getattr(member, "sheet", None)
    return sheet is not None and sheet.is_submitted


def _moderations(visit: Visit) -> dict[str, scoring.ModeratedValue]:
    rows = Moderation.objects.filter(visit=visit).select_related("indicator")
    return {
        row.indicator.key: scoring.ModeratedValue(row.points, row.not_applicable, row.reason)
        for row in rows
    }
