"""What the scoring page shows, in a number of queries that does not depend on its length."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value

from inspections.enums import VisitStatus
from inspections.models import (
    Finding,
    Indicator,
    IndicatorLevel,
    Photo,
    Scoresheet,
    Section,
    VolumeBand,
)
from inspections.scoring import AnswerValue
from projects.models import ServiceTarget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from inspections.models import PanelMember


@dataclass(frozen=True, slots=True)
class ServiceCount:
    """How far the counted service of a volume indicator is in its latest year."""

    target: int
    completed: int
    unit: str
    year: int


@dataclass(frozen=True, slots=True)
class Rung:
    """A level (from `lower` to `upper` points, described) or a volume band (`upper` points from
    `lower` percent on)."""

    lower: Decimal
    upper: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator with what its sheet says about it; `service` is None without a target."""

    indicator: Indicator
    value: AnswerValue
    service: ServiceCount | None


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What stands around the answers.

    `rungs`, highest first, and `photos` are by indicator pk, `photo_counts` by finding. `own` are
    the member's findings, `earlier` the project's unverified problems of signed visits.
    """

    sections: Sequence[Section]
    rungs: Mapping[int, Sequence[Rung]]
    photos: Mapping[int | None, Sequence[Photo]]
    photo_counts: Mapping[UUID, int]
    own: Sequence[Finding]
    earlier: Sequence[Finding]


def sheets_for(user: User) -> QuerySet[Scoresheet]:
    """The sheets that the user sees, with everything that their head line names."""
    return Scoresheet.objects.visible_to(user).select_related(
        "member__user", "member__visit__round__instrument", "member__visit__project"
    )


def load_items(sheet: Scoresheet) -> list[Item]:
    """The indicators of the sheet's tracks with their answers and services; one query."""
    visit = sheet.member.visit
    latest = ServiceTarget.objects.filter(
        project=visit.project_id, kind=OuterRef("service_kind"), year__lte=visit.round.year
    ).order_by("-year")
    indicators = (
        Indicator.objects.scored_by(sheet.member)
        .annotate(
            answer=FilteredRelation("answers", condition=Q(answers__sheet=sheet)),
            given_points=F("answer__points"),
            given_na=F("answer__not_applicable"),
            given_reason=F("answer__reason"),
            target_year=Subquery(latest.values("year")[:1]),
            target_count=Subquery(latest.values("target")[:1]),
            target_done=Subquery(latest.values("completed")[:1]),
        )
        .order_by("section__number", "position", "pk")
    )
    return [Item(one, _given(one), _service(one)) for one in indicators]


def _given(row: Indicator) -> AnswerValue:
    found = vars(row)
    return AnswerValue(found["given_points"], bool(found["given_na"]), found["given_reason"] or "")


def _service(row: Indicator) -> ServiceCount | None:
    found = vars(row)
    if found["target_count"] is None or row.service_kind is None:
        return None
    return ServiceCount(
        found["target_count"], found["target_done"], row.service_kind.unit, found["target_year"]
    )


def load_content(sheet: Scoresheet) -> SheetContent:
    """Sections, levels, findings and photographs around a sheet's answers; four queries."""
    photos: dict[int | None, list[Photo]] = defaultdict(list)
    photo_counts: dict[UUID, int] = defaultdict(int)
    for photo in Photo.objects.filter(sheet=sheet):
        if photo.finding_id is None:
            photos[photo.indicator_id].append(photo)
        else:
            photo_counts[photo.finding_id] += 1
    own: list[Finding] = []
    earlier: list[Finding] = []
    for finding in _findings_around(sheet.member):
        (own if finding.author_id == sheet.member_id else earlier).append(finding)
    return SheetContent(
        sections=list(_sections_of(sheet.member)),
        rungs=_load_rungs(sheet.member),
        photos=photos,
        photo_counts=photo_counts,
        own=own,
        earlier=earlier,
    )


def _sections_of(member: PanelMember) -> QuerySet[Section]:
    """Sections with something to score for the member, and those that collect findings only."""
    indicators = Indicator.objects.filter(section=OuterRef("pk"))
    mine = indicators.filter(track__in=member.tracks.values("pk"))
    return Section.objects.filter(
        Exists(mine) | ~Exists(indicators), instrument=member.visit.round.instrument_id
    )


def _load_rungs(member: PanelMember) -> dict[int, list[Rung]]:
    of_tracks = Q(indicator__track__in=member.tracks.values("pk"))
    # Rows of one shape, so one query: an indicator has either levels or bands.
    levels = IndicatorLevel.objects.filter(of_tracks).values_list(
        "indicator", "lower_points", "upper_points", "description"
    )
    bands = VolumeBand.objects.filter(of_tracks).values_list(
        "indicator", "lower_percent", "points", Value("")
    )
    found: dict[int, list[Rung]] = defaultdict(list)
    for indicator, lower, upper, text in levels.order_by().union(bands.order_by(), all=True):
        found[indicator].append(Rung(lower, upper, text))
    for rungs in found.values():
        rungs.sort(key=lambda rung: (rung.upper, rung.lower), reverse=True)
    return found


def _findings_around(member: PanelMember) -> QuerySet[Finding]:
    """What the member wrote, and the project's problems of signed visits still to be verified."""
    return (
        Finding.objects.filter(
            Q(author=member)
            | Q(
                pk__in=Finding.objects.unverified()
                .filter(project=member.visit.project_id, visit__status=VisitStatus.SIGNED)
                .exclude(visit=member.visit_id)
                .values("pk")
            )
        )
        .select_related("indicator", "category", "visit__round")
        .order_by("created_at", "pk")
    )
