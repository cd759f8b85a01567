from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.arrival import ArrivalState, arrival, judge_instalment
from projects.records import InstalmentRecord
from tests.projects.record_builders import day, instalment

TODAY = day("2016-12-13")
GRACE = 30

ON_TIME, LATE, SHORT, OVERDUE, NOTHING_DUE = (
    ArrivalState.ON_TIME,
    ArrivalState.LATE,
    ArrivalState.SHORT,
    ArrivalState.OVERDUE,
    ArrivalState.NOTHING_DUE,
)


@pytest.mark.parametrize(
    ("row", "state", "days_late"),
    [
        pytest.param(instalment("2016-03-31", arrived="2016-03-31"), ON_TIME, 0, id="on its day"),
        pytest.param(instalment("2016-03-31", arrived="2016-01-05"), ON_TIME, 0, id="early"),
        pytest.param(instalment("2017-03-31", arrived="2016-12-01"), ON_TIME, 0, id="before due"),
        pytest.param(instalment("2016-03-31", arrived="2016-04-30"), ON_TIME, 0, id="end of grace"),
        pytest.param(instalment("2016-03-31", arrived="2016-05-01"), LATE, 31, id="after grace"),
        pytest.param(
            instalment("2016-03-31", arrived="2016-03-31", received="120000"),
            ON_TIME,
            0,
            id="more than due",
        ),
        pytest.param(
            instalment("2016-03-31", arrived="2016-03-31", received="99999.99"),
            SHORT,
            257,
            id="a cent short",
        ),
        pytest.param(instalment("2016-03-31"), OVERDUE, 257, id="nothing came"),
        pytest.param(instalment("2016-11-13"), NOTHING_DUE, 0, id="last day of grace"),
        pytest.param(instalment("2016-11-12"), OVERDUE, 31, id="first day after grace"),
        pytest.param(
            instalment("2016-11-13", arrived="2016-11-20", received="1"),
            NOTHING_DUE,
            0,
            id="short within grace",
        ),
        pytest.param(instalment("2017-03-31"), NOTHING_DUE, 0, id="not due"),
        pytest.param(
            instalment("2016-03-31", arrived="2016-12-14"), OVERDUE, 257, id="came after today"
        ),
        pytest.param(instalment("2016-03-31", arrived="2016-12-13"), LATE, 257, id="came today"),
        pytest.param(instalment("2016-03-31", amount="0"), NOTHING_DUE, 0, id="amount of nothing"),
    ],
)
def test_judge_instalment(row: InstalmentRecord, state: ArrivalState, days_late: int) -> None:
    judged = judge_instalment(row, today=TODAY, grace_days=GRACE)

    assert (judged.state, judged.days_late) == (state, days_late)


@pytest.mark.parametrize(
    ("rows", "state", "days_late", "due", "received"),
    [
        pytest.param([], NOTHING_DUE, 0, "0", "0", id="no instalments"),
        pytest.param(
            [
                instalment("2016-03-31", arrived="2016-04-01"),
                instalment("2016-06-30", arrived="2016-06-30"),
                instalment("2017-03-31"),
            ],
            ON_TIME,
            0,
            "200000",
            "200000",
            id="what is not due does not count",
        ),
        pytest.param(
            [
                instalment("2016-03-31", arrived="2016-06-30"),
                instalment("2016-06-30", arrived="2016-09-30"),
            ],
            LATE,
            92,
            "200000",
            "200000",
            id="latest of the late ones",
        ),
        pytest.param(
            [
                instalment("2016-01-31", arrived="2016-06-30"),
                instalment("2016-09-30", arrived="2016-09-30", received="60000"),
            ],
            SHORT,
            74,
            "200000",
            "160000",
            id="short is worse than late",
        ),
        pytest.param(
            [
                instalment("2016-03-31", arrived="2016-03-31", received="60000"),
                instalment("2016-10-31"),
            ],
            OVERDUE,
            43,
            "200000",
            "60000",
            id="overdue is worst",
        ),
    ],
)
def test_arrival_of_several_instalments(
    rows: list[InstalmentRecord], state: ArrivalState, days_late: int, due: str, received: str
) -> None:
    found = arrival(rows, today=TODAY, grace_days=GRACE)

    assert (found.state, found.days_late) == (state, days_late)
    assert (found.due_yuan, found.received_yuan) == (Decimal(due), Decimal(received))
    assert [each.instalment for each in found.instalments] == rows


def test_received_percent_without_anything_due_is_none() -> None:
    assert arrival([], today=TODAY, grace_days=GRACE).received_percent is None


def test_received_percent_of_a_part() -> None:
    found = arrival(
        [instalment("2016-03-31", arrived="2016-03-31", received="60000")],
        today=TODAY,
        grace_days=GRACE,
    )

    assert found.received_percent == 60


@pytest.mark.parametrize(
    ("row", "is_on_time", "is_late"),
    [
        (instalment("2016-03-31", arrived="2016-03-31"), True, False),
        (instalment("2016-03-31", arrived="2016-09-30"), False, True),
        (instalment("2016-03-31", arrived="2016-03-31", received="1"), False, True),
        (instalment("2016-03-31"), False, True),
        (instalment("2017-03-31"), False, False),
    ],
)
def test_arrival_is_on_time_or_late(row: InstalmentRecord, is_on_time: bool, is_late: bool) -> None:
    found = arrival([row], today=TODAY, grace_days=GRACE)

    assert (found.is_on_time, found.is_late) == (is_on_time, is_late)


_days = st.dates(dt.date(2015, 1, 1), dt.date(2018, 12, 31))
_money = st.decimals(0, 500_000, places=2)


@st.composite
def instalments(draw: st.DrawFn) -> InstalmentRecord:
    received = draw(_money)
    return InstalmentRecord(
        pk=draw(st.integers(1, 999)),
        label="1",
        sequence=1,
        due_on=draw(_days),
        due_yuan=draw(_money),
        received_on=draw(_days) if received else None,
        received_yuan=received,
    )


@given(rows=st.lists(instalments(), max_size=6), today=_days, grace=st.integers(0, 120))
def test_arrival_does_not_depend_on_the_order(
    rows: list[InstalmentRecord], today: dt.date, grace: int
) -> None:
    forward = arrival(rows, today=today, grace_days=grace)
    backward = arrival(rows[::-1], today=today, grace_days=grace)

    assert (forward.state, forward.days_late) == (backward.state, backward.days_late)
    assert forward.received_percent == backward.received_percent


@given(rows=st.lists(instalments(), max_size=6), today=_days, grace=st.integers(0, 120))
def test_more_grace_never_makes_arrival_worse(
    rows: list[InstalmentRecord], today: dt.date, grace: int
) -> None:
    strict = arrival(rows, today=today, grace_days=grace)
    lenient = arrival(rows, today=today, grace_days=grace + 1)

    assert lenient.is_late <= strict.is_late


@given(rows=st.lists(instalments(), max_size=6), today=_days, grace=st.integers(0, 120))
def test_days_late_are_more_than_the_grace_exactly_when_late(
    rows: list[InstalmentRecord], today: dt.date, grace: int
) -> None:
    found = arrival(rows, today=today, grace_days=grace)

    assert (found.days_late > grace) == found.is_late
