from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from projects.models.agencies import Agency
from projects.models.places import District


class UserScope(models.Model):
    """Which district or agency an account covers; an account may cover several."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="scopes",
        verbose_name=_("user"),
    )
    district = models.ForeignKey(
        District,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("district"),
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
    )

    class Meta:
        verbose_name = _("user scope")
        verbose_name_plural = _("user scopes")
        constraints = (
            models.CheckConstraint(
                name="scope_district_or_agency",
                condition=models.Q(district__isnull=True) ^ models.Q(agency__isnull=True),
                violation_error_message=_("Choose a district or an agency, not both."),
            ),
            models.UniqueConstraint(
                name="scope_district_once",
                fields=("user", "district"),
                condition=models.Q(district__isnull=False),
            ),
            models.UniqueConstraint(
                name="scope_agency_once",
                fields=("user", "agency"),
                condition=models.Q(agency__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.district or self.agency)

    def clean(self) -> None:
        """District bureaus cover districts and agencies agencies; other roles need no scope."""
        fits: dict[str, bool] = {
            Role.DISTRICT: self.district_id is not None,
            Role.AGENCY: self.agency_id is not None,
        }
        if not fits.get(self.user.role, False):
            raise ValidationError(
                _("A district bureau covers districts, an agency agencies, other roles nothing.")
            )
