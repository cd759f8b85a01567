"""The two kinds of report, each rendered once for all tests that look at its PDF."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pdfplumber
import pikepdf
import pytest

from benchmarks.sample_snapshots import city_summary, photographs, project_report
from reports.rendering import render_pdf

if TYPE_CHECKING:
    from pdfplumber.page import Page

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Rendered:
    """A PDF with the ways in which tests read it."""

    content: bytes

    @cached_property
    def pages(self) -> list[Page]:
        return pdfplumber.open(io.BytesIO(self.content)).pages

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.content))

    @cached_property
    def text(self) -> str:
        """As pdftotext gives it, page after page."""
        done = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", "-", "-"],
            input=self.content,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    @cached_property
    def words(self) -> str:
        """The text without white space, for finding what lines may have broken."""
        return "".join(self.text.split())

    def lines(self, page: Page, size: float = 15.79) -> list[list[dict[str, Any]]]:
        """Glyphs of a size by line, from top to bottom and left to right."""
        rows: dict[int, list[dict[str, Any]]] = {}
        for glyph in page.chars:
            if abs(glyph["size"] - size) < 0.05 and glyph["upright"]:
                rows.setdefault(round(glyph["bottom"]), []).append(glyph)
        return [sorted(rows[key], key=lambda glyph: glyph["x0"]) for key in sorted(rows)]


@pytest.fixture(scope="session")
def project_pdf() -> Rendered:
    snapshot = project_report()
    return Rendered(render_pdf(snapshot, photos=photographs(snapshot, width=800)))


@pytest.fixture(scope="session")
def city_pdf() -> Rendered:
    return Rendered(render_pdf(city_summary()))
