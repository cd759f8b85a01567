"""Part two of the citywide summary: contracts, money, teams and results in sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from projects.enums import FundingSource, Procurement
from tests.reports.record_builder import (
    EAST,
    NORTH,
    SCHOOL,
    SOUTH,
    WEST,
    WORKER,
    allocation,
    contract,
    late,
    person,
    posting,
    small_round,
    texts,
    without_projects,
)
from tests.reports.written_summary import write

EVERY_PROJECT = (EAST, SOUTH, WEST, NORTH, SCHOOL)

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
