from __future__ import annotations

import pytest

from inspections.grades import grade_tone


@pytest.mark.parametrize(
    ("of", "tones"),
    [
        (1, ["g1"]),
        (2, ["g1", "g4"]),
        (3, ["g1", "g2", "g4"]),
        (4, ["g1", "g2", "g3", "g4"]),
        (5, ["g1", "g2", "g3", "g3", "g4"]),
    ],
)
def test_grade_tone_goes_from_best_to_worst(of: int, tones: list[str]) -> None:
    assert [grade_tone(level, of) for level in range(1, of + 1)] == tones
