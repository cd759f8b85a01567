"""What the layout says of a snapshot, read from the HTML that becomes the PDF."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from lxml import html

from benchmarks.sample_annexes import GRADES
from benchmarks.sample_snapshots import city_summary, project_report
from reports.rendering import render_html
from reports.rendering.official.numerals import (
    difference_text,
    percent_cell,
    points_text,
    wan_yuan,
)
from reports.snapshots import FindingRow, IndicatorScore, MemberAnswer, ValueSource

if TYPE_CHECKING:
    from reports.rendering.layouts import Snapshot


def page(snapshot: Snapshot) -> html.HtmlElement:
    return html.document_fromstring(render_html(snapshot))


def flat(element: html.HtmlElement) -> str:
    return "".join(element.text_content().split())


def headings(snapshot: Snapshot, level: int = 2) -> list[str]:
    return [flat(found) for found in page(snapshot).iterfind(f".//h{level}")]


def chapter(snapshot: Snapshot, title: str) -> str:
    """The text between a heading and the next one of its level."""
    found = next(each for each in page(snapshot).iterfind(".//h2") if title in flat(each))
    text = ""
    for after in found.itersiblings():
        if after.tag == "h2" or after.get("class") == "closing":
            break
        text += flat(after)
    return text


def test_project_report_begins_with_what_matters() -> None:
    assert headings(project_report()) == [
        "一、巡查结论",
        "二、存在的主要问题",
        "三、项目基本情况",
        "四、巡查依据和经过",
        "五、综合评价",
        "六、主要亮点",
        "七、工作建议",
        "得分说明",
        "现场照片",
        "项目登记信息核查提示",
    ]


def test_chapters_without_content_are_left_out_and_the_others_count_on() -> None:
    snapshot = replace(project_report(), problems=(), strengths=(), photos=(), registry_warnings=())

    assert headings(snapshot) == [
        "一、巡查结论",
        "二、项目基本情况",
        "三、巡查依据和经过",
        "四、综合评价",
        "五、工作建议",
        "得分说明",
    ]


def test_conclusion_names_grade_score_place_and_median() -> None:
    snapshot = project_report()
    result = replace(
        snapshot.result, total_percent=Decimal("88.10"), round_median_percent=Decimal("87.90")
    )

    text = chapter(replace(snapshot, result=result), "巡查结论")

    assert (
        "项目总分88.10分，等次为良好，在本轮14个项目中列第3位，比本轮中位数87.90分高0.20分。"
        "本次巡查共记录问题9项、亮点3项和建议3条。"
    ) in text


@pytest.mark.parametrize(
    ("median", "words"),
    [
        (Decimal("88.10"), "等次为良好，与本轮中位数88.10分持平。"),
        (Decimal(90), "等次为良好，比本轮中位数90.00分低1.90分。"),
        (None, "等次为良好。"),
    ],
)
def test_conclusion_compares_with_the_median(median: Decimal | None, words: str) -> None:
    snapshot = project_report()
    result = replace(
        snapshot.result,
        total_percent=Decimal("88.10"),
        round_median_percent=median,
        round_rank=None,
    )

    assert words in chapter(replace(snapshot, result=result), "巡查结论")


def test_capped_grade_is_told_with_its_reason() -> None:
    snapshot = project_report()
    result = replace(
        snapshot.result,
        grade=GRADES[2],
        grade_before_cap=GRADES[1],
        cap_reason="关键指标1.4 专职人员按合同配置得0分。",
    )

    text = chapter(replace(snapshot, result=result), "巡查结论")

    assert (
        "按得分应为良好，因关键指标1.4专职人员按合同配置得0分，等次限定为合格，得分不变。" in text
    )
    assert "等次受限" in text


def test_problem_names_category_severity_indicator_photographs_and_remedy() -> None:
    text = chapter(project_report(), "存在的主要问题")

    assert text.startswith("1.人力资源配置及管理（重要）。合同约定专职人员20人")
    assert "（指标1.8岗前培训与继续教育；照片1）" in text
    assert "整改要求：由外部督导逐份复核" in text
    assert "由示例机构21于2017年3月31日前完成。" in text


def test_problem_that_says_little_is_printed_without_gaps() -> None:
    snapshot = project_report()
    finding = FindingRow(
        key="x",
        number=1,
        category="专业能力",
        severity="",
        text="个案记录过于简略",
        indicator_number="",
        indicator_name="",
        recommendation="",
        responsible_party="",
        due_on=None,
    )

    text = chapter(replace(snapshot, problems=(finding,)), "存在的主要问题")

    assert text == "1.专业能力。个案记录过于简略。"


def test_project_without_contractor_prints_no_contracts() -> None:
    snapshot = project_report()
    facts = replace(
        snapshot.project, agencies=(), contracts=(), staffing_note="由区局直接聘用政府雇员"
    )

    text = chapter(replace(snapshot, project=facts), "项目基本情况")

    assert "属区级项目。由区局直接聘用政府雇员。" in text
    assert "合同情况" not in text
    assert "表2资金安排和到位情况" in text


def test_section_without_applicable_indicators_is_not_applicable() -> None:
    snapshot = project_report()
    last = replace(
        snapshot.result.sections[-1], percent=None, points=Decimal(0), max_points=Decimal(0)
    )
    sections = (*snapshot.result.sections[:-1], last)

    text = chapter(
        replace(snapshot, result=replace(snapshot.result, sections=sections)), "巡查结论"
    )

    assert "项目推进过程中存在的问题及意见建议00不适用85.76—" in text


def test_explanation_gives_every_number_of_the_computation() -> None:
    snapshot = project_report()
    service, finance = snapshot.result.tracks

    text = flat(page(snapshot).findall(".//section")[0])

    assert f"指标50项，适用47项，得分合计{points_text(service.points)}" in text
    assert (
        f"总分＝100×（70×{points_text(service.points)}÷{points_text(service.max_points)}"
        f"＋30×{points_text(finance.points)}÷{points_text(finance.max_points)}）÷100"
        f"＝{snapshot.result.total_percent}"
    ) in text
    assert "等次分界：优秀90分以上，良好80分以上，合格60分以上，其余为不合格，均含下限。" in text


def answered(*points: str | None, reasons: tuple[str, ...], moderated: str = "") -> str:
    """The row of one indicator with these answers."""
    snapshot = project_report()
    members = snapshot.explanation.members
    indicator = IndicatorScore(
        key="x",
        number="1.1",
        name="专职人员",
        section_key=snapshot.result.sections[0].key,
        track_key="service",
        max_points=Decimal(3),
        is_critical=True,
        answers=tuple(
            MemberAnswer(
                member=member,
                points=None if given is None else Decimal(given),
                not_applicable=given is None,
                reason=reason,
            )
            for member, given, reason in zip(members, points, reasons, strict=False)
        ),
        source=ValueSource.MODERATED if moderated else ValueSource.MEAN,
        value=Decimal("2.5"),
        source_reason=moderated,
    )
    explanation = replace(snapshot.explanation, indicators=(indicator,))
    rows = page(replace(snapshot, explanation=explanation)).iterfind(".//section//tr")
    return next(flat(row) for row in rows if "专职人员" in flat(row) and "1.1" in flat(row))


def test_indicator_shows_every_answer_and_a_shared_reason_once() -> None:
    row = answered("2", "3", "2", reasons=("缺少签名。", "", "缺少签名。"))

    assert row == "1.1*专职人员32、3、22.5督导员甲、督导员丙：缺少签名。"


def test_indicator_shows_who_did_not_answer_and_who_found_it_not_applicable() -> None:
    row = answered("2", None, reasons=("", ""), moderated="经复核适用")

    assert row == "1.1*专职人员32、不适用、—2.5组长裁定：经复核适用。"


def test_indicator_that_all_found_not_applicable_says_so_once() -> None:
    row = answered(None, None, reasons=("", ""))

    assert row == "1.1*专职人员3不适用2.5"


def test_text_of_people_is_escaped() -> None:
    snapshot = project_report()
    wicked = replace(snapshot.problems[0], text='<img src="file:///etc/passwd"><script>x</script>')

    found = page(replace(snapshot, problems=(wicked,)))

    assert [image.get("src") for image in found.iterfind(".//img")] == [
        "app:photo-1",
        "app:photo-2",
        "app:photo-3",
        "app:photo-4",
    ]
    assert found.findall(".//script") == []


def test_city_summary_numbers_its_parts_and_sections() -> None:
    assert headings(city_summary())[:4] == [
        "一、督导巡查的基本情况",
        "二、司法社会工作项目的推进情况",
        "三、总体需要完善的地方",
        "四、对策建议",
    ]
    assert headings(city_summary(), 3)[4:6] == ["（一）招标完成情况", "（二）资金落实情况"]


def test_charts_stand_in_their_places_and_are_numbered() -> None:
    found = page(city_summary())

    captions = [flat(each) for each in found.iterfind(".//figcaption")]
    before = [flat(each.getprevious())[-7:] for each in found.iterfind(".//figure")]

    assert captions == ["图1各项目总分", "图2社工专业背景"]
    assert before == ["之间的有1个。", "士研究生5人。"]


def test_salutation_is_flush_left() -> None:
    found = page(replace(city_summary(), salutation="市司法局："))

    assert flat(found.find(".//p[@class='flush']")) == "市司法局："


@pytest.mark.parametrize(
    ("points", "text"),
    [("2", "2"), ("2.0", "2"), ("1.50", "1.5"), ("1.83333333", "1.8333"), ("0", "0"), ("10", "10")],
)
def test_points_keep_the_decimals_that_they_have(points: str, text: str) -> None:
    assert points_text(Decimal(points)) == text


def test_money_is_printed_in_ten_thousands() -> None:
    assert wan_yuan(Decimal(20220600)) == "2022.06"
    assert wan_yuan(None) == "—"


def test_percent_that_does_not_apply_says_so() -> None:
    assert percent_cell(Decimal("84.5")) == "84.50"
    assert percent_cell(None) == "不适用"


@pytest.mark.parametrize(
    ("value", "median", "text"),
    [("80", "79", "＋1.00"), ("79", "80", "－1.00"), ("80", "80", "0.00")],
)
def test_difference_has_a_sign(value: str, median: str, text: str) -> None:
    assert difference_text(Decimal(value), Decimal(median)) == text


def test_difference_of_the_unknown_is_unknown() -> None:
    assert difference_text(None, Decimal(80)) == "—"
    assert difference_text(Decimal(80), None) == "—"
