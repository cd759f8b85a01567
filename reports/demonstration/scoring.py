"""Carries out the visits of the demonstration's past round: declarations, sheets, findings.

There is no request here to say who acts, so each action names its actor to the change history.
Never one within another: `set_actor` does not restore the outer one.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from typing import TYPE_CHECKING, Any

from auditlog.context import set_actor
from django.utils import timezone

from inspections.actions.findings import FindingContent, write_finding
from inspections.actions.moderation import moderate, sign_off
from inspections.actions.panels import assign_member, declare
from inspections.actions.photos import attach_photo
from inspections.actions.sheets import AnswerInput, save_answers, submit_sheet
from inspections.actions.visits import record_visit
from inspections.enums import FindingKind, Mode, Recusal
from inspections.models import FindingCategory, Indicator, InspectionMethod, PanelMember, Scoresheet
from inspections.scoring import VolumeBand, consolidate, suggest_points
from inspections.scoring_input import load_panel_scores
from reports.demonstration.pictures import draw_picture
from reports.demonstration.planning import FINANCE_TRACK, tracks_of
from reports.demonstration.scores import common_view, own_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User
    from inspections.models import Finding, Visit

_SETTLED = "组内一并复核原始台账后一致认定"


@dataclass(frozen=True)
class PastVisit:
    """One visit of the files: its row, the findings written there and the pictures taken."""

    row: Mapping[str, Any]
    findings: Sequence[Mapping[str, Any]]
    photos: Sequence[Mapping[str, Any]]
    reasons: Sequence[Sequence[str]]


def past_visits(data: Mapping[str, Any]) -> dict[str, PastVisit]:
    """The visits of a round's data, by the project's short name."""
    rows = [row for group in data["visits"] for row in group["rows"]]
    return {
        row["project"]: PastVisit(
            row=row,
            findings=[
                finding
                for group in data["findings"]
                if group["project"] == row["project"]
                for finding in group["rows"]
            ],
            photos=[one for one in data["photos"]["rows"] if one["project"] == row["project"]],
            reasons=data["reasons"]["rows"],
        )
        for row in rows
    }


def at_hour(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of that day in the site's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def declare_all(visit: Visit, past: PastVisit, *, users: Mapping[str, User], by: User) -> None:
    """Every member declares; who has a conflict stands back and somebody else comes."""
    at = at_hour(past.row["on"] - dt.timedelta(days=3), 9)
    aside: Mapping[str, str] = past.row.get("aside", {})
    if aside:
        with set_actor(by):
            assign_member(
                visit=visit,
                user=users[aside["replacement"]],
                tracks=tracks_of(visit.round.instrument, aside["replacement"]),
                is_lead=False,
                by=by,
            )
    for member in visit.panel.filter(recusal=Recusal.PENDING).select_related("user", "visit"):
        conflict = member.user.username == aside.get("member")
        with set_actor(member.user):
            declare(
                member=member,
                by=member.user,
                at=at,
                conflict=conflict,
                reason=aside["reason"] if conflict else "",
            )


def record(visit: Visit, past: PastVisit, *, by: User) -> None:
    """Put the visit's day and methods on record."""
    methods = dict.fromkeys(InspectionMethod.objects.all(), past.row["on"])
    with set_actor(by):
        record_visit(visit=visit, visited_on=past.row["on"], methods=methods, by=by)


def score_visit(visit: Visit, past: PastVisit, *, complete: bool = True) -> None:
    """Fill every member's sheet and write the findings; hand the sheets in when `complete`.

    Otherwise each sheet is left as a draft, about half filled.
    """
    indicators = list(
        Indicator.objects.filter(section__instrument=visit.round.instrument_id)
        .select_related("section", "track")
        .prefetch_related("volume_bands")
    )
    decided = _decided(visit, past, indicators)
    agreed = common_view(indicators, past.row["levels"], decided)
    members = list(_scoring_members(visit))
    disputed = _disputed(visit, indicators)
    for place, member in enumerate(members):
        tracks = {track.pk for track in member.tracks.all()}
        own = [one for one in indicators if one.track_id in tracks]
        reasons = [cycle(_turned(lines, place)) for lines in past.reasons]
        answers = {
            one.pk: _answer(
                one,
                agreed[one.pk],
                reasons,
                seed=f"{visit} {member.user.username}",
                is_decided=one.pk in decided,
                differs=place > 0 and one.pk == disputed,
                not_applicable=_does_not_apply(one, past, decided),
            )
            for one in (own if complete else own[: len(own) // 2])
        }
        with set_actor(member.user):
            save_answers(
                sheet=member.sheet,
                answers=answers,
                by=member.user,
                at=at_hour(past.row["on"], 16, 10 * place),
            )
    if complete:
        _write_findings(past, members, indicators)
        for place, member in enumerate(members):
            with set_actor(member.user):
                submit_sheet(
                    sheet=Scoresheet.objects.get(member=member),
                    by=member.user,
                    at=at_hour(past.row["on"], 17, 10 * place),
                )


def sign(visit: Visit, past: PastVisit) -> None:
    """The lead settles what differs too much and signs the visit off two days later."""
    lead = _scoring_members(visit).get(is_lead=True).user
    at = at_hour(past.row["on"] + dt.timedelta(days=2), 15)
    with set_actor(lead):
        _settle(visit, by=lead, at=at)
        sign_off(
            visit=visit, appraisal=past.row["appraisal"], by=lead, at=at + dt.timedelta(minutes=30)
        )


def _settle(visit: Visit, *, by: User, at: dt.datetime) -> None:
    panel = load_panel_scores(visit)
    by_key = {indicator.key: indicator for indicator in panel.indicators}
    for line in consolidate(panel.spec, panel.sheets, panel.moderations):
        if line.is_settled:
            continue
        given = [one.points for one in line.answers if one.points is not None]
        moderate(
            visit=visit,
            indicator=by_key[line.indicator.key],
            points=max(given),
            not_applicable=False,
            reason=_SETTLED,
            by=by,
            at=at,
        )


def _scoring_members(visit: Visit) -> Any:
    return (
        PanelMember.objects.clear()
        .filter(visit=visit)
        .select_related("user", "sheet")
        .prefetch_related("tracks")
    )


def _disputed(visit: Visit, indicators: Sequence[Indicator]) -> int:
    """One indicator of the visit on which a member is far off."""
    draw = random.Random(str(visit))  # noqa: S311 - not for security
    open_to_views = [
        one
        for one in indicators
        if one.mode in {Mode.POINTS, Mode.LEVEL}
        and not one.critical
        and one.track.key != FINANCE_TRACK
    ]
    return draw.choice(open_to_views).pk


def _turned(lines: Sequence[str], place: int) -> list[str]:
    return [*lines[place:], *lines[:place]]


def _decided(visit: Visit, past: PastVisit, indicators: Sequence[Indicator]) -> dict[int, Decimal]:
    """Points that facts decide, by the indicator's primary key."""
    fixed = past.row.get("fixed", {})
    targets = {
        target.kind_id: target
        for target in visit.project.service_targets.filter(year=visit.round.year)
    }
    decided = {}
    for indicator in indicators:
        if indicator.key in fixed:
            decided[indicator.pk] = Decimal(fixed[indicator.key])
        elif indicator.mode == Mode.VOLUME and indicator.service_kind_id in targets:
            target = targets[indicator.service_kind_id]
            bands = [
                VolumeBand(band.lower_percent, band.points) for band in indicator.volume_bands.all()
            ]
            suggestion = suggest_points(bands, target.completed, target.target)
            if suggestion is not None:
                decided[indicator.pk] = suggestion.points
    return decided


def _does_not_apply(indicator: Indicator, past: PastVisit, decided: Mapping[int, Decimal]) -> bool:
    if not indicator.allow_na:
        return False
    if indicator.mode == Mode.VOLUME:
        return indicator.pk not in decided
    without = past.row.get("not_applicable", {})
    return indicator.track.key in without.get("tracks", []) or indicator.key in without.get(
        "indicators", []
    )


def _answer(
    indicator: Indicator,
    agreed: Decimal,
    reasons: Sequence[Any],
    *,
    seed: str,
    is_decided: bool,
    differs: bool,
    not_applicable: bool,
) -> AnswerInput:
    if not_applicable:
        return AnswerInput(not_applicable=True)
    points = agreed if is_decided else own_view(indicator, agreed, seed=seed, differs=differs)
    short = points < indicator.max_points
    return AnswerInput(
        points=points, reason=next(reasons[indicator.section.number - 1]) if short else ""
    )


def _write_findings(
    past: PastVisit, members: Sequence[PanelMember], indicators: Sequence[Indicator]
) -> None:
    by_key = {indicator.key: indicator for indicator in indicators}
    written: list[tuple[PanelMember, Finding]] = []
    for row in past.findings:
        member = members[row["by"]]
        is_problem = row["kind"] == FindingKind.PROBLEM
        content = FindingContent(
            kind=FindingKind(row["kind"]),
            text=row["text"],
            category=FindingCategory.objects.filter(
                kind=row["kind"], key=row.get("category", "")
            ).first(),
            indicator=by_key[row["indicator"]] if "indicator" in row else None,
            severity=row.get("severity", ""),
            recommendation=row.get("recommendation", ""),
            responsible_party=row.get("party", ""),
            due_on=past.row["on"] + dt.timedelta(days=row["due"]) if is_problem else None,
        )
        with set_actor(member.user):
            finding = write_finding(
                sheet=member.sheet,
                content=content,
                by=member.user,
                at=at_hour(past.row["on"], 15, len(written)),
            )
        written.append((member, finding))
    for photo in past.photos:
        member, finding = written[photo["finding"]]
        with set_actor(member.user):
            attach_photo(
                sheet=member.sheet,
                upload=draw_picture(photo["caption"]),
                by=member.user,
                at=at_hour(past.row["on"], 15, 40),
                finding=finding,
                caption=photo["caption"],
            )
