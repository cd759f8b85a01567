from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inspections.enums import InstrumentStatus, Mode
from inspections.models.freezing import FreezingQuerySet, FrozenInstrumentError, refuse_frozen
from projects.models import ServiceKind
from projects.warning import Rule

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User
    from inspections.models.visits import PanelMember


class InstrumentQuerySet(FreezingQuerySet["Instrument"]):
    def published(self) -> Self:
        return self.filter(status=InstrumentStatus.PUBLISHED)

    def visible_to(self, user: User) -> Self:
        """Drafts are seen by bureau-side roles only."""
        return self if user.sees_everything else self.published()

    def with_counts(self) -> Self:
        """Each with `section_count`, `indicator_count` and, prefetched, its rounds; two queries."""
        return self.annotate(
            section_count=models.Count("sections", distinct=True),
            indicator_count=models.Count("sections__indicators", distinct=True),
        ).prefetch_related("rounds")

    def with_content(self) -> Self:
        """Everything that the questionnaire consists of, in six queries."""
        return self.prefetch_related(
            "tracks",
            "grade_bands",
            "sections__indicators__track",
            "sections__indicators__service_kind",
            "sections__indicators__levels",
            "sections__indicators__volume_bands",
        )


class Instrument(models.Model):
    """A versioned questionnaire. Published once, it is frozen; a change is a new version."""

    status_lookup: ClassVar[str] = "status"

    name = models.CharField(_("name"), max_length=80)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    status = models.CharField(
        _("status"), max_length=10, choices=InstrumentStatus, default=InstrumentStatus.DRAFT
    )
    source_note = models.TextField(
        _("source"), help_text=_("The document behind points and weights, or that they are ours.")
    )
    spread_limit = models.DecimalField(
        _("spread limit"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.300"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=_(
            "From this share of an indicator's points on, differing scores must be settled."
        ),
    )
    # Key of a grade band. Empty: a critical indicator at zero caps nothing.
    cap_grade_key = models.SlugField(_("grade cap"), max_length=20, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ("name", "-version")
        constraints = (
            models.UniqueConstraint(name="instrument_version_once", fields=("name", "version")),
            models.CheckConstraint(
                name="instrument_published_has_time",
                condition=Q(status=InstrumentStatus.DRAFT, published_at__isnull=True)
                | Q(status=InstrumentStatus.PUBLISHED, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="instrument_spread_limit_share",
                condition=Q(spread_limit__gte=0) & Q(spread_limit__lte=1),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_frozen([self.pk])
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_frozen([self.pk])
        return super().delete(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("inspections:instrument", args=[self.pk])

    def owning_instrument(self) -> Instrument:
        return self

    @property
    def is_frozen(self) -> bool:
        return self.status == InstrumentStatus.PUBLISHED


class InstrumentPart(models.Model):
    """A row that belongs to an instrument and freezes with it.

    What counts is the stored status of the instrument, not what a loaded object remembers.
    """

    status_lookup: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_frozen()
        return super().delete(*args, **kwargs)

    def owning_instrument(self) -> Instrument:
        """The instrument that the part belongs to."""
        raise NotImplementedError

    def _refuse_frozen(self) -> None:
        """Raise when the part is in a published instrument, or was about to move into one."""
        stored = {"pk": self.pk, self.status_lookup: InstrumentStatus.PUBLISHED}
        if self.pk is not None and type(self)._base_manager.filter(**stored).exists():
            raise FrozenInstrumentError(str(self))
        refuse_frozen([self.owning_instrument().pk])


class Track(InstrumentPart):
    """A side of the evaluation that is scored and reported on its own."""

    status_lookup = "instrument__status"

    instrument = models.ForeignKey(
        Instrument, on_delete=models.CASCADE, related_name="tracks", verbose_name=_("instrument")
    )
    key = models.SlugField(_("key"), max_length=20)
    name = models.CharField(_("name"), max_length=40)
    weight = models.DecimalField(
        _("weight"), max_digits=6, decimal_places=3, validators=[MinValueValidator(Decimal(0))]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: ClassVar[models.Manager[Track]] = FreezingQuerySet.as_manager()

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(name="track_key_once", fields=("instrument", "key")),
            models.CheckConstraint(name="track_weight_not_negative", condition=Q(weight__gte=0)),
        )

    def __str__(self) -> str:
        return self.name

    def owning_instrument(self) -> Instrument:
        return self.instrument


class GradeBand(InstrumentPart):
    """A grade and the lowest rounded percent that earns it."""

    status_lookup = "instrument__status"

    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.CASCADE,
        related_name="grade_bands",
        verbose_name=_("instrument"),
    )
    key = models.SlugField(_("key"), max_length=20)
    name = models.CharField(_("name"), max_length=20)
    lower_percent = models.DecimalField(
        _("from percent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )

    objects: ClassVar[models.Manager[GradeBand]] = FreezingQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade band")
        verbose_name_plural = _("grade bands")
        ordering = ("-lower_percent",)
        constraints = (
            models.UniqueConstraint(name="grade_key_once", fields=("instrument", "key")),
            models.UniqueConstraint(name="grade_edge_once", fields=("instrument", "lower_percent")),
        )

    def __str__(self) -> str:
        return self.name

    def owning_instrument(self) -> Instrument:
        return self.instrument


class Section(InstrumentPart):
    """A content area of the inspection. One without indicators collects findings only."""

    status_lookup = "instrument__status"

    instrument = models.ForeignKey(
        Instrument, on_delete=models.CASCADE, related_name="sections", verbose_name=_("instrument")
    )
    key = models.SlugField(_("key"), max_length=20)
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20)

    objects: ClassVar[models.Manager[Section]] = FreezingQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(name="section_key_once", fields=("instrument", "key")),
            models.UniqueConstraint(name="section_number_once", fields=("instrument", "number")),
        )

    def __str__(self) -> str:
        return self.short_name

    def owning_instrument(self) -> Instrument:
        return self.instrument


class IndicatorQuerySet(FreezingQuerySet["Indicator"]):
    def scored_by(self, member: PanelMember) -> Self:
        """The indicators of a panel member's tracks in the instrument's order, each with its
        section, track and counted service; one query."""
        return self.filter(track__in=member.tracks.values("pk")).select_related(
            "section", "track", "service_kind"
        )


def validate_rules(value: str) -> None:
    """Raise ValidationError unless these are names of registry checks, separated by spaces."""
    unknown = [name for name in value.split() if name not in Rule.values]
    if unknown:
        raise ValidationError(
            _("Unknown checks: %(unknown)s. Known: %(known)s."),
            params={"unknown": ", ".join(unknown), "known": ", ".join(Rule.values)},
        )


class Indicator(InstrumentPart):
    """One thing that is judged, for points between 0 and `max_points` on `step`.

    `key` stays the same across versions, so that rounds can be compared.
    """

    status_lookup = "section__instrument__status"

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("section")
    )
    # Not PROTECT: a draft goes with its tracks and indicators at once.
    track = models.ForeignKey(
        Track, on_delete=models.RESTRICT, related_name="indicators", verbose_name=_("track")
    )
    key = models.SlugField(_("key"), max_length=60)
    number = models.CharField(_("number"), max_length=10)
    name = models.CharField(_("name"), max_length=80)
    max_points = models.DecimalField(_("maximum points"), max_digits=5, decimal_places=2)
    step = models.DecimalField(_("step"), max_digits=4, decimal_places=2)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    guidance = models.TextField(_("guidance"), blank=True)
    evidence = models.TextField(_("evidence to ask for"), blank=True)
    allow_na = models.BooleanField(_("may be not applicable"), default=False)
    critical = models.BooleanField(_("critical"), default=False)
    # None: no volume band.
    service_kind = models.ForeignKey(
        ServiceKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("service"),
    )
    registry_checks = models.CharField(
        _("registry checks"),
        max_length=200,
        blank=True,
        validators=[validate_rules],
        help_text=_("Names of checks whose warnings belong beside it, separated by spaces."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("section__number", "position", "pk")
        constraints = (
            models.UniqueConstraint(name="indicator_key_once", fields=("section", "key")),
            models.CheckConstraint(
                name="indicator_step_fits",
                condition=Q(step__gt=0) & Q(max_points__gte=F("step")),
                violation_error_message=_("The step is above zero and no more than the points."),
            ),
            models.CheckConstraint(
                name="indicator_volume_names_service",
                condition=~Q(mode=Mode.VOLUME) | Q(service_kind__isnull=False),
                violation_error_message=_("A volume band needs the service that it counts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        """Section and track are of one instrument; the database can't tell."""
        # A form with an error has not set them all.
        sections = Section.objects.filter(pk=self.section_id)
        tracks = Track.objects.filter(pk=self.track_id)
        instruments = {row.instrument_id for rows in (sections, tracks) for row in rows}
        if len(instruments) > 1:
            raise ValidationError(
                {"track": _("Choose a track of the same instrument as the section's.")}
            )

    def owning_instrument(self) -> Instrument:
        return self.section.instrument


class IndicatorLevel(InstrumentPart):
    """A described degree of fulfilment and the points that it is worth."""

    status_lookup = "indicator__section__instrument__status"

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="levels", verbose_name=_("indicator")
    )
    lower_points = models.DecimalField(_("from points"), max_digits=5, decimal_places=2)
    upper_points = models.DecimalField(_("to points"), max_digits=5, decimal_places=2)
    description = models.CharField(_("description"), max_length=200)

    objects: ClassVar[models.Manager[IndicatorLevel]] = FreezingQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("indicator", "level")
        verbose_name_plural = pgettext_lazy("indicator", "levels")
        ordering = ("indicator", "-upper_points")
        constraints = (
            models.UniqueConstraint(name="level_once", fields=("indicator", "upper_points")),
            models.CheckConstraint(
                name="level_points_in_order",
                condition=Q(lower_points__gte=0) & Q(upper_points__gte=F("lower_points")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.lower_points}–{self.upper_points}"

    def owning_instrument(self) -> Instrument:
        return self.indicator.section.instrument


class VolumeBand(InstrumentPart):
    """Points for reaching a share of the year's service target."""

    status_lookup = "indicator__section__instrument__status"

    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        related_name="volume_bands",
        verbose_name=_("indicator"),
    )
    lower_percent = models.DecimalField(_("from percent"), max_digits=5, decimal_places=2)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)

    objects: ClassVar[models.Manager[VolumeBand]] = FreezingQuerySet.as_manager()

    class Meta:
        verbose_name = _("volume band")
        verbose_name_plural = _("volume bands")
        ordering = ("indicator", "-lower_percent")
        constraints = (
            models.UniqueConstraint(name="volume_band_once", fields=("indicator", "lower_percent")),
        )

    def __str__(self) -> str:
        return f"≥{self.lower_percent}%"

    def owning_instrument(self) -> Instrument:
        return self.indicator.section.instrument
