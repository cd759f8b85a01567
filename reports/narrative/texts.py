"""The words that a bureau has entered and that its summary takes over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from reports.figures.services import ServiceTotal
from reports.snapshots import BasisDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationText:
    """A recommendation and the keys of the problem groups that it is made against."""

    title: str
    text: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTexts:
    """What the round itself says. Any text may be empty.

    `descriptions` are those of finding categories by key; `published_visits` the visits of the
    round that have a published project report.
    """

    title: str
    year: int
    sequence: int
    service_name: str
    service_short_name: str
    scheme_title: str = ""
    purpose: str = ""
    led_by: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None
    basis_documents: tuple[BasisDocument, ...] = ()
    methods: tuple[str, ...] = ()
    descriptions: Mapping[str, str]
    recommendations: tuple[RecommendationText, ...] = ()
    services: tuple[ServiceTotal, ...] = ()
    published_visits: frozenset[int] = frozenset()
