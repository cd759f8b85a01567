"""Draws the pictures that stand for photographs: plainly no photograph of anybody."""

from __future__ import annotations

import io
import random

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

_SIZE = (1280, 960)
_FONT = settings.BASE_DIR / "static" / "fonts" / "DuxunHei.ttf"


def draw_picture(caption: str) -> SimpleUploadedFile:
    """A JPEG of a desk with papers, seeded by its caption, which it carries."""
    draw_from = random.Random(caption)  # noqa: S311 - not for security
    image = Image.new("RGB", _SIZE, "#dfe5e6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, *_SIZE), fill="#b99a76")
    draw.rectangle((0, 556, _SIZE[0], 568), fill="#9b7d5b")
    for _ in range(5):
        left, top = draw_from.randint(60, 980), draw_from.randint(480, 700)
        draw.polygon(
            [(left, top), (left + 230, top - 20), (left + 260, top + 190), (left + 24, top + 212)],
            fill="#fbfaf6",
            outline="#cfcabf",
        )
        for line in range(6):
            y = top + 24 + line * 26
            end = left + draw_from.randint(140, 220)
            draw.line((left + 28 + line * 2, y, end, y - 10), fill="#9aa5ab", width=5)
    draw.rectangle((120, 90, 620, 430), fill="#f6f3ea", outline="#8a949e", width=6)
    for row in range(5):
        draw.line((150, 150 + row * 54, 590, 150 + row * 54), fill="#c5ccd0", width=4)
    draw.rectangle((0, 0, _SIZE[0], 64), fill="#14506b")
    font = ImageFont.truetype(str(_FONT), 34)
    draw.text((32, 12), f"演示图片，非现场照片：{caption}", font=font, fill="#ffffff")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=85)
    return SimpleUploadedFile("demonstration.jpg", stream.getvalue(), "image/jpeg")
