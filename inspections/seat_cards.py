"""An inspector's seat as a card: what state it is in, and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from inspections.enums import Recusal, RoundStatus, VisitStatus

if TYPE_CHECKING:
    from inspections.models import PanelMember


@dataclass(frozen=True, slots=True)
class SeatState:
    """Where a seat stands. `url` with `label` leads on, and is the user's turn when `is_turn`."""

    name: str
    tone: str = ""
    url: str = ""
    label: str = ""
    is_turn: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class SeatCard:
    seat: PanelMember
    track_names: str
    done: int
    total: int
    state: SeatState

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def seat_card(seat: PanelMember) -> SeatCard:
    """The card of a seat that came from `queries.seats`; asks no database."""
    counts = vars(seat)
    return SeatCard(
        seat=seat,
        track_names=_(", ").join(track.name for track in seat.tracks.all()),
        done=counts["done_count"],
        total=counts["total_count"],
        state=_state(seat),
    )


def _state(seat: PanelMember) -> SeatState:
    visit, sheet = seat.visit, getattr(seat, "sheet", None)
    moderation = reverse("inspections:moderation", args=[visit.pk])
    sheet_url = sheet.get_absolute_url() if sheet else ""
    if seat.recusal == Recusal.CONFLICT:
        return SeatState(_("Stood back"), is_over=True)
    if visit.status == VisitStatus.SIGNED:
        url = moderation if seat.is_lead else sheet_url
        return SeatState(visit.get_status_display(), "ok", url, _("Look at it"), is_over=True)
    if seat.recusal == Recusal.PENDING:
        if visit.round.status != RoundStatus.OPEN:
            return SeatState(_("The round is not open yet"))
        url = reverse("inspections:declare", args=[visit.pk])
        return SeatState(_("Not declared"), "warn", url, _("Declare first"), is_turn=True)
    if sheet is None or not sheet.is_submitted:
        label = _("Go on scoring") if sheet and sheet.revision else _("Start scoring")
        return SeatState(_("Scoring"), "info", sheet_url, label, is_turn=True)
    if seat.is_lead and visit.status == VisitStatus.MODERATION:
        label = _("Compare and moderate")
        return SeatState(_("To be moderated"), "warn", moderation, label, is_turn=True)
    return SeatState(_("Submitted"), "ok", sheet_url, _("Look at it"))
