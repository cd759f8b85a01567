"""GB/T 9704-2012 measured on the glyphs of finished PDFs."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.sample_snapshots import HEAD, city_summary, project_report
from reports.rendering import render_pdf
from reports.rendering.faces import Face, width
from reports.rendering.official.blocks import paragraph
from reports.snapshots import (
    CitySummarySnapshot,
    Paragraph,
    Part,
    ReportState,
    Run,
    Status,
    Subsection,
)
from tests.reports.conftest import POINTS_PER_MM, Rendered

if TYPE_CHECKING:
    from pdfplumber.page import Page

LEFT, RIGHT = 28 * POINTS_PER_MM, 184 * POINTS_PER_MM
TOP, BOTTOM = 37 * POINTS_PER_MM, 262 * POINTS_PER_MM
PITCH, CELL = 28.99, 15.79
# The PDF rounds glyph positions to thousandths of the type size.
NEARLY = 0.6
HAN = "一二三四五六七八九十"


def plain_summary(*paragraphs: str, issuer: str = HEAD.issuer) -> CitySummarySnapshot:
    """A summary of one part, without charts and annexes."""
    body = tuple(Paragraph(runs=(Run(text=text),)) for text in paragraphs)
    return replace(
        city_summary(demonstration=False),
        round=replace(HEAD, issuer=issuer),
        parts=(Part(key="one", heading="情况", paragraphs=body, subsections=()),),
        annexes=(),
        charts=(),
    )


def rendered(snapshot: CitySummarySnapshot) -> Rendered:
    return Rendered(render_pdf(snapshot))


def text_of(glyphs: list[dict[str, Any]]) -> str:
    return "".join(glyph["text"] for glyph in glyphs)


def page_number(page: Page) -> list[dict[str, Any]]:
    """The glyphs of — 1 —, which are the only ones of their size or, turned, of their way."""
    return [glyph for glyph in page.chars if not glyph["upright"] or abs(glyph["size"] - 14) < 0.01]


def portrait(pages: list[Page]) -> list[Page]:
    return [page for page in pages if page.width < page.height]


@pytest.mark.parametrize("which", ["project_pdf", "city_pdf"])
def test_sheets_are_a4(which: str, request: pytest.FixtureRequest) -> None:
    pdf: Rendered = request.getfixturevalue(which)

    sheets = {
        tuple(sorted(round(float(side), 1) for side in (p.width, p.height))) for p in pdf.pages
    }

    assert sheets == {(595.3, 841.9)}


@pytest.mark.parametrize("which", ["project_pdf", "city_pdf"])
def test_text_stays_in_the_type_area(which: str, request: pytest.FixtureRequest) -> None:
    pdf: Rendered = request.getfixturevalue(which)
    for page in portrait(pdf.pages):
        number = page_number(page)
        mark = [glyph for glyph in page.chars if glyph["bottom"] < TOP]
        for glyph in page.chars:
            if glyph in number or glyph in mark:
                continue
            assert glyph["x0"] >= LEFT - NEARLY, (page.page_number, glyph["text"])
            # A space that follows the last glyph of a line is no ink.
            assert glyph["x1"] <= RIGHT + NEARLY or glyph["text"].isspace()
            assert glyph["top"] >= TOP - NEARLY
            assert glyph["bottom"] <= BOTTOM + NEARLY


def test_full_page_has_22_lines_of_28_characters() -> None:
    pdf = rendered(plain_summary(HAN * 200))

    lines = pdf.lines(pdf.pages[1])

    assert [len(line) for line in lines] == [28] * 22
    assert lines[0][0]["x0"] == pytest.approx(LEFT, abs=NEARLY)
    assert lines[0][-1]["x1"] == pytest.approx(RIGHT, abs=NEARLY)
    pitches = [
        below[0]["bottom"] - above[0]["bottom"] for above, below in itertools.pairwise(lines)
    ]
    assert pitches == pytest.approx([PITCH] * 21, abs=0.05)
    assert lines[-1][0]["bottom"] <= BOTTOM


def test_paragraph_begins_two_characters_in() -> None:
    pdf = rendered(plain_summary(HAN * 6))

    first, second, *_ = [
        line for line in pdf.lines(pdf.pages[0]) if text_of(line).startswith(("一二", "七八"))
    ]

    assert first[0]["x0"] == pytest.approx(LEFT + 2 * CELL, abs=NEARLY)
    assert len(first) == 26
    assert second[0]["x0"] == pytest.approx(LEFT, abs=NEARLY)


@pytest.mark.parametrize(
    "text",
    [
        "2016年广州市财政合计投入2022.06万元，用于购买服务。" * 8,
        "“中心”、（驻点）；《方案》：“引号”。" * 9,
    ],
)
def test_line_with_figures_or_marks_reaches_the_edge(text: str) -> None:
    pdf = rendered(plain_summary(text))
    body = [line for line in pdf.lines(pdf.pages[0]) if len(line) > 20]

    ends = [line[-1]["x1"] for line in body[:-1]]

    assert len(ends) > 4
    assert ends == pytest.approx([RIGHT] * len(ends), abs=NEARLY)


@pytest.mark.parametrize("which", ["project_pdf", "city_pdf"])
def test_no_line_is_wider_than_28_characters_or_begins_with_a_mark(
    which: str, request: pytest.FixtureRequest
) -> None:
    pdf: Rendered = request.getfixturevalue(which)
    for page in portrait(pdf.pages):
        for line in pdf.lines(page):
            text = text_of(line).strip()
            assert width(text, Face.FANG_SONG) <= 28.01, text
            assert text[0] not in "，。；：、）》”！？％", text


@pytest.mark.parametrize("which", ["project_pdf", "city_pdf"])
def test_page_number_stands_outside(which: str, request: pytest.FixtureRequest) -> None:
    pdf: Rendered = request.getfixturevalue(which)
    for page in portrait(pdf.pages):
        number = page_number(page)

        assert text_of(number) == f"— {page.page_number} —"
        if page.page_number % 2:
            assert number[-1]["x1"] == pytest.approx(RIGHT - 14, abs=NEARLY)
        else:
            assert number[0]["x0"] == pytest.approx(LEFT + 14, abs=NEARLY)


def test_dashes_lie_7_mm_below_the_type_area(city_pdf: Rendered) -> None:
    dash = page_number(city_pdf.pages[0])[0]

    # The upper edge of the dash of 宋体 is 0.293 em above the baseline, which is 0.12 em
    # above the bottom of the glyph's box.
    upper_edge = dash["bottom"] - (0.12 + 0.293) * 14

    assert (upper_edge - BOTTOM) / POINTS_PER_MM == pytest.approx(7, abs=0.1)


@pytest.mark.parametrize("pages_before", [0, 1])
def test_number_of_a_turned_page_keeps_its_place_on_the_sheet(pages_before: int) -> None:
    snapshot = city_summary(demonstration=False)
    text = HAN * 60 * pages_before
    body = replace(plain_summary(text), annexes=snapshot.annexes[:1])
    pages = rendered(body).pages
    page = next(page for page in pages if page.width > page.height)
    number = page_number(page)
    # Turned clockwise, the sheet's bottom is at the left and its left edge on top.
    along = [glyph["top"] for glyph in number] + [glyph["bottom"] for glyph in number]
    assert text_of(number) == f"— {page.page_number} —"
    assert not any(glyph["upright"] for glyph in number)
    if page.page_number % 2:
        assert max(along) == pytest.approx(RIGHT - 14, abs=NEARLY)
    else:
        assert min(along) == pytest.approx(LEFT + 14, abs=NEARLY)
    # The dash's upper edge lies 7 mm from the type area, whose edge is 35 mm from the sheet's.
    upper_edge = number[0]["x0"] + (0.12 + 0.293) * 14
    assert upper_edge / POINTS_PER_MM == pytest.approx(35 - 7, abs=0.1)


def issuer_and_date(pdf: Rendered) -> tuple[Page, list[dict[str, Any]], list[dict[str, Any]]]:
    """The page with the date, and the glyphs of issuer and date."""
    for page in pdf.pages:
        lines = pdf.lines(page)
        for place, line in enumerate(lines):
            if text_of(line) == "2017年1月23日":
                return page, lines[place - 1], line
    raise AssertionError("the date is missing")


def test_issuer_ends_two_characters_in_and_date_begins_two_further() -> None:
    _page, issuer, date = issuer_and_date(rendered(plain_summary(HAN)))

    assert text_of(issuer) == "广州市司法矫治协会"
    assert issuer[-1]["x1"] == pytest.approx(RIGHT - 2 * CELL, abs=NEARLY)
    assert date[0]["x0"] == pytest.approx(issuer[0]["x0"] + 2 * CELL, abs=NEARLY)
    assert date[0]["bottom"] - issuer[0]["bottom"] == pytest.approx(PITCH, abs=0.05)


def test_date_of_a_short_issuer_keeps_the_edge() -> None:
    _page, issuer, date = issuer_and_date(rendered(plain_summary(HAN, issuer="市司法局")))

    assert date[-1]["x1"] == pytest.approx(RIGHT - 2 * CELL, abs=NEARLY)
    assert date[0]["x0"] == pytest.approx(issuer[0]["x0"] + 2 * CELL, abs=NEARLY)


def test_one_blank_line_stands_before_the_issuer() -> None:
    pdf = rendered(plain_summary(HAN))
    page, issuer, _date = issuer_and_date(pdf)

    above = [line for line in pdf.lines(page) if line[0]["bottom"] < issuer[0]["bottom"] - 1][-1]

    assert issuer[0]["bottom"] - above[0]["bottom"] == pytest.approx(2 * PITCH, abs=0.05)


@pytest.mark.parametrize("lines", range(14, 24))
def test_issuer_and_date_never_stand_alone(lines: int) -> None:
    pdf = rendered(
        plain_summary(HAN * 2 + "一二三四五六", HAN * 2, *["一二三四五六七八"] * (lines - 4))
    )

    page, issuer, _date = issuer_and_date(pdf)

    assert text_of(pdf.lines(page)[0]) != text_of(issuer)


@pytest.mark.parametrize("lines", range(12, 22))
def test_heading_is_never_last_on_a_page(lines: int) -> None:
    snapshot = plain_summary(*["一二三四五六七八"] * lines)
    part = Part(
        key="two",
        heading="甲乙丙丁",
        paragraphs=(),
        subsections=(
            Subsection(
                key="sub",
                heading="戊己庚辛",
                paragraphs=(Paragraph(runs=(Run(text=HAN * 9),)),),
            ),
        ),
    )
    pdf = rendered(replace(snapshot, parts=(*snapshot.parts, part)))

    last = [text_of(pdf.lines(page)[-1]) for page in pdf.pages]

    assert [text for text in last if "甲乙" in text or "戊己" in text] == []


def test_annex_begins_a_page_with_its_label(city_pdf: Rendered) -> None:
    labels = []
    for page in city_pdf.pages:
        lines = city_pdf.lines(page)
        if lines and text_of(lines[0]).startswith("附件"):
            labels.append(text_of(lines[0]))
            turned = page.width > page.height
            left = 35 * POINTS_PER_MM if turned else LEFT
            assert lines[0][0]["x0"] == pytest.approx(left, abs=NEARLY)
            assert "DuxunHei" in lines[0][0]["fontname"].replace("-", "")

    assert labels == ["附件1", "附件2", "附件3", "附件4"]


def test_single_annex_has_no_number() -> None:
    snapshot = replace(plain_summary(HAN), annexes=city_summary().annexes[1:2])
    pdf = rendered(snapshot)

    assert text_of(pdf.lines(pdf.pages[-1])[0]) == "附件"
    assert "附件：各项目资金安排及到位情况表" in pdf.words


def test_head_of_a_long_table_runs_on(city_pdf: Rendered) -> None:
    heads = [page.page_number for page in city_pdf.pages if "序号项目类别问题" in
             "".join(page.extract_text().split())]  # fmt: skip

    assert len(heads) >= 2
    assert heads == list(range(heads[0], heads[0] + len(heads)))


def test_faces_are_those_of_the_standard(city_pdf: Rendered) -> None:
    def face(text: str) -> str:
        for page in city_pdf.pages:
            for line in city_pdf.lines(page):
                if text_of(line).startswith(text):
                    return str(line[0]["fontname"]).partition("+")[2].replace("-", "")
        raise AssertionError(text)

    title = next(g for g in city_pdf.pages[0].chars if abs(g["size"] - 22) < 0.01)
    assert "DuxunBiaoSong" in title["fontname"].replace("-", "")
    assert face("一、督导巡查的基本情况").startswith(Face.HEI)
    assert face("（一）督导巡查依据").startswith(Face.KAI)
    assert face("根据《广州市司法局").startswith(Face.FANG_SONG)


def test_demonstration_is_marked_on_every_page(city_pdf: Rendered) -> None:
    assert city_pdf.text.count("演示数据") == len(city_pdf.pages)
    assert [page.page_number for page in city_pdf.pages if not page.images] == []


def test_real_report_carries_no_mark() -> None:
    pdf = rendered(plain_summary(HAN))

    assert "演示" not in pdf.text
    assert pdf.pages[0].images == []


def test_draft_is_marked_on_every_page_with_its_version() -> None:
    status = Status(state=ReportState.DRAFT, version=2, what_changed="补充了财务部分")
    pdf = rendered(replace(plain_summary(HAN * 100), status=status))

    assert pdf.text.count("征求意见稿（第2版）") == len(pdf.pages) == 3
    assert "（征求意见稿第2版）" in pdf.words
    assert "本版更正说明：补充了财务部分。" in pdf.words


def test_report_without_a_date_prints_none() -> None:
    snapshot = plain_summary(HAN)
    pdf = rendered(replace(snapshot, round=replace(snapshot.round, issued_on=None)))

    assert "2017年1月23日" not in pdf.text
    assert "广州市司法矫治协会" in pdf.text


def test_chinese_text_has_no_latin_punctuation() -> None:
    text = Rendered(render_pdf(replace(project_report(), photos=()))).text

    wrong = [
        text[place - 5 : place + 5]
        for place in range(1, len(text) - 1)
        if text[place] in ",;:?!()" and (text[place - 1] > "\u4e00" or text[place + 1] > "\u4e00")
    ]
    assert wrong == []


@pytest.mark.parametrize("lines", range(3, 8))
def test_short_table_is_never_in_two_pieces(lines: int) -> None:
    snapshot = project_report(demonstration=False)
    focus = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八" * lines
    short = replace(
        snapshot,
        photos=(),
        problems=(),
        project=replace(snapshot.project, service_model="", service_focus=focus, staff=()),
        explanation=replace(snapshot.explanation, indicators=()),
    )

    pdf = Rendered(render_pdf(short))

    heads = [page.extract_text() for page in pdf.pages if "合同方" in page.extract_text()]
    assert ["南部片区" in text for text in heads] == [True]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("第一行\r\n第二行", "第一行第二行"),
        ("第一行\n\n  第二行", "第一行第二行"),
        ("one\ntwo", "one two"),
        ("制表\t符", "制表符"),
        ("零\x00字节\u200b与\ufeff标记", "零字节与标记"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
    ],
)
def test_what_people_typed_becomes_one_paragraph(typed: str, printed: str) -> None:
    assert paragraph(typed).html == printed
