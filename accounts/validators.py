from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def count_character_classes(text: str) -> int:
    """How many of these occur in `text`: lower case, upper case, digits, all other characters."""
    classes = [
        any(character.islower() for character in text),
        any(character.isupper() for character in text),
        any(character.isdigit() for character in text),
        any(
            not (character.islower() or character.isupper() or character.isdigit())
            for character in text
        ),
    ]
    return sum(classes)


class CharacterClassesValidator:
    """Asks a password for characters of several classes, as security reviews of offices do."""

    def __init__(self, minimum: int = 3) -> None:
        self.minimum = minimum

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if count_character_classes(password) < self.minimum:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        return ngettext(
            "Your password must contain at least %(minimum)d of these: lower-case letters, "
            "capital letters, digits, other characters.",
            "Your password must contain at least %(minimum)d of these: lower-case letters, "
            "capital letters, digits, other characters.",
            self.minimum,
        ) % {"minimum": self.minimum}
