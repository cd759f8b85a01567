"""The sentences of the citywide summary, and how they follow when rows change."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.figures import RoundRecord, compute
from reports.narrative import RecommendationText, write_summary
from tests.reports.record_builder import (
    EAST,
    KNOWLEDGE,
    NORTH,
    SCHOOL,
    SOUTH,
    STAFFING,
    WEST,
    finding,
    late,
    small_round,
    texts,
    visit,
    without_projects,
)
from tests.reports.written_summary import write

EVERY_PROJECT = (EAST, SOUTH, WEST, NORTH, SCHOOL)


def test_summary_has_the_four_parts_with_their_sections() -> None:
    record = small_round()

    parts = write_summary(record, compute(record), texts())

    assert [(part.heading, [one.heading for one in part.subsections]) for part in parts] == [
        (
            "督导巡查的基本情况",
            ["督导巡查依据", "督导巡查目的", "督导巡查内容", "督导巡查整体情况"],
        ),
        (
            "司法社会工作项目的推进情况",
            ["招标完成情况", "资金落实情况", "队伍建设情况", "项目推进情况及所取得的成效"],
        ),
        ("需要完善的地方", ["熟悉程度有待提高", "人员管理有待规范"]),
        ("对策建议", ["加强培训", "明确分工"]),
    ]


def test_figures_stay_apart_in_the_text() -> None:
    record = small_round()
    figures = compute(record)

    parts = write_summary(record, figures, texts())

    funding = next(one for one in parts[1].subsections if one.key == "funding")
    assert [(run.figure, run.text) for run in funding.paragraphs[0].runs] == [
        ("", "2016年，市、区两级财政共投入项目经费"),
        ("funding.total", "302.06万元"),
        ("", "，其中市级财政"),
        ("funding.city", "92.05万元"),
        ("", "、区级财政"),
        ("funding.district", "210.01万元"),
        ("", "。除"),
        ("funding.late_projects", "南区"),
        ("", "外，其他项目资金均按期到位。"),
    ]


def test_every_figure_in_the_text_has_a_name() -> None:
    record = small_round()
    named = compute(record).named()

    parts = write_summary(record, compute(record), texts())

    used = {
        run.figure
        for part in parts
        for block in (part, *part.subsections)
        for paragraph in block.paragraphs
        for run in paragraph.runs
        if run.figure and not run.figure.startswith("services.")
    }
    assert sorted(used - set(named)) == []


# 一 basis, purpose, content


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "本次督导巡查依据《巡查通知》（示发〔2016〕1号）和《工作安排》开展，"
            "由市专项组牵头组成督导组，巡查对象为市、区两级司法社会工作项目。",
        ),
        (
            {"led_by": ""},
            "本次督导巡查依据《巡查通知》（示发〔2016〕1号）和《工作安排》开展，"
            "巡查对象为市、区两级司法社会工作项目。",
        ),
        (
            {"basis_documents": ()},
            "本次督导巡查由市专项组牵头组成督导组，巡查对象为市、区两级司法社会工作项目。",
        ),
        (
            {"basis_documents": (), "led_by": ""},
            "本次督导巡查的对象为市、区两级司法社会工作项目。",
        ),
    ],
)
def test_basis(changes: dict[str, object], sentence: str) -> None:
    assert write(small_round(), texts(**changes))["basis"] == [sentence]


def test_basis_of_a_round_without_city_projects() -> None:
    written = write(without_projects(small_round(), SCHOOL), texts(basis_documents=()))

    assert written["basis"] == [
        "本次督导巡查由市专项组牵头组成督导组，巡查对象为区级司法社会工作项目。"
    ]


def test_purpose_keeps_its_paragraphs_and_is_left_out_when_empty() -> None:
    assert write(small_round(), texts(purpose="一是促进。\n\n二是规范。"))["purpose"] == [
        "一是促进。",
        "二是规范。",
    ]
    assert "purpose" not in write(small_round(), texts(purpose=" "))


@pytest.mark.parametrize(
    ("methods", "tracks", "sentence"),
    [
        (
            ("听取汇报", "实地考察"),
            2,
            "督导组通过听取汇报和实地考察两种方式，围绕专业服务和财务管理两个方面"
            "对项目及承办机构进行督导巡查。",
        ),
        (("实地考察",), 1, "督导组通过实地考察，围绕专业服务对项目及承办机构进行督导巡查。"),
        ((), 1, "督导组围绕专业服务对项目及承办机构进行督导巡查。"),
        (("实地考察",), 0, "督导组通过实地考察对项目及承办机构进行督导巡查。"),
    ],
)
def test_methods_and_tracks(methods: tuple[str, ...], tracks: int, sentence: str) -> None:
    record = small_round()
    record = replace(record, tracks=record.tracks[:tracks])

    assert write(record, texts(methods=methods))["content"][0] == sentence


def test_sections_of_the_instrument() -> None:
    record = small_round()

    assert write(record)["content"][1] == "巡查内容共两项：规定落实情况；问题及意见建议。"
    assert write(replace(record, sections=record.sections[:1]))["content"][1] == (
        "巡查内容为规定落实情况。"
    )


# 一 overall


def test_visits() -> None:
    assert write(small_round())["overall"][0] == (
        "2016年12月13日至20日，督导组先后走访北、南、西和东，"
        "完成对四个区级项目和一个市级项目的第二次督导巡查，并逐一形成项目报告。"
    )


def test_visits_with_one_project_fewer() -> None:
    assert write(without_projects(small_round(), EAST))["overall"][0] == (
        "2016年12月13日至20日，督导组先后走访北、南和西，"
        "完成对三个区级项目和一个市级项目的第二次督导巡查，并逐一形成项目报告。"
    )


def test_visits_to_one_district_on_one_day() -> None:
    record = without_projects(small_round(), SOUTH, WEST, NORTH, SCHOOL)

    assert write(record)["overall"] == [
        "2016年12月16日，督导组走访东，完成对一个区级项目的第二次督导巡查，并形成项目报告。",
        "经综合评分，该项目得分93.50分，等次为优秀。",
        "总体来看，司法社工项目稳步推进，没有项目被评为不合格等次，《实施方案》的要求基本得到落实。",
    ]


def test_visits_to_city_projects_only() -> None:
    record = without_projects(small_round(), EAST, SOUTH, WEST, NORTH)

    assert write(record)["overall"][0] == (
        "2016年12月20日，督导组完成对一个市级项目的第二次督导巡查，并形成项目报告。"
    )


def test_visits_say_nothing_of_reports_that_are_not_all_published() -> None:
    written = write(small_round(), texts(published_visits=frozenset({EAST})))

    assert written["overall"][0].endswith("的第二次督导巡查。")


def test_project_that_was_not_visited_is_named() -> None:
    record = small_round()
    gone = without_projects(record, SCHOOL)
    record = replace(
        record,
        visits=gone.visits,
        track_scores=gone.track_scores,
        section_scores=gone.section_scores,
    )

    assert write(record)["overall"][0] == (
        "2016年12月13日至16日，督导组先后走访北、南、西和东，"
        "完成对四个区级项目的第二次督导巡查，并逐一形成项目报告。技校项目未列入本次巡查。"
    )


def test_scores() -> None:
    assert write(small_round())["overall"][1] == (
        "经综合评分，5个项目平均得分83.30分，中位数85.00分，最高93.50分，最低65.00分；"
        "其中优秀两个、良好两个、合格一个。分方面看，专业服务平均85.20分，财务管理平均80.50分。"
    )


def test_scores_without_the_finance_track() -> None:
    record = small_round()
    record = replace(
        record,
        track_scores=tuple(one for one in record.track_scores if one.key != "finance"),
    )

    assert write(record)["overall"][1] == (
        "经综合评分，5个项目平均得分83.30分，中位数85.00分，最高93.50分，最低65.00分；"
        "其中优秀两个、良好两个、合格一个。"
    )


def test_scores_that_all_earn_one_grade() -> None:
    record = without_projects(small_round(), SOUTH, WEST, NORTH)

    assert write(record)["overall"][1] == (
        "经综合评分，2个项目平均得分92.25分，最高93.50分，最低91.00分；"
        "等次均为优秀。分方面看，专业服务平均93.50分，财务管理平均91.00分。"
    )


def test_unscored_round_says_nothing_of_scores() -> None:
    record = small_round()
    unscored = tuple(replace(one, total_percent=None, grade_key="") for one in record.visits)

    written = write(replace(record, visits=unscored, track_scores=(), section_scores=()))

    assert len(written["overall"]) == 1


def test_project_in_the_lowest_grade_is_named() -> None:
    record = small_round()
    failed = visit(SOUTH, 14, "55.00", "fail")

    written = write(replace(record, visits=(record.visits[0], failed, *record.visits[2:])))

    assert written["overall"][2] == (
        "总体来看，除南区项目被评为不合格等次、须重点整改外，"
        "其他司法社工项目稳步推进，《实施方案》的要求基本得到落实。"
    )


def test_round_in_which_every_project_failed() -> None:
    record = without_projects(small_round(), EAST, WEST, NORTH, SCHOOL)
    failed = visit(SOUTH, 14, "55.00", "fail")

    written = write(replace(record, visits=(failed,)))

    assert written["overall"][2] == "总体来看，参评项目均被评为不合格等次，须全面整改。"


def test_conclusion_without_a_scheme() -> None:
    assert write(small_round(), texts(scheme_title=""))["overall"][2] == (
        "总体来看，司法社工项目稳步推进，没有项目被评为不合格等次。"
    )


# 三 problems


def test_problems() -> None:
    written = write(small_round())

    assert written["problems"] == [
        "本次督导巡查共发现问题3项，涉及2个项目，其中严重1项、一般1项、轻微1项。"
        "归纳起来，需要从以下两个方面加以完善："
    ]
    assert written["problems-knowledge"] == [
        "应当加强学习。",
        "此类问题2项，涉及北区和南区共2个项目。如，南区：新人不熟悉流程；北区：记录不全。",
    ]
    assert written["problems-staffing"] == ["此类问题1项，见于南区：负责人无证。"]


def test_problems_of_one_kind_and_one_severity() -> None:
    record = small_round()
    two = tuple(finding(number, SOUTH, STAFFING, text=f"缺少{number}。") for number in (1, 2))

    written = write(replace(record, findings=two))

    assert written["problems"] == [
        "本次督导巡查共发现问题2项，涉及1个项目，程度均为一般。归纳起来，需要从以下一个方面加以完善："
    ]
    assert written["problems-staffing"] == ["此类问题2项，均见于南区，如缺少1。"]


def test_problems_of_many_projects_are_counted_only() -> None:
    record = small_round()
    more = tuple(
        replace(record.projects[0], pk=pk, name=f"{pk}项目", short_name=str(pk))
        for pk in (20, 21, 22)
    )
    found = tuple(
        finding(number, pk, KNOWLEDGE)
        for number, pk in enumerate((*EVERY_PROJECT, 20, 21), start=1)
    )

    written = write(replace(record, projects=(*record.projects, *more), findings=found))

    assert written["problems-knowledge"][1] == (
        "此类问题7项，涉及7个项目。如，北区：第4项；南区：第2项；西区：第3项。"
    )


def test_round_without_problems() -> None:
    record = small_round()

    written = write(replace(record, findings=()))

    assert written["problems"] == ["本次督导巡查未发现需要整改的问题。"]
    assert "recommendations" not in written


# 四 recommendations


def test_recommendations() -> None:
    written = write(small_round())

    assert written["recommendations"] == [
        "针对督导巡查中发现的上述两个方面问题，提出以下两点建议："
    ]
    assert written["recommendation-1"] == ["组织学习。", "此项建议针对第三部分（一）所列问题。"]
    assert written["recommendation-2"] == [
        "落实专人。",
        "此项建议针对第三部分（一）（二）所列问题。",
    ]


def test_recommendation_against_a_group_that_was_not_found_is_left_out() -> None:
    record = small_round()
    staffing = tuple(one for one in record.findings if one.category == STAFFING.key)

    written = write(replace(record, findings=staffing))

    assert written["recommendations"] == ["针对督导巡查中发现的上述问题，提出以下一点建议："]
    assert written["recommendation-1"] == ["落实专人。"]


def test_recommendation_against_no_group_is_always_made() -> None:
    general = RecommendationText(title="加强指导", text="定期测评。", categories=())

    written = write(replace(small_round(), findings=()), texts(recommendations=(general,)))

    assert written["recommendations"] == ["结合本次督导巡查情况，提出以下一点建议："]
    assert written["recommendation-1"] == ["定期测评。"]


# Every sentence


@pytest.mark.parametrize(
    "record",
    [
        small_round(),
        without_projects(small_round(), SOUTH, WEST, NORTH, SCHOOL),
        late(small_round(), dict.fromkeys(EVERY_PROJECT, None)),
        replace(small_round(), contracts=(), allocations=(), findings=()),
        replace(small_round(), arrival_grace_days=Decimal(200)),
    ],
)
def test_no_latin_punctuation_and_no_doubled_marks(record: RoundRecord) -> None:
    text = "".join(line for lines in write(record).values() for line in lines)

    assert re.findall(r"[,;:!?()\[\]\"']", text) == []
    assert re.findall(r"[。，；：、]{2,}|None|\s", text) == []
