from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InstrumentStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Mode(models.TextChoices):
    """How an indicator is answered; in every mode the answer is points on the step."""

    POINTS = "points", pgettext_lazy("mode", "Points")
    LEVEL = "level", _("Levels")
    VOLUME = "volume", _("Volume band")
    YES_NO = "yes_no", _("Yes or no")


class RoundStatus(models.TextChoices):
    PLANNING = "planning", _("Planning")
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")


class VisitStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    SCORING = "scoring", _("Scoring")
    MODERATION = "moderation", _("Moderation")
    SIGNED = "signed", _("Signed off")


class Recusal(models.TextChoices):
    """A panel member's declaration on conflicts of interest."""

    PENDING = "pending", _("Not declared")
    CLEAR = "clear", _("No conflict of interest")
    CONFLICT = "conflict", _("Conflict of interest")


class SheetStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")


class FindingKind(models.TextChoices):
    STRENGTH = "strength", _("Strength")
    PROBLEM = "problem", _("Problem")
    SUGGESTION = "suggestion", _("Suggestion")


class Severity(models.TextChoices):
    MINOR = "minor", _("Minor")
    MODERATE = "moderate", _("Moderate")
    SERIOUS = "serious", _("Serious")


class FindingStatus(models.TextChoices):
    """The life of a problem. Only problems are followed; others stay open and mean nothing."""

    OPEN = "open", _("Open")
    PLAN_SUBMITTED = "plan_submitted", _("Plan submitted")
    RECTIFIED = "rectified", _("Rectified, to be verified")
    VERIFIED = "verified", _("Verified")
    REOPENED = "reopened", _("Reopened")


class Party(models.TextChoices):
    """Who is to act on a finding."""

    AGENCY = "agency", _("Agency")
    PURCHASER = "purchaser", _("Purchaser")
    JUDICIAL_OFFICE = "judicial_office", _("Judicial office")
    CITY_BUREAU = "city_bureau", _("City bureau")
