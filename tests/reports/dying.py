"""A way to render that takes its process with it, importable by that process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.rendering.document import Document


def attempt(document: Document) -> bytes:
    """The document's title as bytes; a document called 坏 ends the process."""
    if document.title == "坏":
        os._exit(3)
    return document.title.encode()
