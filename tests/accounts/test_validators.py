from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.validators import CharacterClassesValidator, count_character_classes


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("", 0),
        ("duxun", 1),
        ("Duxun", 2),
        ("Duxun2016", 3),
        ("Duxun-2016", 4),
        # Characters without case are a class together with punctuation.
        ("督巡-", 1),
        ("督巡 2016", 2),
    ],
)
def test_count_character_classes(password: str, expected: int) -> None:
    assert count_character_classes(password) == expected


def test_validate_of_too_uniform_a_password_says_what_is_missing() -> None:
    with pytest.raises(ValidationError) as caught:
        CharacterClassesValidator(minimum=3).validate("duxun2016")

    assert caught.value.messages == [
        "密码须至少包含以下字符中的 3 种：小写字母、大写字母、数字、其他字符。"
    ]


def test_validate_of_a_mixed_password_passes() -> None:
    CharacterClassesValidator(minimum=3).validate("Duxun2016")
