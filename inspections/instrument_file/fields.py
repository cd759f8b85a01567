"""The tables of the file, their fields, and one value at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from inspections.enums import Mode
from inspections.instrument_file.problems import ProblemCode
from projects.warning import Rule

_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class BadValueError(Exception):
    """A single value does not do; the caller knows where it stands."""

    def __init__(self, code: ProblemCode, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


type Clean = Callable[[Any], Any]


def text(limit: int | None = None, *, may_be_empty: bool = False) -> Clean:
    def clean(value: Any) -> str:
        if not isinstance(value, str):
            raise BadValueError(ProblemCode.NOT_TEXT)
        stripped = value.strip()
        if not stripped and not may_be_empty:
            raise BadValueError(ProblemCode.EMPTY)
        if _CONTROL.search(stripped):
            raise BadValueError(ProblemCode.CONTROL_CHARACTER)
        if limit is not None and len(stripped) > limit:
            raise BadValueError(ProblemCode.TOO_LONG, limit=limit, length=len(stripped))
        return stripped

    return clean


def key(limit: int) -> Clean:
    clean_text = text(limit)

    def clean(value: Any) -> str:
        found: str = clean_text(value)
        if not _KEY.fullmatch(found):
            raise BadValueError(ProblemCode.NOT_A_KEY, value=found)
        return found

    return clean


def whole(lower: int, upper: int) -> Clean:
    def clean(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadValueError(ProblemCode.NOT_WHOLE)
        if not lower <= value <= upper:
            raise BadValueError(ProblemCode.OUT_OF_RANGE, lower=lower, upper=upper)
        return value

    return clean


def number(upper: str, places: int, *, above_zero: bool = False) -> Clean:
    """From 0, or above it, to `upper`, with at most `places` decimals: what the database keeps."""
    highest = Decimal(upper)

    def clean(value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise BadValueError(ProblemCode.NOT_A_NUMBER)
        found = Decimal(value)
        if not found.is_finite():
            raise BadValueError(ProblemCode.NOT_A_NUMBER)
        if above_zero and found <= 0:
            raise BadValueError(ProblemCode.NOT_ABOVE_ZERO)
        if not 0 <= found <= highest:
            raise BadValueError(ProblemCode.OUT_OF_RANGE, lower=0, upper=upper)
        if found != round(found, places):
            raise BadValueError(ProblemCode.TOO_MANY_DECIMALS, places=places)
        return found

    return clean


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValueError(ProblemCode.NOT_A_FLAG)
    return value


def mode(value: Any) -> Mode:
    known = ", ".join(Mode.values)
    if not isinstance(value, str):
        raise BadValueError(ProblemCode.NOT_TEXT)
    if value.strip() not in Mode.values:
        raise BadValueError(ProblemCode.UNKNOWN_NAME, value=value, known=known)
    return Mode(value.strip())


def rules(value: Any) -> tuple[str, ...]:
    """Names of registry checks, each once, in the order of the file."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadValueError(ProblemCode.NOT_TEXTS)
    for name in value:
        if name not in Rule.values:
            known = ", ".join(Rule.values)
            raise BadValueError(ProblemCode.UNKNOWN_NAME, value=name, known=known)
    return tuple(dict.fromkeys(value))


POINTS = number("999.99", 2)
PERCENT = number("100", 2)


@dataclass(frozen=True, slots=True)
class Field:
    """How one field is cleaned; `rows` instead describes the rows of a list within a row."""

    clean: Clean | None = None
    required: bool = True
    rows: Mapping[str, Field] | None = None


LEVEL: Mapping[str, Field] = {
    "lower_points": Field(POINTS),
    "upper_points": Field(POINTS),
    "description": Field(text(200)),
}
BAND: Mapping[str, Field] = {"lower_percent": Field(number("999.99", 2)), "points": Field(POINTS)}

HEAD: Mapping[str, Field] = {
    "name": Field(text(80)),
    "version": Field(whole(1, 32767)),
    "source_note": Field(text()),
    "spread_limit": Field(number("1", 3)),
    "cap_grade": Field(key(20), required=False),
}
TABLES: Mapping[str, Mapping[str, Field]] = {
    "tracks": {
        "key": Field(key(20)),
        "name": Field(text(40)),
        "weight": Field(number("999.999", 3)),
        "total_points": Field(number("99999.99", 2), required=False),
    },
    "sections": {
        "key": Field(key(20)),
        "number": Field(whole(1, 99)),
        "name": Field(text(80)),
        "short_name": Field(text(20)),
        "total_points": Field(number("99999.99", 2), required=False),
    },
    "grades": {
        "key": Field(key(20)),
        "name": Field(text(20)),
        "lower_percent": Field(PERCENT),
    },
    "services": {
        "key": Field(key(40)),
        "name": Field(text(40)),
        "unit": Field(text(10)),
    },
    "indicators": {
        "key": Field(key(60)),
        "number": Field(text(10)),
        "name": Field(text(80)),
        "section": Field(text()),
        "track": Field(text()),
        "mode": Field(mode),
        "max_points": Field(number("999.99", 2, above_zero=True)),
        "step": Field(number("99.99", 2, above_zero=True)),
        "allow_na": Field(flag, required=False),
        "critical": Field(flag, required=False),
        "guidance": Field(text(may_be_empty=True)),
        "evidence": Field(text(may_be_empty=True)),
        "levels": Field(rows=LEVEL, required=False),
        "bands": Field(rows=BAND, required=False),
        "service": Field(text(), required=False),
        "checks": Field(rules, required=False),
    },
}
OPTIONAL_TABLES = frozenset({"services"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, and the path of its field in the row: "levels[2].description"."""

    path: str
    code: ProblemCode
    params: Mapping[str, object]


def clean_row(
    values: Mapping[str, Any], fields: Mapping[str, Field]
) -> tuple[dict[str, Any], list[Fault]]:
    """The values that are sound by themselves, and what is wrong with the others."""
    sound: dict[str, Any] = {}
    faults = [
        Fault(name, ProblemCode.UNKNOWN_FIELD, {"known": ", ".join(fields)})
        for name in values
        if name not in fields
    ]
    for name, how in fields.items():
        if name not in values:
            if how.required:
                faults.append(Fault(name, ProblemCode.MISSING_FIELD, {}))
            continue
        if how.rows is not None:
            cleaned, inner = _clean_rows(name, values[name], how.rows)
            faults += inner
            if not inner:
                sound[name] = cleaned
        elif how.clean is not None:
            try:
                sound[name] = how.clean(values[name])
            except BadValueError as error:
                faults.append(Fault(name, error.code, error.params))
    return sound, faults


def _clean_rows(
    name: str, found: Any, fields: Mapping[str, Field]
) -> tuple[list[dict[str, Any]], list[Fault]]:
    if not is_rows(found):
        return [], [Fault(name, ProblemCode.NOT_ROWS, {})]
    cleaned, faults = [], []
    for position, values in enumerate(found, start=1):
        row, inner = clean_row(values, fields)
        cleaned.append(row)
        faults += [Fault(f"{name}[{position}].{x.path}", x.code, x.params) for x in inner]
    return cleaned, faults


def is_rows(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(row, dict) for row in found)
