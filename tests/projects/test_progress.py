from __future__ import annotations

from decimal import Decimal

import pytest

from projects.progress import Period, latest_year, running_period, service_progress, spending
from projects.records import ContractRecord
from tests.projects.record_builders import budget_line, contract, day, service_target

YEAR = Period(day("2016-01-01"), day("2016-12-31"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2015-12-31", Decimal(0)),
        ("2016-01-01", Decimal(100) / 366),
        ("2016-07-01", Decimal(50)),
        ("2016-12-31", Decimal(100)),
        ("2017-06-30", Decimal(100)),
    ],
)
def test_elapsed_percent(on: str, expected: Decimal) -> None:
    assert YEAR.elapsed_percent(day(on)) == expected


@pytest.mark.parametrize(
    ("contracts", "first", "last"),
    [
        pytest.param([], "2016-01-01", "2016-12-31", id="no contract"),
        pytest.param([contract()], "2016-01-01", "2016-12-31", id="unknown term"),
        pytest.param(
            [contract("2015-10-01", "2017-09-30")], "2016-01-01", "2016-12-31", id="whole year"
        ),
        pytest.param(
            [contract("2016-09-01", "2017-08-31")], "2016-09-01", "2016-12-31", id="from autumn"
        ),
        pytest.param(
            [contract(None, "2017-08-31", signed_on=day("2016-09-12"))],
            "2016-09-12",
            "2016-12-31",
            id="start known by the signing",
        ),
        pytest.param(
            [contract("2015-04-01", "2016-03-31"), contract("2016-03-01", "2016-10-31")],
            "2016-01-01",
            "2016-10-31",
            id="two lots",
        ),
        pytest.param(
            [contract("2014-01-01", "2014-12-31")], "2016-01-01", "2016-12-31", id="another year"
        ),
        pytest.param(
            [contract(None, "2016-01-31", signed_on=day("2016-03-01"))],
            "2016-01-01",
            "2016-12-31",
            id="signed after its end",
        ),
    ],
)
def test_running_period(contracts: list[ContractRecord], first: str, last: str) -> None:
    assert running_period(contracts, 2016) == Period(day(first), day(last))


def test_spending_measures_each_line_by_the_day_it_is_booked_up_to() -> None:
    lines = [
        budget_line("600", "300", as_of="2016-07-01"),
        budget_line("400", "100"),
    ]

    found = spending(lines, period=YEAR, today=day("2016-12-31"))

    assert (found.budgeted_yuan, found.spent_yuan) == (Decimal(1000), Decimal(400))
    assert found.expected_yuan == Decimal(300) + Decimal(400)
    assert found.spent_percent == 40
    assert found.elapsed_percent == 70
    assert found.pace_percent == Decimal(400) * 100 / 700


def test_spending_without_a_budget_has_no_ratios() -> None:
    found = spending([], period=YEAR, today=day("2016-12-31"))

    assert (found.spent_percent, found.pace_percent, found.elapsed_percent) == (None, None, 0)


def test_spending_before_the_year_has_no_pace() -> None:
    found = spending([budget_line("600", "0")], period=YEAR, today=day("2015-12-31"))

    assert (found.spent_percent, found.pace_percent) == (0, None)


def test_service_progress_says_how_far_behind() -> None:
    found = service_progress(
        service_target(30, as_of="2016-07-01"), period=YEAR, today=day("2016-12-31")
    )

    assert (found.done_percent, found.elapsed_percent, found.lag_percent) == (30, 50, 20)


def test_service_progress_without_a_day_of_counting_is_measured_by_today() -> None:
    found = service_progress(service_target(120), period=YEAR, today=day("2016-12-31"))

    assert (found.done_percent, found.elapsed_percent, found.lag_percent) == (120, 100, -20)


@pytest.mark.parametrize(
    ("years", "expected"), [([], None), ([2017], None), ([2014, 2015, 2017], 2015), ([2016], 2016)]
)
def test_latest_year_leaves_later_years_out(years: list[int], expected: int | None) -> None:
    assert latest_year(years, day("2016-12-13")) == expected
