"""How grades look: which of the stylesheet's four tones a grade of an instrument has."""

from __future__ import annotations

_WORST = "g4"
_MIDDLE_TONES = 3


def grade_tone(level: int, of: int) -> str:
    """The tone of the grade on `level`, 1 for the best, in an instrument of `of` grades.

    The best grade is g1 and the worst g4; those between share g2 and g3.
    """
    if level >= of > 1:
        return _WORST
    return f"g{min(level, _MIDDLE_TONES)}"
