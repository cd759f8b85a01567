from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class RefusedError(Exception):
    """What was asked for can't be done; `str()` says why, in the language of the person asking.

    A subclass stands beside the action that raises it and has its own `message`, in which
    `%(name)s` takes the value of the keyword `name`.
    """

    message: StrOrPromise = ""

    def __init__(self, **values: object) -> None:
        super().__init__(*values.values())
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values
