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
    """Every table that holds rows of its own or a list of values, with its place in the file."""
    for key, value in data.items():
        here = f"{place}: {key}"
        tables = value if isinstance(value, list) else [value]
        for number, table in enumerate(tables, start=1):
            if not isinstance(table, dict):
                continue
            if "rows" in table or isinstance(value, list):
                yield f"{here} {number}", table
            yield from _groups(
                {name: inner for name, inner in table.items() if name != "rows"}
                if not isinstance(value, dict) or "rows" not in table
                else {},
                here,
            )
