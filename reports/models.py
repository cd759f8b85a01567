from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from inspections.models import PanelMember, Round, Visit
from projects.models import Project
from reports.enums import ReportKind, ReportStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from accounts.models import User


class PublishedReportError(Exception):
    """A published report was about to change; a correction is a new version."""


def report_path(report: Report, filename: str) -> str:
    """Where a report's PDF is kept, by the report's own id."""
    return f"reports/{report.id}.pdf"


class ReportQuerySet(models.QuerySet["Report"]):
    """Published reports can neither be changed nor deleted by way of a query either."""

    def update(self, **kwargs: Any) -> int:
        self._refuse_published()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete()

    # As in Django: not on the manager, where it would delete everything.
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_update(
        self, objs: Iterable[Report], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        reports = list(objs)
        self.model.objects.filter(pk__in=[one.pk for one in reports])._refuse_published()
        return super().bulk_update(reports, fields, batch_size)

    def bulk_create(self, objs: Iterable[Report], *args: Any, **kwargs: Any) -> list[Report]:
        if kwargs.get("update_conflicts"):
            raise PublishedReportError("reports are not created over others")
        return super().bulk_create(objs, *args, **kwargs)

    def _refuse_published(self) -> None:
        # A slice can't be filtered, and it can't be updated or deleted anyway.
        if not self.query.is_sliced and self.published().exists():
            raise PublishedReportError

    def published(self) -> Self:
        return self.filter(status=ReportStatus.PUBLISHED)

    def visible_to(self, user: User) -> Self:
        """Who oversees rounds: all. Inspectors, districts and agencies: published ones of theirs.

        Inspectors see none of a project that they are still scoring: it has earlier scores.
        The citywide summary names every project, so only those who oversee rounds read it here.
        """
        if user.may(Permission.VIEW_ROUNDS):
            return self
        if user.may(Permission.SCORE):
            scoring = PanelMember.objects.still_scoring(user).values("visit__project")
            mine = Q(visit__in=Visit.objects.visible_to(user)) & ~Q(visit__project__in=scoring)
        else:
            mine = Q(visit__project__in=Project.objects.visible_to(user))
        return self.published().filter(mine)


class Report(models.Model):
    """A project report or a citywide summary: a frozen snapshot and, once published, its PDF."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="reports", verbose_name=_("round")
    )
    # None: the citywide summary.
    visit = models.ForeignKey(
        Visit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("visit"),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    status = models.CharField(
        _("status"), max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    title = models.CharField(_("title"), max_length=200)
    snapshot = models.JSONField(_("snapshot"))
    pdf = models.FileField(_("PDF"), upload_to=report_path, blank=True)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("drafted by"),
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("round", "kind", "visit", "-version")
        constraints = (
            models.CheckConstraint(
                name="report_visit_fits_kind",
                condition=Q(kind=ReportKind.PROJECT, visit__isnull=False)
                | Q(kind=ReportKind.CITY, visit__isnull=True),
            ),
            models.UniqueConstraint(
                name="report_project_version_once",
                fields=("visit", "version"),
                condition=Q(visit__isnull=False),
            ),
            models.UniqueConstraint(
                name="report_city_version_once",
                fields=("round", "version"),
                condition=Q(visit__isnull=True),
            ),
            models.CheckConstraint(
                name="report_published_is_complete",
                condition=Q(status=ReportStatus.DRAFT, published_at__isnull=True, pdf_sha256="")
                | (
                    Q(
                        status=ReportStatus.PUBLISHED,
                        published_at__isnull=False,
                        published_by__isnull=False,
                    )
                    & ~Q(pdf_sha256="")
                    & ~Q(pdf="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.status == ReportStatus.PUBLISHED

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_when_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_when_published()
        return super().delete(*args, **kwargs)

    def _refuse_when_published(self) -> None:
        if type(self).objects.published().filter(pk=self.pk).exists():
            raise PublishedReportError(str(self.pk))
