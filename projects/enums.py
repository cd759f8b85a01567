from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """Who buys the project."""

    CITY = "city", _("City level")
    DISTRICT = "district", _("District level")


class DatePrecision(models.TextChoices):
    """How much of a date is known; the rest of the stored date is its first day."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class Procurement(models.TextChoices):
    """Procurement methods of the Government Procurement Law, art. 26, and what lies outside it."""

    OPEN_TENDER = "open_tender", _("Open tender")
    INVITED_TENDER = "invited_tender", _("Invited tender")
    NEGOTIATION = "negotiation", _("Competitive negotiation")
    CONSULTATION = "consultation", _("Competitive consultation")
    SINGLE_SOURCE = "single_source", _("Single source")
    INQUIRY = "inquiry", _("Request for quotations")
    AGREEMENT = "agreement", _("Agreement without tender")


class Employment(models.TextChoices):
    FULL_TIME = "full_time", _("Full-time")
    PART_TIME = "part_time", _("Part-time")
    GOVERNMENT = "government", _("Government employee")


class Education(models.TextChoices):
    SECONDARY = "secondary", _("Secondary school")
    COLLEGE = "college", _("Junior college")
    BACHELOR = "bachelor", _("Bachelor")
    MASTER = "master", _("Master")
    DOCTOR = "doctor", _("Doctor")


class FieldOfStudy(models.TextChoices):
    SOCIAL_WORK = "social_work", _("Social work")
    LAW = "law", _("Law")
    SOCIOLOGY = "sociology", _("Sociology")
    PSYCHOLOGY = "psychology", _("Psychology")
    EDUCATION = "education", pgettext_lazy("field of study", "Education")
    OTHER = "other", pgettext_lazy("field of study", "Other")


class QualificationKind(models.TextChoices):
    """Social-worker levels, and counsellor levels that left the state catalogue on 2017-09-12."""

    ASSISTANT_SOCIAL_WORKER = "assistant_social_worker", _("Assistant social worker")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    SENIOR_SOCIAL_WORKER = "senior_social_worker", _("Senior social worker")
    COUNSELLOR_3 = "counsellor_3", _("Psychological counsellor, level 3")
    COUNSELLOR_2 = "counsellor_2", _("Psychological counsellor, level 2")
    COUNSELLOR_1 = "counsellor_1", _("Psychological counsellor, level 1")
    OTHER = "other", pgettext_lazy("qualification", "Other certificate")


SOCIAL_WORK_QUALIFICATIONS: tuple[QualificationKind, ...] = (
    QualificationKind.ASSISTANT_SOCIAL_WORKER,
    QualificationKind.SOCIAL_WORKER,
    QualificationKind.SENIOR_SOCIAL_WORKER,
)
"""The levels that count as certified, lowest first."""


class PostingRole(models.TextChoices):
    LEAD = "lead", _("Project lead")
    WORKER = "worker", _("Frontline social worker")
    SUPERVISOR = "supervisor", _("Supervisor")
    FINANCE = "finance", _("Finance staff")
    SUPPORT = "support", _("Administrative support")


class FundingSource(models.TextChoices):
    CITY = "city", _("City finance")
    DISTRICT = "district", _("District finance")


class BudgetCategory(models.TextChoices):
    PERSONNEL = "personnel", _("Personnel")
    TRAINING = "training", _("Supervision and training")
    ACTIVITIES = "activities", _("Service activities")
    MANAGEMENT = "management", _("Management")
    OTHER = "other", pgettext_lazy("budget", "Other")
