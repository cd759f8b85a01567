"""The sentences of the citywide summary, and how they follow when rows change."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from projects.enums import FundingSource, Procurement
from reports.figures import RoundRecord, compute
from reports.narrative import RecommendationText, RoundTexts, write_summary
from tests.reports.record_builder import (
    EAST,
    KNOWLEDGE,
    NORTH,
    SCHOOL,
    SOUTH,
    STAFFING,
    WEST,
    WORKER,
    allocation,
    contract,
    finding,
    late,
    person,
    posting,
    small_round,
    texts,
    visit,
    without_projects,
)

EVERY_PROJECT = (EAST, SOUTH, WEST, NORTH, SCHOOL)


def write(record: RoundRecord, words: RoundTexts | None = None) -> dict[str, list[str]]:
    """Paragraphs by the key of their part or section; one that is left out is not there."""
    written: dict[str, list[str]] = {}
    for part in write_summary(record, compute(record), words or texts()):
        written[part.key] = [paragraph.text for paragraph in part.paragraphs]
        for section in part.subsections:
            written[section.key] = [paragraph.text for paragraph in section.paragraphs]
    return written


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
        "经综合评分，2个项目平均得分92.25分，中位数92.25分，最高93.50分，最低91.00分；"
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


# 二 how projects are run


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        (
            (),
            "按照《实施方案》，全市共实施司法社工项目5个。其中，4个以政府购买服务方式"
            "委托承办机构实施，北区由购买方直接聘用人员实施。",
        ),
        (
            (NORTH,),
            "按照《实施方案》，全市共实施司法社工项目4个，均以政府购买服务方式委托承办机构实施。",
        ),
        (
            (EAST, SOUTH, WEST, SCHOOL),
            "按照《实施方案》，全市共实施司法社工项目1个，由购买方直接聘用人员实施。",
        ),
        (
            (NORTH, SOUTH, WEST, SCHOOL),
            "按照《实施方案》，全市共实施司法社工项目1个，以政府购买服务方式委托承办机构实施。",
        ),
    ],
)
def test_opening_of_the_second_part(gone: tuple[int, ...], sentence: str) -> None:
    assert write(without_projects(small_round(), *gone))["progress"] == [sentence]


# 二(一) procurement


def test_tenders() -> None:
    assert write(small_round())["procurement"] == [
        "东和南两个区的项目均通过政府采购公开招标确定承办机构。其中，东区进度最快，"
        "于2015年10月完成招标并签订合同；南区最晚，于2016年9月签订合同。",
        "其他区级项目中，西区采用协议委托方式。",
        "市级项目采用单一来源采购方式确定承办机构。",
    ]


def test_tender_in_one_district() -> None:
    record = without_projects(small_round(), SOUTH, WEST, SCHOOL)

    assert write(record)["procurement"] == [
        "东区的项目通过政府采购公开招标确定承办机构，合同于2015年10月签订。"
    ]


def test_tenders_signed_at_the_same_time() -> None:
    record = small_round()
    together = tuple(replace(one, signed_on=dt.date(2016, 1, 1)) for one in record.contracts)

    assert write(replace(record, contracts=together))["procurement"][0] == (
        "东和南两个区的项目均通过政府采购公开招标确定承办机构，合同均于2016年1月签订。"
    )


def test_tenders_whose_dates_are_not_known() -> None:
    record = small_round()
    unknown = tuple(replace(one, signed_on=None) for one in record.contracts)

    assert write(replace(record, contracts=unknown))["procurement"][0] == (
        "东和南两个区的项目均通过政府采购公开招标确定承办机构。"
    )


def test_no_tender_among_district_projects() -> None:
    record = without_projects(small_round(), EAST, SOUTH, SCHOOL)

    assert write(record)["procurement"] == [
        "区级项目均未采用公开招标方式。",
        "西区采用协议委托方式。",
    ]


def test_city_projects_by_several_methods() -> None:
    record = small_round()
    second = contract(30, SCHOOL, 7, procurement=Procurement.OPEN_TENDER)

    written = write(replace(record, contracts=(*record.contracts, second)))

    assert written["procurement"][2] == (
        "市级项目中，技校项目采用公开招标方式，技校项目采用单一来源采购方式。"
    )


def test_round_without_contracts_says_nothing_of_procurement() -> None:
    assert "procurement" not in write(replace(small_round(), contracts=()))


# 二(二) money


def test_one_more_allocation_changes_the_sum() -> None:
    record = small_round()
    more = allocation(7, WEST, FundingSource.CITY, 100_000)

    written = write(replace(record, allocations=(*record.allocations, more)))

    assert written["funding"][0] == (
        "2016年，市、区两级财政共投入项目经费312.06万元，其中市级财政102.05万元、"
        "区级财政210.01万元。除南区外，其他项目资金均按期到位。"
    )


def test_money_from_one_source() -> None:
    record = small_round()
    district = tuple(one for one in record.allocations if one.source == FundingSource.DISTRICT)

    assert write(replace(record, allocations=district))["funding"][0] == (
        "2016年，区级财政共投入项目经费210.01万元。除南区外，其他项目资金均按期到位。"
    )


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({}, "各项目资金均按期到位。"),
        ({SOUTH: 125}, "除南区外，其他项目资金均按期到位。"),
        ({SOUTH: 125, EAST: None}, "除南区和东区外，其他项目资金均按期到位。"),
        (
            {SOUTH: 125, EAST: None, WEST: 40},
            "仅北区和技校项目资金按期到位，其他项目资金均未按期到位。",
        ),
        (dict.fromkeys(EVERY_PROJECT, 125), "各项目资金均未按期到位。"),
    ],
    ids=["nobody", "one", "two", "most", "everybody"],
)
def test_late_money(days: dict[int, int | None], sentence: str) -> None:
    written = write(late(small_round(), days))["funding"]

    assert written[0].partition("210.01万元。")[2] == sentence


@pytest.mark.parametrize(
    ("days_late", "sentence"), [(0, "项目资金按期到位。"), (99, "项目资金未按期到位。")]
)
def test_money_of_the_only_project(days_late: int, sentence: str) -> None:
    record = late(without_projects(small_round(), SOUTH, WEST, NORTH, SCHOOL), {EAST: days_late})

    assert write(record)["funding"][0].partition("60.00万元。")[2] == sentence


def test_money_that_has_not_come_is_told_with_its_days_and_notes() -> None:
    record = small_round()
    missing = replace(
        allocation(3, SOUTH, FundingSource.DISTRICT, 500_000, days_late=None),
        note="承办机构垫付前期经费",
    )
    allocations = (*record.allocations[:2], missing, *record.allocations[3:])

    assert write(replace(record, allocations=allocations))["funding"][1:] == [
        "南区项目截至2016年12月20日到期应拨50.00万元，已到位0.00万元，最长迟延173天。"
        "承办机构垫付前期经费。"
    ]


def test_money_that_is_not_due_yet() -> None:
    record = replace(small_round(), as_of=dt.date(2016, 6, 1))

    assert write(late(record, dict.fromkeys(EVERY_PROJECT, None)))["funding"] == [
        "2016年，市、区两级财政共投入项目经费302.06万元，其中市级财政92.05万元、"
        "区级财政210.01万元。截至2016年6月1日，尚无到期应拨资金。"
    ]


def test_details_of_many_late_projects_are_left_to_the_annex() -> None:
    record = small_round()
    more = tuple(
        allocation(20 + pk, pk, FundingSource.CITY, 10_000, days_late=90) for pk in EVERY_PROJECT
    )

    six = replace(
        late(record, dict.fromkeys(EVERY_PROJECT, 90)),
        projects=(*record.projects, replace(record.projects[0], pk=9, name="六项目")),
        allocations=(*more, allocation(40, 9, FundingSource.CITY, 10_000, days_late=90)),
    )

    assert write(six)["funding"] == [
        "2016年，市级财政共投入项目经费6.00万元。各项目资金均未按期到位。"
    ]


def test_round_without_allocations_says_nothing_of_money() -> None:
    assert "funding" not in write(replace(small_round(), allocations=()))


# 二(三) teams


def test_agencies() -> None:
    assert write(small_round())["team"][0] == (
        "目前，全市共有6家机构承办司法社会工作项目。其中，西区于2016年4月就3个街道的服务签订三方合同，"
        "共涉及2个承办机构。北区未委托承办机构，由购买方聘用2名政府雇员组成队伍开展服务。"
        "南区有1名原政府雇员加入项目团队。"
    )


def test_one_more_agency_changes_both_counts() -> None:
    record = small_round()
    more = contract(
        30,
        WEST,
        9,
        service_area="丁街道",
        parties=3,
        procurement=Procurement.AGREEMENT,
        signed_on=dt.date(2016, 5, 1),
    )

    written = write(replace(record, contracts=(*record.contracts, more)))

    assert written["team"][0] == (
        "目前，全市共有7家机构承办司法社会工作项目。其中，西区于2016年4月至5月就4个街道的服务签订三方合同，"
        "共涉及3个承办机构。北区未委托承办机构，由购买方聘用2名政府雇员组成队伍开展服务。"
        "南区有1名原政府雇员加入项目团队。"
    )


def test_agencies_without_three_party_contracts_and_direct_employment() -> None:
    record = without_projects(small_round(), WEST, NORTH, SOUTH)

    assert write(record)["team"][0] == "目前，全市共有3家机构承办司法社会工作项目。"


def test_former_government_employees_of_several_projects() -> None:
    record = small_round()
    more = posting(EAST, person(50, formerly_government=True), contract=3)

    written = write(replace(record, postings=(*record.postings, more)))

    assert written["team"][0].endswith("南区和东区分别有1名和1名原政府雇员加入项目团队。")


def test_people() -> None:
    assert write(small_round())["team"][1] == (
        "司法社工项目在岗人员共19名，其中专职人员16名、兼职人员1名、政府雇员2名。"
        "专业背景以社会工作（12名）、法学（4名）和社会学（2名）为主。"
        "持有社会工作师类证书的13名，占68.4%；具有硕士研究生及以上学历的4名。"
    )


def test_people_who_are_all_alike() -> None:
    record = small_round()
    alike = tuple(posting(EAST, person(pk, WORKER), contract=2) for pk in (1, 2))

    assert write(replace(record, postings=alike))["team"][1] == (
        "司法社工项目在岗人员共2名，均为专职人员。专业背景均为社会工作。全部持有社会工作师类证书。"
    )


def test_people_of_whom_nobody_is_certified() -> None:
    record = small_round()
    postings = tuple(
        replace(one, staff=replace(one.staff, qualifications=())) for one in record.postings
    )

    written = write(replace(record, postings=postings))

    assert written["team"][1].endswith(
        "为主。均未持有社会工作师类证书；具有硕士研究生及以上学历的4名。"
    )


def test_people_who_studied_other_fields_mostly() -> None:
    record = small_round()
    others = tuple(
        posting(EAST, person(pk, WORKER, field_of_study="other"), contract=2)
        for pk in range(60, 90)
    )

    written = write(replace(record, postings=(*record.postings, *others)))

    assert (
        "专业背景较为分散，人数较多的是社会工作（12名）、法学（4名）和社会学（2名）。"
        in (written["team"][1])
    )


def test_teams_that_stand_out() -> None:
    assert write(small_round())["team"][2] == (
        "各项目团队的专业素质差异较大。技校项目团队共5名，其中3名具有硕士研究生及以上学历，且全员持证。"
        "东区项目（北片区）团队的5名人员全部持有助理社会工作师证书，其中1名同时持有三级心理咨询师证书，"
        "1名具有硕士研究生及以上学历。相比之下，南区项目团队的2名专职人员和1名兼职人员中"
        "无人持有社会工作师类证书，也无人具有社会工作专业背景。"
    )


def test_teams_without_an_uncertified_one() -> None:
    record = without_projects(small_round(), SOUTH, EAST)

    assert write(record)["team"][2:] == [
        "技校项目团队共5名，其中3名具有硕士研究生及以上学历，且全员持证。"
    ]


def test_round_in_which_no_team_stands_out() -> None:
    record = without_projects(small_round(), SOUTH, EAST, SCHOOL)

    assert len(write(record)["team"]) == 2


def test_round_without_contracts_and_people_says_nothing_of_teams() -> None:
    assert "team" not in write(replace(small_round(), contracts=(), postings=()))


# 二(四) results


def test_results() -> None:
    assert write(small_round())["results"] == [
        "巡查共记录亮点3项，主要体现在：规章制度较完善（2个项目）；人员队伍较稳定（1个项目）。",
        "服务指标方面，社会调查完成年度目标，小组工作完成年度目标的93.3%。",
        "技校项目的服务重点为：学生小组干预。",
        "区级项目结合本地实际，形成各具特点的运作模式。北区项目：合作单位有医院、高校。"
        "东区项目：两个片区相互竞争。",
    ]


def test_services_that_all_reached_their_target() -> None:
    reached = tuple(replace(one, completed=one.target) for one in texts().services)

    assert write(small_round(), texts(services=reached))["results"][1] == (
        "服务指标方面，社会调查和小组工作均完成年度目标。"
    )


def test_services_of_which_none_reached_its_target() -> None:
    behind = tuple(replace(one, completed=9) for one in texts().services)

    assert write(small_round(), texts(services=behind))["results"][1] == (
        "服务指标方面，社会调查和小组工作分别完成年度目标的9.0%和30.0%。"
    )


def test_several_city_projects() -> None:
    record = small_round()
    second = replace(
        record.projects[0],
        pk=9,
        name="戒毒所项目",
        short_name="戒毒所",
        service_focus="出所前辅导。",
    )

    written = write(replace(record, projects=(record.projects[0], second, *record.projects[1:])))

    assert written["results"][2] == (
        "市级项目各有侧重，服务重点分别是：技校项目为学生小组干预；戒毒所项目为出所前辅导。"
    )


def test_round_with_nothing_to_tell_has_no_results() -> None:
    record = small_round()
    plain = tuple(
        replace(one, service_focus="", service_model="", partners="") for one in record.projects
    )

    written = write(replace(record, projects=plain, findings=()), texts(services=()))

    assert "results" not in written


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
