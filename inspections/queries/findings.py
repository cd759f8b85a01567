from __future__ import annotations

from typing import TYPE_CHECKING

from inspections.models import Finding

if TYPE_CHECKING:
    from accounts.models import User
    from inspections.models.findings import FindingQuerySet


def findings_listed_for(user: User) -> FindingQuerySet:
    """What the user sees, with everything that a row of the list shows."""
    return Finding.objects.visible_to(user).select_related(
        "project", "visit__round", "category", "indicator"
    )
