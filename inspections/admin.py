"""Reference data, and instruments while they are drafts.

Rounds, visits, sheets and results are not here: they have pages that know their rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspections.enums import InstrumentStatus
from inspections.models import (
    FindingCategory,
    GradeBand,
    Indicator,
    IndicatorLevel,
    InspectionMethod,
    Instrument,
    Recommendation,
    Section,
    Track,
    VolumeBand,
)

if TYPE_CHECKING:
    from django.db import models
    from django.http import HttpRequest


@admin.register(FindingCategory)
class FindingCategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("short_name", "kind", "title", "position")
    list_filter = ("kind",)
    search_fields = ("title", "short_name", "key")
    prepopulated_fields = {"key": ("short_name",)}


@admin.register(Recommendation)
class RecommendationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "position")
    search_fields = ("title", "text")
    filter_horizontal = ("categories",)


@admin.register(InspectionMethod)
class InspectionMethodAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "position")
    search_fields = ("name",)


def _is_frozen(row: Any) -> bool:
    """Whether the row belongs to a published instrument; None is a row that is still to be."""
    return row is not None and row.owning_instrument().is_frozen


class _DraftInline(admin.TabularInline):  # type: ignore[type-arg]
    """Parts of an instrument or indicator, read-only once that is published."""

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:  # type: ignore[override]
        return not _is_frozen(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_frozen(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_frozen(obj) and super().has_delete_permission(request, obj)


class _DraftAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Editable while the instrument is a draft; then shown, with the reason why."""

    # Deleting many at once would stop at the first one that is frozen.
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_frozen(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_frozen(obj) and super().has_delete_permission(request, obj)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        found = self.get_object(request, object_id)
        if _is_frozen(found):
            messages.warning(
                request,
                gettext(
                    "This instrument is published and can't change any more, so that scores stay "
                    "comparable. Make a new version on its page."
                ),
            )
        return super().change_view(request, object_id, *args, **kwargs)


class TrackInline(_DraftInline):
    model = Track
    extra = 0


class GradeBandInline(_DraftInline):
    model = GradeBand
    extra = 0


class SectionInline(_DraftInline):
    model = Section
    extra = 0


@admin.register(Instrument)
class InstrumentAdmin(_DraftAdmin):
    list_display = ("name", "version", "status", "published_at")
    list_filter = ("status",)
    search_fields = ("name",)
    fields = (
        "name",
        "version",
        "status",
        "source_note",
        "spread_limit",
        "cap_grade_key",
        "indicator_list",
    )
    # Publishing checks that the questionnaire is complete, so it has a page of its own.
    readonly_fields = ("status", "indicator_list")
    inlines = (TrackInline, GradeBandInline, SectionInline)

    @admin.display(description=_("indicators"))
    def indicator_list(self, instrument: Instrument) -> str:
        if instrument._state.adding:
            return gettext("after saving")
        query = f"?section__instrument__id__exact={instrument.pk}"
        count = Indicator.objects.filter(section__instrument=instrument).count()
        url = reverse("admin:inspections_indicator_changelist") + query
        return format_html('<a href="{}">{}</a>', url, count)

    def view_on_site(self, instrument: Instrument) -> str:
        return instrument.get_absolute_url()


class IndicatorLevelInline(_DraftInline):
    model = IndicatorLevel
    extra = 0


class VolumeBandInline(_DraftInline):
    model = VolumeBand
    extra = 0


class _PartField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Names a section or track together with its instrument and version."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.instrument} · {obj}"


@admin.register(Indicator)
class IndicatorAdmin(_DraftAdmin):
    list_display = ("number", "name", "section", "track", "max_points", "step", "mode", "critical")
    list_filter = ("section__instrument", "mode", "critical")
    list_select_related = ("section", "track")
    search_fields = ("number", "name", "key")
    inlines = (IndicatorLevelInline, VolumeBandInline)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField[Any] | None:
        """Offers sections and tracks of drafts only."""
        if db_field.name in {"section", "track"}:
            rows = db_field.related_model._default_manager.filter(
                instrument__status=InstrumentStatus.DRAFT
            )
            kwargs["queryset"] = rows.select_related("instrument")
            kwargs["form_class"] = _PartField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, indicator: Indicator) -> str:
        return indicator.section.instrument.get_absolute_url()
