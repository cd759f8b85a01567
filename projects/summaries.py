"""What the registry's pages say about a project, prepared from its record. No queries here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from projects.arrival import Arrival, arrival
from projects.checks import certificate_level, check_project, staff_day, staff_in_post
from projects.enums import BudgetCategory
from projects.progress import (
    Period,
    ServiceProgress,
    Spending,
    latest_year,
    running_period,
    service_progress,
    spending,
)
from projects.records import AllocationRecord, BudgetLineRecord, PostingRecord, ProjectRecord
from projects.standards import Standards
from projects.warning import RegistryWarning


@dataclass(frozen=True, slots=True)
class BudgetYear:
    year: int
    total: Spending
    lines: tuple[tuple[BudgetLineRecord, Spending], ...]
    """Each line with its own ratios."""


@dataclass(frozen=True, slots=True)
class ServiceYear:
    year: int
    services: tuple[ServiceProgress, ...]

    @property
    def completed_count(self) -> int:
        """How many of the year's targets have been reached."""
        return sum(1 for each in self.services if each.done_percent >= 100)


@dataclass(frozen=True, slots=True)
class FundingYear:
    year: int
    amount_yuan: Decimal
    arrival: Arrival
    allocations: tuple[tuple[AllocationRecord, Arrival], ...]


@dataclass(frozen=True)
class ProjectSummary:
    """A project's record, looked at on one day with one bureau's limits."""

    record: ProjectRecord
    standards: Standards
    today: dt.date

    @cached_property
    def warnings(self) -> tuple[RegistryWarning, ...]:
        return check_project(self.record, standards=self.standards, today=self.today)

    @cached_property
    def staff_day(self) -> dt.date:
        return staff_day(self.record, self.today)

    @property
    def is_over(self) -> bool:
        """The contracts have all ended before the day looked at."""
        return self.staff_day < self.today

    @cached_property
    def in_post(self) -> tuple[PostingRecord, ...]:
        return staff_in_post(self.record, self.staff_day)

    @cached_property
    def staff_count(self) -> int:
        """People in post, each once."""
        return len({posting.staff.pk for posting in self.in_post})

    @cached_property
    def certified_count(self) -> int:
        """People in post who hold a social worker's certificate."""
        staff = {posting.staff.pk: posting.staff for posting in self.in_post}
        return sum(1 for each in staff.values() if certificate_level(each, self.staff_day))

    @cached_property
    def agency_names(self) -> tuple[str, ...]:
        """Each contracted agency once, in the order of the contracts."""
        return tuple(dict.fromkeys(each.agency_name for each in self.record.contracts))

    @cached_property
    def funding_years(self) -> tuple[FundingYear, ...]:
        """Allocations year by year, the latest year first."""
        by_year: defaultdict[int, list[AllocationRecord]] = defaultdict(list)
        for allocation in self.record.allocations:
            by_year[allocation.fiscal_year].append(allocation)
        return tuple(self._funding_year(year, by_year[year]) for year in sorted(by_year)[::-1])

    @cached_property
    def latest_funding(self) -> FundingYear | None:
        return _of_latest_year(self.funding_years, self.today)

    @cached_property
    def budget_years(self) -> tuple[BudgetYear, ...]:
        """Budget lines year by year, the latest year first."""
        by_year: defaultdict[int, list[BudgetLineRecord]] = defaultdict(list)
        for line in self.record.budget_lines:
            by_year[line.fiscal_year].append(line)
        return tuple(self._budget_year(year, by_year[year]) for year in sorted(by_year)[::-1])

    @cached_property
    def service_years(self) -> tuple[ServiceYear, ...]:
        """Service targets year by year, the latest year first."""
        by_year: defaultdict[int, list[ServiceProgress]] = defaultdict(list)
        for target in self.record.service_targets:
            by_year[target.year].append(
                service_progress(target, period=self._period(target.year), today=self.today)
            )
        return tuple(ServiceYear(year, tuple(by_year[year])) for year in sorted(by_year)[::-1])

    @cached_property
    def latest_services(self) -> ServiceYear | None:
        return _of_latest_year(self.service_years, self.today)

    def arrival_of(self, allocations: Iterable[AllocationRecord]) -> Arrival:
        """How the instalments of these allocations stand together."""
        return arrival(
            [each for allocation in allocations for each in allocation.instalments],
            today=self.today,
            grace_days=self.standards.arrival_grace_days.value,
        )

    def _funding_year(self, year: int, allocations: list[AllocationRecord]) -> FundingYear:
        return FundingYear(
            year=year,
            amount_yuan=sum((each.amount_yuan for each in allocations), Decimal(0)),
            arrival=self.arrival_of(allocations),
            allocations=tuple((each, self.arrival_of([each])) for each in allocations),
        )

    def _budget_year(self, year: int, lines: list[BudgetLineRecord]) -> BudgetYear:
        period = self._period(year)
        categories = list(BudgetCategory)
        lines.sort(key=lambda line: categories.index(line.category))
        return BudgetYear(
            year=year,
            total=spending(lines, period=period, today=self.today),
            lines=tuple(
                (line, spending([line], period=period, today=self.today)) for line in lines
            ),
        )

    def _period(self, year: int) -> Period:
        return running_period(self.record.contracts, year)


def _of_latest_year[Year: (FundingYear, ServiceYear)](
    years: Iterable[Year], today: dt.date
) -> Year | None:
    by_year = {each.year: each for each in years}
    year = latest_year(by_year, today)
    return None if year is None else by_year[year]
