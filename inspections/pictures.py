"""Makes an uploaded picture fit to be kept: upright, free of metadata, no larger than needed."""

from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

from inspections.actions.errors import RefusedError

MAX_UPLOAD_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 64_000_000
"""More than phones take by themselves; a small file can hold far more and fill the memory."""

LONGEST_SIDE = 1600
PREVIEW_SIDE = 320
_JPEG_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "MPO")
# Pillow's readers raise what their formats run into; not to be identified is an OSError.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


class PictureError(RefusedError):
    """A file that can't be kept as a photograph."""


class TooLargeError(PictureError):
    message = _("“%(name)s” is larger than 20 MB. Choose a smaller picture.")


class NotAnImageError(PictureError):
    message = _("“%(name)s” is not a picture, or it is damaged.")


class HeicError(PictureError):
    message = _(
        "“%(name)s” is an HEIC picture, which can't be read here. Choose JPEG on the phone "
        "(on an iPhone: Settings, Camera, Formats, Most Compatible)."
    )


class TooManyPixelsError(PictureError):
    message = _("“%(name)s” has too many pixels. Take it with a lower resolution.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG as it is kept. `sha256` is the hash of `data`, in hex."""

    data: bytes
    sha256: str
    width: int
    height: int


def make_picture(file: BinaryIO, *, name: str, size: int) -> Picture:
    """The picture in `file`, whose name and bytes the browser gave.

    Raises TooLargeError, NotAnImageError, HeicError, TooManyPixelsError.
    """
    if size > MAX_UPLOAD_BYTES:
        raise TooLargeError(name=name)
    head = file.read(16)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise HeicError(name=name)
    # WeasyPrint lets Pillow accept half a picture, for the whole process; evidence must be whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(file, formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise TooManyPixelsError(name=name)
            data, width, height = _upright_jpeg(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError(name=name) from error
    except _DAMAGED as error:
        raise NotAnImageError(name=name) from error
    return Picture(data, hashlib.sha256(data).hexdigest(), width, height)


def make_preview(file: BinaryIO) -> bytes:
    """A small JPEG of a kept picture, for lists."""
    with Image.open(file, formats=("JPEG",)) as image:
        image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
        small = image.convert("RGB")
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
        return _encode(small)


def _upright_jpeg(image: ImageFile.ImageFile) -> tuple[bytes, int, int]:
    # Only a quarter or so of a large JPEG is ever decoded.
    image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        transparent = upright.convert("RGBA")
        flat = Image.new("RGB", transparent.size, "white")
        flat.paste(transparent, mask=transparent.getchannel("A"))
    else:
        flat = upright.convert("RGB")
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _encode(flat), flat.width, flat.height


def _encode(image: Image.Image) -> bytes:
    # Only pixels are taken over: place, time, camera and comments stay behind.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return buffer.getvalue()
