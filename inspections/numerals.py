from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """1 to 99 as official documents number their parts: 一, 十, 十二, 二十.

    Raises ValueError outside that range.
    """
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not between 1 and 99.")
    tens, ones = divmod(number, 10)
    text = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return text + (_DIGITS[ones] if ones else "")
