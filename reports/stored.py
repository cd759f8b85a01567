"""A stored report's snapshot and the photographs that it names."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from inspections.models import Photo
from reports.enums import ReportKind
from reports.rendering import PhotographError
from reports.snapshots import CitySummarySnapshot, ProjectReportSnapshot

if TYPE_CHECKING:
    from reports.models import Report
    from reports.rendering.layouts import Snapshot


class DamagedFileError(Exception):
    """A stored file is missing or is no longer the one that was stored; the message names it."""


def read_snapshot(report: Report) -> Snapshot:
    """What the report says. Raises SnapshotError for a snapshot of another version."""
    if report.kind == ReportKind.CITY:
        return CitySummarySnapshot.from_data(report.snapshot)
    return ProjectReportSnapshot.from_data(report.snapshot)


def load_photos(snapshot: Snapshot) -> dict[str, bytes]:
    """The photographs of a snapshot by their key; one query.

    Raises PhotographError for a photograph that is gone or is not the one that the snapshot names.
    """
    if isinstance(snapshot, CitySummarySnapshot) or not snapshot.photos:
        return {}
    rows = {
        str(row.pk): row
        for row in Photo.objects.filter(pk__in=[photo.key for photo in snapshot.photos])
    }
    found: dict[str, bytes] = {}
    for photo in snapshot.photos:
        name = photo.caption or photo.key
        try:
            image = rows[photo.key].image
            with image.storage.open(str(image.name), "rb") as file:
                content: bytes = file.read()
        except (KeyError, OSError) as error:
            raise PhotographError(
                _("%(name)s: the photograph is missing") % {"name": name}
            ) from error
        if hashlib.sha256(content).hexdigest() != photo.sha256:
            raise PhotographError(
                _("%(name)s: the photograph is not the one that was taken") % {"name": name}
            )
        found[photo.key] = content
    return found


def read_pdf(report: Report) -> bytes:
    """The bytes of a published report. Raises DamagedFileError when they have changed."""
    try:
        # Through the storage: the field would hand out a file that it has opened before.
        with report.pdf.storage.open(str(report.pdf.name), "rb") as file:
            content: bytes = file.read()
    except OSError as error:
        raise DamagedFileError(_missing(report)) from error
    if hashlib.sha256(content).hexdigest() != report.pdf_sha256:
        raise DamagedFileError(
            _("%(report)s: the stored file %(file)s has been changed")
            % {"report": report.title, "file": report.pdf.name}
        )
    return content


def _missing(report: Report) -> str:
    return _("%(report)s: the stored file %(file)s is missing") % {
        "report": report.title,
        "file": report.pdf.name,
    }
