"""The limits that the registry checks measure against, each with where it comes from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

OWN_DEFAULT = _("Duxun's own default")


@dataclass(frozen=True, slots=True)
class Limit:
    """A number and its source: a document's clause, or that it is nobody's rule but ours."""

    value: Decimal
    source: str | _StrPromise = OWN_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """All limits; each field is named after the key of the row that can override it."""

    lead_level: Limit = field(default=Limit(Decimal(1)))
    """Lowest social-worker level of a project lead: 1 assistant, 2 social worker, 3 senior.

    0 asks for none.
    """
    lead_years: Limit = field(default=Limit(Decimal(5)))
    """Full years in the field."""
    arrival_grace_days: Limit = field(default=Limit(Decimal(30)))
    """Days after the due day on which money still counts as arrived on time."""
    spending_lower_percent: Limit = field(default=Limit(Decimal(80)))
    spending_upper_percent: Limit = field(default=Limit(Decimal(110)))
    """Spent money in percent of what even spending would have come to by then."""
    spending_from_percent: Limit = field(default=Limit(Decimal(25)))
    """Part of the year that must have passed before spending is judged at all."""
    service_lag_percent: Limit = field(default=Limit(Decimal(10)))
    """Percentage points by which a service may lag behind the part of the year that has passed."""

    def overridden(self, limits: Iterable[tuple[str, Limit]]) -> Standards:
        """These standards with some limits replaced; raises TypeError for an unknown key."""
        return dataclasses.replace(self, **dict(limits))
