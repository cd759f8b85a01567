"""The PDF as a file: fonts, text, metadata, what it may fetch, and what goes wrong."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest

from benchmarks.sample_snapshots import city_summary, photographs, project_report
from reports.rendering import (
    MissingGlyphWarning,
    PhotographError,
    RenderingError,
    RenderingWarning,
    engine,
    render_html,
    render_pdf,
)
from reports.rendering.checks import check_fonts, check_subsetter
from reports.rendering.document import Document, Resource
from reports.rendering.layouts import LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reports.conftest import Rendered

PIXEL = Resource(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>',
    "image/svg+xml",
)


def document(body: str, **resources: Resource) -> Document:
    return Document(
        title="测试",
        html=f'<html lang="zh-CN"><title>测试</title><body>{body}</body></html>',
        stylesheet=LAYOUTS["official"].stylesheet,
        resources=resources,
    )


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The font dictionaries of all pages and of what is drawn on them."""
    return [
        font
        for font in pdf.objects
        if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font"
    ]


@pytest.mark.parametrize("which", ["project_pdf", "city_pdf"])
def test_every_font_is_embedded_and_cut_to_what_is_used(
    which: str, request: pytest.FixtureRequest
) -> None:
    rendered: Rendered = request.getfixturevalue(which)

    composite = [font for font in fonts(rendered.pdf) if font.Subtype == "/Type0"]

    assert composite != []
    for font in composite:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor
        # Six capitals and a plus sign mark a subset.
        assert str(font.BaseFont)[1:8].rstrip("+").isupper()
        assert str(font.BaseFont)[7] == "+"
        assert "Duxun" in str(font.BaseFont)
    assert {str(font.Subtype) for font in fonts(rendered.pdf)} == {"/Type0", "/CIDFontType2"}


def printed_glyphs(pdf: pikepdf.Pdf) -> set[int]:
    """The glyph numbers in the text of all pages (two bytes each: Identity-H)."""
    found = set()
    for page in pdf.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) not in ("Tj", "TJ"):
                continue
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    found |= {
                        int.from_bytes(codes[place : place + 2])
                        for place in range(0, len(codes), 2)
                    }
    return found


@pytest.mark.parametrize("which", ["project_pdf", "city_pdf"])
def test_no_glyph_is_missing(which: str, request: pytest.FixtureRequest) -> None:
    rendered: Rendered = request.getfixturevalue(which)

    glyphs = printed_glyphs(rendered.pdf)

    # Glyph 0 is the empty box that stands for a character that a font lacks.
    assert len(glyphs) > 300
    assert 0 not in glyphs


def test_reports_are_small(project_pdf: Rendered, city_pdf: Rendered) -> None:
    without_photographs = render_pdf(replace(project_report(), photos=()))

    assert len(without_photographs) < 2_000_000
    assert len(city_pdf.content) < 2_000_000
    assert len(project_pdf.content) < 2_000_000


def test_text_can_be_extracted_across_lines(city_pdf: Rendered) -> None:
    for fact in ("2022.06万元", "25家", "18个街道", "十一个区级项目", "2017年1月23日"):
        assert fact in city_pdf.words


def test_labels_of_charts_can_be_extracted(project_pdf: Rendered, city_pdf: Rendered) -> None:
    assert "竖线为本轮各项目的中位数" in project_pdf.words
    assert project_pdf.words.count("规定与廉政") == 1
    assert "竖线为中位数84.20" in city_pdf.words
    assert "213人" in city_pdf.words


def test_document_says_what_it_is(city_pdf: Rendered) -> None:
    pdf = city_pdf.pdf

    assert str(pdf.docinfo.Title) == "2016年度司法社会工作项目第二次督导巡查工作总结"
    assert str(pdf.docinfo.Author) == "广州市司法矫治协会"
    assert str(pdf.Root.Lang) == "zh-CN"
    assert pdf.Root.MarkInfo.Marked


def test_bookmarks_lead_through_the_document(city_pdf: Rendered) -> None:
    with city_pdf.pdf.open_outline() as outline:
        first = [item.title for item in outline.root]
        second = [item.title for item in outline.root[1].children]

    assert first == [
        "2016年度司法社会工作项目第二次督导巡查工作总结",
        "一、督导巡查的基本情况",
        "二、司法社会工作项目的推进情况",
        "三、总体需要完善的地方",
        "四、对策建议",
        "附件1　各项目得分情况表",
        "附件2　各项目资金安排及到位情况表",
        "附件3　各项目人员配置情况表",
        "附件4　督导巡查发现的主要问题",
    ]
    assert second == [
        "（一）督导巡查依据",
        "（二）督导巡查目的",
        "（三）督导巡查内容",
        "（四）督导巡查整体情况",
    ]


def test_same_snapshot_gives_the_same_bytes() -> None:
    assert render_pdf(city_summary()) == render_pdf(city_summary())


def test_working_directory_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, city_pdf: Rendered
) -> None:
    monkeypatch.chdir(tmp_path)

    assert render_pdf(city_summary()) == city_pdf.content


def test_unknown_layout_is_named() -> None:
    with pytest.raises(RenderingError, match="no layout is called 'modern'; there is official"):
        render_html(city_summary(), layout="modern")


def test_missing_photograph_is_named() -> None:
    with pytest.raises(PhotographError, match=r"^荔城街司法所驻点办公区及公示栏：照片缺失$"):
        render_pdf(project_report(), photos={})


def test_broken_photograph_is_named() -> None:
    snapshot = project_report()
    photos = photographs(snapshot, width=80) | {"photo-2": b"no picture"}

    with pytest.raises(
        PhotographError, match=r"^个案档案抽查（已遮盖服务对象信息）：照片已损坏，或者不是图片$"
    ):
        render_pdf(snapshot, photos=photos)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "ftp://127.0.0.1/x.png",
        "data:image/png;base64,AAAA",
        "../../etc/passwd",
        "/etc/passwd",
        "x.png",
        "//example.org/x.png",
        "app:other",
        "app:../pixel",
        "app://pixel",
        "APP:other",
    ],
)
@pytest.mark.parametrize(
    "use",
    [
        '<img src="{}" alt="x">',
        '<p style="background:url({})">x</p>',
        '<link rel="stylesheet" href="{}">',
        '<style>@import url("{}");</style>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="{}" width="9" height="9"/></svg>',
    ],
)
def test_address_that_was_not_registered_stops_the_rendering(address: str, use: str) -> None:
    with pytest.raises((RenderingError, RenderingWarning)):
        engine.render(document(use.format(address), pixel=PIXEL))


def test_registered_name_is_served() -> None:
    assert engine.render(document('<img src="app:pixel" alt="x">', pixel=PIXEL))[:5] == b"%PDF-"


def test_names_of_one_document_are_unknown_to_the_next() -> None:
    engine.render(document('<img src="app:pixel" alt="x">', pixel=PIXEL))

    with pytest.raises(RenderingError, match="not among this document's resources: app:pixel"):
        engine.render(document('<img src="app:pixel" alt="x">'))


def test_character_that_no_font_has_is_named(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.WARNING, logger="reports.rendering.engine"),
        pytest.warns(MissingGlyphWarning, match=r"测试: no report font has ꦀ \(U\+A980\)"),
    ):
        pdf = engine.render(document("<p>名ꦀ</p>"))

    assert pdf[:5] == b"%PDF-"
    assert [record.getMessage() for record in caplog.records] == [
        "测试: no report font has ꦀ (U+A980)"
    ]


@pytest.mark.parametrize("name", ["䶮", "㛃", "垚", "旻", "㎡", "喆", "堃", "陳", "黃"])
def test_rare_characters_of_names_are_printed(name: str) -> None:
    assert engine.render(document(f"<p>示例{name}</p>"))[:5] == b"%PDF-"


def test_two_threads_take_turns() -> None:
    texts = {"甲": b"", "乙": b"", "丙": b"", "丁": b""}

    def make(text: str) -> None:
        texts[text] = engine.render(document(f"<p>{text}</p>"))

    threads = [threading.Thread(target=make, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {text: engine.render(document(f"<p>{text}</p>")) for text in texts} == texts


def test_missing_subsetter_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.rendering.checks.harfbuzz_subset_available", lambda: False)

    assert [message.id for message in check_subsetter()] == ["reports.W001"]


def test_subsetter_is_there() -> None:
    assert check_subsetter() == []


def test_missing_font_is_told_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.rendering.faces.FOLDER", tmp_path)

    assert [message.id for message in check_fonts()] == ["reports.E001"]


def test_fonts_are_there() -> None:
    assert check_fonts() == []
