from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspections.enums import FindingKind, FindingStatus, Party, Severity, VisitStatus
from inspections.models.instruments import Indicator
from inspections.models.visits import PanelMember, Visit
from projects.models import Project

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class FindingCategory(models.Model):
    """A group of findings, worded as a heading of the summary."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=FindingKind)
    title = models.CharField(
        _("title"), max_length=80, help_text=_("As a heading of the citywide summary.")
    )
    short_name = models.CharField(_("short name"), max_length=20)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("finding category")
        verbose_name_plural = _("finding categories")
        ordering = ("kind", "position", "pk")

    def __str__(self) -> str:
        return self.short_name


class Recommendation(models.Model):
    """What the bureau recommends against one or more groups of problems."""

    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"))
    categories = models.ManyToManyField(
        FindingCategory,
        related_name="recommendations",
        limit_choices_to={"kind": "problem"},
        verbose_name=_("problem groups"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class FindingQuerySet(models.QuerySet["Finding"]):
    def problems(self) -> Self:
        return self.filter(kind=FindingKind.PROBLEM)

    def unverified(self) -> Self:
        """Problems that nobody has verified as put right."""
        return self.problems().exclude(status=FindingStatus.VERIFIED)

    def usual_category(self, indicator: Indicator) -> int | None:
        """The category (pk) of most problems that signed visits have on the indicator, in any
        version of its instrument; None without any. Drafts of others stay out of it.
        """
        earlier = self.problems().filter(
            indicator__key=indicator.key, visit__status=VisitStatus.SIGNED
        )
        counted = earlier.values_list("category").annotate(count=Count("pk"))
        return next((pk for pk, _count in counted.order_by("-count", "category")), None)

    def visible_to(self, user: User) -> Self:
        """Findings of visits that the user sees.

        Members of a panel see each other's findings only after submitting their own sheet.
        Findings of a project's earlier, signed visits are there for its panel from the start.
        """
        from inspections.models.sheets import Scoresheet

        visits = Visit.objects.visible_to(user)
        if user.sees_everything or not user.seats.exists():
            return self.filter(visit__in=visits)
        mine = PanelMember.objects.without_conflict().filter(user=user)
        submitted = Scoresheet.objects.filter(member__in=mine, submitted_at__isnull=False).values(
            "member__visit"
        )
        return self.filter(
            Q(author__user=user)
            | Q(visit__in=submitted)
            | Q(visit__status=VisitStatus.SIGNED, project__in=mine.values("visit__project"))
        )


class Finding(models.Model):
    """A strength, a problem or a suggestion. It keeps its identity across rounds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="findings", verbose_name=_("project")
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, related_name="findings", verbose_name=_("visit")
    )
    author = models.ForeignKey(
        PanelMember,
        on_delete=models.PROTECT,
        related_name="findings",
        verbose_name=_("written by"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=FindingKind)
    # None: only where the finding is no problem.
    category = models.ForeignKey(
        FindingCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("category"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("indicator"),
    )
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, blank=True)
    text = models.TextField(_("finding"))
    evidence = models.TextField(_("evidence"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    responsible_party = models.CharField(
        _("responsible party"), max_length=16, choices=Party, blank=True
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=16, choices=FindingStatus, default=FindingStatus.OPEN
    )
    created_at = models.DateTimeField(_("written at"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="finding_problem_is_complete",
                condition=~Q(kind=FindingKind.PROBLEM)
                | (Q(category__isnull=False) & ~Q(severity="") & ~Q(responsible_party="")),
                violation_error_message=_(
                    "A problem needs a category, a severity and a responsible party."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        return reverse("inspections:finding", args=[self.pk])
