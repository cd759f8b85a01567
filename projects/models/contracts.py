from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from projects.access import own_agencies
from projects.dates import chinese_date
from projects.enums import DatePrecision, Procurement
from projects.models.agencies import Agency
from projects.models.projects import Project

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: User) -> Self:
        """Contracts of the projects that the user sees; an agency sees only its own."""
        if user.sees_everything:
            return self
        if user.role == Role.AGENCY:
            return self.filter(agency__in=own_agencies(user))
        return self.filter(project__in=Project.objects.visible_to(user))


class Contract(models.Model):
    """An agreement by which one agency serves one area of a project."""

    class Parties(models.IntegerChoices):
        TWO = 2, _("Two parties")
        THREE = 3, _("Three parties")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="contracts", verbose_name=_("project")
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="contracts", verbose_name=_("agency")
    )
    number = models.CharField(_("contract number"), max_length=60, blank=True)
    service_area = models.CharField(
        _("service area"),
        max_length=60,
        blank=True,
        help_text=_("The street, town or lot. Empty: the whole project."),
    )
    parties = models.PositiveSmallIntegerField(_("parties"), choices=Parties, default=Parties.TWO)
    procurement = models.CharField(_("procurement method"), max_length=20, choices=Procurement)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(
        _("precision of the signing date"),
        max_length=6,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    term_precision = models.CharField(
        _("precision of the term"),
        max_length=6,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    # None: not known.
    amount_yuan = models.DecimalField(
        _("amount (yuan)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    service_hours_min = models.PositiveIntegerField(
        _("service hours, at least"), null=True, blank=True
    )
    service_hours_max = models.PositiveIntegerField(
        _("service hours, at most"), null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ("project", "signed_on", "service_area", "pk")
        constraints = (
            models.CheckConstraint(
                name="contract_ends_after_start",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The contract ends before it starts."),
            ),
            models.CheckConstraint(
                name="contract_hours_in_order",
                condition=Q(service_hours_min__isnull=True)
                | Q(service_hours_max__isnull=True)
                | Q(service_hours_max__gte=F("service_hours_min")),
                violation_error_message=_("The most service hours are fewer than the least."),
            ),
            models.CheckConstraint(
                name="contract_amount_not_negative",
                condition=Q(amount_yuan__isnull=True) | Q(amount_yuan__gte=0),
            ),
            models.CheckConstraint(
                name="contract_parties_two_or_three", condition=Q(parties__in=(2, 3))
            ),
            models.UniqueConstraint(
                name="contract_area_once_per_agency",
                fields=("project", "agency", "service_area", "signed_on"),
            ),
        )

    def __str__(self) -> str:
        return self.number or self.service_area or str(self.pk)

    @property
    def signed_text(self) -> str:
        """The signing date as far as it is known, in Chinese; empty when it is not."""
        return chinese_date(self.signed_on, self.signed_precision) if self.signed_on else ""
