from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError
from inspections.enums import Recusal, SheetStatus, VisitStatus
from inspections.models import Answer, PanelMember, Scoresheet, Visit

if TYPE_CHECKING:
    from django.db.models import QuerySet


class VisitSignedError(RefusedError):
    message = _("This visit is signed off: nothing about it changes any more.")


def lock_visit(visit: Visit) -> None:
    """Read the visit afresh and keep others from changing it until the transaction ends.

    Raises VisitSignedError: what was signed off stays as it is.
    """
    visit.refresh_from_db(from_queryset=Visit.objects.select_for_update())
    if visit.status == VisitStatus.SIGNED:
        raise VisitSignedError


def update_status(visit: Visit) -> None:
    """Bring the status of a visit that is not signed off in line with its panel's sheets.

    Planned until somebody may score; moderation once everybody on the panel has submitted.
    Two queries, a third when the status changes.
    """
    seats = PanelMember.objects.without_conflict().filter(visit=visit)
    recusals = list(seats.values_list("recusal", flat=True))
    submitted = Scoresheet.objects.filter(member__visit=visit, status=SheetStatus.SUBMITTED).count()
    if Recusal.CLEAR not in recusals:
        status = VisitStatus.PLANNED
    elif submitted == len(recusals):
        status = VisitStatus.MODERATION
    else:
        status = VisitStatus.SCORING
    if visit.status != status:
        visit.status = status
        visit.save(update_fields=["status"])


def has_work(members: QuerySet[PanelMember]) -> bool:
    """Whether any of the members has answered, photographed or written anything. One query."""
    blank = Q(points__isnull=True, not_applicable=False, reason="")
    answers = Answer.objects.filter(sheet__member=OuterRef("pk")).exclude(blank)
    return members.filter(
        Q(sheet__status=SheetStatus.SUBMITTED)
        | Q(sheet__photos__isnull=False)
        | Q(findings__isnull=False)
        | Exists(answers)
    ).exists()
