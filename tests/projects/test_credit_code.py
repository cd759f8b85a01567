from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.credit_code import check_character, normalise, validate_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALID = "91350100M000100Y43"


@pytest.mark.parametrize("code", [VALID, "914403001922038216"])
def test_valid_credit_code_is_accepted(code: str) -> None:
    validate_credit_code(code)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("", "credit_code_form"),
        (VALID[:-1], "credit_code_form"),
        (VALID + "3", "credit_code_form"),
        (VALID.lower(), "credit_code_form"),
        ("91350100I000100Y43", "credit_code_form"),
        ("91350100M000100Y4３", "credit_code_form"),
        ("91350100M000100Y44", "credit_code_check"),
        ("91350100M000010Y43", "credit_code_check"),
    ],
)
def test_wrong_credit_code_is_refused(code: str, error: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_credit_code(code)

    assert caught.value.code == error


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_exactly_one_check_character_fits(body: str) -> None:
    accepted = []
    for character in ALPHABET:
        try:
            validate_credit_code(body + character)
        except ValidationError:
            continue
        accepted.append(character)

    assert accepted == [check_character(body)]


@pytest.mark.parametrize(
    "typed", [" 91350100m000100y43 ", "９１３５０１００Ｍ０００１００Ｙ４３", f"{VALID}\n"]
)
def test_normalise(typed: str) -> None:
    assert normalise(typed) == VALID
