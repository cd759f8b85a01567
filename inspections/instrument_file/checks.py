"""What rows must be to each other: known names, sums, edges, and points that fit the mode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from inspections.enums import Mode
from inspections.instrument_file.problems import Place, Problem, ProblemCode

if TYPE_CHECKING:
    from inspections.instrument_file.rows import Row

MAX_CHOICES = 101
_MODE_FIELDS = {"levels": Mode.LEVEL, "bands": Mode.VOLUME, "service": Mode.VOLUME}


def check(head: Row, tables: dict[str, list[Row]]) -> Iterator[Problem]:
    """Every problem between sound values; what was refused already is passed over."""
    unique = {
        "tracks": ("key", "name"),
        "sections": ("key", "number"),
        "grades": ("key", "name"),
        "services": ("key", "name"),
        "indicators": ("key", "number"),
    }
    for table, names in unique.items():
        for name in names:
            yield from _duplicates(tables[table], name)
    yield from _weights(tables["tracks"])
    yield from _grades(head, tables)
    for name, table in (("section", "sections"), ("track", "tracks"), ("service", "services")):
        yield from _references(tables["indicators"], name, tables[table])
    for indicator in tables["indicators"]:
        yield from _points(indicator)
        yield from _mode(indicator)
    for name, table in (("track", "tracks"), ("section", "sections")):
        for part in tables[table]:
            yield from _totals(part, name, tables["indicators"])


def number_text(value: Decimal) -> str:
    """A number as people write it: 0.3 for 0.300, 100 for 1E+2."""
    return f"{value.normalize():f}"


def _problem(code: ProblemCode, place: Place, **params: object) -> Problem:
    told = {
        name: number_text(value) if isinstance(value, Decimal) else value
        for name, value in params.items()
    }
    return Problem(code, place, told)


def _duplicates(rows: Iterable[Row], name: str) -> Iterator[Problem]:
    seen: dict[Any, int | None] = {}
    for row in rows:
        value = row.get(name)
        if value is None:
            continue
        if value in seen:
            yield _problem(ProblemCode.DUPLICATE, row.at(name), value=value, row=seen[value])
        else:
            seen[value] = row.place.row


def _weights(tracks: list[Row]) -> Iterator[Problem]:
    weights = [track.get("weight") for track in tracks]
    if not weights or None in weights:
        return
    total = sum(weights, Decimal(0))
    if total not in (1, 100):
        yield _problem(
            ProblemCode.WEIGHTS_DO_NOT_ADD_UP, Place("tracks", field="weight"), sum=total
        )


def _grades(head: Row, tables: dict[str, list[Row]]) -> Iterator[Problem]:
    grades = tables["grades"]
    yield from _descending(grades, "lower_percent")
    cap = head.get("cap_grade")
    keys = [grade.get("key") for grade in grades]
    if cap is None:
        critical = any(indicator.get("critical") for indicator in tables["indicators"])
        if critical and "cap_grade" not in head.named:
            yield _problem(ProblemCode.NO_CAP_GRADE, head.at("cap_grade"))
    elif cap not in keys:
        known = ", ".join(filter(None, keys))
        yield _problem(ProblemCode.UNKNOWN_NAME, head.at("cap_grade"), value=cap, known=known)


def _descending(rows: list[Row], name: str) -> Iterator[Problem]:
    """Values go down from row to row, and the last is 0."""
    told = [(row, row.get(name)) for row in rows]
    if not told or None in [value for _, value in told]:
        return
    for (_, before), (row, value) in pairwise(told):
        if value >= before:
            yield _problem(ProblemCode.NOT_DESCENDING, row.at(name), value=value, before=before)
    last, value = told[-1]
    if value != 0:
        yield _problem(ProblemCode.NOT_DOWN_TO_ZERO, last.at(name), value=value)


def _references(rows: Iterable[Row], name: str, targets: Iterable[Row]) -> Iterator[Problem]:
    known = [target.get("key") for target in targets if target.get("key")]
    for row in rows:
        value = row.get(name)
        if value is not None and value not in known:
            yield _problem(
                ProblemCode.UNKNOWN_NAME, row.at(name), value=value, known=", ".join(known)
            )


def _totals(part: Row, name: str, indicators: list[Row]) -> Iterator[Problem]:
    """A track has indicators, and a stated total is what they add up to."""
    mine = [one for one in indicators if one.get(name) == part.get("key")]
    all_sorted = bool(indicators) and all(one.get(name) for one in indicators)
    if name == "track" and not mine and all_sorted:
        yield _problem(ProblemCode.NO_INDICATORS, part.place)
    total = part.get("total_points")
    # With a refused row the sum would be wrong for that reason alone.
    if total is None or any(None in (one.get(name), one.get("max_points")) for one in indicators):
        return
    found = sum((one.get("max_points") for one in mine), Decimal(0))
    if found != total:
        yield _problem(
            ProblemCode.POINTS_DO_NOT_ADD_UP, part.at("total_points"), sum=found, total=total
        )


def _points(indicator: Row) -> Iterator[Problem]:
    maximum, step = indicator.get("max_points"), indicator.get("step")
    if maximum is None or step is None:
        return
    if maximum % step:
        yield _problem(ProblemCode.OFF_STEP, indicator.at("max_points"), value=maximum, step=step)
    elif indicator.get("mode") == Mode.YES_NO and step != maximum:
        yield _problem(ProblemCode.YES_NO_STEP, indicator.at("step"), maximum=maximum)
    elif (count := int(maximum / step) + 1) > MAX_CHOICES:
        yield _problem(
            ProblemCode.TOO_MANY_STEPS,
            indicator.at("step"),
            maximum=maximum,
            count=count,
            limit=MAX_CHOICES,
        )


def _mode(indicator: Row) -> Iterator[Problem]:
    mode = indicator.get("mode")
    if mode is None:
        return
    for name, needed_by in _MODE_FIELDS.items():
        if mode != needed_by and indicator.get(name):
            yield _problem(ProblemCode.NOT_FOR_MODE, indicator.at(name), mode=mode.value)
        if mode == needed_by and name not in indicator.named:
            yield _problem(ProblemCode.NEEDED_FOR_MODE, indicator.at(name), mode=mode.value)
    checks: dict[Mode, tuple[str, Callable[..., Iterator[Problem]]]] = {
        Mode.LEVEL: ("levels", _levels),
        Mode.VOLUME: ("bands", _bands),
    }
    name, check_rows = checks.get(mode, ("", _bands))
    maximum, step = indicator.get("max_points"), indicator.get("step")
    rows = indicator.get(name)
    if rows is not None and maximum is not None and step is not None and not maximum % step:
        yield from check_rows(indicator, rows, maximum, step)


def _off_step(
    indicator: Row, name: str, rows: list[dict[str, Any]], fields: Iterable[str], step: Decimal
) -> Iterator[Problem]:
    for position, row in enumerate(rows, start=1):
        for field in fields:
            if row[field] % step:
                place = indicator.at(f"{name}[{position}].{field}")
                yield _problem(ProblemCode.OFF_STEP, place, value=row[field], step=step)


def _range_text(lower: Decimal, upper: Decimal) -> str:
    ends = dict.fromkeys((number_text(lower), number_text(upper)))
    return "–".join(ends)


def _levels(
    indicator: Row, levels: list[dict[str, Any]], maximum: Decimal, step: Decimal
) -> Iterator[Problem]:
    """The levels share the points out from the maximum down to 0, no step left over or twice."""
    if len(levels) < 2:
        yield _problem(ProblemCode.TOO_FEW_LEVELS, indicator.at("levels"))
        return
    off = list(_off_step(indicator, "levels", levels, ("lower_points", "upper_points"), step))
    if off:
        yield from off
        return
    expected = maximum
    for position, level in enumerate(levels, start=1):
        lower, upper = level["lower_points"], level["upper_points"]
        place = indicator.at(f"levels[{position}]")
        if lower > upper:
            yield _problem(
                ProblemCode.LEVEL_UPSIDE_DOWN, place, row=position, lower=lower, upper=upper
            )
            return
        if upper > expected:
            yield _problem(
                ProblemCode.LEVEL_OVERLAP, place, row=position, value=upper, expected=expected
            )
        elif upper < expected:
            left_out = _range_text(upper + step, expected)
            yield _problem(ProblemCode.LEVEL_GAP, place, row=position, points=left_out)
        expected = lower - step
    if expected >= 0:
        place = indicator.at(f"levels[{len(levels)}]")
        left_out = _range_text(Decimal(0), expected)
        yield _problem(ProblemCode.LEVEL_GAP, place, row=len(levels), points=left_out)


def _bands(
    indicator: Row, bands: list[dict[str, Any]], maximum: Decimal, step: Decimal
) -> Iterator[Problem]:
    """Bands go down in percent and points, from the maximum points to 0 percent."""
    if not bands:
        yield _problem(ProblemCode.NEEDED_FOR_MODE, indicator.at("bands"), mode=Mode.VOLUME.value)
        return
    yield from _off_step(indicator, "bands", bands, ("points",), step)
    for field in ("lower_percent", "points"):
        for position, (before, band) in enumerate(pairwise(bands), start=2):
            if band[field] >= before[field]:
                place = indicator.at(f"bands[{position}].{field}")
                yield _problem(
                    ProblemCode.NOT_DESCENDING, place, value=band[field], before=before[field]
                )
    if bands[0]["points"] != maximum:
        yield _problem(
            ProblemCode.BAND_BELOW_MAXIMUM,
            indicator.at("bands[1].points"),
            value=bands[0]["points"],
            maximum=maximum,
        )
    if bands[-1]["lower_percent"] != 0:
        place = indicator.at(f"bands[{len(bands)}].lower_percent")
        yield _problem(ProblemCode.NOT_DOWN_TO_ZERO, place, value=bands[-1]["lower_percent"])
