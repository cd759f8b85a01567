"""Reports as PDFs: `render_pdf` for one, `render_many` for a round's worth of them.

Loading this module is cheap, for the application and for the processes of a batch:
Django's templates come with the first snapshot, WeasyPrint and the fonts with the
first PDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.rendering import batch, engine
from reports.rendering.engine import harfbuzz_subset_available
from reports.rendering.errors import (
    MissingGlyphWarning,
    PhotographError,
    RenderingError,
    RenderingWarning,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reports.rendering.document import Document
    from reports.rendering.layouts import Snapshot

__all__ = [
    "MissingGlyphWarning",
    "PhotographError",
    "RenderingError",
    "RenderingWarning",
    "harfbuzz_subset_available",
    "render_html",
    "render_many",
    "render_pdf",
]


def render_html(snapshot: Snapshot, *, layout: str = "official") -> str:
    """The report as the HTML that its PDF is made from. Raises RenderingError."""
    from reports.rendering import layouts

    return layouts.render_html(snapshot, layout=layout)


def render_pdf(
    snapshot: Snapshot, *, photos: Mapping[str, bytes] | None = None, layout: str = "official"
) -> bytes:
    """The report as a PDF; `photos` are the bytes of its photographs by `Photo.key`.

    Raises RenderingError (PhotographError for a photograph that is missing or broken).
    A character that no font has is logged and warned of with MissingGlyphWarning.
    """
    from reports.rendering import layouts

    return engine.render(layouts.prepare(snapshot, photos=photos or {}, layout=layout))


def render_many(
    snapshots: Iterable[tuple[str, Snapshot]],
    *,
    photos: Callable[[str], Mapping[str, bytes]] | None = None,
    processes: int | None = None,
    layout: str = "official",
) -> Iterator[tuple[str, bytes | RenderingError]]:
    """PDFs by the keys given with the snapshots, in the order in which they are done.

    `photos` gives the photographs of the report with a key; it is asked just before that
    report's turn and may raise RenderingError. `processes` None means as many as there are
    cores. A report that fails comes as its error, which names it, and the others go on.
    """
    from reports.rendering import layouts

    def prepared() -> Iterator[tuple[str, Document | RenderingError]]:
        for key, snapshot in snapshots:
            try:
                found = photos(key) if photos else {}
                yield key, layouts.prepare(snapshot, photos=found, layout=layout)
            except RenderingError as error:
                yield key, error

    return batch.render_documents(prepared(), processes=processes or batch.usable_cores())
