"""WeasyPrint, kept warm: one font configuration and parsed stylesheets for a process.

Loading WeasyPrint and the fonts takes a second, so it happens with the first document
and not when the application starts. One document is rendered at a time: Pango's font
maps must not be shared between threads, and rendering keeps a core busy anyway. More
than one core is used by more than one process (`batch`).

The garbage collector runs over every living object again and again while a document's
boxes are made, a fifth of the time, and finds nothing. What is alive after the first
document is therefore frozen, and collection waits until a document is done.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import re
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.rendering import faces
from reports.rendering.document import Document
from reports.rendering.errors import MissingGlyphWarning, RenderingError, RenderingWarning

if TYPE_CHECKING:
    from weasyprint import CSS

logger = logging.getLogger(__name__)

_MISSING_GLYPH = re.compile(r'\.notdef glyph .*"(.+)" \(U\+([0-9A-F]+)\)', re.DOTALL)
_SUBSET_LIBRARIES = (
    "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib",
    "libharfbuzz-subset-0.dll",
    "libharfbuzz-subset-0",
)


def harfbuzz_subset_available() -> bool:
    """Whether HarfBuzz can cut fonts for WeasyPrint; without it a report takes far longer."""
    for name in _SUBSET_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


class Engine:
    """What is kept between documents. Use `render`, which makes one for the process."""

    def __init__(self) -> None:
        if not harfbuzz_subset_available():
            logger.warning("The HarfBuzz subsetter is missing: every report takes far longer.")
        with _report_fonts():
            from weasyprint.text.fonts import FontConfiguration

            self._fonts: FontConfiguration = FontConfiguration()
        from reports.rendering.fetcher import ConfinedFetcher

        self._fetcher = ConfinedFetcher()
        self._stylesheets: dict[Path, CSS] = {}

    def render(self, document: Document) -> bytes:
        """The PDF. Raises RenderingError; warns with MissingGlyphWarning."""
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError

        with _collected_messages() as messages, self._fetcher.serving(document.resources):
            try:
                pdf: bytes = HTML(string=document.html, url_fetcher=self._fetcher).write_pdf(
                    stylesheets=[self._stylesheet(document.stylesheet)],
                    font_config=self._fonts,
                    pdf_tags=True,
                )
            # A BaseException, which `except Exception` would let through.
            except FatalURLFetchingError as error:
                raise RenderingError(f"{document.title}: {error.__cause__ or error}") from error
            except Exception as error:
                raise RenderingError(f"{document.title}: {error!r}") from error
        _judge(messages, document.title)
        return pdf

    def _stylesheet(self, path: Path) -> CSS:
        from weasyprint import CSS

        if path not in self._stylesheets:
            self._stylesheets[path] = CSS(
                string=path.read_text(encoding="utf-8"),
                font_config=self._fonts,
                url_fetcher=self._fetcher,
            )
        return self._stylesheets[path]


def _judge(messages: list[logging.LogRecord], title: str) -> None:
    """Turn what WeasyPrint only logs into errors and warnings of ours."""
    missing = {}
    for record in messages:
        text = record.getMessage()
        if found := _MISSING_GLYPH.search(text):
            missing[found[1]] = found[2]
        elif record.levelno >= logging.ERROR:
            raise RenderingError(f"{title}: {text}")
        else:
            _warn(f"{title}: {text}", RenderingWarning)
    if missing:
        names = "、".join(f"{char} (U+{code})" for char, code in missing.items())
        _warn(f"{title}: no report font has {names}", MissingGlyphWarning)


def _warn(message: str, kind: type[RenderingWarning]) -> None:
    logger.warning(message)
    warnings.warn(message, kind, stacklevel=5)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _collected_messages() -> Iterator[list[logging.LogRecord]]:
    collector, source = _Collector(), logging.getLogger("weasyprint")
    level, propagate = source.level, source.propagate
    source.addHandler(collector)
    source.setLevel(logging.WARNING)
    source.propagate = False
    try:
        yield collector.records
    finally:
        source.removeHandler(collector)
        source.setLevel(level)
        source.propagate = propagate


@contextmanager
def _report_fonts() -> Iterator[None]:
    """Let fontconfig read our file: it looks at the environment when it is loaded."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(faces.CONFIGURATION)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _no_collection() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


_lock = threading.Lock()
_kept: dict[str, Any] = {}


def render(document: Document) -> bytes:
    """The PDF of `document`, by the engine of this process. Raises RenderingError."""
    with _lock:
        if "engine" not in _kept:
            started = time.perf_counter()
            _kept["engine"] = Engine()
            logger.info("Fonts and WeasyPrint loaded in %.1f s", time.perf_counter() - started)
        with _no_collection():
            pdf: bytes = _kept["engine"].render(document)
        if "frozen" not in _kept:
            gc.collect()
            gc.freeze()
            _kept["frozen"] = True
    return pdf


def _forget_after_fork() -> None:
    """A child process starts anew: a lock or font map of its parent is of no use to it."""
    global _lock
    _lock = threading.Lock()
    _kept.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
