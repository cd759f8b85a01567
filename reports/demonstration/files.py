"""Reads the demonstration's files and holds them to saying what each group of rows rests on."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDER: Path = settings.BASE_DIR / "fixtures" / "demonstration"


class MissingBasisError(Exception):
    """A group of rows does not say which fact it rests on, nor that it is illustrative."""


def load(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Read one file of the demonstration; raises MissingBasisError naming the group."""
    data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    for place, group in _groups(data, name):
        if not group.get("basis"):
            raise MissingBasisError(f"{place}: say `basis`")
    return data


def _groups(data: Mapping[str, Any], place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each table of a list at the top of the file, and each one anywhere that has `rows`."""
    for key, value in data.items():
        here = f"{place}: {key}"
        for number, table in enumerate(_tables(value), start=1):
            if isinstance(value, list):
                yield f"{here} {number}", table
            yield from _with_rows(table, here)


def _with_rows(table: Mapping[str, Any], place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if "rows" in table:
        yield place, table
        return
    for key, value in table.items():
        for inner in _tables(value):
            yield from _with_rows(inner, f"{place} {key}")


def _tables(value: object) -> list[dict[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]
