"""From rows to snapshots: the citywide summary, and the facts of the 2016 summary in it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from inspections.models import FindingCategory, Visit
from projects.models import Agency, Contract, FundingAllocation, Instalment, Project
from reports.building import NothingVisitedError, NotSignedOffError, build_city_summary
from reports.queries import load_record, load_texts
from reports.rendering import render_html, render_pdf
from reports.snapshots import CitySummarySnapshot, ReportState, Status
from tests.factories import RoundFactory, VisitFactory
from tests.reports.conftest import Rendered
from tests.reports.demonstration_round import signed_round
from tests.reports.signed_visits import signed_visit

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from inspections.models import Round

__all__ = ["signed_round"]

pytestmark = pytest.mark.django_db

DRAFT = Status(state=ReportState.DRAFT, version=1)


def build(round: Round) -> CitySummarySnapshot:
    return build_city_summary(round, status=DRAFT)


def section(snapshot: CitySummarySnapshot, key: str) -> list[str]:
    """The paragraphs of a part or section."""
    return next(
        [paragraph.text for paragraph in block.paragraphs]
        for part in snapshot.parts
        for block in (part, *part.subsections)
        if block.key == key
    )


# When there is nothing to sum up yet


def test_summary_before_every_visit_is_signed_off_names_those_that_are_not() -> None:
    round = RoundFactory()
    signed_visit(9, round=round)
    waiting = [VisitFactory(round=round, scoring=True), VisitFactory(round=round)]

    with pytest.raises(NotSignedOffError) as error:
        build(round)

    assert set(error.value.visits) == set(waiting)


def test_summary_of_a_round_without_visits_is_refused() -> None:
    with pytest.raises(NothingVisitedError):
        build(RoundFactory())


def test_summary_of_a_single_visit() -> None:
    round = RoundFactory(service_name="司法社会工作", sequence=2, year=2016)
    signed_visit(9, round=round)

    snapshot = build(round)

    assert snapshot.title_lines == ("2016年度司法社会工作项目", "第二次督导巡查工作总结")
    assert [annex.key for annex in snapshot.annexes] == ["scores"]
    assert snapshot.annexes[0].total == ()
    assert snapshot.charts == ()


@pytest.mark.parametrize(("visits", "named"), [(1, False), (2, False), (3, True)])
def test_summary_names_a_median_from_three_scores_on(visits: int, named: bool) -> None:
    round = RoundFactory()
    for points in range(9, 9 - visits, -1):
        signed_visit(points, round=round)

    snapshot = build(round)

    assert ("中位数" in json.dumps(snapshot.to_data(), ensure_ascii=False)) is named
    assert ("中位数" in render_html(snapshot)) is named


# What the 2016 document states, computed


def test_facts_of_the_summary_come_out_of_the_rows(signed_round: Round) -> None:
    snapshot = build(signed_round)

    (basis,) = section(snapshot, "basis")
    assert "穗司发〔2016〕87号" in basis  # B1
    assert "穗综特专办〔2016〕7号" in basis
    assert "由市特殊人群专项组牵头" in basis  # B6
    content = section(snapshot, "content")
    assert content[0].startswith(
        "督导组通过项目情况汇报、项目实地考察、文件资料查阅、意见建议收集和"  # B3
        "专家小组分析评价五种方式，围绕专业服务和财务管理两个方面"  # B4
    )
    assert content[1].startswith("巡查内容共六项：")  # B5
    assert section(snapshot, "overall")[0].startswith(
        "2016年12月13日至2017年1月5日，督导组先后走访"  # B7
        "黄埔、番禺、从化、白云、天河、海珠、越秀、荔湾、南沙、增城和花都，"  # B8
        "完成对十一个区级项目和三个市级项目的第二次督导巡查"
    )
    tenders = section(snapshot, "procurement")[0]
    assert tenders == (
        "增城、南沙、荔湾、花都、越秀、天河、白云和番禺八个区的项目"  # P1
        "均通过政府采购公开招标确定承办机构。"
        "其中，增城区进度最快，于2015年10月完成招标并签订合同；"  # P2
        "番禺区最晚，于2016年9月签订合同。"
    )
    funding = section(snapshot, "funding")[0]
    assert funding == (
        "2016年，市、区两级财政共投入项目经费2022.06万元，其中市级财政812.00万元、"  # M1
        "区级财政1210.06万元。除从化区外，其他项目资金均按期到位。"  # M2
    )
    agencies, _people, teams = section(snapshot, "team")
    assert agencies == (
        "目前，全市共有25家机构承办司法社会工作项目。"  # T1
        "其中，海珠区于2016年4月就18个街道的服务签订三方合同，共涉及12个承办机构。"  # P3
        "黄埔区未委托承办机构，由购买方聘用12名政府雇员组成队伍开展服务。"  # P4
        "南沙区和花都区分别有8名和6名原政府雇员加入项目团队。"  # P5
    )
    assert teams == (
        "各项目团队的专业素质差异较大。"
        "职业技校预防犯罪项目团队共7名，其中5名具有硕士研究生及以上学历，且全员持证。"  # T4
        "增城区司法社工项目（中北部片区）团队的10名人员全部持有助理社会工作师证书，"  # T5
        "其中3名同时持有三级心理咨询师证书，1名具有硕士研究生及以上学历。"
        "相比之下，花都区司法社工项目团队的15名专职人员和10名兼职人员中"  # T6
        "无人持有社会工作师类证书，也无人具有社会工作专业背景。"
    )
    assert len(snapshot.parts[2].subsections) == 5  # W1
    assert len(snapshot.parts[3].subsections) == 5  # R1


def test_printed_summary_has_what_readers_look_for(signed_round: Round) -> None:
    words = Rendered(render_pdf(build(signed_round))).words

    for phrase in (
        "2022.06万元",
        "25家",
        "18个街道",
        "12个",
        "十一个区级项目",
        "三个市级项目",
        "增城、南沙、荔湾、花都、越秀、天河、白云和番禺",
        "除从化区外",
        "广州市司法矫治协会",
        "2017年1月23日",
        *FindingCategory.objects.filter(kind="problem").values_list("title", flat=True),
    ):
        assert phrase in words


def test_one_more_agency_changes_the_sentence(signed_round: Round) -> None:
    haizhu = Project.objects.get(short_name="海珠")
    Contract.objects.create(
        project=haizhu,
        agency=Agency.objects.create(name="示例机构99"),
        service_area="新街道",
        parties=3,
        procurement="agreement",
        signed_on=haizhu.contracts.first().signed_on,
        signed_precision="month",
    )

    assert section(build(signed_round), "team")[0].startswith(
        "目前，全市共有26家机构承办司法社会工作项目。"
        "其中，海珠区于2016年4月就19个街道的服务签订三方合同，共涉及13个承办机构。"
    )


def test_one_more_allocation_changes_the_sentence(signed_round: Round) -> None:
    FundingAllocation.objects.create(
        project=Project.objects.get(short_name="潭岗"),
        fiscal_year=2016,
        source="district",
        amount_yuan=Decimal(100_000),
    )

    assert section(build(signed_round), "funding")[0].startswith(
        "2016年，市、区两级财政共投入项目经费2032.06万元，其中市级财政812.00万元、"
        "区级财政1220.06万元。"
    )


def test_one_more_late_instalment_changes_the_sentence(signed_round: Round) -> None:
    Instalment.objects.filter(allocation__project__short_name="番禺").update(
        received_on=None, received_yuan=0
    )

    assert section(build(signed_round), "funding")[0].endswith(
        "除番禺区和从化区外，其他项目资金均按期到位。"
    )


def test_everybody_in_time_changes_the_sentence(signed_round: Round) -> None:
    for instalment in Instalment.objects.filter(allocation__project__short_name="从化"):
        Instalment.objects.filter(pk=instalment.pk).update(
            received_on=instalment.due_on, received_yuan=instalment.due_yuan
        )

    funding = section(build(signed_round), "funding")

    assert len(funding) == 1
    assert funding[0].endswith("区级财政1210.06万元。各项目资金均按期到位。")


def test_one_project_fewer_changes_the_sentence(signed_round: Round) -> None:
    visit = Visit.objects.get(round=signed_round, project__short_name="潭岗")
    visit.findings.all().delete()
    visit.result.delete()
    visit.reports.all().delete()
    Visit.objects.filter(pk=visit.pk).update(round=RoundFactory())

    overall = section(build(signed_round), "overall")

    assert overall[0] == (
        "2016年12月13日至2017年1月4日，督导组先后走访黄埔、番禺、从化、白云、天河、海珠、越秀、"
        "荔湾、南沙、增城和花都，完成对十一个区级项目和两个市级项目的第二次督导巡查。"
        "潭岗戒毒所认知教育项目和社区矫正社工项目未列入本次巡查。"
    )


# Annexes and charts


def test_annexes_have_a_row_for_each_project(signed_round: Round) -> None:
    annexes = {annex.key: annex for annex in build(signed_round).annexes}

    assert {key: len(annex.rows) for key, annex in annexes.items()} == {
        "scores": 14,
        "funding": 15,
        "staff": 15,
        "findings": 32,
    }
    for annex in annexes.values():
        assert {len(row) for row in annex.rows} == {len(annex.columns)}
        assert len(annex.total) in {0, len(annex.columns)}
    assert [cell.text for cell in annexes["funding"].total] == [
        "",
        "合计",
        "812.00",
        "1210.06",
        "2022.06",
        "2022.06",
        "1982.06",
        "",
    ]
    assert annexes["staff"].total[2].text == "213"


def test_annex_of_scores_is_ranked_and_tinted(signed_round: Round) -> None:
    scores = build(signed_round).annexes[0]

    totals = [Decimal(row[2].text) for row in scores.rows]
    assert totals == sorted(totals, reverse=True)
    assert [column.label for column in scores.columns[:6]] == [
        "序号",
        "项目",
        "总分",
        "等次",
        "专业服务",
        "财务管理",
    ]
    assert {cell.level for row in scores.rows for cell in row[3:]} <= {1, 2, 3, 4, None}


def test_annex_of_funding_says_what_came_late_and_what_has_not_come(signed_round: Round) -> None:
    funding = next(one for one in build(signed_round).annexes if one.key == "funding")

    rows = {row[1].text: [cell.text for cell in row[2:]] for row in funding.rows}
    assert rows["从化"] == [
        "40.00",
        "60.00",
        "100.00",
        "100.00",
        "60.00",
        "迟延到位（最长125天）；逾期未到位（最长36天）",
    ]
    assert rows["潭岗"] == ["60.00", "—", "60.00", "60.00", "60.00", "按期到位"]


def test_charts_stand_behind_sections_that_are_there(signed_round: Round) -> None:
    snapshot = build(signed_round)

    assert [(chart.key, chart.placed_after) for chart in snapshot.charts] == [
        ("totals", "overall"),
        ("fields", "team"),
        ("problems", "problems"),
    ]
    assert sum(snapshot.charts[1].rows[0].values) == Decimal(213)


def test_snapshot_survives_being_stored(signed_round: Round) -> None:
    snapshot = build(signed_round)

    assert CitySummarySnapshot.from_data(json.loads(json.dumps(snapshot.to_data()))) == snapshot


# Queries


def test_record_takes_eight_queries_and_the_summary_seventeen(
    signed_round: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small = RoundFactory()
    signed_visit(9, round=small)

    for round in (small, signed_round):
        with django_assert_num_queries(8):
            load_record(round)
        with django_assert_num_queries(7):
            load_texts(round)
        with django_assert_num_queries(18):
            build(round)
