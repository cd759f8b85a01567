"""The panel lead settles differing answers and signs the visit off."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError
from inspections.actions.progress import lock_visit
from inspections.enums import VisitStatus
from inspections.models import (
    GradeBand,
    Indicator,
    Moderation,
    PanelMember,
    Section,
    SectionScore,
    Track,
    TrackScore,
    Visit,
    VisitMethod,
    VisitResult,
)
from inspections.scoring import AnswerProblem, ModeratedValue, check_moderation, consolidate, score
from inspections.scoring.numbers import round_half_up
from inspections.scoring_input import indicator_spec, load_panel_scores

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from accounts.models import User
    from inspections.scoring import GroupScore, Result
    from inspections.scoring_input import PanelScores


class NotLeadError(RefusedError, PermissionDenied):
    message = _("Only the lead of the panel moderates and signs off.")


class SheetsMissingError(RefusedError):
    """Nobody sees scores before every sheet is in."""

    message = _("%(members)s: the sheet has not been handed in yet.")


class ForeignIndicatorError(RefusedError):
    message = _("An indicator does not belong to the instrument of this round.")


class InvalidModerationError(RefusedError):
    """The value does not fit the indicator, or its reason is missing."""

    message = _("The value does not fit the indicator, or its reason is missing.")

    def __init__(self, problems: tuple[AnswerProblem, ...]) -> None:
        super().__init__()
        self.problems = problems


class Blocker(StrEnum):
    """What keeps a visit from being signed off."""

    SHEETS_MISSING = "sheets_missing"
    UNSETTLED = "unsettled"
    NOT_VISITED = "not_visited"
    NO_METHODS = "no_methods"
    NO_APPRAISAL = "no_appraisal"


class SignOffBlockedError(RefusedError):
    """The visit can't be signed off yet; `blockers` says all that stands in the way."""

    message = _("The visit can't be signed off yet.")

    def __init__(self, blockers: tuple[Blocker, ...]) -> None:
        super().__init__()
        self.blockers = blockers


@transaction.atomic
def moderate(
    *,
    visit: Visit,
    indicator: Indicator,
    points: Decimal | None,
    not_applicable: bool,
    reason: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Settle one indicator.

    Raises InvalidModerationError, NotLeadError, SheetsMissingError, VisitSignedError.
    """
    value = ModeratedValue(points, not_applicable, reason)
    problems = settle(visit=visit, values={indicator.pk: value}, by=by, at=at)
    if problems:
        raise InvalidModerationError(problems[indicator.pk])


@transaction.atomic
def settle(
    *,
    visit: Visit,
    values: Mapping[int, ModeratedValue | None],
    by: User,
    at: dt.datetime,
) -> dict[int, tuple[AnswerProblem, ...]]:
    """Settle several indicators (by pk); None takes an earlier decision back.

    Valid values are saved, what is wrong with the others comes back. A value that stands
    already is left alone.

    Raises NotLeadError, SheetsMissingError, VisitSignedError, ForeignIndicatorError.
    """
    locked = _moderated_visit(visit=visit, by=by)
    indicators = {
        one.pk: one
        for one in Indicator.objects.filter(
            section__instrument=locked.round.instrument_id, pk__in=values
        ).select_related("section", "track")
    }
    if indicators.keys() != values.keys():
        raise ForeignIndicatorError
    standing = {row.indicator_id: row for row in Moderation.objects.filter(visit=locked)}
    problems: dict[int, tuple[AnswerProblem, ...]] = {}
    for pk, value in values.items():
        row = standing.get(pk)
        if value is None:
            if row is not None:
                row.delete()
            continue
        new = ModeratedValue(value.points, value.not_applicable, value.reason.strip())
        if row and new == ModeratedValue(row.points, row.not_applicable, row.reason):
            continue
        found = check_moderation(indicator_spec(indicators[pk]), new)
        if found:
            problems[pk] = found
            continue
        row = row or Moderation(visit=locked, indicator=indicators[pk])
        row.points, row.not_applicable, row.reason = new.points, new.not_applicable, new.reason
        row.by, row.at = by, at
        row.save()
    return problems


def _locked_for_lead(*, visit: Visit, by: User) -> Visit:
    locked = Visit.objects.select_related("round__instrument").get(pk=visit.pk)
    lock_visit(locked)
    if not Visit.objects.moderated_by(by).filter(pk=locked.pk).exists():
        raise NotLeadError
    return locked


def _moderated_visit(*, visit: Visit, by: User) -> Visit:
    locked = _locked_for_lead(visit=visit, by=by)
    waiting = PanelMember.objects.waited_for().filter(visit=locked).select_related("user")
    if waiting:
        raise SheetsMissingError(members="、".join(str(member) for member in waiting))
    return locked


@transaction.atomic
def save_appraisal(*, visit: Visit, appraisal: str, by: User) -> None:
    """Keep the overall appraisal while it is being written.

    Raises NotLeadError, SheetsMissingError, VisitSignedError.
    """
    locked = _moderated_visit(visit=visit, by=by)
    if locked.appraisal != appraisal.strip():
        locked.appraisal = appraisal.strip()
        locked.save(update_fields=["appraisal"])


@transaction.atomic
def sign_off(*, visit: Visit, appraisal: str, by: User, at: dt.datetime) -> VisitResult:
    """Compute the visit's score and store it with its explanation: it stays as it is from here.

    Raises NotLeadError, SignOffBlockedError, VisitSignedError.
    """
    locked = _locked_for_lead(visit=visit, by=by)
    panel = load_panel_scores(locked)
    blockers = sign_off_blockers(visit=locked, panel=panel, appraisal=appraisal)
    if blockers:
        raise SignOffBlockedError(blockers)
    result = score(panel.spec, panel.sheets, panel.moderations)
    stored = _store(locked, result, by=by, at=at)
    locked.status = VisitStatus.SIGNED
    locked.appraisal = appraisal.strip()
    locked.save(update_fields=["status", "appraisal"])
    return stored


def sign_off_blockers(*, visit: Visit, panel: PanelScores, appraisal: str) -> tuple[Blocker, ...]:
    """What still stands in the way of signing off; one query besides the panel's."""
    found = []
    if not panel.is_complete:
        found.append(Blocker.SHEETS_MISSING)
    elif any(
        not line.is_settled for line in consolidate(panel.spec, panel.sheets, panel.moderations)
    ):
        found.append(Blocker.UNSETTLED)
    if visit.visited_on is None:
        found.append(Blocker.NOT_VISITED)
    if not VisitMethod.objects.filter(visit=visit).exists():
        found.append(Blocker.NO_METHODS)
    if not appraisal.strip():
        found.append(Blocker.NO_APPRAISAL)
    return tuple(found)


def _store(visit: Visit, result: Result, *, by: User, at: dt.datetime) -> VisitResult:
    instrument = visit.round.instrument
    grade = (
        GradeBand.objects.get(instrument=instrument, key=result.grade.key) if result.grade else None
    )
    stored = VisitResult.objects.create(
        visit=visit,
        instrument=instrument,
        total_percent=result.total_percent,
        grade=grade,
        is_capped=result.is_capped,
        explanation=result.explanation.to_dict(),
        signed_by=by,
        signed_at=at,
    )
    tracks = {track.key: track for track in Track.objects.filter(instrument=instrument)}
    sections = {one.key: one for one in Section.objects.filter(instrument=instrument)}
    TrackScore.objects.bulk_create(
        TrackScore(result=stored, track=tracks[group.key], **_part(group))
        for group in result.tracks
    )
    # A section without indicators collects findings: it has no score.
    SectionScore.objects.bulk_create(
        SectionScore(result=stored, section=sections[group.key], **_part(group))
        for group in result.sections
        if group.applicable_count or group.not_applicable_count
    )
    return stored


def _part(group: GroupScore) -> dict[str, Decimal | None]:
    return {
        "points": round_half_up(group.points, places=4),
        "max_points": group.max_points,
        "percent": group.percent,
    }
