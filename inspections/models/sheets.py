from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspections.enums import SheetStatus
from inspections.models.instruments import Indicator
from inspections.models.visits import PanelMember


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
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, null=True, blank=True
    )
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
