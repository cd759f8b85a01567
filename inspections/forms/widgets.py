from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

if TYPE_CHECKING:
    from django.db.models import QuerySet


class DayInput(forms.DateInput):
    """The browser's own picker, which takes and gives 2016-12-13 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let the choice field `name` of the form choose among `rows`."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows
