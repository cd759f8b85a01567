"""What a figure is: a value that knows its unit, its words, how it came about and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    import uuid

    from django.utils.functional import _StrPromise

type Words = str | _StrPromise
"""Text for people, perhaps still to be put into the language of whoever reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows behind a figure and the list page that shows them.

    `page` is a URL name and `query` the list's filter; `args` are for a page that needs them.
    The page may show more rows than `ids` where no filter tells them apart.
    """

    ids: tuple[int | uuid.UUID, ...]
    page: str
    query: tuple[tuple[str, str], ...] = ()
    args: tuple[str | int, ...] = ()

    @property
    def url(self) -> str:
        path = reverse(self.page, args=self.args)
        return f"{path}?{urlencode(self.query)}" if self.query else path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure[T]:
    """A named figure of a round.

    `key` never changes, for texts refer to it. `text` is the value as reports print it, in Chinese
    and with `unit` where there is one; `how` says how it was computed, in the user's language.
    """

    key: str
    value: T
    unit: str
    text: str
    how: Words
    rows: Rows
