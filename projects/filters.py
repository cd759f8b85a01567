"""What the registry's lists can be narrowed down by. Overviews link here by these parameters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.enums import Education, Employment, FieldOfStudy, FundingSource, Level
from projects.extensions import project_groupings
from projects.models import (
    Agency,
    Contract,
    District,
    FundingAllocation,
    Posting,
    Project,
    StaffMember,
)
from projects.queries import load_standards

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from projects.extensions import ProjectGrouping
    from projects.models.funding import FundingQuerySet
    from projects.models.staff import StaffMemberQuerySet

ALL = _("All")
_YES_NO = [("true", _("Yes")), ("false", _("No"))]


class SearchFilter(django_filters.CharFilter):
    """Words that must all occur, each in any one of the named fields."""

    def __init__(self, *fields: str, **kwargs: Any) -> None:
        super().__init__(
            label=_("Search"),
            widget=forms.TextInput(attrs={"type": "search"}),
            **kwargs,
        )
        self._fields = fields

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        for word in (value or "").split():
            found = Q()
            for field in self._fields:
                found |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


class GroupingFilter(django_filters.ChoiceFilter):
    """A filter that an app above the registry has put in."""

    def __init__(self, grouping: ProjectGrouping, user: User) -> None:
        super().__init__(
            field_name=grouping.parameter,
            label=grouping.label,
            choices=grouping.options(user),
            empty_label=ALL,
        )
        self._grouping = grouping

    def filter(self, projects: QuerySet[Project], value: str) -> QuerySet[Project]:
        return projects.filter(self._grouping.condition(value)) if value else projects


class RegistryFilterSet(django_filters.FilterSet):
    """Filters for one user on one day; what does not fit finds nothing and says so at its field."""

    def __init__(self, data: Any, *, queryset: QuerySet[Any], user: User, today: dt.date) -> None:
        super().__init__(data, queryset=queryset)
        self.user = user
        self.today = today

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return super().filter_queryset(queryset) if self.form.is_valid() else queryset.none()


def _visible_projects(filter_set: RegistryFilterSet) -> QuerySet[Project]:
    return Project.objects.visible_to(filter_set.user)


class ProjectFilter(RegistryFilterSet):
    q = SearchFilter("name", "short_name")
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level, empty_label=ALL)
    district = django_filters.ModelChoiceFilter(
        label=_("District"), queryset=District.objects.all(), empty_label=ALL
    )
    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"), queryset=Agency.objects.none(), empty_label=ALL, method="by_agency"
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["agency"].field.queryset = Agency.objects.visible_to(self.user)
        for grouping in project_groupings:
            self.filters[grouping.parameter] = GroupingFilter(grouping, self.user)

    def by_agency(
        self, projects: QuerySet[Project], name: str, agency: Agency
    ) -> QuerySet[Project]:
        return projects.filter(pk__in=Contract.objects.filter(agency=agency).values("project"))


class AgencyFilter(RegistryFilterSet):
    q = SearchFilter("name", "short_name", "credit_code")
    district = django_filters.ModelChoiceFilter(
        label=_("District"),
        queryset=District.objects.all(),
        empty_label=ALL,
        method="by_district",
    )

    class Meta:
        model = Agency
        fields: list[str] = []

    def by_district(
        self, agencies: QuerySet[Agency], name: str, district: District
    ) -> QuerySet[Agency]:
        contracts = Contract.objects.visible_to(self.user).filter(project__district=district)
        return agencies.filter(pk__in=contracts.values("agency"))


class StaffFilter(RegistryFilterSet):
    """`on` is the day for being in post and being certified; without it certificates are today's
    and everybody who was ever posted is listed."""

    q = SearchFilter("name")
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=Project.objects.none(), empty_label=ALL, method="by_project"
    )
    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"), queryset=Agency.objects.none(), empty_label=ALL
    )
    employment = django_filters.ChoiceFilter(
        label=_("Employment"), choices=Employment, empty_label=ALL
    )
    education = django_filters.ChoiceFilter(
        label=_("Education"), choices=Education, empty_label=ALL
    )
    field_of_study = django_filters.ChoiceFilter(
        label=_("Field of study"), choices=FieldOfStudy, empty_label=ALL
    )
    certified = django_filters.ChoiceFilter(
        label=_("Certified"), choices=_YES_NO, empty_label=ALL, method="by_certificate"
    )
    on = django_filters.DateFilter(
        label=_("In post on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        method="by_day",
    )

    class Meta:
        model = StaffMember
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["project"].field.queryset = _visible_projects(self)
        self.filters["agency"].field.queryset = Agency.objects.visible_to(self.user)

    @property
    def day(self) -> dt.date:
        """The day that certificates are looked at."""
        chosen = self.form.cleaned_data.get("on") if self.form.is_valid() else None
        return chosen or self.today

    def by_project(
        self, staff: QuerySet[StaffMember], name: str, project: Project
    ) -> QuerySet[StaffMember]:
        postings = Posting.objects.filter(project=project)
        if self.form.cleaned_data.get("on"):
            postings = postings.on(self.day)
        return staff.filter(pk__in=postings.values("staff"))

    def by_certificate(
        self, staff: StaffMemberQuerySet, name: str, value: str
    ) -> QuerySet[StaffMember]:
        return staff.certified(self.day, is_certified=value == "true")

    def by_day(
        self, staff: StaffMemberQuerySet, name: str, value: dt.date
    ) -> QuerySet[StaffMember]:
        return staff.in_post(value)


class FundingFilter(RegistryFilterSet):
    year = django_filters.NumberFilter(
        label=_("Fiscal year"),
        field_name="fiscal_year",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 2000, "max": 2100}),
    )
    source = django_filters.ChoiceFilter(label=_("Source"), choices=FundingSource, empty_label=ALL)
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=Project.objects.none(), empty_label=ALL
    )
    late = django_filters.ChoiceFilter(
        label=_("Late or missing"), choices=_YES_NO, empty_label=ALL, method="by_arrival"
    )

    class Meta:
        model = FundingAllocation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["project"].field.queryset = _visible_projects(self)

    def by_arrival(
        self, allocations: FundingQuerySet, name: str, value: str
    ) -> QuerySet[FundingAllocation]:
        return allocations.with_late_money(
            self.today,
            grace_days=load_standards().arrival_grace_days.value,
            is_late=value == "true",
        )
