"""The rows of the file, where they stand, and all that is wrong with each by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from inspections.instrument_file.fields import (
    HEAD,
    OPTIONAL_TABLES,
    TABLES,
    Field,
    clean_row,
    is_rows,
)
from inspections.instrument_file.problems import Place, Problem, ProblemCode

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD_LINE = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(#.*)?")


@dataclass(slots=True)
class Row:
    """The values of a row that are sound by themselves, and where the row and its fields stand.

    `named` are all fields that the file has there, sound or not.
    """

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    lines: dict[str, int] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """None where the field is absent or was refused."""
        return self.values.get(name)

    def at(self, path: str) -> Place:
        """The place of a field; "levels[2].description" stands where levels stands."""
        line = self.lines.get(path.partition("[")[0], self.place.line)
        return replace(self.place, field=path, line=line)


class Lines:
    """Finds the lines of rows and fields, so that nobody has to count rows."""

    def __init__(self, source: str) -> None:
        # As editors and the parser count; splitlines() would also break at rarer characters.
        self._lines = source.split("\n")
        self._starts: dict[str, list[int]] = {}
        for position, line in enumerate(self._lines):
            if found := _HEAD_LINE.fullmatch(line.rstrip("\r")):
                self._starts.setdefault(found[1], []).append(position)

    def find(
        self, table: str, index: int, count: int, names: Mapping[str, Any]
    ) -> tuple[int | None, dict[str, int]]:
        """The line of a row's head and those of its fields, from 1.

        None when the heads seen are not the `count` rows read, as with rows written inline.
        """
        starts = self._starts.get(table, [])
        if len(starts) != count:
            return None, {}
        start = starts[index]
        later = [one for group in self._starts.values() for one in group if one > start]
        found: dict[str, int] = {}
        for position in range(start + 1, min(later, default=len(self._lines))):
            name = self._lines[position].partition("=")[0].strip()
            if name in names:
                found.setdefault(name, position + 1)
        return start + 1, found


class Shape:
    """Goes through the tables, keeps the sound values and collects every problem."""

    def __init__(self, source: str) -> None:
        self.problems: list[Problem] = []
        self._lines = Lines(source)

    def add(self, code: ProblemCode, place: Place, **params: object) -> None:
        self.problems.append(Problem(code, place, params))

    def head(self, data: Mapping[str, Any]) -> Row:
        """The [instrument] table."""
        found = data.get("instrument")
        if isinstance(found, dict):
            return self._row("instrument", None, 1, found, HEAD)
        place = Place("instrument")
        if found is None:
            self.add(ProblemCode.MISSING_TABLE, place)
        else:
            self.add(ProblemCode.NOT_A_TABLE, place, name="instrument")
        return Row(place)

    def table(self, data: Mapping[str, Any], name: str) -> list[Row]:
        """The rows of [[name]]."""
        found = data.get(name, [])
        if not is_rows(found):
            self.add(ProblemCode.NOT_ROWS, Place(name), name=name)
            return []
        if not found and name not in OPTIONAL_TABLES:
            self.add(ProblemCode.MISSING_TABLE, Place(name))
        return [
            self._row(name, position, len(found), values, TABLES[name])
            for position, values in enumerate(found, start=1)
        ]

    def unknown_tables(self, data: Mapping[str, Any]) -> None:
        for name in data:
            if name != "instrument" and name not in TABLES:
                known = ", ".join(("instrument", *TABLES))
                line, _ = self._lines.find(name, 0, 1, {})
                self.add(ProblemCode.UNKNOWN_TABLE, Place(name, line=line), known=known)

    def _row(
        self,
        table: str,
        position: int | None,
        count: int,
        values: Mapping[str, Any],
        fields: Mapping[str, Field],
    ) -> Row:
        line, lines = self._lines.find(table, (position or 1) - 1, count, values)
        label = _label(values) if position else ""
        sound, faults = clean_row(values, fields)
        row = Row(Place(table, position, label, line=line), sound, frozenset(values), lines)
        for fault in faults:
            self.add(fault.code, row.at(fault.path), **fault.params)
        return row


def _label(values: Mapping[str, Any]) -> str:
    """What a row calls itself, cut to a readable length: number and name, or its key."""
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    named = [texts[name] for name in ("number", "name") if texts.get(name)]
    label = " ".join(" ".join(named or [texts.get("key", "")]).split())
    return "".join(character for character in label if character.isprintable())[:60]
