from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inspections.forms.widgets import DayInput
from inspections.models import InspectionMethod, Visit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


class VisitPlanForm(forms.Form):
    planned_on = forms.DateField(label=_("Planned for"), required=False, widget=DayInput)


class VisitRecordForm(forms.Form):
    """When a visit took place, and on which day it used each method; no day: not used.

    Offers the methods of the round (all that there are when it names none) and those recorded.
    """

    visited_on = forms.DateField(label=_("Visited on"), widget=DayInput)

    def __init__(self, *args: Any, visit: Visit, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        used = {row.method_id: row.used_on for row in visit.methods_used.all()}
        of_round = set(visit.round.methods.values_list("pk", flat=True))
        self._methods = {
            f"method-{method.pk}": method
            for method in InspectionMethod.objects.all()
            if not of_round or method.pk in of_round or method.pk in used
        }
        self.fields["visited_on"].initial = visit.visited_on
        for name, method in self._methods.items():
            self.fields[name] = forms.DateField(
                label=method.name,
                required=False,
                widget=DayInput,
                initial=used.get(method.pk),
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        for name, day in list(cleaned.items()):
            if day is not None and day > self._today:
                self.add_error(name, ValidationError(_("This day has not come yet.")))
        return cleaned

    @property
    def method_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self._methods]

    def methods(self) -> Mapping[InspectionMethod, dt.date]:
        """The methods used, with their days; after validation."""
        return {
            method: self.cleaned_data[name]
            for name, method in self._methods.items()
            if self.cleaned_data[name] is not None
        }
