"""The stored explanation: readable, complete, and telling when somebody touched it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from inspections.scoring import (
    Explanation,
    InvalidExplanationError,
    InvalidInputError,
    NotSettledError,
    Result,
    recompute,
    score,
)
from tests.inspections.scoring_builders import (
    FINANCE,
    a_spec,
    an_indicator,
    moderations_of,
    sheets_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = a_spec(
    an_indicator("1"),
    an_indicator("2", critical=True),
    an_indicator("3"),
    an_indicator("5", "6", "0.5", track=FINANCE),
)
RESULT = score(
    SPEC,
    sheets_of("甲:service 1=10 2=0 3=N/A; 乙:service 1=5 2=0 3=N/A; 丙 1=8 2=0 3=N/A 5=5.5"),
    moderations_of("1=7.5"),
)


def stored() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(RESULT.explanation.to_dict()))
    return data


def test_explanation_says_all_that_went_in_and_came_out() -> None:
    data = stored()

    assert data["instrument"]["tracks"] == [
        {"key": "service", "name": "专业服务", "weight": "70"},
        {"key": "finance", "name": "财务管理", "weight": "30"},
    ]
    assert data["members"][0] == {
        "key": "丙",
        "label": "督导员丙",
        "track_keys": ["finance", "service"],
    }
    assert data["indicators"][0] == {
        "key": "1",
        "number": "1",
        "name": "指标1",
        "section_key": "management",
        "track_key": "service",
        "max_points": "10",
        "step": "0.5",
        "allow_na": True,
        "critical": False,
        "answers": [
            {"member_key": "丙", "points": "8", "not_applicable": False},
            {"member_key": "乙", "points": "5", "not_applicable": False},
            {"member_key": "甲", "points": "10", "not_applicable": False},
        ],
        "spread": "1/2",
        "needs": ["spread"],
        "moderation": {"points": "7.5", "not_applicable": False, "reason": "现场复核后商定"},
        "source": "moderated",
        "points": "15/2",
    }
    assert data["tracks"] == [
        {
            "key": "service",
            "name": "专业服务",
            "points": "15/2",
            "max_points": "20",
            "applicable_count": 2,
            "not_applicable_count": 1,
            "percent": "37.50",
        },
        {
            "key": "finance",
            "name": "财务管理",
            "points": "11/2",
            "max_points": "6",
            "applicable_count": 1,
            "not_applicable_count": 0,
            "percent": "91.67",
        },
    ]
    # 0.7 × 37.5 + 0.3 × 91.666… = 53.75
    assert {
        key: data[key] for key in data if key not in ("indicators", "instrument", "members")
    } == {
        "format": 1,
        "tracks": data["tracks"],
        "sections": data["sections"],
        "weight_sum": "100",
        "total": "215/4",
        "total_percent": "53.75",
        "uncapped_grade_key": "fail",
        "grade_key": "fail",
        "capped_by": ["2"],
    }


def test_result_of_a_stored_explanation_is_the_result() -> None:
    assert Result.of(Explanation.from_dict(stored())) == RESULT


def set_points(data: dict[str, Any]) -> None:
    data["indicators"][3]["answers"][0]["points"] = "6"


def set_weight(data: dict[str, Any]) -> None:
    data["instrument"]["tracks"][0]["weight"] = "60"


def set_total(data: dict[str, Any]) -> None:
    data["total_percent"] = "93.75"


def set_grade(data: dict[str, Any]) -> None:
    data["grade_key"] = "good"


def set_moderation(data: dict[str, Any]) -> None:
    data["indicators"][0]["moderation"]["points"] = "9"


def drop_cap(data: dict[str, Any]) -> None:
    data["capped_by"] = []


def drop_member(data: dict[str, Any]) -> None:
    del data["members"][1]


@pytest.mark.parametrize(
    "tamper",
    [set_points, set_weight, set_total, set_grade, set_moderation, drop_cap, drop_member],
)
def test_recompute_differs_when_a_stored_value_was_changed(
    tamper: Callable[[dict[str, Any]], None],
) -> None:
    data = stored()
    tamper(data)
    explanation = Explanation.from_dict(data)

    assert recompute(explanation) != Result.of(explanation)


def test_recompute_refuses_an_impossible_answer() -> None:
    data = stored()
    data["indicators"][3]["answers"][0]["points"] = "7"

    with pytest.raises(InvalidInputError):
        recompute(Explanation.from_dict(data))


def test_recompute_refuses_a_removed_moderation() -> None:
    data = stored()
    data["indicators"][0]["moderation"] = None

    with pytest.raises(NotSettledError):
        recompute(Explanation.from_dict(data))


def broken(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    data = copy.deepcopy(stored())
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"format": 2},
        broken(("total_percent",), "ninety"),
        broken(("total",), "1/0"),
        broken(("weight_sum",), None),
        broken(("indicators",), None),
        broken(("indicators", 0, "needs"), ["mood"]),
        broken(("indicators", 0, "moderation"), "7.5"),
        broken(("instrument", "tracks"), []),
        broken(("grade_key",), "splendid"),
        broken(("capped_by",), ["9"]),
    ],
)
def test_explanation_that_cannot_be_read_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(InvalidExplanationError):
        Explanation.from_dict(data)
