"""The columns of the list of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from reports.models import Report


def status_tone(report: Report) -> str:
    return "ok" if report.is_published else "warn"


class ReportTable(tables.Table):
    title = tables.Column(verbose_name=_("Report"), linkify=True)
    kind = tables.Column(verbose_name=_("Kind"))
    round = tables.Column(
        verbose_name=_("Round"), accessor="round__name", order_by=("round__year", "round__sequence")
    )
    version = tables.Column(verbose_name=_("Version"), attrs={"td": {"class": "nowrap"}})
    status = tables.Column(verbose_name=_("Status"))
    at = tables.Column(
        verbose_name=_("Drafted or published"),
        empty_values=(),
        order_by="drafted_at",
    )
    pdf = tables.Column(verbose_name=_("PDF"), empty_values=(), orderable=False)

    class Meta:
        sequence = ("title", "kind", "round", "version", "status", "at", "pdf")
        order_by_field = "sort"
        empty_text = _("No report fits.")

    def render_status(self, record: Report, value: str) -> SafeString:
        return format_html('<span class="chip {}">{}</span>', status_tone(record), value)

    def render_at(self, record: Report) -> str:
        at = record.published_at or record.drafted_at
        return gettext("%(day)s, %(who)s") % {
            "day": f"{timezone.localtime(at):%Y-%m-%d}",
            "who": record.published_by or record.drafted_by,
        }

    def render_pdf(self, record: Report) -> SafeString:
        label = gettext("Download") if record.is_published else gettext("Preview")
        return format_html(
            '<a class="nowrap" href="{}" aria-label="{} {}">{}</a>',
            reverse("reports:report-pdf", args=[record.pk]),
            label,
            record.title,
            label,
        )
