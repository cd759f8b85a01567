from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from inspections.actions.errors import RefusedError
from inspections.actions.progress import has_work, lock_visit, update_status
from inspections.actions.rounds import RoundNotOpenError
from inspections.enums import Recusal, RoundStatus
from inspections.models import PanelMember, Scoresheet, Track

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from accounts.models import User
    from inspections.models import Visit


class NotInspectorError(RefusedError):
    message = _("%(user)s is no inspector with an active account.")


class NoTracksError(RefusedError):
    message = _("Choose at least one track.")


class ForeignTrackError(RefusedError):
    message = _("A track does not belong to the instrument of this round.")


class OnPanelError(RefusedError):
    message = _("%(user)s is on this panel already.")


class StoodBackError(RefusedError):
    message = _("%(user)s has declared a conflict of interest for this visit.")


class LeadTakenError(RefusedError):
    message = _("The panel has a lead already: %(lead)s.")


class LeadNeededError(RefusedError):
    message = _("A panel needs a lead: name the lead first.")


class MemberHasWorkError(RefusedError):
    message = _("%(user)s has already answered or written something for this visit.")


class NotYourSeatError(RefusedError):
    message = _("Everybody declares for themselves.")


class AlreadyDeclaredError(RefusedError):
    message = _("You have already declared for this visit; the bureau can assign somebody else.")


class NoReasonError(RefusedError):
    message = _("Say what the conflict of interest is.")


class PanelsRefusedError(RefusedError):
    """No panel was assigned; `refusals` says for which visits not, and why."""

    message = _("No panel has been assigned.")

    def __init__(self, refusals: Sequence[tuple[Visit, RefusedError]]) -> None:
        super().__init__()
        self.refusals = refusals


@dataclass(frozen=True)
class SeatPlan:
    """A seat to be given on several panels."""

    user: User
    tracks: Sequence[Track]
    is_lead: bool = False


@transaction.atomic
def assign_member(
    *, visit: Visit, user: User, tracks: Iterable[Track], is_lead: bool, by: User
) -> PanelMember:
    """Give an inspector a seat on the panel; the first seat is the lead's.

    Raises VisitSignedError, NotInspectorError, StoodBackError, OnPanelError, NoTracksError,
    ForeignTrackError, LeadTakenError and LeadNeededError.
    """
    lock_visit(visit)
    tracks = _checked_tracks(visit, tracks)
    if user.role != Role.INSPECTOR or not user.is_active:
        raise NotInspectorError(user=user)
    panel = list(visit.panel.select_related("user"))
    for member in panel:
        if member.user_id == user.pk:
            stood_back = member.recusal == Recusal.CONFLICT
            raise StoodBackError(user=user) if stood_back else OnPanelError(user=user)
    lead = _lead(panel)
    if is_lead and lead:
        raise LeadTakenError(lead=lead.user)
    if not is_lead and not lead:
        raise LeadNeededError
    member = PanelMember.objects.create(visit=visit, user=user, is_lead=is_lead)
    member.tracks.set(tracks)
    update_status(visit)
    return member


@transaction.atomic
def assign_panels(*, visits: Iterable[Visit], seats: Sequence[SeatPlan], by: User) -> None:
    """Give the same seats on the panels of several visits, on all of them or on none.

    Raises PanelsRefusedError, with what `assign_member` refused on each visit.
    """
    refusals: list[tuple[Visit, RefusedError]] = []
    for visit in visits:
        try:
            for seat in seats:
                assign_member(
                    visit=visit, user=seat.user, tracks=seat.tracks, is_lead=seat.is_lead, by=by
                )
        except RefusedError as error:
            refusals.append((visit, error))
    if refusals:
        raise PanelsRefusedError(refusals)


@transaction.atomic
def change_member(*, member: PanelMember, tracks: Iterable[Track], is_lead: bool, by: User) -> None:
    """Give a member other tracks, or the lead, which whoever has it hands over.

    Raises VisitSignedError, StoodBackError, NoTracksError, ForeignTrackError, LeadNeededError
    (nobody would lead) and MemberHasWorkError (other tracks after the member began to score).
    """
    lock_visit(member.visit)
    tracks = _checked_tracks(member.visit, tracks)
    if member.recusal == Recusal.CONFLICT:
        raise StoodBackError(user=member.user)
    if set(tracks) != set(member.tracks.all()):
        if has_work(PanelMember.objects.filter(pk=member.pk)):
            raise MemberHasWorkError(user=member.user)
        member.tracks.set(tracks)
    if is_lead == member.is_lead:
        return
    if not is_lead:
        raise LeadNeededError
    lead = _lead(list(member.visit.panel.all()))
    if lead:
        lead.is_lead = False
        lead.save(update_fields=["is_lead"])
    member.is_lead = True
    member.save(update_fields=["is_lead"])


@transaction.atomic
def remove_member(*, member: PanelMember, by: User) -> None:
    """Take an inspector off the panel, with an empty sheet if there is one.

    A declared conflict of interest stays on record. Raises VisitSignedError, StoodBackError,
    MemberHasWorkError, and LeadNeededError while the lead would leave others behind.
    """
    visit = member.visit
    lock_visit(visit)
    if member.recusal == Recusal.CONFLICT:
        raise StoodBackError(user=member.user)
    if has_work(PanelMember.objects.filter(pk=member.pk)):
        raise MemberHasWorkError(user=member.user)
    others = PanelMember.objects.without_conflict().filter(visit=visit).exclude(pk=member.pk)
    if member.is_lead and others.exists():
        raise LeadNeededError
    Scoresheet.objects.filter(member=member).delete()
    member.delete()
    update_status(visit)


@transaction.atomic
def declare(
    *, member: PanelMember, by: User, at: dt.datetime, conflict: bool, reason: str = ""
) -> Scoresheet | None:
    """Record, once and before the form is seen, whether the member has a conflict of interest.

    A conflict ends the member's part in the visit, leaves the lead's place to somebody else,
    and returns None. Without one, returns the member's new sheet.

    Raises VisitSignedError, NotYourSeatError, RoundNotOpenError, AlreadyDeclaredError and
    NoReasonError.
    """
    visit = member.visit
    lock_visit(visit)
    member.refresh_from_db()
    if by.pk != member.user_id:
        raise NotYourSeatError
    if member.recusal != Recusal.PENDING:
        raise AlreadyDeclaredError
    if visit.round.status != RoundStatus.OPEN:
        raise RoundNotOpenError
    if conflict and not reason.strip():
        raise NoReasonError
    member.declared_at = at
    if conflict:
        member.recusal = Recusal.CONFLICT
        member.recusal_reason = reason.strip()
        member.is_lead = False
        member.save()
        update_status(visit)
        return None
    member.recusal = Recusal.CLEAR
    member.save()
    sheet = Scoresheet.objects.create(member=member)
    update_status(visit)
    return sheet


def _checked_tracks(visit: Visit, tracks: Iterable[Track]) -> list[Track]:
    chosen = list(tracks)
    if not chosen:
        raise NoTracksError
    if any(track.instrument_id != visit.round.instrument_id for track in chosen):
        raise ForeignTrackError
    return chosen


def _lead(panel: list[PanelMember]) -> PanelMember | None:
    leads = [seat for seat in panel if seat.is_lead and seat.recusal != Recusal.CONFLICT]
    return leads[0] if leads else None
