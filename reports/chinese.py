"""How official Chinese documents write numbers, dates, money and lists.

Quantities and dates are Arabic (GB/T 15835-2011); counts that belong to a set phrase, such as
十一个区级项目 or 五个方面, are written out, as the bureaus' documents do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from projects.dates import chinese_date

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")


def chinese_number(number: int) -> str:
    """0 to 9999 in words: 十一, 一百零三, 二百二十. Raises ValueError outside."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number == 0:
        return _DIGITS[0]
    words = ""
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith(_DIGITS[0]):
            words += _DIGITS[0]
    words = words.rstrip(_DIGITS[0])
    return words[1:] if words.startswith("一十") else words


def chinese_count(number: int) -> str:
    """A number in words before a measure word, where two of something is 两, not 二."""
    return "两" if number == 2 else chinese_number(number)


def join_and(names: Sequence[str]) -> str:
    """`A`, `A和B`, `A、B和C`; empty without names."""
    if len(names) < 2:
        return "".join(names)
    return f"{'、'.join(names[:-1])}和{names[-1]}"


def score_text(score: Decimal) -> str:
    """A score with its two decimals."""
    return f"{score.quantize(_CENT, ROUND_HALF_UP):f}"


def percent_text(part: Decimal | int, whole: Decimal | int) -> str:
    """The share with one decimal, `61.0%`; `whole` must not be zero."""
    share = 100 * Fraction(part) / Fraction(whole)
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return f"{exact.quantize(_TENTH, ROUND_HALF_UP):f}%"


def period_text(first: dt.date, last: dt.date) -> str:
    """`2016年12月13日至2017年1月5日`; what both ends share is said once."""
    if first == last:
        return chinese_date(first)
    if first.year != last.year:
        return f"{chinese_date(first)}至{chinese_date(last)}"
    if first.month != last.month:
        return f"{chinese_date(first)}至{last.month}月{last.day}日"
    return f"{chinese_date(first)}至{last.day}日"


def as_sentence(text: str) -> str:
    """`text` as written, ending in exactly one mark that ends a sentence; empty stays empty."""
    text = text.strip()
    if not text or text[-1] in "。！？" or text[-2:] in ("。”", "。）"):
        return text
    return f"{text.rstrip('；，、：')}。"


def as_clause(text: str) -> str:
    """`text` without the mark at its end, to go on after it."""
    return text.strip().rstrip("。；，、：")
