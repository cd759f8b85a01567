"""How far the services that contracts set targets for have come over all projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports.chinese import percent_text
from reports.figures.figure import Figure, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTotal:
    """One countable service of the round's year over all projects.

    `projects` are those with a target for it, `reached` those of them that have met it.
    """

    key: str
    name: str
    unit: str
    target: int
    completed: int
    projects: tuple[int, ...]
    reached: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFigures:
    """One service: what was done, and its share of the target (100.0 is all of it)."""

    total: ServiceTotal
    completed: Figure[int]
    percent: Figure[Decimal]

    @property
    def is_reached(self) -> bool:
        return self.total.completed >= self.total.target


def compute_services(totals: Iterable[ServiceTotal]) -> tuple[ServiceFigures, ...]:
    """Figures of each service; targets are never zero."""
    return tuple(_service(total) for total in totals)


def _service(total: ServiceTotal) -> ServiceFigures:
    rows = Rows(ids=total.projects, page="projects:projects")
    text = percent_text(total.completed, total.target)
    return ServiceFigures(
        total=total,
        completed=Figure(
            key=f"services.{total.key}.completed",
            value=total.completed,
            unit=total.unit,
            text=f"{total.completed}{total.unit}",
            how=_("Sum of what the projects have done of this service in the year."),
            rows=rows,
        ),
        percent=Figure(
            key=f"services.{total.key}.percent",
            value=Decimal(text.removesuffix("%")),
            unit="%",
            text=text,
            how=_("What was done of this service in percent of the sum of the targets."),
            rows=rows,
        ),
    )
