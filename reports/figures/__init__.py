"""Named figures of a round: pure functions from plain rows to values that know their rows.

`compute(record)` gives all of them; `reports.queries.load_record` makes the record.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from reports.figures.figure import Figure, Rows
from reports.figures.findings import CategoryFigures, FindingFigures, compute_findings
from reports.figures.funding import FundingFigures, ProjectArrival, compute_funding
from reports.figures.procurement import (
    ProcurementFigures,
    Signing,
    ThreeParty,
    compute_procurement,
)
from reports.figures.record import RoundRecord
from reports.figures.scores import PartFigures, ScoreFigures, compute_scores
from reports.figures.team import Team, TeamFigures, compute_team
from reports.figures.visits import VisitFigures, compute_visits

__all__ = [
    "CategoryFigures",
    "Figure",
    "FindingFigures",
    "FundingFigures",
    "PartFigures",
    "ProcurementFigures",
    "ProjectArrival",
    "RoundFigures",
    "RoundRecord",
    "Rows",
    "ScoreFigures",
    "Signing",
    "Team",
    "TeamFigures",
    "ThreeParty",
    "VisitFigures",
    "compute",
]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RoundFigures:
    """Every figure of a round, by subject."""

    visits: VisitFigures
    procurement: ProcurementFigures
    funding: FundingFigures
    team: TeamFigures
    findings: FindingFigures
    scores: ScoreFigures

    def named(self) -> dict[str, Figure[Any]]:
        """All figures by their key."""
        return {figure.key: figure for figure in _figures_in(self)}


def compute(record: RoundRecord) -> RoundFigures:
    """All figures of the round, from rows alone."""
    return RoundFigures(
        visits=compute_visits(record),
        procurement=compute_procurement(record),
        funding=compute_funding(record),
        team=compute_team(record),
        findings=compute_findings(record),
        scores=compute_scores(record),
    )


def _figures_in(value: Any) -> Iterator[Figure[Any]]:
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _figures_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _figures_in(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _figures_in(getattr(value, field.name))
