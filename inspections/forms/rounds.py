from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inspections.actions.rounds import Basis, RoundPlan
from inspections.enums import RoundStatus
from inspections.forms.widgets import DayInput, offer
from inspections.models import BasisDocument, InspectionMethod, Instrument, PanelMember, Round
from projects.models import Project

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """The data of a round, without its basis documents; `plan()` after validation."""

    class Meta:
        model = Round
        fields = (
            "year",
            "sequence",
            "title",
            "instrument",
            "methods",
            "city_name",
            "service_name",
            "service_short_name",
            "scheme_title",
            "purpose",
            "led_by",
            "issuer",
            "issued_on",
        )
        widgets = {"methods": forms.CheckboxSelectMultiple, "issued_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance
        cast("forms.ModelChoiceField[Any]", self.fields["instrument"]).empty_label = _(
            "Choose an instrument"
        )
        self.fields["purpose"].widget.attrs["rows"] = 4
        if stored._state.adding:
            return
        if stored.status != RoundStatus.PLANNING:
            for name in ("year", "sequence"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Fixed since the round was opened.")
        if PanelMember.objects.filter(visit__round=stored).exists():
            self.fields["instrument"].disabled = True
            self.fields["instrument"].help_text = _(
                "Fixed since panels were assigned to its tracks."
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("year") and cleaned.get("sequence"):
            same = Round.objects.filter(year=cleaned["year"], sequence=cleaned["sequence"])
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("sequence", _("There is a round of this year and sequence already."))
        return cleaned

    def plan(self) -> RoundPlan:
        values = {name: self.cleaned_data[name] for name in self.fields if name != "methods"}
        return RoundPlan(**values)

    def methods(self) -> list[InspectionMethod]:
        return list(self.cleaned_data["methods"])


def next_round(today: dt.date) -> dict[str, Any]:
    """What to propose for a new round: the next of this year, with the words of the last one."""
    last = Round.objects.first()
    of_year = Round.objects.filter(year=today.year).first()
    proposed: dict[str, Any] = {
        "year": today.year,
        "sequence": of_year.sequence + 1 if of_year else 1,
        "instrument": Instrument.objects.published().order_by("-published_at").first(),
        "methods": InspectionMethod.objects.all(),
    }
    if last and last.methods.exists():
        proposed["methods"] = last.methods.all()
    if last:
        kept = ("city_name", "service_name", "service_short_name", "scheme_title", "purpose")
        proposed |= {name: getattr(last, name) for name in (*kept, "led_by", "issuer")}
    return proposed


class BasisForm(forms.ModelForm):  # type: ignore[type-arg]
    """One row of the list of basis documents; an empty one counts for nothing."""

    class Meta:
        model = BasisDocument
        fields = ("title", "number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["number"].help_text = ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("number") and not cleaned.get("title"):
            raise ValidationError({"title": _("Give the title of this document too.")})
        return cleaned


BasisFormSet = forms.formset_factory(BasisForm, extra=3, max_num=30, absolute_max=60)


def basis_documents(formset: forms.BaseFormSet[BasisForm]) -> list[Basis]:
    """The rows that name a document, in their order; after validation."""
    rows = [form.cleaned_data for form in formset.forms]
    return [Basis(row["title"], row["number"]) for row in rows if row.get("title")]


class AddVisitsForm(forms.Form):
    """Which projects to put into a round, and for when they are planned."""

    planned_on = forms.DateField(label=_("Planned for"), required=False, widget=DayInput)
    projects = forms.ModelMultipleChoiceField(
        label=_("Projects"),
        queryset=Project.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one project.")},
    )

    def __init__(self, *args: Any, round: Round, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "projects",
            Project.objects.visible_to(user)
            .exclude(visits__round=round)
            .select_related("district"),
        )
