"""Dates of which only a part is known."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from projects.enums import DatePrecision


def chinese_date(value: dt.date, precision: str = DatePrecision.DAY) -> str:
    """Write a date as official documents do, as far as it is known: 2015年10月, 2017年1月23日.

    Arabic numerals without zero padding (GB/T 9704-2012, 7.3.5.4).
    """
    match DatePrecision(precision):
        case DatePrecision.YEAR:
            return f"{value.year}年"
        case DatePrecision.MONTH:
            return f"{value.year}年{value.month}月"
        case _:
            return f"{value.year}年{value.month}月{value.day}日"


def last_day(value: dt.date, precision: str = DatePrecision.DAY) -> dt.date:
    """The last day that a date of which only a part is known can mean."""
    match DatePrecision(precision):
        case DatePrecision.YEAR:
            return dt.date(value.year, 12, 31)
        case DatePrecision.MONTH:
            return dt.date(value.year, value.month, monthrange(value.year, value.month)[1])
        case _:
            return value


def runs_on(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    """Whether a period holds that day, both its ends included; an end of None is open."""
    return (first is None or first <= day) and (last is None or day <= last)


def full_years(since: dt.date, until: dt.date) -> int:
    """Anniversaries of `since` that have come by `until`; that of 29 February comes on 1 March."""
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))
