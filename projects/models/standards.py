from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckStandard(models.Model):
    """A bureau's own value for a limit of the registry checks, with where it comes from.

    A limit without a row has Duxun's default, which the checks name as such.
    """

    class Key(models.TextChoices):
        LEAD_LEVEL = (
            "lead_level",
            _("Certificate that a project lead needs (1 assistant, 2 social worker, 3 senior)"),
        )
        LEAD_YEARS = "lead_years", _("Years in the field that a project lead needs")
        ARRIVAL_GRACE_DAYS = "arrival_grace_days", _("Days that an instalment may be late")
        SPENDING_LOWER_PERCENT = "spending_lower_percent", _("Lowest spending ratio (%)")
        SPENDING_UPPER_PERCENT = "spending_upper_percent", _("Highest spending ratio (%)")
        SPENDING_FROM_PERCENT = (
            "spending_from_percent",
            _("Part of the year after which spending is judged (%)"),
        )
        SERVICE_LAG_PERCENT = (
            "service_lag_percent",
            _("Percentage points that a service may lag behind its schedule"),
        )

    key = models.CharField(_("limit"), max_length=30, choices=Key, unique=True)
    value = models.DecimalField(_("value"), max_digits=8, decimal_places=2)
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Document and clause, or that it is your own rule."),
    )

    class Meta:
        verbose_name = _("limit of the registry checks")
        verbose_name_plural = _("limits of the registry checks")
        ordering = ("key",)
        constraints = (
            models.CheckConstraint(name="standard_not_negative", condition=models.Q(value__gte=0)),
        )

    def __str__(self) -> str:
        return self.get_key_display()

    def clean(self) -> None:
        if self.key == self.Key.LEAD_LEVEL and self.value not in {0, 1, 2, 3}:
            raise ValidationError({"value": _("Choose 1, 2 or 3, or 0 to ask for none.")})
