from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.instruments import GradeBand, Indicator, Instrument, Section, Track
from inspections.models.visits import Visit


class Moderation(models.Model):
    """The value that the panel lead settled for an indicator, and why."""

    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, related_name="moderations", verbose_name=_("visit")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="+", verbose_name=_("indicator")
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True, blank=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("moderated value")
        verbose_name_plural = _("moderated values")
        constraints = (
            models.UniqueConstraint(name="moderation_once", fields=("visit", "indicator")),
            models.CheckConstraint(
                name="moderation_points_or_na",
                condition=Q(not_applicable=True, points__isnull=True)
                | Q(not_applicable=False, points__isnull=False),
            ),
            models.CheckConstraint(name="moderation_has_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.points}"


class VisitResult(models.Model):
    """The score as signed off, with its explanation; never recomputed silently."""

    visit = models.OneToOneField(
        Visit, on_delete=models.PROTECT, related_name="result", verbose_name=_("visit")
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="+", verbose_name=_("instrument")
    )
    # None: no indicator applied.
    total_percent = models.DecimalField(
        _("total"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    grade = models.ForeignKey(
        GradeBand,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("grade"),
    )
    is_capped = models.BooleanField(_("grade capped"), default=False)
    explanation = models.JSONField(_("explanation"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("signed by"),
    )
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = (
            models.CheckConstraint(
                name="result_total_is_percent",
                condition=Q(total_percent__isnull=True)
                | (Q(total_percent__gte=0) & Q(total_percent__lte=100)),
            ),
            models.CheckConstraint(
                name="result_grade_with_total",
                condition=Q(total_percent__isnull=True, grade__isnull=True)
                | Q(total_percent__isnull=False, grade__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.total_percent}"


class _PartScore(models.Model):
    """Points of a part of the instrument; `percent` is None when nothing in it applied."""

    points = models.DecimalField(_("points"), max_digits=9, decimal_places=4)
    max_points = models.DecimalField(_("maximum points"), max_digits=7, decimal_places=2)
    percent = models.DecimalField(
        _("percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        abstract = True


class TrackScore(_PartScore):
    result = models.ForeignKey(
        VisitResult, on_delete=models.CASCADE, related_name="tracks", verbose_name=_("result")
    )
    track = models.ForeignKey(
        Track, on_delete=models.PROTECT, related_name="+", verbose_name=_("track")
    )

    class Meta:
        verbose_name = _("track score")
        verbose_name_plural = _("track scores")
        ordering = ("track__position",)
        constraints = (
            models.UniqueConstraint(name="track_score_once", fields=("result", "track")),
        )

    def __str__(self) -> str:
        return f"{self.track_id}: {self.percent}"


class SectionScore(_PartScore):
    result = models.ForeignKey(
        VisitResult, on_delete=models.CASCADE, related_name="sections", verbose_name=_("result")
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="+", verbose_name=_("section")
    )

    class Meta:
        verbose_name = _("section score")
        verbose_name_plural = _("section scores")
        ordering = ("section__number",)
        constraints = (
            models.UniqueConstraint(name="section_score_once", fields=("result", "section")),
        )

    def __str__(self) -> str:
        return f"{self.section_id}: {self.percent}"
