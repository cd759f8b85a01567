"""The ways of making a PDF that are compared, each run in a process of its own.

`duxun` is what the application does. `naive` is one call of WeasyPrint with the same
HTML, the fonts that the machine has, and nothing kept; `fonttools` is the same where
HarfBuzz's subsetter is missing. `chromium` prints the same HTML with the report fonts
from a browser that is already running.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import resource
import shutil
import statistics
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.rendering import faces, layouts, render_many, render_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.reports.samples import Sample
    from reports.rendering.document import Document


# What somebody writes who leaves the choice of fonts to the machine.
GENERIC_FAMILIES = {
    "Duxun FangSong": "serif",
    "Duxun Kai": "cursive",
    "Duxun Hei": "sans-serif",
    "Duxun BiaoSong": "serif",
    "Duxun Song": "serif",
    "Duxun Rare": "serif",
}


@dataclass
class Measured:
    """Seconds of the first document and of each warm one, peak memory, size of the PDF.

    `cpu` is what the processors worked for each warm one, in all processes; unlike the
    seconds it hardly depends on what else the machine does.
    """

    first: float
    warm: list[float]
    cpu: list[float]
    memory_mb: float
    size_kb: float

    @property
    def median(self) -> float:
        return statistics.median(self.warm)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def peak_memory_mb(who: int = resource.RUSAGE_SELF) -> float:
    """Highest resident memory of this process, or of the largest child."""
    # Kilobytes on Linux, bytes on macOS.
    unit = 1024 if os.uname().sysname == "Linux" else 1024 * 1024
    return resource.getrusage(who).ru_maxrss / unit


def repeat(make: Callable[[], bytes], runs: int) -> Measured:
    times, cpu, size = [], [], 0
    for _ in range(runs + 1):
        started, worked = time.perf_counter(), time.process_time()
        size = len(make())
        times.append(time.perf_counter() - started)
        cpu.append(time.process_time() - worked)
    return Measured(times[0], times[1:], cpu[1:], peak_memory_mb(), size / 1024)


def duxun(sample: Sample, runs: int) -> Measured:
    return repeat(lambda: render_pdf(sample.snapshot, photos=sample.photos), runs)


def duxun_round(samples: Sequence[Sample], processes: int) -> Measured:
    """A whole round, from starting the processes to the last PDF."""
    photos = {sample.name: sample.photos for sample in samples}
    started, before = time.perf_counter(), time.process_time()
    made = dict(
        render_many(
            [(sample.name, sample.snapshot) for sample in samples],
            photos=lambda name: photos[name],
            processes=processes,
        )
    )
    seconds = time.perf_counter() - started
    here, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    cpu = children.ru_utime + children.ru_stime + here.ru_utime + here.ru_stime - before
    failed = [error for error in made.values() if isinstance(error, Exception)]
    if failed or len(made) != len(samples):
        raise SystemExit(f"not all reports were made: {failed}")
    size = sum(len(pdf) for pdf in made.values() if isinstance(pdf, bytes))
    return Measured(
        seconds, [seconds], [cpu], peak_memory_mb(resource.RUSAGE_CHILDREN), size / 1024
    )


def naive(sample: Sample, runs: int, *, with_harfbuzz: bool = True) -> Measured:
    # They complain of every font that is cut the slow way.
    for name in ("fontTools", "weasyprint"):
        logging.getLogger(name).setLevel(logging.ERROR)

    def make() -> bytes:
        import weasyprint
        from weasyprint.pdf import fonts

        if not with_harfbuzz:
            fonts.harfbuzz_subset = None
        with tempfile.TemporaryDirectory() as folder:
            page = export(_as_is(sample), Path(folder), families=GENERIC_FAMILIES)
            pdf: bytes = weasyprint.HTML(filename=page).write_pdf()
            return pdf

    return repeat(make, runs)


def chromium(sample: Sample, runs: int) -> Measured:
    return asyncio.run(_print_with_chromium([sample] * (runs + 1), pages=1))


def chromium_round(samples: Sequence[Sample], processes: int) -> Measured:
    """A whole round on as many pages at once, in a browser that has printed before."""
    return asyncio.run(_print_with_chromium([samples[0], *samples], pages=processes))


def find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


async def _print_with_chromium(samples: Sequence[Sample], *, pages: int) -> Measured:
    """Print the first alone, then the others on `pages` pages at once.

    Making the HTML counts, as it does for the others. Memory is that of all processes
    of the browser, shared pages counted once.
    """
    from playwright.async_api import async_playwright

    memory, size, warm, cpu = 0.0, 0, [], []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox"]
        )
        opened = [await browser.new_page() for _ in range(pages)]

        async def make(page: Any, sample: Sample) -> tuple[float, int]:
            started = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                path = export(_as_is(sample), Path(folder), with_fonts=True)
                await page.goto(path.as_uri())
                pdf = await page.pdf(
                    prefer_css_page_size=True, print_background=True, tagged=True, outline=True
                )
            return time.perf_counter() - started, len(pdf)

        first, size = await make(opened[0], samples[0])
        waiting = list(samples[1:])

        async def work(page: Any) -> None:
            nonlocal memory, size
            while waiting:
                before = time.process_time() + _cpu_of_children()
                seconds, size = await make(page, waiting.pop(0))
                warm.append(seconds)
                cpu.append(time.process_time() + _cpu_of_children() - before)
                memory = max(memory, _memory_of_children_mb())

        started, before = time.perf_counter(), time.process_time() + _cpu_of_children()
        await asyncio.gather(*(work(page) for page in opened))
        together = time.perf_counter() - started
        worked = time.process_time() + _cpu_of_children() - before
        await browser.close()
    if pages > 1:
        warm, cpu = [together], [worked]
    return Measured(first, warm, cpu, memory, size / 1024)


def _children() -> set[int]:
    """All processes below this one; none where /proc is missing."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(fields[1])
    below, found = {os.getpid()}, True
    while found:
        found = {pid for pid, parent in parents.items() if parent in below} - below
        below |= found
    return below - {os.getpid()}


def _memory_of_children_mb() -> float:
    """Their memory, what they share counted once."""
    total = 0
    for pid in _children():
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        if match := re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE):
            total += int(match[1])
    return total / 1024


def _cpu_of_children() -> float:
    """Seconds that they have worked so far, their ended children included."""
    total = 0
    for pid in _children():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def _as_is(sample: Sample) -> Document:
    return layouts.prepare(sample.snapshot, photos=sample.photos)


def export(
    document: Document,
    folder: Path,
    *,
    families: Mapping[str, str] | None = None,
    with_fonts: bool = False,
) -> Path:
    """The document as files that any program can read; the page's path.

    `families` replaces the names of font families, `with_fonts` adds the report fonts.
    """
    html = document.html
    for name, found in document.resources.items():
        path = folder / f"{name}.jpg"
        path.write_bytes(found.content)
        html = html.replace(f'"app:{name}"', f'"{path.as_uri()}"')
    style = document.stylesheet.read_text(encoding="utf-8")
    for family, other in (families or {}).items():
        style = style.replace(f'"{family}"', other)
    if with_fonts:
        paths = {re.sub(r"(?<=Duxun)", " ", path.stem): path for path in faces.files()}
        rules = (
            f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"); }}\n'
            for family, path in paths.items()
        )
        style = "".join(rules) + style
    page = folder / "report.html"
    page.write_text(html.replace("</head>", f"<style>{style}</style></head>", 1), encoding="utf-8")
    return page
