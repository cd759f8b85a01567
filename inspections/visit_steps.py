"""What can be done about a visit next, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from inspections.enums import Recusal, RoundStatus, VisitStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User
    from inspections.models import Visit
    from inspections.panel_state import PanelState, Seat


@dataclass(frozen=True, slots=True)
class Step:
    """A link from the visit's page; `is_next` when it is the user's turn."""

    label: str
    url: str
    is_next: bool = False


def visit_steps(visit: Visit, panel: PanelState, user: User) -> list[Step]:
    """The links that the user has, in the order of the work. No queries."""
    own = next((seat for seat in panel.seats if seat.member.user_id == user.pk), None)
    steps = list(_own_steps(visit, own)) if own else []
    is_over = visit.status in {VisitStatus.MODERATION, VisitStatus.SIGNED}
    if is_over and (panel.is_led_by(user) or user.sees_everything):
        is_turn = visit.status == VisitStatus.MODERATION and panel.is_led_by(user)
        moderation = reverse("inspections:moderation", args=[visit.pk])
        is_signed = visit.status == VisitStatus.SIGNED
        label = _("Scores and result") if is_signed else _("Compare and moderate the scores")
        steps.append(Step(label, moderation, is_turn))
    if visit.status == VisitStatus.SIGNED and user.may(Permission.VIEW_REPORTS):
        report = reverse("reports:visit-report", args=[visit.pk])
        steps.append(Step(_("Report"), report, user.may(Permission.PUBLISH_REPORTS)))
    return steps


def _own_steps(visit: Visit, own: Seat) -> Iterator[Step]:
    if own.member.recusal == Recusal.PENDING and visit.round.status == RoundStatus.OPEN:
        url = reverse("inspections:declare", args=[visit.pk])
        yield Step(_("Declare on conflicts of interest"), url, is_next=True)
    if own.sheet is not None:
        submitted = own.sheet.is_submitted
        label = _("My submitted scoresheet") if submitted else _("Score the project")
        yield Step(label, own.sheet.get_absolute_url(), is_next=not submitted)
