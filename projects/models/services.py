from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.projects import Project


class ServiceKind(models.Model):
    """A countable service that contracts set targets for, such as social investigations."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    unit = models.CharField(_("unit"), max_length=10)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("kind of service")
        verbose_name_plural = _("kinds of service")
        ordering = ("position", "key")

    def __str__(self) -> str:
        return self.name


class ServiceTarget(models.Model):
    """What a project is to deliver of one service in one year, and what it has delivered."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="service_targets", verbose_name=_("project")
    )
    kind = models.ForeignKey(
        ServiceKind, on_delete=models.PROTECT, related_name="targets", verbose_name=_("service")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    target = models.PositiveIntegerField(_("target"))
    completed = models.PositiveIntegerField(_("completed"), default=0)
    as_of = models.DateField(_("counted up to"), null=True, blank=True)

    class Meta:
        verbose_name = _("service target")
        verbose_name_plural = _("service targets")
        ordering = ("project", "year", "kind__position")
        constraints = (
            models.UniqueConstraint(name="service_target_once", fields=("project", "kind", "year")),
            models.CheckConstraint(
                name="service_target_positive", condition=models.Q(target__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.completed}/{self.target}"
