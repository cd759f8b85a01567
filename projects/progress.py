"""How far spending and services have come, beside how much of the year has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from projects.records import BudgetLineRecord, ContractRecord, ServiceTargetRecord


@dataclass(frozen=True, slots=True)
class Period:
    """The days, both ends included, on which a project runs within one year."""

    first: dt.date
    last: dt.date

    def elapsed_percent(self, day: dt.date) -> Decimal:
        """How much of the period has passed by the end of that day, 0 to 100."""
        days = (self.last - self.first).days + 1
        passed = min(max((day - self.first).days + 1, 0), days)
        return Decimal(100) * passed / days


def running_period(contracts: Iterable[ContractRecord], year: int) -> Period:
    """The part of the calendar year that the contracts cover, from the first to the last day.

    An unknown end of a term is taken as the end of the year, an unknown start as the signing or
    else the start of the year. Without a contract in that year: the whole year.
    """
    year_first, year_last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    terms = [
        (each.starts_on or each.signed_on or year_first, each.ends_on or year_last)
        for each in contracts
    ]
    inside = [
        (max(first, year_first), min(last, year_last))
        for first, last in terms
        if first <= last and first <= year_last and last >= year_first
    ]
    if not inside:
        return Period(year_first, year_last)
    return Period(min(first for first, _ in inside), max(last for _, last in inside))


@dataclass(frozen=True, slots=True)
class Spending:
    """Money of one year: budgeted, spent, and what even spending would have come to by now."""

    budgeted_yuan: Decimal
    spent_yuan: Decimal
    expected_yuan: Decimal

    @property
    def spent_percent(self) -> Decimal | None:
        """Spent in percent of budgeted (预算支出比); None without a budget."""
        return 100 * self.spent_yuan / self.budgeted_yuan if self.budgeted_yuan else None

    @property
    def elapsed_percent(self) -> Decimal:
        """The part of the year by which spending is measured; 0 without a budget."""
        if not self.budgeted_yuan:
            return Decimal(0)
        return 100 * self.expected_yuan / self.budgeted_yuan

    @property
    def pace_percent(self) -> Decimal | None:
        """Spent in percent of expected: 100 is even spending; None before the year begins."""
        return 100 * self.spent_yuan / self.expected_yuan if self.expected_yuan else None


def spending(lines: Sequence[BudgetLineRecord], *, period: Period, today: dt.date) -> Spending:
    """Sum up budget lines of one year.

    Each line is measured by the day up to which it is booked, so that late books do not look
    like slow spending; a line that does not say is measured by `today`.
    """
    return Spending(
        budgeted_yuan=sum((line.budgeted_yuan for line in lines), Decimal(0)),
        spent_yuan=sum((line.spent_yuan for line in lines), Decimal(0)),
        expected_yuan=sum(
            (
                line.budgeted_yuan * period.elapsed_percent(line.as_of or today) / 100
                for line in lines
            ),
            Decimal(0),
        ),
    )


@dataclass(frozen=True, slots=True)
class ServiceProgress:
    """One service target beside the part of the year that had passed when it was counted."""

    target: ServiceTargetRecord
    done_percent: Decimal
    elapsed_percent: Decimal

    @property
    def lag_percent(self) -> Decimal:
        """Percentage points behind even delivery; negative when ahead."""
        return self.elapsed_percent - self.done_percent


def service_progress(
    target: ServiceTargetRecord, *, period: Period, today: dt.date
) -> ServiceProgress:
    return ServiceProgress(
        target=target,
        done_percent=Decimal(100) * target.completed / target.target,
        elapsed_percent=period.elapsed_percent(target.as_of or today),
    )


def latest_year(years: Iterable[int], today: dt.date) -> int | None:
    """The year that matters on a day: the last with rows, later years than today's left out."""
    return max((year for year in years if year <= today.year), default=None)
