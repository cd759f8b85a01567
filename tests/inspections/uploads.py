"""Files as a browser sends them."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(
    size: tuple[int, int] = (40, 20), *, kind: str = "JPEG", mode: str = "RGB", **options: object
) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new(mode, size, "teal").save(buffer, kind, **options)
    return SimpleUploadedFile(f"现场.{kind.lower()}", buffer.getvalue())


def no_picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("证书.jpg", b"Dear Sir or Madam", content_type="image/jpeg")
