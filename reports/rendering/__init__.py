"""Reports as PDFs: `render_pdf` for one, `render_many` for a round's worth of them.

Loading this module is cheap; WeasyPrint and the fonts come with the first PDF.
"""

from collections.abc import Mapping

from reports.rendering import engine
from reports.rendering.engine import harfbuzz_subset_available
from reports.rendering.errors import MissingGlyphWarning, PhotographError, RenderingError
from reports.rendering.layouts import Snapshot, prepare, render_html

__all__ = [
    "MissingGlyphWarning",
    "PhotographError",
    "RenderingError",
    "Snapshot",
    "harfbuzz_subset_available",
    "render_html",
    "render_pdf",
]


def render_pdf(
    snapshot: Snapshot, *, photos: Mapping[str, bytes] | None = None, layout: str = "official"
) -> bytes:
    """The report as a PDF; `photos` are the bytes of its photographs by `Photo.key`.

    Raises RenderingError (PhotographError for a photograph that is missing or broken).
    A character that no font has is logged and warned of with MissingGlyphWarning.
    """
    return engine.render(prepare(snapshot, photos=photos or {}, layout=layout))
