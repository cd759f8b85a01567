"""From a snapshot to the finished document that an engine can print."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.rendering.document import Document, Resource
from reports.rendering.errors import PhotographError, RenderingError
from reports.rendering.official.city import city_page
from reports.rendering.official.project import photo_name, project_page
from reports.rendering.photographs import scaled
from reports.snapshots import CitySummarySnapshot, ProjectReportSnapshot

type Snapshot = ProjectReportSnapshot | CitySummarySnapshot

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set reports: its folder below templates/, which holds all of it."""

    folder: str

    @property
    def stylesheet(self) -> Path:
        return _TEMPLATES / self.folder / "official.css"


LAYOUTS: Mapping[str, Layout] = {"official": Layout("reports/official")}


def find_layout(name: str) -> Layout:
    """Raises RenderingError for a name that is not in LAYOUTS."""
    if name not in LAYOUTS:
        raise RenderingError(f"no layout is called {name!r}; there is {', '.join(LAYOUTS)}")
    return LAYOUTS[name]


def render_html(snapshot: Snapshot, *, layout: str = "official") -> str:
    """The report as an HTML document, as it goes to the PDF. Raises RenderingError."""
    folder = find_layout(layout).folder
    if isinstance(snapshot, ProjectReportSnapshot):
        page = project_page(snapshot)
    else:
        page = city_page(snapshot)
    return render_to_string(f"{folder}/document.html", {"page": page})


def prepare(
    snapshot: Snapshot, *, photos: Mapping[str, bytes], layout: str = "official"
) -> Document:
    """The document with all that it shows; `photos` are bytes by `Photo.key`.

    Photographs are scaled here. Raises PhotographError for one that is missing or
    broken, naming it, and RenderingError for an unknown layout.
    """
    found = find_layout(layout)
    resources = {}
    if snapshot.demonstration:
        mark = _TEMPLATES / found.folder / "demonstration.jpg"
        resources["demonstration"] = Resource(mark.read_bytes(), "image/jpeg")
    if isinstance(snapshot, ProjectReportSnapshot):
        for photo in snapshot.photos:
            if photo.key not in photos:
                raise PhotographError(
                    _("%(name)s: the photograph is missing") % {"name": photo.caption or photo.key}
                )
            resources[photo_name(photo, snapshot.photos)] = scaled(
                photos[photo.key], photo.caption or photo.key
            )
    return Document(
        title="".join(snapshot.title_lines),
        html=render_html(snapshot, layout=layout),
        stylesheet=found.stylesheet,
        resources=resources,
    )
