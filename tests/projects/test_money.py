from __future__ import annotations

from decimal import Decimal

import pytest

from projects.money import in_wan, in_yuan


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("20220600", "2022.06"),
        ("0", "0.00"),
        ("49.99", "0.00"),
        ("50", "0.01"),
        ("1234567.89", "123.46"),
        ("100000000", "10000.00"),
    ],
)
def test_in_wan(yuan: str, expected: str) -> None:
    assert in_wan(Decimal(yuan)) == expected


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [("20220600", "20,220,600.00"), ("0", "0.00"), ("999.995", "1,000.00")],
)
def test_in_yuan(yuan: str, expected: str) -> None:
    assert in_yuan(Decimal(yuan)) == expected
