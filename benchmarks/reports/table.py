"""The figures as a table with ratios."""

from __future__ import annotations

import statistics
import sys
import unicodedata
from typing import TYPE_CHECKING

from reports.rendering import harfbuzz_subset_available

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.reports.contenders import Measured

NAMES = {
    "duxun": "Duxun",
    "naive": "naive WeasyPrint",
    "fonttools": "naive, no HarfBuzz subsetter",
    "reckoned": "naive WeasyPrint, reckoned",
    "chromium": "Chromium, warm",
}
KINDS = {"project": "project report", "city": "citywide summary", "round": "the whole round"}
# Of one warm report on one core, and of a round on two.
GOALS = {"project": 0.5, "city": 1.1, "round": 5.0}
GOAL_AGAINST_CHROMIUM = 1.6
HEAD = (
    "",
    "",
    "first s",
    "warm s",
    "fastest s",
    "CPU s",
    "memory MB",
    "PDF KB",
    "× Duxun",
    "goal s",
)


def print_table(measured: Mapping[tuple[str, str], Measured], *, processes: int) -> None:
    """Print one row for each contender and kind, then Duxun's ratio to Chromium."""
    rows = [HEAD]
    for kind, title in KINDS.items():
        ours = measured["duxun", kind].median
        label = f"{title}, {processes} processes" if kind == "round" else title
        for name, shown in NAMES.items():
            if (name, kind) not in measured:
                continue
            found = measured[name, kind]
            rows.append(
                (
                    label,
                    shown,
                    f"{found.first:.2f}",
                    f"{found.median:.2f}",
                    f"{min(found.warm):.2f}",
                    f"{statistics.median(found.cpu):.2f}",
                    f"{found.memory_mb:.0f}",
                    f"{found.size_kb:.0f}",
                    f"{found.median / ours:.2f}",
                    f"{GOALS[kind]}" if name == "duxun" else "",
                )
            )
            label = ""
    widths = [max(_width(row[place]) for row in rows) for place in range(len(HEAD))]
    for row in rows:
        cells = [
            text.ljust(wide) if place < 2 else text.rjust(wide)
            for place, (text, wide) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    for kind, title in KINDS.items():
        if ("chromium", kind) in measured:
            ours, theirs = measured["duxun", kind], measured["chromium", kind]
            ratio = ours.median / theirs.median
            work = statistics.median(ours.cpu) / statistics.median(theirs.cpu)
            print(
                f"{title}: {ratio:.2f} × warm Chromium (goal: {GOAL_AGAINST_CHROMIUM} ×), "
                f"{work:.2f} × its CPU time"
            )
    if ("chromium", "project") not in measured:
        print("Chromium was not found: set CHROMIUM to compare with it.")
    if not harfbuzz_subset_available():
        print("HarfBuzz's subsetter is missing: install libharfbuzz-subset0.", file=sys.stderr)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
