"""What is handed to the engine: a finished HTML document and all that it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Resource:
    """An image that the document shows, by its bytes and media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """HTML with the stylesheet of its layout; `resources` are served as `app:NAME`.

    Nothing in it needs Django, so that another process can render it at once. `title`
    names the document in errors and in the log.
    """

    title: str
    html: str
    stylesheet: Path
    resources: Mapping[str, Resource] = field(default_factory=dict)
