"""From text to a checked instrument, or to everything that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from inspections.instrument_file.checks import check
from inspections.instrument_file.content import (
    Band,
    Grade,
    Indicator,
    InstrumentFile,
    Level,
    Section,
    Service,
    Track,
)
from inspections.instrument_file.fields import TABLES
from inspections.instrument_file.problems import (
    InstrumentFileError,
    Place,
    Problem,
    ProblemCode,
)
from inspections.instrument_file.rows import Shape

if TYPE_CHECKING:
    from inspections.instrument_file.rows import Row


def read_bytes(data: bytes) -> InstrumentFile:
    """The instrument in a file's bytes; a byte order mark, as Windows writes it, is fine.

    Raises InstrumentFileError.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InstrumentFileError((Problem(ProblemCode.NOT_UTF8),)) from None
    return read(text)


def read(text: str) -> InstrumentFile:
    """The instrument that `text` states. Raises InstrumentFileError with all its problems."""
    data = _parse(text)
    shape = Shape(text)
    shape.unknown_tables(data)
    head = shape.head(data)
    tables = {name: shape.table(data, name) for name in TABLES}
    problems = [*shape.problems, *check(head, tables)]
    if problems:
        # What has no line of its own comes first: it is about the file as a whole.
        raise InstrumentFileError(tuple(sorted(problems, key=lambda one: one.place.line or 0)))
    return _build(head, tables)


def _parse(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (ValueError, InvalidOperation, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        problem = Problem(ProblemCode.NOT_TOML, Place(line=line))
        raise InstrumentFileError((problem,)) from error


def _build(head: Row, tables: dict[str, list[Row]]) -> InstrumentFile:
    return InstrumentFile(
        **{"cap_grade": "", **head.values},
        tracks=tuple(Track(**row.values) for row in tables["tracks"]),
        sections=tuple(Section(**row.values) for row in tables["sections"]),
        grades=tuple(Grade(**row.values) for row in tables["grades"]),
        services=tuple(Service(**row.values) for row in tables["services"]),
        indicators=tuple(_indicator(row.values) for row in tables["indicators"]),
    )


def _indicator(values: dict[str, Any]) -> Indicator:
    levels = tuple(Level(**level) for level in values.get("levels", ()))
    bands = tuple(Band(**band) for band in values.get("bands", ()))
    return Indicator(**{**values, "levels": levels, "bands": bands})
