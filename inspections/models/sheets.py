from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from inspections.enums import Recusal, SheetStatus
from inspections.models.instruments import Indicator
from inspections.models.visits import PanelMember

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ScoresheetQuerySet(models.QuerySet["Scoresheet"]):
    def submitted(self) -> Self:
        return self.filter(status=SheetStatus.SUBMITTED)

    def visible_to(self, user: User) -> Self:
        """One's own sheets; the others' once they are submitted.

        Inspectors see those of panels that they sat on, but none of a project that they are
        still scoring, in whatever round: nobody scores by what somebody else gave. District
        bureaus and agencies see none.
        """
        own = Q(member__user=user, member__recusal=Recusal.CLEAR)
        if user.may(Permission.VIEW_ROUNDS):
            return self.filter(own | Q(status=SheetStatus.SUBMITTED))
        sat = Scoresheet.objects.submitted().filter(own).values("member__visit")
        scoring = PanelMember.objects.still_scoring(user).values("visit__project")
        shown = Q(status=SheetStatus.SUBMITTED, member__visit__in=sat)
        return self.filter(own | (shown & ~Q(member__visit__project__in=scoring)))


class Scoresheet(models.Model):
    """One member's answers for one visit. Nobody else reads it before it is submitted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.OneToOneField(
        PanelMember, on_delete=models.PROTECT, related_name="sheet", verbose_name=_("panel member")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=SheetStatus, default=SheetStatus.DRAFT
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    # Goes up with every change, so that a stale page can be told apart.
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)

    objects = ScoresheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("scoresheet")
        verbose_name_plural = _("scoresheets")
        constraints = (
            models.CheckConstraint(
                name="sheet_submitted_has_time",
                condition=Q(status=SheetStatus.DRAFT, submitted_at__isnull=True)
                | Q(status=SheetStatus.SUBMITTED, submitted_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("inspections:sheet", args=[self.pk])

    @property
    def is_submitted(self) -> bool:
        return self.status == SheetStatus.SUBMITTED


class Answer(models.Model):
    """Points, or not applicable, or blank (neither) for one indicator on one sheet."""

    sheet = models.ForeignKey(
        Scoresheet, on_delete=models.CASCADE, related_name="answers", verbose_name=_("scoresheet")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="answers", verbose_name=_("indicator")
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True, blank=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    reason = models.TextField(_("deduction reason"), blank=True)
    updated_at = models.DateTimeField(_("updated at"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (
            models.UniqueConstraint(name="answer_once", fields=("sheet", "indicator")),
            models.CheckConstraint(
                name="answer_points_or_na",
                condition=Q(not_applicable=False) | Q(points__isnull=True),
            ),
            models.CheckConstraint(
                name="answer_points_not_negative",
                condition=Q(points__isnull=True) | Q(points__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.points}"
