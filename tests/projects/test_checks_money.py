"""The checks on instalments, spending and services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from projects.checks import check_project
from projects.records import ProjectRecord
from projects.standards import Limit, Standards
from projects.warning import RegistryWarning, Rule
from tests.projects.record_builders import (
    allocation,
    budget_line,
    contract,
    day,
    instalment,
    project,
    service_target,
)

TODAY = day("2016-12-13")
STANDARDS = Standards()


def check(
    row: ProjectRecord, *, standards: Standards = STANDARDS, today: dt.date = TODAY
) -> tuple[RegistryWarning, ...]:
    return check_project(row, standards=standards, today=today)


def rules_of(warnings: tuple[RegistryWarning, ...]) -> list[Rule]:
    return [warning.rule for warning in warnings]


# Money


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], [], id="no allocation"),
        pytest.param([allocation(instalment("2016-03-31"))], [Rule.INSTALMENT_OVERDUE], id="over"),
        pytest.param([allocation(instalment("2016-12-01"))], [], id="within grace"),
        pytest.param(
            [allocation(instalment("2016-03-31", arrived="2016-03-31", received="1"))],
            [Rule.INSTALMENT_SHORT],
            id="short",
        ),
        pytest.param(
            [allocation(instalment("2016-03-31", arrived="2016-09-30"))],
            [Rule.INSTALMENT_LATE],
            id="late",
        ),
        pytest.param(
            [allocation(instalment("2015-03-31", arrived="2015-09-30"), year=2015)],
            [Rule.INSTALMENT_LATE],
            id="late in the latest year with rows",
        ),
        pytest.param(
            [
                allocation(instalment("2015-03-31", arrived="2015-09-30"), year=2015),
                allocation(instalment("2016-03-31", arrived="2016-03-31")),
            ],
            [],
            id="late in an earlier year",
        ),
        pytest.param(
            [
                allocation(instalment("2015-03-31"), year=2015),
                allocation(instalment("2016-03-31", arrived="2016-03-31")),
            ],
            [Rule.INSTALMENT_OVERDUE],
            id="overdue from an earlier year",
        ),
    ],
)
def test_instalments(rows: list, expected: list[Rule]) -> None:
    assert rules_of(check(project(allocations=tuple(rows)))) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            instalment("2016-11-12", amount="505000"),
            "2016, District finance, instalment 1: 50.50 ten thousand yuan was due on "
            "Nov. 12, 2016 and has been overdue for 31 days.",
        ),
        (
            instalment("2016-03-31", arrived="2016-04-01", received="40000"),
            "2016, District finance, instalment 1: of 10.00 ten thousand yuan, due on "
            "March 31, 2016, 4.00 ten thousand yuan has arrived and 6.00 ten thousand yuan is "
            "missing.",
        ),
        (
            instalment("2016-03-31", arrived="2016-07-29"),
            "2016, District finance, instalment 1: 10.00 ten thousand yuan, due on "
            "March 31, 2016, came 120 days late.",
        ),
    ],
)
def test_instalments_say_their_figures(row: object, expected: str) -> None:
    (warning,) = check(project(allocations=(allocation(row),)))

    with translation.override("en"):
        assert warning.sentence == expected
    assert [row.model for row in warning.rows] == ["fundingallocation", "instalment"]


def test_instalments_keep_to_the_bureaus_own_days_of_grace() -> None:
    row = project(allocations=(allocation(instalment("2016-12-01")),))
    standards = Standards(arrival_grace_days=Limit(Decimal(10), "拨付办法第五条"))

    (warning,) = check(row, standards=standards)

    assert (warning.rule, warning.limit) == (
        Rule.INSTALMENT_OVERDUE,
        standards.arrival_grace_days,
    )


@pytest.mark.parametrize(
    ("spent", "as_of", "expected"),
    [
        # 1 July 2016 is the middle of its year: 500 of 1000 would be even spending.
        pytest.param("500", "2016-07-01", [], id="even"),
        pytest.param("400", "2016-07-01", [], id="lower edge"),
        pytest.param("399", "2016-07-01", [Rule.SPENDING_RATIO], id="under the band"),
        pytest.param("550", "2016-07-01", [], id="upper edge"),
        pytest.param("551", "2016-07-01", [Rule.SPENDING_RATIO], id="over the band"),
        pytest.param("0", "2016-03-31", [], id="a day before a quarter has passed"),
        pytest.param("0", "2016-04-01", [Rule.SPENDING_RATIO], id="a quarter has passed"),
        pytest.param("0", "2015-12-31", [], id="before the year"),
    ],
)
def test_spending_ratio(spent: str, as_of: str, expected: list[Rule]) -> None:
    row = project(budget_lines=(budget_line("1000", spent, as_of=as_of),))

    assert rules_of(check(row)) == expected


def test_spending_ratio_is_of_all_lines_of_the_latest_year() -> None:
    row = project(
        budget_lines=(
            budget_line("1000", "0", as_of="2015-12-31", year=2015),
            budget_line("600", "100", as_of="2016-07-01"),
            budget_line("400", "400", as_of="2016-07-01"),
            budget_line("400", "0", year=2017),
        )
    )

    assert check(row) == ()


def test_spending_ratio_says_its_figures() -> None:
    row = project(budget_lines=(budget_line("1000000", "200000", as_of="2016-07-01"),))

    (warning,) = check(row)

    with translation.override("en"):
        assert warning.sentence == (
            "2016: 20.00 ten thousand yuan of a budget of 100.00 ten thousand yuan has been spent; "
            "spent evenly, it would have been 50.00 ten thousand yuan by then. That is 40.0% of "
            "the plan, below the lower limit of 80.0%."
        )
    assert warning.limit == STANDARDS.spending_lower_percent


def test_spending_ratio_without_a_budget_is_not_judged() -> None:
    assert check(project(budget_lines=(budget_line("0", "100"),))) == ()


def test_spending_ratio_is_measured_by_the_contracts_part_of_the_year() -> None:
    row = project(
        contracts=(contract("2016-09-01", "2017-08-31"),),
        budget_lines=(budget_line("1000", "500", as_of="2016-10-31"),),
    )

    assert check(row) == ()


# Services


@pytest.mark.parametrize(
    ("completed", "as_of", "expected"),
    [
        pytest.param(50, "2016-07-01", [], id="as planned"),
        pytest.param(40, "2016-07-01", [], id="just within the lag"),
        pytest.param(39, "2016-07-01", [Rule.SERVICE_BEHIND], id="behind"),
        pytest.param(90, "2016-12-31", [], id="year's end within the lag"),
        # 13 December: 95.1 % of the year.
        pytest.param(86, None, [], id="counted today"),
        pytest.param(85, None, [Rule.SERVICE_BEHIND], id="counted today and behind"),
        pytest.param(200, "2016-07-01", [], id="ahead"),
    ],
)
def test_service_behind(completed: int, as_of: str | None, expected: list[Rule]) -> None:
    row = project(service_targets=(service_target(completed, as_of=as_of),))

    assert rules_of(check(row)) == expected


def test_service_behind_looks_at_the_latest_year() -> None:
    row = project(
        service_targets=(
            service_target(0, year=2015),
            service_target(95, year=2016),
            service_target(0, year=2017),
        )
    )

    assert check(row) == ()


def test_service_behind_says_its_figures() -> None:
    row = project(service_targets=(service_target(24, target=80, as_of="2016-07-01"),))

    (warning,) = check(row)

    with translation.override("en"):
        assert warning.sentence == (
            "2016, 社会调查: 24 of 80 done (30.0%), when 50.0% of the year's work time had passed."
        )
