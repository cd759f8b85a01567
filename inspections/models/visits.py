from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from inspections.enums import Recusal, RoundStatus, SheetStatus, VisitStatus
from inspections.models.instruments import Track
from inspections.models.rounds import InspectionMethod, Round
from projects.models import Project

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> Self:
        """Who oversees rounds: all. Inspectors: where they sit without conflict.

        District bureaus and agencies: visits of their projects once they are signed off.
        """
        if user.may(Permission.VIEW_ROUNDS):
            return self
        if user.may(Permission.SCORE):
            seats = PanelMember.objects.without_conflict().filter(user=user)
            return self.filter(pk__in=seats.values("visit"))
        return self.filter(status=VisitStatus.SIGNED, project__in=Project.objects.visible_to(user))

    def in_order(self) -> Self:
        """By the day of the visit, or the planned one; those without a day come last."""
        day = Coalesce("visited_on", "planned_on")
        return self.order_by(day.asc(nulls_last=True), "pk")

    def with_panel(self) -> Self:
        """Each with its project and district, and its panel with tracks and sheets' states.

        Three queries.
        """
        panel = PanelMember.objects.select_related("user", "sheet").prefetch_related("tracks")
        return self.select_related("project__district").prefetch_related(
            models.Prefetch("panel", panel)
        )

    def without_panel(self) -> Self:
        """Visits on whose panel nobody sits, or only who stood back."""
        return self.exclude(pk__in=PanelMember.objects.without_conflict().values("visit"))

    def led_by(self, user: User) -> Self:
        """Visits whose panel the user leads, before the declaration too."""
        seats = PanelMember.objects.without_conflict().filter(user=user, is_lead=True)
        return self.filter(pk__in=seats.values("visit"))

    def moderated_by(self, user: User) -> Self:
        """Visits whose panel the user leads and, having declared no conflict, may judge."""
        seats = PanelMember.objects.clear().filter(user=user, is_lead=True)
        return self.filter(pk__in=seats.values("visit"))


class Visit(models.Model):
    """One project in one round."""

    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, related_name="visits", verbose_name=_("round")
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="visits", verbose_name=_("project")
    )
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    # None: the visit has not taken place.
    visited_on = models.DateField(_("visited on"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=VisitStatus, default=VisitStatus.PLANNED
    )
    appraisal = models.TextField(_("overall appraisal"), blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("visited_on", "planned_on", "pk")
        constraints = (
            models.UniqueConstraint(
                name="visit_once_per_round",
                fields=("round", "project"),
                violation_error_message=_("This project is already in the round."),
            ),
            models.CheckConstraint(
                name="visit_signed_took_place",
                condition=~Q(status=VisitStatus.SIGNED) | Q(visited_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.project)

    def get_absolute_url(self) -> str:
        return reverse("inspections:visit", args=[self.pk])


class VisitMethod(models.Model):
    """A method that a visit used, and on which day."""

    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, related_name="methods_used", verbose_name=_("visit")
    )
    method = models.ForeignKey(
        InspectionMethod, on_delete=models.PROTECT, related_name="+", verbose_name=_("method")
    )
    used_on = models.DateField(_("used on"))

    class Meta:
        verbose_name = _("method used")
        verbose_name_plural = _("methods used")
        ordering = ("method__position", "used_on")
        constraints = (
            models.UniqueConstraint(
                name="visit_method_once", fields=("visit", "method", "used_on")
            ),
        )

    def __str__(self) -> str:
        return f"{self.method_id} {self.used_on}"


class PanelMemberQuerySet(models.QuerySet["PanelMember"]):
    def without_conflict(self) -> Self:
        """Members who have not stood back; those who have not declared yet count."""
        return self.exclude(recusal=Recusal.CONFLICT)

    def clear(self) -> Self:
        """Members who declared that they have no conflict of interest: they take part."""
        return self.filter(recusal=Recusal.CLEAR)

    def waited_for(self) -> Self:
        """Members without conflict whose sheet is still to be handed in."""
        return self.without_conflict().exclude(sheet__status=SheetStatus.SUBMITTED)

    def still_scoring(self, user: User) -> Self:
        """The user's seats whose sheet is still to be handed in, in rounds that are not closed.

        Until then the user sees no scores of the project, of this round or of earlier ones.
        """
        return self.waited_for().filter(user=user).exclude(visit__round__status=RoundStatus.CLOSED)


class PanelMember(models.Model):
    """An inspector's seat on the panel of one visit, and the tracks to score."""

    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, related_name="panel", verbose_name=_("visit")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="seats",
        verbose_name=_("inspector"),
    )
    is_lead = models.BooleanField(_("panel lead"), default=False)
    tracks = models.ManyToManyField(Track, related_name="+", verbose_name=_("tracks"))
    recusal = models.CharField(
        _("declaration"), max_length=10, choices=Recusal, default=Recusal.PENDING
    )
    recusal_reason = models.CharField(_("reason"), max_length=200, blank=True)
    declared_at = models.DateTimeField(_("declared at"), null=True, blank=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("panel member")
        verbose_name_plural = _("panel members")
        ordering = ("visit", "-is_lead", "pk")
        constraints = (
            models.UniqueConstraint(
                name="panel_member_once",
                fields=("visit", "user"),
                violation_error_message=_("This inspector is on the panel already."),
            ),
            models.UniqueConstraint(
                name="panel_one_lead",
                fields=("visit",),
                condition=Q(is_lead=True) & ~Q(recusal=Recusal.CONFLICT),
                violation_error_message=_("The panel has a lead already."),
            ),
            models.CheckConstraint(
                name="panel_declaration_has_time",
                condition=Q(recusal=Recusal.PENDING, declared_at__isnull=True)
                | (~Q(recusal=Recusal.PENDING) & Q(declared_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="panel_conflict_has_reason",
                condition=~Q(recusal=Recusal.CONFLICT) | ~Q(recusal_reason=""),
                violation_error_message=_("Say what the conflict of interest is."),
            ),
        )

    def __str__(self) -> str:
        return str(self.user)
