"""Photographs as they go into a report: upright, small enough, without metadata."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from reports.rendering.document import Resource
from reports.rendering.errors import PhotographError

# As evidence is kept, so that a stored photograph goes into the report as it is.
LARGEST_SIDE = 1600
QUALITY = 82


def scaled(content: bytes, name: str) -> Resource:
    """The photograph as a JPEG of at most `LARGEST_SIDE` pixels a side.

    What is that already, and carries no metadata, stays as it is. Otherwise it is
    encoded anew, which also drops the place and the device that a telephone writes
    into its pictures. Raises PhotographError naming `name`.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.format == "JPEG" and max(image.size) <= LARGEST_SIDE and not image.getexif():
                return Resource(content, "image/jpeg")
            image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            stored = io.BytesIO()
            upright.convert("RGB").save(stored, "JPEG", quality=QUALITY)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PhotographError(
            _("%(name)s: the photograph is damaged or no picture") % {"name": name}
        ) from error
    return Resource(stored.getvalue(), "image/jpeg")
