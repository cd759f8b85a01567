"""Numbers, dates, lists and sentences as official documents write them."""

import datetime as dt
from decimal import Decimal

import pytest

from reports.chinese import (
    as_clause,
    as_sentence,
    chinese_count,
    chinese_number,
    join_and,
    percent_text,
    period_text,
    score_text,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (103, "一百零三"),
        (110, "一百一十"),
        (140, "一百四十"),
        (213, "二百一十三"),
        (1003, "一千零三"),
        (2016, "二千零一十六"),
        (9999, "九千九百九十九"),
    ],
)
def test_chinese_number(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [-1, 10_000])
def test_chinese_number_outside_its_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="is not between 0 and 9999"):
        chinese_number(number)


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (2, "两"), (12, "十二"), (22, "二十二")])
def test_chinese_count_says_liang_for_two_alone(number: int, words: str) -> None:
    assert chinese_count(number) == words


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["甲"], "甲"), (["甲", "乙"], "甲和乙"), (["甲", "乙", "丙"], "甲、乙和丙")],
)
def test_join_and(names: list[str], text: str) -> None:
    assert join_and(names) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (dt.date(2016, 12, 13), dt.date(2017, 1, 5), "2016年12月13日至2017年1月5日"),
        (dt.date(2016, 11, 30), dt.date(2016, 12, 1), "2016年11月30日至12月1日"),
        (dt.date(2016, 12, 13), dt.date(2016, 12, 20), "2016年12月13日至20日"),
        (dt.date(2016, 12, 13), dt.date(2016, 12, 13), "2016年12月13日"),
    ],
)
def test_period_says_once_what_both_ends_share(first: dt.date, last: dt.date, text: str) -> None:
    assert period_text(first, last) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33.3%"), (2, 3, "66.7%"), (1, 1, "100.0%"), (0, 7, "0.0%"), (1, 2000, "0.1%")],
)
def test_percent_text_rounds_half_up_to_one_decimal(part: int, whole: int, text: str) -> None:
    assert percent_text(part, whole) == text


def test_score_text_has_two_decimals() -> None:
    assert score_text(Decimal(90)) == "90.00"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("项目运行良好", "项目运行良好。"),
        ("项目运行良好。", "项目运行良好。"),
        ("项目运行良好；", "项目运行良好。"),
        ("“项目运行良好。”", "“项目运行良好。”"),
        (" 项目运行良好 ", "项目运行良好。"),
        ("", ""),
    ],
)
def test_as_sentence_ends_in_one_mark(text: str, sentence: str) -> None:
    assert as_sentence(text) == sentence


def test_as_clause_drops_the_mark_at_the_end() -> None:
    assert as_clause("项目运行良好。") == "项目运行良好"
