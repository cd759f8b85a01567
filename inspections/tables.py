"""The columns of the inspections' lists."""

from __future__ import annotations

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from inspections.enums import FindingKind
from inspections.models import Finding

SHORT = {"td": {"class": "nowrap"}}


class FindingTable(tables.Table):
    text = tables.Column(verbose_name=_("Finding"), linkify=True)
    kind = tables.Column(verbose_name=_("Kind"), attrs=SHORT)
    project = tables.Column(
        verbose_name=_("Project"),
        accessor="project__short_name",
        order_by=("project__short_name", "pk"),
    )
    round = tables.Column(
        verbose_name=_("Round"),
        accessor="visit__round__name",
        attrs=SHORT,
        order_by=("visit__round__year", "visit__round__sequence", "pk"),
    )
    category = tables.Column(
        verbose_name=_("Category"),
        accessor="category__short_name",
        order_by=("category__position", "pk"),
    )
    severity = tables.Column(verbose_name=_("Severity"), attrs=SHORT)
    indicator = tables.Column(verbose_name=_("Indicator"), order_by=("indicator__number", "pk"))
    status = tables.Column(verbose_name=_("Status"), empty_values=(), attrs=SHORT)
    created_at = tables.DateTimeColumn(verbose_name=_("Written at"), format="Y-m-d", attrs=SHORT)

    class Meta:
        order_by_field = "sort"
        order_by = "-created_at"
        default = ""
        empty_text = _("No finding fits.")

    def render_text(self, value: str) -> str:
        return value if len(value) <= 80 else f"{value[:80]}…"

    def render_kind(self, record: Finding) -> str:
        return render_to_string("inspections/findings/_kind.html", {"finding": record})

    def render_status(self, record: Finding) -> str:
        return record.get_status_display() if record.kind == FindingKind.PROBLEM else ""
