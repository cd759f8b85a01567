"""What the list of reports can be narrowed down by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _

from projects.filters import ALL, SearchFilter
from reports.enums import ReportKind, ReportStatus
from reports.models import Report

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from inspections.models import Round
    from reports.models import ReportQuerySet


class ReportFilter(django_filters.FilterSet):
    """Filters for one user; what does not fit finds nothing and says so at its field."""

    q = SearchFilter("title")
    round = django_filters.ChoiceFilter(label=_("Round"), empty_label=ALL, method="by_round")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReportKind, empty_label=ALL)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=ReportStatus, empty_label=ALL)

    class Meta:
        model = Report
        fields: list[str] = []

    def __init__(self, data: Any, *, queryset: QuerySet[Report], rounds: list[Round]) -> None:
        super().__init__(data, queryset=queryset)
        self.filters["round"].extra["choices"] = [(each.name, each.name) for each in rounds]

    def filter_queryset(self, queryset: QuerySet[Report]) -> QuerySet[Report]:
        return super().filter_queryset(queryset) if self.form.is_valid() else queryset.none()

    def by_round(self, reports: ReportQuerySet, name: str, value: str) -> QuerySet[Report]:
        year, _dash, sequence = value.partition("-")
        return reports.filter(round__year=int(year), round__sequence=int(sequence))
