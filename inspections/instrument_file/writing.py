"""From an instrument to the text that `read` takes back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from inspections.instrument_file.checks import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspections.instrument_file.content import Band, Indicator, InstrumentFile, Level

type Value = str | int | bool | Decimal | tuple[str, ...] | None


def write(instrument: InstrumentFile) -> str:
    """The instrument as TOML, one table a part; what is not set is left out."""
    blocks = [
        _table(
            "[instrument]",
            name=instrument.name,
            version=instrument.version,
            source_note=instrument.source_note,
            spread_limit=instrument.spread_limit,
            cap_grade=instrument.cap_grade or None,
        )
    ]
    blocks += [
        _table(
            "[[tracks]]",
            key=track.key,
            name=track.name,
            weight=track.weight,
            total_points=track.total_points,
        )
        for track in instrument.tracks
    ]
    blocks += [
        _table(
            "[[sections]]",
            key=section.key,
            number=section.number,
            name=section.name,
            short_name=section.short_name,
            total_points=section.total_points,
        )
        for section in instrument.sections
    ]
    blocks += [
        _table("[[grades]]", key=grade.key, name=grade.name, lower_percent=grade.lower_percent)
        for grade in instrument.grades
    ]
    blocks += [
        _table("[[services]]", key=service.key, name=service.name, unit=service.unit)
        for service in instrument.services
    ]
    blocks += [_indicator(indicator) for indicator in instrument.indicators]
    return "\n".join(blocks)


def _indicator(one: Indicator) -> str:
    text = _table(
        "[[indicators]]",
        key=one.key,
        number=one.number,
        name=one.name,
        section=one.section,
        track=one.track,
        mode=one.mode.value,
        max_points=one.max_points,
        step=one.step,
        allow_na=one.allow_na or None,
        critical=one.critical or None,
        service=one.service or None,
        checks=one.checks or None,
        guidance=one.guidance,
        evidence=one.evidence,
    )
    return text + _levels(one.levels) + _bands(one.bands)


def _levels(levels: Iterable[Level]) -> str:
    return _rows(
        "levels",
        (
            {
                "lower_points": level.lower_points,
                "upper_points": level.upper_points,
                "description": level.description,
            }
            for level in levels
        ),
    )


def _bands(bands: Iterable[Band]) -> str:
    return _rows(
        "bands", ({"lower_percent": band.lower_percent, "points": band.points} for band in bands)
    )


def _table(head: str, **fields: Value) -> str:
    lines = [f"{name} = {_value(value)}" for name, value in fields.items() if value is not None]
    return "\n".join((head, *lines, ""))


def _rows(name: str, rows: Iterable[dict[str, Value]]) -> str:
    lines = [
        "  { " + ", ".join(f"{field} = {_value(value)}" for field, value in row.items()) + " },"
        for row in rows
    ]
    return "\n".join((f"{name} = [", *lines, "]", "")) if lines else ""


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_text(each) for each in value)}]"
    return str(value)


def _text(value: str) -> str:
    """A basic string; with line breaks, a multi-line one, which is easier to edit."""
    escaped = re.sub(r'["\\]', r"\\\g<0>", value)
    escaped = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped)
    return f'"""\n{escaped}"""' if "\n" in escaped else f'"{escaped}"'
