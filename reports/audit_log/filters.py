"""What the change history can be narrowed down by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import django_filters
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from accounts.models import User
from reports.audit_log.rows import ACTIONS

if TYPE_CHECKING:
    from django.db import models


def _model_choices() -> list[tuple[str, str]]:
    choices = [
        (model._meta.label_lower, capfirst(str(model._meta.verbose_name)))
        for model in auditlog.get_models()
    ]
    return sorted(choices, key=lambda choice: choice[1])


def _day_field() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AuditLogFilter(django_filters.FilterSet):
    actor = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Who"),
        queryset=User.objects.all(),
        empty_label=gettext_lazy("Everybody"),
    )
    model = django_filters.ChoiceFilter(
        label=gettext_lazy("What"),
        choices=_model_choices,
        method="filter_model",
        empty_label=gettext_lazy("Everything"),
    )
    action = django_filters.ChoiceFilter(
        label=gettext_lazy("Action"),
        choices=[(value, label) for value, (label, _tone) in ACTIONS.items()],
        empty_label=gettext_lazy("Any"),
    )
    since = django_filters.DateFilter(
        label=gettext_lazy("From"), method="filter_since", widget=_day_field()
    )
    until = django_filters.DateFilter(
        label=gettext_lazy("Until"), method="filter_until", widget=_day_field()
    )
    # Links narrow the list down to one object; nobody types its key.
    object = django_filters.CharFilter(field_name="object_pk", widget=forms.HiddenInput())

    class Meta:
        model = LogEntry
        fields: tuple[str, ...] = ()

    def filter_queryset(self, entries: models.QuerySet[LogEntry]) -> models.QuerySet[LogEntry]:
        """What fits; nothing where a value is no choice, which is said at its field."""
        return super().filter_queryset(entries) if self.form.is_valid() else entries.none()

    def filter_model(
        self, entries: models.QuerySet[LogEntry], name: str, value: str
    ) -> models.QuerySet[LogEntry]:
        app_label, _dot, model_name = value.partition(".")
        return entries.filter(
            content_type=ContentType.objects.get_by_natural_key(app_label, model_name)
        )

    def filter_since(
        self, entries: models.QuerySet[LogEntry], name: str, value: dt.date
    ) -> models.QuerySet[LogEntry]:
        return entries.filter(timestamp__gte=_midnight(value))

    def filter_until(
        self, entries: models.QuerySet[LogEntry], name: str, value: dt.date
    ) -> models.QuerySet[LogEntry]:
        return entries.filter(timestamp__lt=_midnight(value + dt.timedelta(days=1)))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
