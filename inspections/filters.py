"""What the inspections' lists can be narrowed down by; other pages link by these parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.enums import FindingKind, FindingStatus, Severity
from inspections.models import Finding, FindingCategory, Indicator, Round
from projects.models import Project

if TYPE_CHECKING:
    from accounts.models import User
    from inspections.models.findings import FindingQuerySet

ALL = _("All")


class FindingFilter(django_filters.FilterSet):
    """Filters for one user; what does not fit finds nothing and says so at its field."""

    q = django_filters.CharFilter(
        label=_("Search"), method="by_words", widget=forms.TextInput(attrs={"type": "search"})
    )
    round = django_filters.ChoiceFilter(label=_("Round"), method="by_round", empty_label=ALL)
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=Project.objects.none(), empty_label=ALL
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=FindingKind, empty_label=ALL)
    category = django_filters.ModelChoiceFilter(
        label=_("Category"),
        queryset=FindingCategory.objects.all(),
        to_field_name="key",
        empty_label=ALL,
    )
    severity = django_filters.ChoiceFilter(label=_("Severity"), choices=Severity, empty_label=ALL)
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=FindingStatus, empty_label=ALL, method="by_status"
    )
    indicator = django_filters.CharFilter(
        label=_("Indicator (key)"), field_name="indicator__key", widget=forms.HiddenInput
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def __init__(self, data: Any, *, queryset: FindingQuerySet, user: User) -> None:
        super().__init__(data, queryset=queryset)
        rounds = Round.objects.visible_to(user)
        self.filters["round"].field.choices = [(one.name, one.name) for one in rounds]
        self.filters["project"].field.queryset = Project.objects.visible_to(user)
        self.filters["project"].field.label_from_instance = lambda project: project.short_name

    def filter_queryset(self, queryset: FindingQuerySet) -> FindingQuerySet:
        return super().filter_queryset(queryset) if self.form.is_valid() else queryset.none()

    def by_words(self, findings: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        for word in value.split():
            findings = findings.filter(
                Q(text__icontains=word)
                | Q(evidence__icontains=word)
                | Q(recommendation__icontains=word)
            )
        return findings

    def by_round(self, findings: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        year, _dash, sequence = value.partition("-")
        return findings.filter(visit__round__year=year, visit__round__sequence=sequence)

    def by_status(self, findings: FindingQuerySet, name: str, value: str) -> FindingQuerySet:
        """Only problems are followed: the others have no status to speak of."""
        return findings.problems().filter(status=value)

    @property
    def indicator_name(self) -> str:
        """What the indicator of the address is called, in its latest version; one query."""
        key = self.form.cleaned_data.get("indicator") if self.form.is_valid() else ""
        found = Indicator.objects.filter(key=key).order_by("-pk").first() if key else None
        return str(found) if found else key or ""
