"""What is asked when the application starts: can reports be made fast, and at all."""

from typing import Any

from django.core import checks
from django.utils.translation import gettext as _

from reports.rendering import faces
from reports.rendering.engine import harfbuzz_subset_available


@checks.register()
def check_subsetter(**kwargs: Any) -> list[checks.CheckMessage]:
    """W001: without HarfBuzz's subsetter a report takes several times as long."""
    if harfbuzz_subset_available():
        return []
    return [
        checks.Warning(
            _("The HarfBuzz subsetter is missing: making a PDF takes several times as long."),
            hint=_("Install the package libharfbuzz-subset0 (Debian, Ubuntu) or HarfBuzz itself."),
            id="reports.W001",
        )
    ]


@checks.register()
def check_fonts(**kwargs: Any) -> list[checks.CheckMessage]:
    """E001: without its fonts no report can be made."""
    missing = [f"{face}.ttf" for face in faces.Face if not (faces.FOLDER / f"{face}.ttf").exists()]
    if not missing:
        return []
    return [
        checks.Error(
            _("Report fonts are missing: %(files)s.") % {"files": ", ".join(missing)},
            hint=_("Restore static/fonts/, or make the fonts with scripts/cut_fonts.py."),
            id="reports.E001",
        )
    ]
