from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from projects.enums import BudgetCategory, FundingSource
from projects.models.projects import Project

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Self

    from accounts.models import User


class FundingQuerySet(models.QuerySet["FundingAllocation"]):
    def visible_to(self, user: User) -> Self:
        """What the projects that the user sees were given."""
        if user.sees_everything:
            return self
        return self.filter(project__in=Project.objects.visible_to(user))

    def with_late_money(
        self, today: dt.date, *, grace_days: int | Decimal, is_late: bool = True
    ) -> Self:
        """Allocations with an instalment late, short or overdue, or those without one.

        The rules are those of `projects.arrival`, here in SQL so that lists can filter by them.
        """
        grace = dt.timedelta(days=int(grace_days))
        arrived = Q(received_on__lte=today, received_yuan__gte=F("due_yuan"))
        # Spelled out, because NULL makes the negation of `arrived` neither true nor false.
        missing = (
            Q(received_on__isnull=True)
            | Q(received_on__gt=today)
            | Q(received_yuan__lt=F("due_yuan"))
        )
        late = Instalment.objects.filter(
            (arrived & Q(received_on__gt=F("due_on") + grace))
            | (missing & Q(due_on__lt=today - grace)),
            allocation=OuterRef("pk"),
            due_yuan__gt=0,
        )
        return self.filter(Exists(late) if is_late else ~Exists(late))


class FundingAllocation(models.Model):
    """What one source gives a project for one fiscal year."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="allocations", verbose_name=_("project")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    source = models.CharField(_("source"), max_length=10, choices=FundingSource)
    amount_yuan = models.DecimalField(
        _("amount (yuan)"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    note = models.TextField(_("note"), blank=True)

    objects = FundingQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding allocation")
        verbose_name_plural = _("funding")
        ordering = ("fiscal_year", "project", "source")
        constraints = (
            models.UniqueConstraint(
                name="allocation_once", fields=("project", "fiscal_year", "source")
            ),
            models.CheckConstraint(name="allocation_not_negative", condition=Q(amount_yuan__gte=0)),
        )

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.get_source_display()}"


class Instalment(models.Model):
    """A part of an allocation: when and how much was due, when and how much arrived."""

    allocation = models.ForeignKey(
        FundingAllocation,
        on_delete=models.CASCADE,
        related_name="instalments",
        verbose_name=_("funding allocation"),
    )
    sequence = models.PositiveSmallIntegerField(_("sequence"))
    due_on = models.DateField(_("due on"))
    due_yuan = models.DecimalField(
        _("due (yuan)"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    # None: nothing has arrived.
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_yuan = models.DecimalField(
        _("received (yuan)"),
        max_digits=14,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ("allocation", "sequence")
        constraints = (
            models.UniqueConstraint(name="instalment_once", fields=("allocation", "sequence")),
            models.CheckConstraint(
                name="instalment_not_negative",
                condition=Q(due_yuan__gte=0) & Q(received_yuan__gte=0),
            ),
            models.CheckConstraint(
                name="instalment_received_has_date",
                condition=Q(received_yuan=0) | Q(received_on__isnull=False),
                violation_error_message=_("Say when the money was received."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sequence}"


class BudgetLine(models.Model):
    """Budgeted and spent money of a project in one category and year."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="budget_lines", verbose_name=_("project")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    category = models.CharField(_("category"), max_length=12, choices=BudgetCategory)
    budgeted_yuan = models.DecimalField(
        _("budgeted (yuan)"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    spent_yuan = models.DecimalField(
        _("spent (yuan)"),
        max_digits=14,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    as_of = models.DateField(_("booked up to"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ("project", "fiscal_year", "category")
        constraints = (
            models.UniqueConstraint(
                name="budget_line_once", fields=("project", "fiscal_year", "category")
            ),
            models.CheckConstraint(
                name="budget_line_not_negative",
                condition=Q(budgeted_yuan__gte=0) & Q(spent_yuan__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.get_category_display()}"
