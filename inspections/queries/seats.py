"""An inspector's seats, each with how far its sheet is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from inspections.models import Answer, Indicator, PanelMember

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User


def seats_of(user: User) -> QuerySet[PanelMember]:
    """Every seat with `total_count` indicators, of which `done_count` are complete; two queries.

    An answer is complete with its points or N/A, and with its reason where points were taken off.
    """
    tracks = PanelMember.tracks.through.objects.filter(panelmember=OuterRef(OuterRef("pk")))
    indicators = Indicator.objects.filter(track__in=tracks.values("track"))
    complete = (
        Q(not_applicable=True)
        | Q(points__gte=F("indicator__max_points"))
        | (Q(points__isnull=False) & ~Q(reason=""))
    )
    answers = Answer.objects.filter(complete, sheet__member=OuterRef("pk"))
    return (
        PanelMember.objects.filter(user=user)
        .select_related("visit__round", "visit__project", "visit__result__grade", "sheet")
        .prefetch_related("tracks")
        .annotate(total_count=_counted(indicators), done_count=_counted(answers))
        .order_by(F("visit__planned_on").asc(nulls_last=True), "visit_id")
    )


def _counted(rows: QuerySet[Indicator] | QuerySet[Answer]) -> Coalesce:
    # Grouped by a constant, so that the subquery is one number.
    counted = rows.order_by().annotate(one=F("pk") * 0).values("one").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
