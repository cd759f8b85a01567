from __future__ import annotations

import datetime as dt

import pytest

from projects.dates import chinese_date, full_years, last_day, runs_on
from projects.enums import DatePrecision


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (dt.date(2015, 10, 1), DatePrecision.MONTH, "2015年10月"),
        (dt.date(2016, 9, 1), DatePrecision.MONTH, "2016年9月"),
        (dt.date(2017, 1, 23), DatePrecision.DAY, "2017年1月23日"),
        (dt.date(2016, 4, 5), DatePrecision.DAY, "2016年4月5日"),
        (dt.date(2016, 1, 1), DatePrecision.YEAR, "2016年"),
        (dt.date(2016, 4, 1), "month", "2016年4月"),
    ],
)
def test_chinese_date(value: dt.date, precision: str, expected: str) -> None:
    assert chinese_date(value, precision) == expected


def test_chinese_date_is_known_to_the_day_unless_said() -> None:
    assert chinese_date(dt.date(2016, 12, 13)) == "2016年12月13日"


def test_chinese_date_with_an_unknown_precision_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        chinese_date(dt.date(2016, 12, 13), "week")


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (dt.date(2016, 2, 1), DatePrecision.MONTH, dt.date(2016, 2, 29)),
        (dt.date(2017, 12, 1), DatePrecision.MONTH, dt.date(2017, 12, 31)),
        (dt.date(2016, 1, 1), DatePrecision.YEAR, dt.date(2016, 12, 31)),
        (dt.date(2016, 5, 4), DatePrecision.DAY, dt.date(2016, 5, 4)),
    ],
)
def test_last_day(value: dt.date, precision: str, expected: dt.date) -> None:
    assert last_day(value, precision) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (dt.date(2011, 12, 13), dt.date(2016, 12, 12), 4),
        (dt.date(2011, 12, 13), dt.date(2016, 12, 13), 5),
        (dt.date(2012, 2, 29), dt.date(2013, 2, 28), 0),
        (dt.date(2012, 2, 29), dt.date(2013, 3, 1), 1),
        (dt.date(2016, 12, 13), dt.date(2016, 12, 13), 0),
    ],
)
def test_full_years(since: dt.date, until: dt.date, expected: int) -> None:
    assert full_years(since, until) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, True),
        (dt.date(2016, 12, 13), dt.date(2016, 12, 13), True),
        (dt.date(2016, 12, 14), None, False),
        (None, dt.date(2016, 12, 12), False),
    ],
)
def test_runs_on(first: dt.date | None, last: dt.date | None, expected: bool) -> None:
    assert runs_on(first, last, dt.date(2016, 12, 13)) == expected
