"""The columns of the registry's lists."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from projects.arrival import arrival, received_by
from projects.models import FundingAllocation, Project, StaffMember
from projects.queries import build_allocation_record, build_project_record
from projects.summaries import ProjectSummary
from projects.templatetags.registry import UNKNOWN, arrival_chip, wan
from projects.warning import WarningSeverity

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from projects.queries import OwnRows
    from projects.standards import Standards

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


class ProjectTable(tables.Table):
    name = tables.Column(
        linkify=True,
        verbose_name=_("Project"),
        accessor="short_name",
        order_by=("short_name", "pk"),
    )
    level = tables.Column(verbose_name=_("Level"), order_by=("level", "district__code", "pk"))
    district = tables.Column(
        verbose_name=_("District"),
        accessor="district__short_name",
        order_by=("district__code", "pk"),
    )
    agencies = tables.Column(verbose_name=_("Agency"), empty_values=(), orderable=False)
    staff = tables.Column(verbose_name=_("In post"), empty_values=(), orderable=False, attrs=NUMBER)
    funding = tables.Column(
        verbose_name=_("Funding (10,000 yuan)"), empty_values=(), orderable=False, attrs=NUMBER
    )
    arrival = tables.Column(verbose_name=_("Arrival"), empty_values=(), orderable=False)
    warnings = tables.Column(verbose_name=_("Warnings"), empty_values=(), orderable=False)

    class Meta:
        sequence = (
            "name",
            "level",
            "district",
            "agencies",
            "staff",
            "funding",
            "arrival",
            "warnings",
        )
        order_by_field = "sort"
        empty_text = _("No project fits.")

    def __init__(
        self,
        data: QuerySet[Project],
        *,
        own: OwnRows,
        standards: Standards,
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self._own = own
        self._standards = standards
        self._today = today
        self._summaries: dict[int, ProjectSummary] = {}

    def summary(self, project: Project) -> ProjectSummary:
        """The row's summary, made once for all of its cells."""
        if project.pk not in self._summaries:
            self._summaries[project.pk] = ProjectSummary(
                build_project_record(project), self._standards, self._today
            )
        return self._summaries[project.pk]

    def render_agencies(self, record: Project) -> str:
        names = self.summary(record).agency_names
        if not names:
            return gettext("Employed directly")
        if len(names) <= 2:
            return pgettext("between names", ", ").join(names)
        return ngettext("%(count)s agency", "%(count)s agencies", len(names)) % {
            "count": len(names)
        }

    def render_staff(self, record: Project) -> str:
        count = self.summary(record).staff_count
        agreed = record.contracted_headcount
        return f"{count}" if agreed is None else f"{count} / {agreed}"

    def render_funding(self, record: Project) -> SafeString | str:
        funding = self.summary(record).latest_funding
        if funding is None:
            return UNKNOWN
        return format_html(
            '<span>{} <span class="muted small">{}</span></span>',
            wan(funding.amount_yuan),
            funding.year,
        )

    def render_arrival(self, record: Project) -> SafeString | str:
        funding = self.summary(record).latest_funding
        return UNKNOWN if funding is None else arrival_chip(funding.arrival)

    def render_warnings(self, record: Project) -> SafeString | str:
        warnings = [each for each in self.summary(record).warnings if self._own.shows(each)]
        if not warnings:
            return ""
        is_serious = warnings[0].severity is WarningSeverity.SERIOUS
        return format_html(
            '<a class="chip {}" href="{}#warnings">{}</a>',
            "bad" if is_serious else "warn",
            record.get_absolute_url(),
            ngettext("%(count)s warning", "%(count)s warnings", len(warnings))
            % {"count": len(warnings)},
        )


class AgencyTable(tables.Table):
    name = tables.Column(linkify=True, verbose_name=_("Agency"), order_by=("name", "pk"))
    credit_code = tables.Column(
        verbose_name=_("Unified social credit code"),
        default=UNKNOWN,
        order_by=("credit_code", "pk"),
    )
    projects = tables.Column(
        verbose_name=_("Projects"),
        accessor="project_count",
        order_by=("project_count", "pk"),
        attrs=NUMBER,
    )
    contracts = tables.Column(
        verbose_name=_("Contracts"),
        accessor="contract_count",
        order_by=("contract_count", "pk"),
        attrs=NUMBER,
    )
    staff = tables.Column(
        verbose_name=_("Staff"),
        accessor="staff_count",
        order_by=("staff_count", "pk"),
        attrs=NUMBER,
    )

    class Meta:
        sequence = ("name", "projects", "contracts", "staff", "credit_code")
        order_by_field = "sort"
        empty_text = _("No agency fits.")


class StaffTable(tables.Table):
    name = tables.Column(linkify=True, verbose_name=_("Name"), order_by=("name", "pk"))
    agency = tables.Column(
        verbose_name=_("Agency"),
        accessor="agency__name",
        order_by=("agency__name", "pk"),
        default=UNKNOWN,
    )
    projects = tables.Column(
        verbose_name=_("Projects"), accessor="seen_postings", orderable=False, default=UNKNOWN
    )
    employment = tables.Column(verbose_name=_("Employment"), order_by=("employment", "pk"))
    education = tables.Column(verbose_name=_("Education"), order_by=("education", "pk"))
    field_of_study = tables.Column(
        verbose_name=_("Field of study"), order_by=("field_of_study", "pk")
    )
    certificates = tables.Column(
        verbose_name=_("Certificates"), accessor="qualifications", orderable=False
    )

    class Meta:
        sequence = (
            "name",
            "agency",
            "projects",
            "employment",
            "education",
            "field_of_study",
            "certificates",
        )
        order_by_field = "sort"
        empty_text = _("Nobody fits.")

    def render_agency(self, record: StaffMember) -> SafeString | str:
        agency = record.agency
        if agency is None:
            return UNKNOWN
        return format_html('<a href="{}">{}</a>', agency.get_absolute_url(), agency)

    def render_projects(self, value: list[Any]) -> str:
        return pgettext("between names", ", ").join(
            dict.fromkeys(each.project.short_name for each in value)
        )

    def render_certificates(self, record: StaffMember) -> str:
        kinds = [each.get_kind_display() for each in record.qualifications.all()]
        return pgettext("between names", ", ").join(dict.fromkeys(kinds)) or UNKNOWN


class FundingTable(tables.Table):
    project = tables.Column(
        linkify=lambda record: f"{record.project.get_absolute_url()}#funding",
        verbose_name=_("Project"),
        accessor="project__short_name",
        order_by=("project__level", "project__district__code", "project__pk", "pk"),
    )
    year = tables.Column(
        verbose_name=_("Fiscal year"), accessor="fiscal_year", order_by=("fiscal_year", "pk")
    )
    source = tables.Column(verbose_name=_("Source"), order_by=("source", "pk"))
    amount = tables.Column(
        verbose_name=_("Amount (10,000 yuan)"),
        accessor="amount_yuan",
        order_by=("amount_yuan", "pk"),
        attrs=NUMBER,
    )
    received = tables.Column(
        verbose_name=_("Arrived (10,000 yuan)"), empty_values=(), orderable=False, attrs=NUMBER
    )
    arrival = tables.Column(verbose_name=_("Arrival"), empty_values=(), orderable=False)

    class Meta:
        sequence = ("project", "year", "source", "amount", "received", "arrival")
        order_by_field = "sort"
        empty_text = _("No funding fits.")

    def __init__(
        self,
        data: QuerySet[FundingAllocation],
        *,
        standards: Standards,
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self._grace_days = standards.arrival_grace_days.value
        self._today = today

    def render_amount(self, value: Decimal) -> str:
        return wan(value)

    def render_received(self, record: FundingAllocation) -> str:
        instalments = build_allocation_record(record).instalments
        return wan(sum((received_by(each, self._today) for each in instalments), Decimal(0)))

    def render_arrival(self, record: FundingAllocation) -> SafeString:
        return arrival_chip(
            arrival(
                build_allocation_record(record).instalments,
                today=self._today,
                grace_days=self._grace_days,
            )
        )
