from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from inspections.actions.sheets import AnswerInput, answer_mark
from inspections.forms.problems import problem_text
from inspections.scoring import AnswerProblem, check_answer
from inspections.scoring_input import indicator_spec
from inspections.sheet_page import NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from inspections.models import Indicator
    from inspections.queries.sheets import Item
    from inspections.sheet_page import SheetPage

_NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,6})?")

type Points = tuple[Decimal | None, bool]
"""Points, or None with whether the indicator is not applicable."""


class PointsField(forms.Field):
    """One radio group: a number, "na", or "" for a blank. Cleans to Points.

    Not sent at all means untouched, and cleans to None.
    """

    widget = forms.TextInput

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(required=False, label=str(indicator))
        self.indicator = indicator

    def to_python(self, value: str | None) -> Points | None:
        if value is None:
            return None
        text = value.strip()
        if not text:
            return (None, False)
        if text == NOT_APPLICABLE:
            return (None, True)
        points = read_points(text)
        if points is None:
            found = problem_text(AnswerProblem.NOT_A_NUMBER, self.indicator, text)
            raise ValidationError(found, code="not_a_number")
        return (points, False)


def read_points(text: str) -> Decimal | None:
    """A number as people write points; None for anything else, such as 1e999999999."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


class FilesInput(forms.FileInput):
    """Takes several files from one input."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[UploadedFile[bytes]]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Any number of uploads; what is in them is looked at when they are kept."""

    widget = FilesInput(attrs={"accept": "image/*", "multiple": True})


class MarksField(forms.Field):
    """The marks of the answers that the page was made from: {"17": "a0b1…"} in JSON."""

    widget = forms.HiddenInput

    def to_python(self, value: str | None) -> dict[int, str] | None:
        try:
            marks = json.loads(value or "")
            return {int(pk): str(mark) for pk, mark in marks.items()}
        # Somebody tampered with it: every difference then counts as a change made here.
        except (AttributeError, ValueError):
            return None


class ScoringForm(forms.Form):
    """All indicators of a sheet: points, reason and photographs each.

    Cleans to typed answers; whether they fit their indicators is for the action to say.
    """

    seen = MarksField(required=False)
    # Where on the page the person was, to come back to.
    anchor = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["seen"] = marks_of(items)
        super().__init__(*args, **kwargs)
        self.items = items
        self._answers: dict[int, AnswerInput] = {}
        for item in items:
            pk = item.indicator.pk
            self.fields[f"points-{pk}"] = PointsField(item.indicator)
            self.fields[f"reason-{pk}"] = forms.CharField(required=False, max_length=2000)
            self.fields[f"photos-{pk}"] = FilesField(required=False)

    def clean(self) -> dict[str, Any]:
        """Types the answers at once: messages that come later take fields out of cleaned data."""
        super().clean()
        for item in self.items:
            pk = item.indicator.pk
            if f"points-{pk}" in self.errors or f"reason-{pk}" in self.errors:
                continue
            points = self.cleaned_data[f"points-{pk}"]
            if points is None:
                points = (item.value.points, item.value.not_applicable)
            number, not_applicable = points
            reason = self.cleaned_data[f"reason-{pk}"]
            self._answers[pk] = AnswerInput(number, not_applicable, reason)
        return self.cleaned_data

    def answers(self) -> Mapping[int, AnswerInput]:
        """What was entered, by indicator pk, without what could not be read; after validation."""
        return self._answers

    def entered(self) -> dict[int, AnswerInput]:
        """What the fields hold when the page comes back: what was entered, with the stored
        points where there is no such choice."""
        found = {}
        for item in self.items:
            pk = item.indicator.pk
            value = self._answers.get(pk)
            if value is None or check_answer(indicator_spec(item.indicator), value, final=False):
                reason = str(self.data.get(f"reason-{pk}", ""))
                value = AnswerInput(item.value.points, item.value.not_applicable, reason)
            found[pk] = value
        return found

    def uploads(self) -> dict[Indicator, list[UploadedFile[bytes]]]:
        """The photographs chosen, by indicator."""
        return {
            item.indicator: self.cleaned_data[f"photos-{item.indicator.pk}"]
            for item in self.items
            if self.cleaned_data.get(f"photos-{item.indicator.pk}")
        }

    def given(self, pk: int) -> str:
        """The points as they were sent."""
        return str(self.data.get(f"points-{pk}", ""))

    def card_errors(self) -> dict[int, list[str]]:
        """The messages by indicator pk."""
        return {
            item.indicator.pk: found
            for item in self.items
            if (
                found := [
                    str(message)
                    for part in ("points", "reason", "photos")
                    for message in self.errors.get(f"{part}-{item.indicator.pk}", [])
                ]
            )
        }

    def laid_out(self, page: SheetPage) -> ScoringForm:
        """The form with its layout around `page`, ready for the crispy tag."""
        helper = FormHelper()
        helper.form_tag = False
        helper.form_show_errors = False
        helper.layout = Layout("seen", "anchor", Sections(page))
        self.helper = helper
        return self

    def refresh_marks(self, items: Sequence[Item]) -> None:
        """Let a form that comes back start from what is stored now."""
        self.data = {**self.data, "seen": marks_of(items)}


def marks_of(items: Sequence[Item]) -> str:
    """The marks of what the page shows, for its hidden field."""
    marks = {item.indicator.pk: answer_mark(item.value) for item in items}
    return json.dumps({pk: mark for pk, mark in marks.items() if mark})


class Sections(LayoutObject):  # type: ignore[misc]
    """The indicators, section by section, from one template: a field template for each of some
    600 inputs would take longer than everything else together."""

    def __init__(self, page: SheetPage) -> None:
        self.page = page
        self.fields: list[str] = []

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        return cast(
            "str",
            render_to_string(
                "inspections/sheets/_sections.html", {"page": self.page, "is_open": True}
            ),
        )
