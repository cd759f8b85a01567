from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from projects.access import own_agencies
from projects.credit_code import normalise, validate_credit_code

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Self

    from accounts.models import User


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user: User) -> Self:
        """Agencies that run projects that the user sees; an agency sees itself."""
        if user.sees_everything:
            return self
        if user.role == Role.AGENCY:
            return self.filter(pk__in=own_agencies(user))
        from projects.models.contracts import Contract

        return self.filter(pk__in=Contract.objects.visible_to(user).values("agency"))

    def with_counts(self, user: User) -> Self:
        """Adds how many projects, contracts and staff of each agency the user sees.

        The attributes are `project_count`, `contract_count` and `staff_count`.
        """
        from projects.models.contracts import Contract
        from projects.models.staff import StaffMember

        contracts = Contract.objects.visible_to(user)
        return self.annotate(
            project_count=_count(contracts, Count("project", distinct=True)),
            contract_count=_count(contracts, Count("pk")),
            staff_count=_count(StaffMember.objects.visible_to(user), Count("pk")),
        )


def _count(rows: models.QuerySet[Any], aggregate: Count) -> Coalesce:
    """An aggregate over the rows of one agency, 0 without any."""
    of_agency = rows.filter(agency=OuterRef("pk")).order_by().values("agency")
    return Coalesce(Subquery(of_agency.annotate(found=aggregate).values("found")), 0)


class Agency(models.Model):
    """A contracted agency 承办机构."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    # None: not known. The code identifies an agency, so an empty string would clash.
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_credit_code],
    )
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:agency", args=[self.pk])

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Normalises the code first: its validator must not see how it was typed."""
        self.credit_code = normalise(self.credit_code or "") or None
        super().clean_fields(exclude)
