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
    from collections.abc import Callable, Sequence

    from benchmarks.reports.samples import Sample
    from reports.rendering.document import Document


@dataclass
class Measured:
    """Seconds of the first document and of each warm one, peak memory, size of the PDF."""

    first: float
    warm: list[float]
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
    times, size = [], 0
    for _ in range(runs + 1):
        started = time.perf_counter()
        size = len(make())
        times.append(time.perf_counter() - started)
    return Measured(times[0], times[1:], peak_memory_mb(), size / 1024)


def duxun(sample: Sample, runs: int) -> Measured:
    return repeat(lambda: render_pdf(sample.snapshot, photos=sample.photos), runs)


def duxun_round(samples: Sequence[Sample], processes: int) -> Measured:
    """A whole round, from starting the processes to the last PDF."""
    photos = {sample.name: sample.photos for sample in samples}
    started = time.perf_counter()
    made = dict(
        render_many(
            [(sample.name, sample.snapshot) for sample in samples],
            photos=lambda name: photos[name],
            processes=processes,
        )
    )
    seconds = time.perf_counter() - started
    failed = [error for error in made.values() if isinstance(error, Exception)]
    if failed or len(made) != len(samples):
        raise SystemExit(f"not all reports were made: {failed}")
    size = sum(len(pdf) for pdf in made.values() if isinstance(pdf, bytes))
    return Measured(seconds, [seconds], peak_memory_mb(resource.RUSAGE_CHILDREN), size / 1024)


def naive(sample: Sample, runs: int, *, with_harfbuzz: bool = True) -> Measured:
    import weasyprint
    from weasyprint.pdf import fonts

    if not with_harfbuzz:
        fonts.harfbuzz_subset = None
    # It complains about every full font that fontTools cuts.
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    def make() -> bytes:
        document = _as_is(sample)
        with tempfile.TemporaryDirectory() as folder:
            page = export(document, Path(folder))
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

    memory, size, warm = 0.0, 0, []
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
                seconds, size = await make(page, waiting.pop(0))
                warm.append(seconds)
                memory = max(memory, _memory_of_children_mb())

        started = time.perf_counter()
        await asyncio.gather(*(work(page) for page in opened))
        together = time.perf_counter() - started
        await browser.close()
    return Measured(first, [together] if pages > 1 else warm, memory, size / 1024)


def _memory_of_children_mb() -> float:
    """Proportional memory of all processes below this one; 0 where /proc is missing."""
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
    total = 0
    for pid in below - {os.getpid()}:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        if match := re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE):
            total += int(match[1])
    return total / 1024


def _as_is(sample: Sample) -> Document:
    return layouts.prepare(sample.snapshot, photos=sample.photos)


def export(document: Document, folder: Path, *, with_fonts: bool = False) -> Path:
    """The document as files that any program can read; the page's path."""
    html = document.html
    for name, found in document.resources.items():
        path = folder / f"{name}.jpg"
        path.write_bytes(found.content)
        html = html.replace(f'"app:{name}"', f'"{path.as_uri()}"')
    style = document.stylesheet.read_text(encoding="utf-8")
    if with_fonts:
        families = {path: re.sub(r"(?<=Duxun)", " ", path.stem) for path in faces.files()}
        style = (
            "".join(
                f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"); }}\n'
                for path, family in families.items()
            )
            + style
        )
    page = folder / "report.html"
    page.write_text(html.replace("</head>", f"<style>{style}</style></head>", 1), encoding="utf-8")
    return page
