"""How far a visit's panel is, told from loaded rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from inspections.enums import Recusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accounts.models import User
    from inspections.models import PanelMember, Scoresheet, Track, Visit


@dataclass(frozen=True, slots=True)
class Seat:
    """A member with the sheet and tracks; `sheet` is None before the declaration."""

    member: PanelMember
    sheet: Scoresheet | None
    tracks: Sequence[Track]

    @property
    def stood_back(self) -> bool:
        return self.member.recusal == Recusal.CONFLICT


@dataclass(frozen=True, slots=True)
class PanelState:
    """The seats, the lead's first and those who stood back last; what the panel still lacks."""

    seats: Sequence[Seat]
    gaps: Sequence[str]

    @property
    def lead(self) -> PanelMember | None:
        members = [seat.member for seat in self.seats if not seat.stood_back]
        return next((member for member in members if member.is_lead), None)

    def is_led_by(self, user: User) -> bool:
        return self.lead is not None and self.lead.user_id == user.pk

    @property
    def sheet_count(self) -> int:
        """How many sheets there are to be."""
        return sum(not seat.stood_back for seat in self.seats)

    @property
    def submitted_count(self) -> int:
        return sum(seat.sheet is not None and seat.sheet.is_submitted for seat in self.seats)


def panel_state(visit: Visit, tracks: Iterable[Track]) -> PanelState:
    """The state of a visit loaded `with_panel`, which is to be scored on `tracks`. No queries."""
    seats = [
        Seat(member, getattr(member, "sheet", None), list(member.tracks.all()))
        for member in visit.panel.all()
    ]
    seats.sort(key=lambda seat: (seat.stood_back, not seat.member.is_lead, seat.member.pk))
    active = [seat for seat in seats if not seat.stood_back]
    return PanelState(seats, _gaps(active, tracks))


def _gaps(active: Sequence[Seat], tracks: Iterable[Track]) -> list[str]:
    if not active:
        return [_("No panel yet")]
    gaps = [] if any(seat.member.is_lead for seat in active) else [_("No panel lead")]
    covered = {track.pk for seat in active for track in seat.tracks}
    gaps += [
        _("Nobody for %(track)s") % {"track": track.name}
        for track in tracks
        if track.pk not in covered
    ]
    return gaps
