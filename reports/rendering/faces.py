"""The report fonts: where they are, which face serves for what, how wide a character is."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
CONFIGURATION = FOLDER / "fonts.conf"

# From here on every character of the report fonts is one em wide.
_FIRST_WIDE = 0x2E80


class Face(StrEnum):
    """The faces of GB/T 9704-2012, by the names of the files in `FOLDER`."""

    FANG_SONG = "DuxunFangSong"
    KAI = "DuxunKai"
    HEI = "DuxunHei"
    SONG = "DuxunSong"
    BIAO_SONG = "DuxunBiaoSong"


def files() -> Iterator[Path]:
    """All report fonts in a fixed order."""
    yield from sorted(FOLDER.glob("*.ttf"))


def width(text: str, face: Face) -> float:
    """Width of `text` in em, without line breaks or letter spacing."""
    narrow = _narrow_widths(face)
    return sum(1.0 if ord(char) >= _FIRST_WIDE else narrow.get(char, 1.0) for char in text)


@cache
def _narrow_widths(face: Face) -> dict[str, float]:
    """Widths in em of the letters, figures and signs below U+2E80.

    What a face lacks comes from 楷体, as in the layout's list of font families.
    """
    # Only needed once in a process, and then worth its time to load.
    from fontTools.ttLib import TTFont

    found: dict[str, float] = {}
    for each in (Face.KAI, face):
        with TTFont(FOLDER / f"{each}.ttf", lazy=True) as font:
            advances, em = font["hmtx"], font["head"].unitsPerEm
            found |= {
                chr(code): advances[name][0] / em
                for code, name in font.getBestCmap().items()
                if code < _FIRST_WIDE
            }
    return found
