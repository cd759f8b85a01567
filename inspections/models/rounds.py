from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import Permission
from inspections.enums import RoundStatus, VisitStatus
from inspections.models.instruments import Instrument

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class UnknownRoundError(Exception):
    """No round has this name; the message is the name as it was given."""


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: User) -> Self:
        """Who plans or oversees rounds sees all; the others those with a visit that they see."""
        if user.may(Permission.VIEW_ROUNDS):
            return self
        from inspections.models.visits import Visit

        return self.filter(pk__in=Visit.objects.visible_to(user).values("round"))

    def with_progress(self) -> Self:
        """Each with its instrument and, as `visit_count`, `signed_count`, `first_on` and
        `last_on`, how far it is; a day is the visit's own or, until then, the planned one.
        """
        day = Coalesce("visits__visited_on", "visits__planned_on")
        return self.select_related("instrument").annotate(
            visit_count=models.Count("visits"),
            signed_count=models.Count("visits", filter=Q(visits__status=VisitStatus.SIGNED)),
            first_on=models.Min(day),
            last_on=models.Max(day),
        )

    def current(self) -> Round | None:
        """The newest round of which a visit has begun; before any, the newest; None: no round."""
        from inspections.models.visits import Visit

        begun = Visit.objects.filter(round=models.OuterRef("pk")).exclude(
            status=VisitStatus.PLANNED
        )
        return self.order_by(models.Exists(begun).desc(), "-year", "-sequence").first()

    def named(self, name: str) -> Round:
        """The round called `YEAR-SEQUENCE`, as `2016-2`; raises UnknownRoundError."""
        year, dash, sequence = name.partition("-")
        if not (
            dash and year.isascii() and year.isdigit() and sequence.isascii() and sequence.isdigit()
        ):
            raise UnknownRoundError(name)
        found = self.filter(year=int(year), sequence=int(sequence)).first()
        if found is None:
            raise UnknownRoundError(name)
        return found


class InspectionMethod(models.Model):
    """A way of inspecting, such as a presentation or a site walk."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("inspection method")
        verbose_name_plural = _("inspection methods")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """A supervision inspection round. What its documents call things is data, not code."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    sequence = models.PositiveSmallIntegerField(
        pgettext_lazy("round", "sequence"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    title = models.CharField(
        _("title"), max_length=120, help_text=_("As on the title page of the reports.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=RoundStatus, default=RoundStatus.PLANNING
    )
    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        related_name="rounds",
        limit_choices_to={"status": "published"},
        verbose_name=_("instrument"),
    )
    methods = models.ManyToManyField(
        InspectionMethod, blank=True, related_name="rounds", verbose_name=_("inspection methods")
    )
    city_name = models.CharField(_("city"), max_length=20)
    service_name = models.CharField(
        _("name of the service"), max_length=40, help_text=_("As in 司法社会工作.")
    )
    service_short_name = models.CharField(
        _("short name of the service"), max_length=20, help_text=_("As in 司法社工.")
    )
    scheme_title = models.CharField(
        _("scheme carried out"),
        max_length=120,
        blank=True,
        help_text=_("Title of the document that set the projects up."),
    )
    purpose = models.TextField(_("purpose"), blank=True)
    led_by = models.CharField(_("led by"), max_length=60, blank=True)
    issuer = models.CharField(_("issuer of the summary"), max_length=60, blank=True)
    issued_on = models.DateField(_("summary issued on"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection round")
        verbose_name_plural = _("inspection rounds")
        ordering = ("-year", "-sequence")
        constraints = (
            models.UniqueConstraint(
                name="round_once",
                fields=("year", "sequence"),
                violation_error_message=_("There is a round of this year and sequence already."),
            ),
            models.CheckConstraint(name="round_sequence_positive", condition=Q(sequence__gt=0)),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("inspections:round", args=[self.name])

    @property
    def name(self) -> str:
        """How people and commands call the round: `2016-2`."""
        return f"{self.year}-{self.sequence}"


class BasisDocument(models.Model):
    """An official document that a round rests on."""

    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, related_name="basis_documents", verbose_name=_("round")
    )
    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(
        _("document number"), max_length=60, blank=True, help_text=_("As in 穗司发〔2016〕87号.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("basis document")
        verbose_name_plural = _("basis documents")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"
