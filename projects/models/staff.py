from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from projects.access import own_agencies
from projects.enums import (
    SOCIAL_WORK_QUALIFICATIONS,
    Education,
    Employment,
    FieldOfStudy,
    PostingRole,
    QualificationKind,
)
from projects.models.agencies import Agency
from projects.models.contracts import Contract
from projects.models.projects import Project

if TYPE_CHECKING:
    import datetime as dt
    from typing import Self

    from accounts.models import User


class StaffMemberQuerySet(models.QuerySet["StaffMember"]):
    def visible_to(self, user: User) -> Self:
        """Staff posted on projects that the user sees; an agency sees only its own."""
        if user.sees_everything:
            return self
        if user.role == Role.AGENCY:
            return self.filter(agency__in=own_agencies(user))
        return self.filter(pk__in=Posting.objects.visible_to(user).values("staff"))

    def certified(self, day: dt.date, *, is_certified: bool = True) -> Self:
        """Staff who hold a social worker's certificate that day, or those who do not.

        A certificate whose registration has run out does not count, as in `projects.checks`.
        """
        held = Qualification.objects.filter(
            Q(issued_on__isnull=True) | Q(issued_on__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            staff=OuterRef("pk"),
            kind__in=SOCIAL_WORK_QUALIFICATIONS,
        )
        return self.filter(Exists(held) if is_certified else ~Exists(held))

    def in_post(self, day: dt.date) -> Self:
        """Staff with a posting that runs that day."""
        return self.filter(pk__in=Posting.objects.on(day).values("staff"))


class StaffMember(models.Model):
    """A person on a project's team. Without an agency: employed by the bureau itself."""

    name = models.CharField(_("name"), max_length=40)
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("agency"),
        help_text=_("Empty: employed by the bureau."),
    )
    employment = models.CharField(_("employment"), max_length=12, choices=Employment)
    education = models.CharField(_("education"), max_length=12, choices=Education)
    field_of_study = models.CharField(_("field of study"), max_length=12, choices=FieldOfStudy)
    # None: not known.
    in_field_since = models.DateField(_("works in the field since"), null=True, blank=True)
    formerly_government = models.BooleanField(
        _("formerly a government employee"),
        default=False,
        help_text=_("Taken over by the agency or into the team from the judicial offices."),
    )
    note = models.TextField(_("note"), blank=True)

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:staff-member", args=[self.pk])


class Qualification(models.Model):
    """A certificate with its dates."""

    staff = models.ForeignKey(
        StaffMember,
        on_delete=models.CASCADE,
        related_name="qualifications",
        verbose_name=_("staff member"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=QualificationKind)
    certificate_number = models.CharField(_("certificate number"), max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    # None: does not run out, or not known.
    valid_until = models.DateField(_("registration valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ("staff", "issued_on", "pk")
        constraints = (
            models.CheckConstraint(
                name="qualification_valid_after_issue",
                condition=Q(issued_on__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("issued_on")),
                violation_error_message=_(
                    "The registration ends before the certificate was issued."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, user: User) -> Self:
        """Postings on the projects that the user sees; an agency sees those of its own staff."""
        if user.sees_everything:
            return self
        if user.role == Role.AGENCY:
            return self.filter(staff__agency__in=own_agencies(user))
        return self.filter(project__in=Project.objects.visible_to(user))

    def on(self, day: dt.date) -> Self:
        """Postings that run on that day."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )


class Posting(models.Model):
    """One person on one project, in a role, at a station, for a period."""

    staff = models.ForeignKey(
        StaffMember,
        on_delete=models.CASCADE,
        related_name="postings",
        verbose_name=_("staff member"),
    )
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="postings", verbose_name=_("project")
    )
    contract = models.ForeignKey(
        Contract,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name=_("contract"),
    )
    role = models.CharField(_("role"), max_length=12, choices=PostingRole)
    station = models.CharField(
        _("station"), max_length=60, blank=True, help_text=_("The judicial office or place.")
    )
    full_time = models.BooleanField(_("full-time on this project"), default=True)
    # None: not known, or open.
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ("project", "role", "staff__name", "pk")
        constraints = (
            models.CheckConstraint(
                name="posting_ends_after_start",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The posting ends before it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.station}".strip()

    def clean(self) -> None:
        if self.contract is not None and self.contract.project_id != self.project_id:
            raise ValidationError({"contract": _("This contract belongs to another project.")})
