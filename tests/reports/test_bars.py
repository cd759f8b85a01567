from __future__ import annotations

from decimal import Decimal

import pytest

from reports.bars import Bar, Segment, bar, stacked_bar


@pytest.mark.parametrize(
    ("part", "whole", "length"),
    [
        (1, 2, "50.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (Decimal("0.5"), 1, "50.00"),
        (3, 2, "100"),
    ],
)
def test_bar_is_as_long_as_its_share(part: Decimal | int, whole: int, length: str) -> None:
    assert bar(part, whole, "g3") == Bar((Segment(Decimal(0), Decimal(length), "g3"),))


@pytest.mark.parametrize(("part", "whole"), [(0, 5), (0, 0), (3, 0), (-1, 5)])
def test_bar_of_nothing_is_empty(part: int, whole: int) -> None:
    assert bar(part, whole, "g3") == Bar(())


def test_stacked_bar_has_no_gaps_and_ends_at_its_end() -> None:
    made = stacked_bar([(1, "t1"), (0, "t2"), (1, "t3"), (1, "t4")], 3)

    assert [(str(one.start), str(one.length), one.tone) for one in made.segments] == [
        ("0.00", "33.33", "t1"),
        ("33.33", "33.34", "t3"),
        ("66.67", "33.33", "t4"),
    ]
