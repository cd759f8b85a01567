"""The scoring page, prepared for its template: plain texts and flags, no queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inspections.enums import Mode
from inspections.numerals import chinese_numeral
from inspections.scoring import AnswerValue, VolumeBand, VolumeSuggestion, suggest_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from inspections.models import Finding, Indicator, Photo, Section
    from inspections.queries.sheets import Item, Rung, ServiceCount, SheetContent

NOT_APPLICABLE = "na"
"""What the page sends for "not applicable"; points are sent as a number, a blank as nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One choice of points. `is_below` asks for a reason; `rung` is its level, from 1."""

    value: str
    label: str
    is_chosen: bool
    is_below: bool
    is_suggested: bool
    rung: int


@dataclass(frozen=True, slots=True)
class Level:
    number: str
    points: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator on the page; `value` is what is in its fields now."""

    pk: int
    indicator: Indicator
    maximum: str
    value: AnswerValue
    steps: Sequence[Step]
    levels: Sequence[Level]
    service: str
    photos: Sequence[Photo]
    earlier: Sequence[Finding]
    own: Sequence[Finding]
    errors: Sequence[str]

    @property
    def key(self) -> str:
        """The pk as text: templates take long to put a number into words."""
        return str(self.pk)

    @property
    def choices(self) -> SafeString:
        """The radio buttons of all steps."""
        return SafeString("".join(_choice(self.pk, step) for step in self.steps))

    @property
    def chosen_label(self) -> str:
        """The answer in words, for reading; empty for a blank."""
        if self.value.not_applicable:
            return _("N/A")
        return next((step.label for step in self.steps if step.is_chosen), "")

    @property
    def needs_reason(self) -> bool:
        points = self.value.points
        return (
            points is not None
            and points < self.indicator.max_points
            and not self.value.reason.strip()
        )

    @property
    def is_done(self) -> bool:
        return not self.value.is_blank and not self.needs_reason


@dataclass(frozen=True, slots=True)
class CardSection:
    """A section of the instrument; one without cards collects findings only."""

    section: Section
    numeral: str
    cards: Sequence[Card]
    done_count: int
    next_anchor: str
    next_label: str

    @property
    def anchor(self) -> str:
        return f"s-{self.section.key}"

    @property
    def is_done(self) -> bool:
        return self.done_count == len(self.cards)

    @property
    def points(self) -> str:
        """What was given so far."""
        return plain(sum((card.value.points or Decimal(0) for card in self.cards), Decimal(0)))

    @property
    def maximum(self) -> str:
        """What could be given, without what is not applicable."""
        applicable = (c for c in self.cards if not c.value.not_applicable)
        return plain(sum((c.indicator.max_points for c in applicable), Decimal(0)))

    @property
    def na_count(self) -> int:
        return sum(card.value.not_applicable for card in self.cards)

    @property
    def missing(self) -> list[Card]:
        return [card for card in self.cards if not card.is_done]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """All sections in order. `elsewhere` are earlier problems with no indicator on this sheet."""

    sections: Sequence[CardSection]
    elsewhere: Sequence[Finding]
    own: Sequence[Finding]
    photo_counts: Mapping[UUID, int]

    @property
    def scored(self) -> list[CardSection]:
        return [section for section in self.sections if section.cards]

    @property
    def cards(self) -> list[Card]:
        return [card for section in self.sections for card in section.cards]

    @property
    def done_count(self) -> int:
        return sum(section.done_count for section in self.sections)

    @property
    def total_count(self) -> int:
        return sum(len(section.cards) for section in self.sections)

    @property
    def missing_count(self) -> int:
        return self.total_count - self.done_count

    @property
    def is_complete(self) -> bool:
        return not self.missing_count

    @property
    def photo_count(self) -> int:
        return sum(len(card.photos) for card in self.cards) + sum(self.photo_counts.values())

    @property
    def findings_anchor(self) -> str:
        """Where the sheet's findings are: the section kept for them, or the end of the page."""
        without = [section for section in self.sections if not section.cards]
        return without[-1].anchor if without else "s-findings"


@lru_cache(maxsize=16_384)
def _choice(pk: int, step: Step) -> SafeString:
    """A radio button in its label. A page has a thousand of them, and they never change."""
    classes = {"na": step.value == NOT_APPLICABLE, "suggested": step.is_suggested}
    flags = {"data-below": step.is_below, "checked": step.is_chosen}
    return format_html(
        '<label class="{}"><input type="radio" name="points-{}" value="{}" data-rung="{}"{}>'
        "<span>{}</span></label>",
        " ".join(name for name, is_on in classes.items() if is_on),
        pk,
        step.value,
        step.rung,
        format_html_join("", " {}", ((name,) for name, is_on in flags.items() if is_on)),
        step.label,
    )


def plain(number: Decimal) -> str:
    """A number as people write it: 0.5 for 0.50, 100 for 1E+2."""
    return f"{number.normalize():f}"


def build_page(
    items: Sequence[Item],
    content: SheetContent,
    *,
    entered: Mapping[int, AnswerValue] | None = None,
    errors: Mapping[int, Sequence[str]] | None = None,
) -> SheetPage:
    """The page over stored answers, or over those `entered` in a form that came back."""
    earlier: dict[str, list[Finding]] = defaultdict(list)
    elsewhere = []
    keys = {item.indicator.key for item in items}
    for finding in content.earlier:
        if finding.indicator is not None and finding.indicator.key in keys:
            earlier[finding.indicator.key].append(finding)
        else:
            elsewhere.append(finding)
    own: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in content.own:
        own[finding.indicator_id].append(finding)
    cards: dict[int, list[Card]] = defaultdict(list)
    for item in items:
        one = item.indicator
        value = item.value if entered is None else entered.get(one.pk, item.value)
        rungs = content.rungs.get(one.pk, [])
        is_volume = one.mode == Mode.VOLUME
        suggestion = _suggestion(rungs, item.service) if is_volume else None
        cards[one.section_id].append(
            Card(
                pk=one.pk,
                indicator=one,
                maximum=plain(one.max_points),
                value=value,
                steps=_steps(one, value, rungs, suggestion.points if suggestion else None),
                levels=_levels(one, rungs),
                service=_service_text(one, item.service, suggestion),
                photos=content.photos.get(one.pk, []),
                earlier=earlier.get(one.key, []),
                own=own.get(one.pk, []),
                errors=(errors or {}).get(one.pk, []),
            )
        )
    return SheetPage(
        sections=_sections(content.sections, cards),
        elsewhere=elsewhere,
        own=content.own,
        photo_counts=content.photo_counts,
    )


def _sections(
    sections: Sequence[Section], cards: Mapping[int, Sequence[Card]]
) -> list[CardSection]:
    found = []
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        mine = cards.get(section.pk, [])
        found.append(
            CardSection(
                section=section,
                numeral=chinese_numeral(section.number),
                cards=mine,
                done_count=sum(card.is_done for card in mine),
                next_anchor="" if following is None else f"s-{following.key}",
                next_label="" if following is None else following.short_name,
            )
        )
    return found


def _steps(
    indicator: Indicator,
    value: AnswerValue,
    rungs: Sequence[Rung],
    suggested: Decimal | None,
) -> list[Step]:
    levels = rungs if indicator.mode == Mode.LEVEL else []
    count = int(indicator.max_points / indicator.step)
    found = []
    for position in range(count + 1):
        points = indicator.step * position
        found.append(
            Step(
                value=plain(points),
                label=_label(indicator, points),
                is_chosen=value.points == points,
                is_below=points < indicator.max_points,
                is_suggested=points == suggested,
                rung=next(
                    (
                        number
                        for number, rung in enumerate(levels, 1)
                        if rung.lower <= points <= rung.upper
                    ),
                    0,
                ),
            )
        )
    if indicator.allow_na:
        found.append(Step(NOT_APPLICABLE, _("N/A"), value.not_applicable, False, False, 0))
    return found


def _label(indicator: Indicator, points: Decimal) -> str:
    if indicator.mode != Mode.YES_NO:
        return plain(points)
    word = _("Yes") if points else _("No")
    return f"{word} {plain(points)}"


def _levels(indicator: Indicator, rungs: Sequence[Rung]) -> list[Level]:
    if indicator.mode != Mode.LEVEL:
        return []
    return [
        Level(
            str(number),
            plain(rung.upper)
            if rung.lower == rung.upper
            else f"{plain(rung.lower)}–{plain(rung.upper)}",
            rung.text,
        )
        for number, rung in enumerate(rungs, 1)
    ]


def _suggestion(rungs: Sequence[Rung], service: ServiceCount | None) -> VolumeSuggestion | None:
    if service is None:
        return None
    bands = [VolumeBand(rung.lower, rung.upper) for rung in rungs]
    return suggest_points(bands, service.completed, service.target)


def _service_text(
    indicator: Indicator, service: ServiceCount | None, suggestion: VolumeSuggestion | None
) -> str:
    """What the registry knows of a counted service, and the points that it suggests."""
    if indicator.mode != Mode.VOLUME:
        return ""
    if service is None or suggestion is None:
        return _("The registry has no target for this service: count it on site.")
    return _(
        "Contract target for %(year)s: %(target)s %(unit)s, done: %(completed)s %(unit)s "
        "(%(percent)s%%). Suggested points: %(points)s"
    ) % {
        "year": service.year,
        "target": service.target,
        "completed": service.completed,
        "unit": service.unit,
        "percent": suggestion.percent,
        "points": plain(suggestion.points),
    }
