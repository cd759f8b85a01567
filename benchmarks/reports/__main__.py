"""Measures the making of reports and prints a table.

    python -m benchmarks.reports [--quick] [--runs N]

Contenders run one after the other, several times over, each time in a new process, so
that none sees the memory or the caches of another and a busy moment of the machine
does not meet always the same one. Trust the ratios; seconds wander from day to day.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys

from benchmarks.reports import contenders, samples
from benchmarks.reports.contenders import Measured
from benchmarks.reports.table import print_table

PROCESSES = 2


def measure_here(contender: str, kind: str, runs: int) -> Measured:
    """What a process of its own does: one contender on one kind of report."""
    samples.set_up()
    loaded = samples.load()
    if kind == "round":
        if contender == "chromium":
            return contenders.chromium_round(loaded.everything, PROCESSES)
        return contenders.duxun_round(loaded.everything, PROCESSES)
    sample = loaded.project if kind == "project" else loaded.city
    if contender == "duxun":
        return contenders.duxun(sample, runs)
    if contender == "chromium":
        return contenders.chromium(sample, runs)
    return contenders.naive(sample, runs, with_harfbuzz=contender == "naive")


def measure(contender: str, kind: str, runs: int) -> Measured:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reports", "--measure", contender, kind, str(runs)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    # The last line: settings may print a word of their own before it.
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def join(parts: list[Measured]) -> Measured:
    return Measured(
        first=min(part.first for part in parts),
        warm=[seconds for part in parts for seconds in part.warm],
        cpu=[seconds for part in parts for seconds in part.cpu],
        memory_mb=max(part.memory_mb for part in parts),
        size_kb=parts[0].size_kb,
    )


def reckon_round(project: Measured, city: Measured, projects: int) -> Measured:
    """A round by naive calls, from single ones: nobody should have to wait for it."""
    return Measured(
        first=project.first,
        warm=[(projects * project.median + city.median) / PROCESSES],
        cpu=[projects * statistics.median(project.cpu) + statistics.median(city.cpu)],
        memory_mb=max(project.memory_mb, city.memory_mb),
        size_kb=projects * project.size_kb + city.size_kb,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reports", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--quick", action="store_true", help="one pass of few runs, for CI")
    parser.add_argument("--runs", type=int, default=5, help="warm runs in each of three passes")
    parser.add_argument("--measure", nargs=3, metavar=("CONTENDER", "KIND", "RUNS"),
                        help=argparse.SUPPRESS)  # fmt: skip
    options = parser.parse_args()
    if options.measure:
        contender, kind, runs = options.measure
        print(json.dumps(measure_here(contender, kind, int(runs)).as_dict()))
        return

    passes, runs = (1, 2) if options.quick else (3, options.runs)
    names = ["duxun", "naive"]
    if contenders.find_chromium():
        names.append("chromium")
    parts: dict[tuple[str, str], list[Measured]] = {}
    for _ in range(passes):
        for kind in ("project", "city"):
            for name in names:
                # A naive call has nothing to warm but its fonts: one run shows it.
                count = 1 if name == "naive" else runs
                parts.setdefault((name, kind), []).append(measure(name, kind, count))
        for name in names:
            if name != "naive":
                parts.setdefault((name, "round"), []).append(measure(name, "round", runs))
    if not options.quick:
        for kind in ("project", "city"):
            parts["fonttools", kind] = [measure("fonttools", kind, 1)]
    samples.set_up()
    loaded = samples.load()
    print(f"{loaded.source}; {platform.machine()}, Python {platform.python_version()}")
    measured = {key: join(value) for key, value in parts.items()}
    measured["reckoned", "round"] = reckon_round(
        measured["naive", "project"], measured["naive", "city"], len(loaded.everything) - 1
    )
    print_table(measured, processes=PROCESSES)


if __name__ == "__main__":
    main()
