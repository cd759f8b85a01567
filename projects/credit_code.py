"""Unified social credit codes (GB 32100-2015)."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def normalise(code: str) -> str:
    """Half-width, upper case, without spaces at either end."""
    return unicodedata.normalize("NFKC", code).strip().upper()


def check_character(body: str) -> str:
    """The 18th character for the first 17; raises ValueError for a character outside the set."""
    total = sum(
        _ALPHABET.index(character) * pow(3, position, 31) for position, character in enumerate(body)
    )
    return _ALPHABET[(31 - total % 31) % 31]


def validate_credit_code(code: str) -> None:
    """Raise ValidationError unless the normalised code has a right form and check character."""
    if len(code) != _LENGTH or any(character not in _ALPHABET for character in code):
        raise ValidationError(
            _(
                "A unified social credit code has 18 digits or capital letters, "
                "without I, O, S, V, Z."
            ),
            code="credit_code_form",
        )
    if check_character(code[:-1]) != code[-1]:
        raise ValidationError(
            _("The check character of this unified social credit code does not match."),
            code="credit_code_check",
        )
