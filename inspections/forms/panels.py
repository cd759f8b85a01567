from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Role
from inspections.actions.panels import NoReasonError
from inspections.enums import Recusal
from inspections.forms.widgets import offer
from inspections.models import PanelMember, Track

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from inspections.models import Round, Visit


class InspectorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Inspectors by name, each with the number of visits that they have in the round."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_label=_("Choose an inspector"), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        seats: int = getattr(obj, "seats_in_round", 0)
        if not seats:
            return str(obj)
        return ngettext(
            "%(name)s (%(count)d visit in this round)",
            "%(name)s (%(count)d visits in this round)",
            seats,
        ) % {"name": obj, "count": seats}


def inspectors_for(round: Round) -> QuerySet[User]:
    """Active inspectors by name, each with how many panels of the round they sit on."""
    in_round = Q(seats__visit__round=round) & ~Q(seats__recusal=Recusal.CONFLICT)
    return (
        User.objects.filter(role=Role.INSPECTOR, is_active=True)
        .annotate(seats_in_round=Count("seats", filter=in_round))
        .order_by("name")
    )


class SeatForm(forms.Form):
    """The tracks that a member scores, and whether the member leads the panel."""

    tracks = forms.ModelMultipleChoiceField(
        label=_("Tracks"),
        queryset=Track.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one track.")},
    )
    is_lead = forms.BooleanField(label=_("Panel lead"), required=False)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tracks", visit.round.instrument.tracks.all())


class AssignForm(SeatForm):
    """A new seat on the panel; proposes the lead while there is none.

    No track is ticked beforehand: one left ticked by mistake counts in the scores.
    """

    user = InspectorField(
        label=_("Inspector"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose an inspector.")},
    )
    field_order = ("user", "tracks", "is_lead")

    def __init__(self, *args: Any, visit: Visit, has_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, visit=visit, **kwargs)
        seated = visit.panel.values("user")
        offer(self, "user", inspectors_for(visit.round).exclude(pk__in=seated))
        self.fields["is_lead"].initial = not has_lead


class ChangeSeatForm(SeatForm):
    def __init__(self, *args: Any, member: PanelMember, **kwargs: Any) -> None:
        super().__init__(*args, visit=member.visit, **kwargs)
        self.fields["tracks"].initial = member.tracks.all()
        self.fields["is_lead"].initial = member.is_lead
        if member.is_lead:
            self.fields["is_lead"].disabled = True
            self.fields["is_lead"].help_text = _(
                "To hand the lead over, name another member as lead."
            )


class DeclarationForm(forms.Form):
    """Whether a member has a conflict of interest; nothing is chosen beforehand."""

    conflict = forms.TypedChoiceField(
        label=_("Your declaration"),
        choices=(
            ("no", _("I have no conflict of interest and will score this project.")),
            ("yes", _("I have a conflict of interest and stand back from this visit.")),
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("What the conflict of interest is"),
        help_text=_("Only where you stand back. The bureau reads it, the agency does not."),
        max_length=PanelMember._meta.get_field("recusal_reason").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("conflict") is True and cleaned.get("reason") == "":
            self.add_error("reason", str(NoReasonError()))
        return cleaned
