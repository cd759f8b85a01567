"""Loads what both demonstration rounds share: methods, groups of findings, recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspections.models import FindingCategory, InspectionMethod, Recommendation
from reports.demonstration.registry import keep

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def load_reference(data: Mapping[str, Any]) -> None:
    """Make the rows of `rounds.toml` that are not part of one round."""
    names = [name for group in data["methods"] for name in group["names"]]
    for position, name in enumerate(names, start=1):
        keep(InspectionMethod(name=name, position=position))
    for group in data["categories"]:
        for position, row in enumerate(group["rows"], start=1):
            keep(FindingCategory(kind=group["kind"], position=position, **row))
    rows = [row for group in data["recommendations"] for row in group["rows"]]
    for position, row in enumerate(rows, start=1):
        recommendation = keep(
            Recommendation(title=row["title"], text=row["text"], position=position)
        )
        recommendation.categories.set(FindingCategory.objects.filter(key__in=row["categories"]))
