"""JSON for frozen dataclasses: the form in which a report's snapshot is stored.

The shape of the JSON is the shape of the classes, nothing more: a dataclass is an
object, a tuple is an array, a `Decimal` is a string (never a float), a `date` is
`YYYY-MM-DD`, an enum is its value. Reading is strict: a missing or unknown field, a
number where text belongs or a date that does not exist is a `SnapshotError` that names
the place, because a report that is rendered years later must not guess.
"""

import dataclasses
import types
import typing
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin


class SnapshotError(ValueError):
    """A stored snapshot cannot be read; the message names the place inside it."""


def read[T](kind: type[T], data: Any, schema_version: int) -> T:
    """The `kind` that plain `data` describes. Raises SnapshotError.

    The version is compared before anything else, so that a snapshot of another
    version is told as that and not as a field that is missing.
    """
    found = data.get("schema_version") if isinstance(data, dict) else None
    if found != schema_version:
        raise SnapshotError(f"schema version {found}, this program reads {schema_version}")
    return typing.cast("T", decode(kind, data, kind.__name__))


def encode(value: Any) -> Any:
    """Plain lists, dicts and strings for `value`."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    raise SnapshotError(f"a snapshot holds no {type(value).__name__}")


def decode(kind: Any, data: Any, place: str) -> Any:
    """`data` as the annotated type `kind`; `place` names it in errors."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if data is None and type(None) in get_args(kind):
            return None
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        return decode(inner, data, place)
    if origin is tuple:
        if not isinstance(data, list):
            raise SnapshotError(f"{place}: a list is needed")
        (inner, _) = get_args(kind)
        return tuple(decode(inner, item, f"{place}[{n}]") for n, item in enumerate(data))
    if dataclasses.is_dataclass(kind):
        return _decode_object(typing.cast("type", kind), data, place)
    return _decode_plain(kind, data, place)


def _decode_object(kind: type, data: Any, place: str) -> Any:
    if not isinstance(data, dict):
        raise SnapshotError(f"{place}: an object is needed")
    hints = _hints(kind)
    if unknown := sorted(set(data) - set(hints)):
        raise SnapshotError(f"{place}: unknown field {', '.join(unknown)}")
    if missing := [name for name in hints if name not in data]:
        raise SnapshotError(f"{place}: missing field {', '.join(missing)}")
    values = {name: decode(hint, data[name], f"{place}.{name}") for name, hint in hints.items()}
    return kind(**values)


def _decode_plain(kind: Any, data: Any, place: str) -> Any:
    if kind in (Decimal, date) or (isinstance(kind, type) and issubclass(kind, Enum)):
        if not isinstance(data, str):
            raise SnapshotError(f"{place}: text is needed, not {data!r}")
        try:
            return date.fromisoformat(data) if kind is date else kind(data)
        except (ValueError, InvalidOperation) as error:
            raise SnapshotError(f"{place}: {data!r} is no {kind.__name__}") from error
    if type(data) is not kind:
        raise SnapshotError(f"{place}: {kind.__name__} is needed, not {data!r}")
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}
