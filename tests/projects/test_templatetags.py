from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from projects.arrival import arrival
from projects.models import Contract
from projects.templatetags.registry import (
    arrival_chip,
    bar_length,
    bar_mark,
    hours_range,
    known_date,
    percent,
    wan,
    wan_yuan,
    yuan,
)
from tests.projects.record_builders import day, instalment


def test_money_is_printed_in_three_ways() -> None:
    amount = Decimal(20220600)

    assert (wan(amount), wan_yuan(amount), yuan(amount)) == (
        "2022.06",
        "2022.06万元",
        "20,220,600.00",
    )


def test_unknown_values_are_dashes() -> None:
    assert {wan(None), wan_yuan(None), yuan(None), percent(None), known_date(None)} == {"—"}


@pytest.mark.parametrize(
    ("value", "expected"), [("87.45", "87.5%"), ("0", "0.0%"), ("101", "101.0%")]
)
def test_percent(value: str, expected: str) -> None:
    assert percent(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("language", "precision", "expected"),
    [
        ("zh-hans", "month", "2015年10月"),
        ("zh-hans", "day", "2015年10月1日"),
        ("en", "year", "2015"),
        ("en", "month", "2015-10"),
        ("en", "day", "2015-10-01"),
    ],
)
def test_known_date_is_printed_as_far_as_it_is_known(
    language: str, precision: str, expected: str
) -> None:
    with translation.override(language):
        assert known_date(dt.date(2015, 10, 1), precision) == expected


@pytest.mark.parametrize(
    ("value", "length", "mark"),
    [
        ("-5", "0.00", "0.00"),
        ("0", "0.00", "0.00"),
        ("50", "50.00", "49.50"),
        ("100", "100.00", "99.00"),
        ("130", "100.00", "99.00"),
    ],
)
def test_bars_stay_inside(value: str, length: str, mark: str) -> None:
    assert (bar_length(Decimal(value)), bar_mark(Decimal(value))) == (length, mark)


def test_bar_of_nothing_known_is_empty() -> None:
    assert bar_length(None) == "0.00"


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (None, None, "—"),
        (1500, None, "≥ 1,500"),
        (None, 1500, "≤ 1,500"),
        (1500, 1800, "1,500–1,800"),
        (1500, 1500, "1,500"),
    ],
)
def test_hours_range(least: int | None, most: int | None, expected: str) -> None:
    contract = Contract(service_hours_min=least, service_hours_max=most)

    assert hours_range(contract) == expected


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        ("2016-03-31", '<span class="chip ok">按期到位</span>'),
        ("2016-07-29", '<span class="chip warn">逾期到位 120天</span>'),
        (None, '<span class="chip bad">逾期未到位 257天</span>'),
    ],
)
def test_arrival_chip(arrived: str | None, expected: str) -> None:
    found = arrival(
        [instalment("2016-03-31", arrived=arrived)], today=day("2016-12-13"), grace_days=30
    )

    assert arrival_chip(found) == expected
