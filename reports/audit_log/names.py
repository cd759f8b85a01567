"""What the change history calls the objects that it speaks of."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Value
from django.db.models.functions import Concat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db import models
    from django.db.models.expressions import Combinable

    # Names by the object's model and the text of its key.
    type Names = Mapping[tuple[type[models.Model], str], str]

_ROUND_NAME = Concat("round__year", Value("-"), "round__sequence", output_field=CharField())
# Where a row's own text says little or asks for another row, the fields that tell it apart: what it
# belongs to comes first.
_TELLING: Mapping[str, tuple[str | Combinable, ...]] = {
    "inspections.basisdocument": ("round__title", "title"),
    "inspections.finding": ("project__short_name", "text"),
    "inspections.moderation": ("visit__project__short_name", "indicator__name"),
    "inspections.panelmember": ("visit__project__short_name", "user__name"),
    "inspections.photo": ("sheet__member__visit__project__short_name", "sheet__member__user__name"),
    "inspections.scoresheet": ("member__visit__project__short_name", "member__user__name"),
    "inspections.visit": (_ROUND_NAME, "project__short_name"),
    "inspections.visitmethod": ("visit__project__short_name", "method__name"),
    "inspections.visitresult": ("visit__project__short_name", "total_percent"),
    "projects.budgetline": ("project__short_name", "fiscal_year", "category"),
    "projects.contract": ("project__short_name", "agency__name", "service_area"),
    "projects.fundingallocation": ("project__short_name", "fiscal_year"),
    "projects.instalment": (
        "allocation__project__short_name",
        "allocation__fiscal_year",
        "sequence",
    ),
    "projects.posting": ("project__short_name", "staff__name"),
    "projects.qualification": ("staff__name", "certificate_number"),
    "projects.servicetarget": ("project__short_name", "year", "kind__name"),
    "projects.userscope": ("user__name", "district__name", "agency__name"),
}
_LONGEST = 60


def load_names(wanted: Iterable[tuple[type[models.Model], str]]) -> Names:
    """Names of the objects that still exist; one query for each model."""
    keys: defaultdict[type[models.Model], set[str]] = defaultdict(set)
    for model, key in wanted:
        keys[model].add(key)
    return {
        (model, key): name
        for model, texts in keys.items()
        for key, name in _names(model, _valid(model, texts))
    }


def _names(model: type[models.Model], keys: list[Any]) -> Iterable[tuple[str, str]]:
    rows = model._base_manager.filter(pk__in=keys)
    telling = _TELLING.get(model._meta.label_lower)
    if telling is None:
        return ((str(row.pk), _short(str(row))) for row in rows)
    return (
        (str(key), _short(" · ".join(str(part) for part in parts if part not in (None, ""))))
        for key, *parts in rows.values_list("pk", *telling)
    )


def _valid(model: type[models.Model], keys: Iterable[str]) -> list[Any]:
    """Keys as the model has them, without what can't be one."""
    valid = []
    for key in keys:
        try:
            valid.append(model._meta.pk.to_python(key))
        except ValidationError:
            continue
    return valid


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
