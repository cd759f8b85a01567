"""Photographs as they go into a report: upright, at most 1,600 pixels, without metadata."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from reports.rendering.document import Resource
from reports.rendering.errors import PhotographError

LARGEST_SIDE = 1600
QUALITY = 82


def scaled(content: bytes, name: str) -> Resource:
    """The photograph as a JPEG of at most `LARGEST_SIDE` pixels a side.

    It is encoded anew even when it is small enough, because that drops the place and
    the device that a telephone writes into it. Raises PhotographError naming `name`.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            # Lets the decoder skip what the smaller picture does not need.
            image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            stored = io.BytesIO()
            upright.convert("RGB").save(stored, "JPEG", quality=QUALITY)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PhotographError(f"{name}: not an image that can be read") from error
    return Resource(stored.getvalue(), "image/jpeg")
