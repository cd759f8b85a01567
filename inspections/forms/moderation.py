from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from inspections.forms.sheets import read_points
from inspections.moderation_page import Entry
from inspections.scoring import ModeratedValue
from inspections.sheet_page import NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspections.models import Indicator


class ModerationForm(forms.Form):
    """A value and a reason for each indicator; whether they fit is for the action to say."""

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = indicators
        for indicator in indicators:
            self.fields[f"value-{indicator.pk}"] = forms.CharField(required=False)
            self.fields[f"reason-{indicator.pk}"] = forms.CharField(required=False)

    def entered(self) -> dict[int, Entry]:
        """What was entered, as it was entered, by indicator pk; after validation."""
        return {
            one.pk: Entry(
                self.cleaned_data[f"value-{one.pk}"], self.cleaned_data[f"reason-{one.pk}"]
            )
            for one in self.indicators
            # Not on the page as it was sent: untouched.
            if f"value-{one.pk}" in self.data
        }

    def values(self) -> dict[int, ModeratedValue | None]:
        """The same as values to settle on; None where both fields are empty."""
        return {pk: _value(entry) for pk, entry in self.entered().items()}


def _value(entry: Entry) -> ModeratedValue | None:
    if not entry.value and not entry.reason:
        return None
    if entry.value == NOT_APPLICABLE:
        return ModeratedValue(None, True, entry.reason)
    points = read_points(entry.value) if entry.value else None
    if entry.value and points is None:
        points = Decimal("NaN")
    return ModeratedValue(points, False, entry.reason)


class AppraisalForm(forms.Form):
    appraisal = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=20_000
    )
