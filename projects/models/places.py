from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class District(models.Model):
    """A district whose bureau buys projects."""

    code = models.CharField(
        _("administrative division code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("Six digits, as in GB/T 2260."))],
    )
    name = models.CharField(_("name"), max_length=40, unique=True)
    short_name = models.CharField(_("short name"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
