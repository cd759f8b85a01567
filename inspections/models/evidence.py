from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspections.models.findings import Finding
from inspections.models.instruments import Indicator
from inspections.models.sheets import Scoresheet

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


def photo_path(photo: Photo, filename: str) -> str:
    """Where a photograph is kept: by its own id, never by a name that somebody sent."""
    return f"evidence/{photo.sheet_id}/{photo.id}.jpg"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> Self:
        """Photographs of sheets and of findings that the user sees."""
        return self.filter(
            models.Q(sheet__in=Scoresheet.objects.visible_to(user).values("pk"))
            | models.Q(finding__in=Finding.objects.visible_to(user).values("pk"))
        )


class Photo(models.Model):
    """A photograph taken as evidence: upright, without metadata, no larger than needed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(
        Scoresheet, on_delete=models.PROTECT, related_name="photos", verbose_name=_("scoresheet")
    )
    # None: not about one indicator.
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("indicator"),
    )
    finding = models.ForeignKey(
        Finding,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("finding"),
    )
    image = models.FileField(_("image"), upload_to=photo_path)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    width = models.PositiveIntegerField(_("width (pixels)"))
    height = models.PositiveIntegerField(_("height (pixels)"))
    caption = models.CharField(_("caption"), max_length=120, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ("uploaded_at", "pk")
        constraints = (
            # The same picture chosen twice for one indicator is one photograph.
            models.UniqueConstraint(
                name="photo_once_per_indicator",
                fields=("sheet", "indicator", "sha256"),
                condition=models.Q(indicator__isnull=False),
            ),
            models.UniqueConstraint(
                name="photo_once_per_finding",
                fields=("finding", "sha256"),
                condition=models.Q(finding__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.caption or str(self.id)
