"""The fonts that travel with the project can print what a report may say."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[2] / "static" / "fonts"
FILES = sorted(path.name for path in FONTS.glob("*.ttf"))
LAYOUT_TABLES = {"GSUB", "GPOS", "GDEF", "BASE", "kern", "CFF ", "fpgm", "prep"}
RESERVED_NAMES = ("LXGW", "Noto", "Source", "Fandol", "霞鹜")


def characters(file_name: str) -> set[int]:
    with TTFont(FONTS / file_name) as font:
        return set(font.getBestCmap())


def gb2312() -> set[int]:
    """The 6,763 characters of GB 2312."""
    pairs = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    return {ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore"))}


def test_the_six_files_are_there() -> None:
    assert FILES == [
        "DuxunBiaoSong.ttf",
        "DuxunFangSong.ttf",
        "DuxunHei.ttf",
        "DuxunKai.ttf",
        "DuxunRare.ttf",
        "DuxunSong.ttf",
    ]


def test_files_together_stay_small_enough_to_travel() -> None:
    assert sum((FONTS / name).stat().st_size for name in FILES) < 21_000_000


@pytest.mark.parametrize("file_name", [name for name in FILES if name != "DuxunRare.ttf"])
def test_face_has_all_of_gb2312(file_name: str) -> None:
    assert gb2312() - characters(file_name) == set()


@pytest.mark.parametrize("file_name", ["DuxunKai.ttf", "DuxunHei.ttf", "DuxunBiaoSong.ttf"])
@pytest.mark.parametrize("character", "䶮㛃垚旻堃喆㎡℃~〔〕—…“”·‰×≥①⑩Ⅳ")
def test_face_has_characters_of_names_and_units(file_name: str, character: str) -> None:
    assert ord(character) in characters(file_name)


@pytest.mark.parametrize("character", "陳黃劉龍灣")
def test_rare_face_has_traditional_characters(character: str) -> None:
    assert ord(character) in characters("DuxunRare.ttf")


def test_body_face_leaves_the_tilde_to_another() -> None:
    assert ord("~") not in characters("DuxunFangSong.ttf")


@pytest.mark.parametrize("file_name", FILES)
def test_file_is_truetype_without_layout_tables(file_name: str) -> None:
    with TTFont(FONTS / file_name) as font:
        assert "glyf" in font
        assert LAYOUT_TABLES & set(font.keys()) == set()


@pytest.mark.parametrize("file_name", FILES)
def test_file_has_a_family_of_our_own(file_name: str) -> None:
    with TTFont(FONTS / file_name) as font:
        family = font["name"].getDebugName(1)
    assert family.replace(" ", "") == file_name.removesuffix(".ttf")
    assert not any(name in family for name in RESERVED_NAMES)


@pytest.mark.parametrize("file_name", FILES)
def test_faces_share_one_vertical_box(file_name: str) -> None:
    with TTFont(FONTS / file_name) as font:
        box = font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap
    assert box == (880, -120, 0)


@pytest.mark.parametrize("file_name", FILES)
def test_licence_lies_beside_the_file_and_in_it(file_name: str) -> None:
    with TTFont(FONTS / file_name) as font:
        holder = font["name"].getDebugName(0).splitlines()[0]
    licences = [path.read_text("utf-8") for path in FONTS.glob("*.txt")]
    assert [licence for licence in licences if holder in licence] != []
