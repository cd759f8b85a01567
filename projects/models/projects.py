from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from projects.access import project_scopes
from projects.enums import Level
from projects.models.places import District

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> Self:
        """Bureau-side roles: all; the others: what `project_scopes` says for their role."""
        if user.sees_everything:
            return self
        return self.filter(project_scopes.condition(Role(user.role), user))


class Project(models.Model):
    """A purchased service, of the city or of one district.

    Without any contract the purchasing bureau employs the staff itself.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    short_name = models.CharField(_("short name"), max_length=30, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    # None: a city-level project.
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("district"),
    )
    service_focus = models.TextField(
        _("service focus"), blank=True, help_text=_("Whom the project serves, and with what.")
    )
    service_model = models.TextField(
        _("service model"), blank=True, help_text=_("How the service is organised.")
    )
    partners = models.TextField(_("partners"), blank=True)
    contracted_headcount = models.PositiveSmallIntegerField(
        _("head count agreed"),
        null=True,
        blank=True,
        help_text=_("Staff that the contracts ask for. Empty: the contracts name no number."),
    )
    note = models.TextField(_("note"), blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("level", "district__code", "pk")
        constraints = (
            models.CheckConstraint(
                name="project_district_fits_level",
                condition=(
                    models.Q(level=Level.CITY, district__isnull=True)
                    | models.Q(level=Level.DISTRICT, district__isnull=False)
                ),
                violation_error_message=_(
                    "A district project names its district; a city project names none."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.pk])
