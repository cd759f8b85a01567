#!/usr/bin/env python3
"""Cuts the report fonts in static/fonts/ from the fonts that Debian packages.

Run it on Debian or Ubuntu, with the development packages installed, only when the
fonts are to change: its results are kept with the project, so that nobody else needs
a network or the 290 MB of source fonts.

    python scripts/cut_fonts.py [--cache DIR]

Every face keeps the characters of 通用规范汉字表 (8,105), of GB 2312 and of Latin and
Chinese text, loses its layout tables and hints, becomes TrueType and gets a name of
ours: the licences ask modified fonts not to carry the reserved names. A further face
holds 3,687 more, for names with traditional or rare characters: what Unicode's core
set for East Asia (kIICore) and the first level of Big5 have beyond the standard ones.

朱雀仿宋 (Zhuque Fangsong, OFL) would serve better as 仿宋 than FandolFang, which lacks
1,467 of the 8,105. It is in no Debian release; once it is, put its package and file
into FACES and nothing else needs to change.
"""

import argparse
import bz2
import gzip
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "fonts"

# Seconds since 1904, as fonts count: 2017-01-23. Fixed, so that the same input gives
# the same bytes.
MODIFIED = 3568060800

# One vertical box for all faces: lines keep their height and their baseline whichever
# face supplies a character.
ASCENT, DESCENT = 880, -120


@dataclass(frozen=True)
class Source:
    """A font file inside a Debian package; `number` is its place in a collection."""

    package: str
    path: str
    number: int = -1


@dataclass(frozen=True)
class Face:
    """A font to make. `kept` names the characters: "standard" or "rare".

    `tolerance` is how far a curve may move when cubic outlines become quadratic, in
    1/1000 em: 2 is a hundredth of a millimetre at 16 pt. FandolFang is drawn with so
    many short curves that 4 saves a good part of its size and nothing that is seen.
    """

    file_name: str
    family: str
    source: Source
    licence: str
    kept: str = "standard"
    tolerance: float = 2.0
    left_out: str = ""


FANDOL = Source(
    "texlive-lang-chinese",
    "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
)
WENKAI = Source("fonts-lxgw-wenkai", "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
NOTO = "usr/share/fonts/opentype/noto/"
# The third font of the Noto CJK collections is the one for Simplified Chinese.
# Medium stands out against 仿宋 as 黑体 does; Bold is as dark as 小标宋, Black is darker.
SANS_MEDIUM = Source("fonts-noto-cjk-extra", NOTO + "NotoSansCJK-Medium.ttc", 2)
SERIF = Source("fonts-noto-cjk", NOTO + "NotoSerifCJK-Regular.ttc", 2)
SERIF_BOLD = Source("fonts-noto-cjk", NOTO + "NotoSerifCJK-Bold.ttc", 2)

FACES = (
    Face(
        "DuxunFangSong.ttf",
        "Duxun FangSong",
        FANDOL,
        "Fandol-GPL-font-exception.txt",
        tolerance=4.0,
        left_out="~",
    ),
    Face("DuxunKai.ttf", "Duxun Kai", WENKAI, "LXGW-WenKai-OFL.txt"),
    Face("DuxunHei.ttf", "Duxun Hei", SANS_MEDIUM, "Noto-CJK-OFL.txt"),
    Face("DuxunBiaoSong.ttf", "Duxun BiaoSong", SERIF_BOLD, "Noto-CJK-OFL.txt"),
    Face("DuxunSong.ttf", "Duxun Song", SERIF, "Noto-CJK-OFL.txt"),
    Face("DuxunRare.ttf", "Duxun Rare", SERIF, "Noto-CJK-OFL.txt", kept="rare"),
)

UNIHAN, UNIHAN_FILES = "unicode-data", "usr/share/unicode/Unihan_*.txt.bz2"

# ASCII, Latin-1 and Extended-A (pinyin), tone letters, Greek, punctuation, currency,
# letterlike symbols (℃ №), Roman and circled numbers, arrows, operators, shapes, units.
TEXT_RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x01CD, 0x01DC), (0x02C6, 0x02DD), (0x0391, 0x03C9),
    (0x2010, 0x205E), (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2160, 0x2188), (0x2190, 0x2199),
    (0x2200, 0x22A5), (0x2460, 0x24FF), (0x2500, 0x25EF), (0x2605, 0x2642), (0x2713, 0x2717),
    (0x3000, 0x303F), (0x3220, 0x3243), (0x3280, 0x32B0), (0x338E, 0x33D5), (0xFE30, 0xFE4F),
    (0xFF01, 0xFFE5),
)  # fmt: skip


def fetch(packages: Iterable[str], cache: Path) -> None:
    """Download and unpack `packages` below `cache`, each in a folder of its own."""
    for package in sorted(set(packages)):
        folder = cache / package
        if folder.exists():
            continue
        subprocess.run(["apt-get", "download", package], cwd=cache, check=True)
        (archive,) = cache.glob(f"{package}_*.deb")
        subprocess.run(["dpkg", "-x", archive, folder], check=True)


def unihan_characters(field: str, cache: Path) -> set[int]:
    """The characters that have this field in the Unihan database."""
    found = set()
    for path in (cache / UNIHAN).glob(UNIHAN_FILES):
        with bz2.open(path, "rt", encoding="utf-8") as lines:
            found |= {int(line[2:].split("\t")[0], 16) for line in lines if f"\t{field}\t" in line}
    return found


def standard_characters(cache: Path) -> set[int]:
    """The 8,105 characters of 通用规范汉字表 (2013), which Unihan lists as kTGH."""
    found = unihan_characters("kTGH", cache)
    if len(found) != 8105:
        raise SystemExit(f"{UNIHAN}: {len(found)} characters are marked kTGH, not 8,105")
    return found


def encoded_characters(encoding: str, leads: range) -> set[int]:
    """Everything that a two-byte Chinese `encoding` can say with these lead bytes."""
    found = set()
    for lead in leads:
        for trail in range(0x40, 0xFF):
            try:
                found.add(ord(bytes((lead, trail)).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return found


def make_truetype(font: TTFont, tolerance: float) -> None:
    """Replace the cubic outlines of `font` by quadratic ones."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, max_err=tolerance, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), table
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\000\001\000\000"
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs, maxp.maxZones = 0x00010000, len(order), 1
    for zero in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
        "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours",
        "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, zero, 0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 3.0, [], {}


def set_metrics(font: TTFont) -> None:
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent = os2.sTypoAscender = os2.usWinAscent = ASCENT
    hhea.descent = os2.sTypoDescender = DESCENT
    os2.usWinDescent = -DESCENT
    hhea.lineGap = os2.sTypoLineGap = 0
    # Installable embedding; one regular weight per family, however dark it looks.
    os2.fsType, os2.usWeightClass, os2.fsSelection = 0, 400, 0x40
    font["head"].macStyle = 0
    font["head"].created = font["head"].modified = MODIFIED


def set_names(font: TTFont, face: Face) -> None:
    """Our family name; copyright and licence of the original stay."""
    names = font["name"]
    original = names.getDebugName(4)
    kept = {number: names.getDebugName(number) for number in (0, 13, 14)}
    kept |= {
        1: face.family,
        2: "Regular",
        3: f"{face.family} Regular; cut from {original}",
        4: face.family,
        5: "Version 1.000",
        6: face.family.replace(" ", "") + "-Regular",
        10: f"Cut from {original} by scripts/cut_fonts.py of Duxun",
    }
    names.names = []
    for number, text in sorted(kept.items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)


def cut(face: Face, wanted: set[int], cache: Path) -> Path:
    path = cache / face.source.package / face.source.path
    font = TTFont(path, fontNumber=face.source.number, recalcTimestamp=False, lazy=True)
    options = subset.Options(
        layout_features=[], hinting=False, name_IDs=["*"], notdef_outline=True, glyph_names=False,
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "JSTF", "vhea", "vmtx", "VORG", "DSIG",
                     "kern", "gasp", "meta", "hdmx", "VDMX", "LTSH", "PCLT", "STAT", "FFTM"],
    )  # fmt: skip
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted - set(map(ord, face.left_out)))
    cutter.subset(font)
    if "CFF " in font:
        make_truetype(font, face.tolerance)
    set_metrics(font)
    set_names(font, face)
    target = TARGET / face.file_name
    font.save(target, reorderTables=True)
    return target


def stated_licence(package: str, cache: Path) -> str:
    """The Open Font License as `package` carries it, in plain text."""
    path = cache / package / "usr/share/doc" / package / "copyright"
    lines = iter(path.read_text("utf-8").splitlines())
    for line in lines:
        if line in ("License: OFL-1.1", "License: SIL-1.1"):
            # The same line stands under "Files:" too, without the text below it.
            text = list(takewhile(lambda line: line.startswith(" "), lines))
            if len(text) > 20:
                return "\n".join(line[1:].removeprefix(".") for line in text) + "\n"
    raise SystemExit(f"{path}: the licence is not where it was")


def write_licences(cache: Path) -> None:
    for name, package in (
        ("LXGW-WenKai-OFL.txt", WENKAI.package),
        ("Noto-CJK-OFL.txt", SERIF.package),
    ):
        holders = set()
        for face in FACES:
            if face.licence == name:
                with TTFont(TARGET / face.file_name) as font:
                    holders.add(font["name"].getDebugName(0))
        text = "\n".join(sorted(holders)) + "\n\n" + stated_licence(package, cache)
        (TARGET / name).write_text(text, "utf-8")
    folder = cache / FANDOL.package / "usr/share/doc/texlive-doc/fonts/fandol"
    text = gzip.decompress((folder / "COPYING.gz").read_bytes()).decode("utf-8")
    notice = "Copyright © 2012-2013, the Fandol team. GPL with font exception (at the end).\n\n"
    (TARGET / "Fandol-GPL-font-exception.txt").write_text(notice + text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "fonts")
    cache: Path = parser.parse_args().cache.resolve()
    cache.mkdir(parents=True, exist_ok=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    fetch([face.source.package for face in FACES] + [UNIHAN], cache)

    text = {code for first, last in TEXT_RANGES for code in range(first, last + 1)}
    standard = standard_characters(cache) | text | encoded_characters("gb2312", range(0xA1, 0xF8))
    core = unihan_characters("kIICore", cache) | encoded_characters("big5", range(0xA1, 0xC7))
    rare = core - standard
    for face in FACES:
        target = cut(face, rare if face.kept == "rare" else standard, cache)
        with TTFont(target) as font:
            characters = len(font.getBestCmap())
        print(f"{target.name}: {characters:,} characters, {target.stat().st_size / 1e6:.2f} MB")
    write_licences(cache)


if __name__ == "__main__":
    main()
