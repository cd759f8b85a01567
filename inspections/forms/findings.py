from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.actions.findings import FindingContent
from inspections.enums import FindingKind, Party, Severity
from inspections.forms.sheets import FilesField
from inspections.forms.widgets import DayInput, offer
from inspections.models import Finding, FindingCategory, Indicator

if TYPE_CHECKING:
    from collections.abc import Sequence


class FindingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A finding on a sheet; `indicators` are those that the sheet scores."""

    photos = FilesField(label=_("Photographs"), required=False)

    class Meta:
        model = Finding
        fields = (
            "kind",
            "text",
            "category",
            "severity",
            "indicator",
            "evidence",
            "recommendation",
            "responsible_party",
            "due_on",
        )
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
            "evidence": forms.Textarea(attrs={"rows": 2}),
            "recommendation": forms.Textarea(attrs={"rows": 2}),
            "due_on": DayInput,
        }
        labels = {
            "text": _("What was found"),
            "evidence": _("Evidence"),
            "recommendation": _("Recommendation"),
        }
        help_texts = {
            "text": _("No names, numbers or case facts of service users; use case codes."),
            "evidence": _("Documents, places and numbers that it rests on."),
        }

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = FindingKind.choices  # type: ignore[attr-defined]
        self.fields["category"].choices = _categories_by_kind()  # type: ignore[attr-defined]
        keys = [one.pk for one in indicators]
        offer(self, "indicator", Indicator.objects.filter(pk__in=keys))
        self.fields["indicator"].empty_label = "—"  # type: ignore[attr-defined]
        for name, choices in (("severity", Severity), ("responsible_party", Party)):
            self.fields[name].choices = [("", "—"), *choices.choices]  # type: ignore[attr-defined]
        self.fields["photos"].help_text = _(
            "Keep faces, identity papers and files of service users off photographs."
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        kind, category = cleaned.get("kind"), cleaned.get("category")
        if category is not None and kind is not None and category.kind != kind:
            self.add_error("category", _("This category belongs to another kind of finding."))
        if kind == FindingKind.PROBLEM:
            for name in ("category", "severity", "responsible_party"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A problem needs this."))
        return cleaned

    def _post_clean(self) -> None:
        # The action fills and checks the row: the form only reads what was entered.
        return

    def content(self) -> FindingContent:
        """What was written; after validation."""
        written = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return FindingContent(**written | {"kind": FindingKind(written["kind"])})


def _categories_by_kind() -> list[tuple[str, Any]]:
    """The choices of a category: those of each kind under its name, strengths first."""
    found: dict[str, list[tuple[int, str]]] = {str(kind.label): [] for kind in FindingKind}
    for category in FindingCategory.objects.all():
        found[category.get_kind_display()].append((category.pk, category.short_name))
    return [("", "—"), *((label, rows) for label, rows in found.items() if rows)]
