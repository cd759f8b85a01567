from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from inspections.actions.panels import SeatPlan
from inspections.enums import VisitStatus
from inspections.forms.panels import InspectorField, inspectors_for
from inspections.forms.widgets import offer
from inspections.models import Visit

if TYPE_CHECKING:
    from inspections.models import Round

# The lead and four members: panels known from documents have three to five.
_SEATS = 5


class _VisitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Visits by the short names of their projects."""

    def label_from_instance(self, obj: Visit) -> str:
        return obj.project.short_name


class PanelsForm(forms.Form):
    """The same seats for several visits of a round, the first one the lead's.

    Proposes the visits that have no panel yet, and no tracks: one left ticked by mistake counts
    in the scores. A seat without an inspector counts for nothing.
    """

    visits = _VisitsField(
        label=gettext_lazy("Visits"),
        queryset=Visit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one visit.")},
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unsigned = round.visits.exclude(status=VisitStatus.SIGNED).select_related("project")
        offer(self, "visits", unsigned.in_order())
        self.fields["visits"].initial = unsigned.without_panel()
        tracks = round.instrument.tracks.all()
        for number in range(_SEATS):
            self.fields[f"user-{number}"] = InspectorField(
                label=_("Panel lead") if number == 0 else _("Member"),
                queryset=User.objects.none(),
                required=number == 0,
                error_messages={"required": _("Choose an inspector.")},
            )
            self.fields[f"tracks-{number}"] = forms.ModelMultipleChoiceField(
                label=_("Tracks"),
                queryset=tracks,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            offer(self, f"user-{number}", inspectors_for(round))

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen: set[User] = set()
        for number in range(_SEATS):
            user = self.cleaned_data.get(f"user-{number}")
            if user is None:
                continue
            if user in chosen:
                self.add_error(f"user-{number}", _("This inspector is on the panel already."))
            chosen.add(user)
            if not self.cleaned_data.get(f"tracks-{number}"):
                self.add_error(f"tracks-{number}", _("Choose at least one track."))
        return self.cleaned_data

    @property
    def seat_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"user-{number}"], self[f"tracks-{number}"]) for number in range(_SEATS)]

    def seats(self) -> list[SeatPlan]:
        """The seats that are to be given; after validation."""
        rows = [
            (self.cleaned_data[f"user-{number}"], self.cleaned_data[f"tracks-{number}"])
            for number in range(_SEATS)
        ]
        return [
            SeatPlan(user, list(tracks), is_lead=number == 0)
            for number, (user, tracks) in enumerate(rows)
            if user is not None
        ]
