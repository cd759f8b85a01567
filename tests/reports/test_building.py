"""From rows to snapshots: the project report."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db.models import QuerySet
from django.utils import translation

from inspections.enums import FindingKind, Party, Severity
from inspections.models import Answer, Indicator, VisitResult
from inspections.scoring import Explanation
from projects.enums import DatePrecision, Education, Employment, Procurement
from reports.building import NothingScoredError, NotSignedOffError, build_project_report
from reports.building.explanation import plain
from reports.rendering import render_html
from reports.snapshots import (
    BasisDocument,
    ContractRow,
    FundingRow,
    ProjectReportSnapshot,
    ReportState,
    StaffFigure,
    Status,
    ValueSource,
)
from tests.factories import (
    BasisDocumentFactory,
    ContractFactory,
    FindingFactory,
    FundingAllocationFactory,
    InstalmentFactory,
    PanelMemberFactory,
    PostingFactory,
    QualificationFactory,
    RoundFactory,
    StaffMemberFactory,
    UserFactory,
    VisitFactory,
    VisitMethodFactory,
)
from tests.reports.signed_visits import photo_of, scored_visit, sign, signed_visit

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from inspections.models import Visit

pytestmark = pytest.mark.django_db

DRAFT = Status(state=ReportState.DRAFT, version=1)


def build(visit: Visit) -> ProjectReportSnapshot:
    return build_project_report(visit, status=DRAFT)


def test_report_of_a_visit_that_is_not_signed_off_is_refused() -> None:
    visit = VisitFactory(scoring=True, project__short_name="花都")

    with pytest.raises(NotSignedOffError) as error:
        build(visit)

    assert error.value.visits == (visit,)
    assert "花都" in str(error.value)


def test_report_without_any_applicable_indicator_is_refused() -> None:
    visit = signed_visit(9)
    result = VisitResult.objects.get(visit=visit)
    stored = Explanation.from_dict(result.explanation)
    nothing = replace(
        stored, total=None, total_percent=None, grade_key=None, uncapped_grade_key=None
    )
    VisitResult.objects.filter(pk=result.pk).update(explanation=nothing.to_dict())

    with pytest.raises(NothingScoredError):
        build(visit)


def test_snapshot_survives_being_stored() -> None:
    visit = signed_visit(9, 8)
    photo_of(FindingFactory(author=visit.panel.first()))

    snapshot = build(visit)

    assert ProjectReportSnapshot.from_data(json.loads(json.dumps(snapshot.to_data()))) == snapshot


def test_head_names_round_and_project() -> None:
    round = RoundFactory(year=2016, sequence=2, led_by="市专项组", issued_on=dt.date(2017, 1, 23))
    BasisDocumentFactory(round=round, title="通知", number="示发〔2016〕1号")

    snapshot = build(signed_visit(9, round=round, project__name="花都区司法社工项目"))

    assert snapshot.title_lines == ("花都区司法社工项目", "2016年度第二次督导巡查报告")
    assert snapshot.round.title == "2016年度第二次督导巡查"
    assert snapshot.round.basis_documents == (
        BasisDocument(title="通知", number="示发〔2016〕1号"),
    )
    assert snapshot.status == DRAFT
    assert not snapshot.demonstration


def test_round_that_names_no_leader_and_no_numbers_reads_well() -> None:
    round = RoundFactory(year=2016, sequence=2, led_by="", issuer="")
    BasisDocumentFactory(round=round, title="通知", number="")
    visit = signed_visit(9, round=round, project__name="花都区项目")

    text = "".join(re.sub("<[^>]+>", "", render_html(build(visit))).split())

    assert "督导组于2016年12月13日对花都区项目进行了2016年度第二次督导巡查。" in text
    assert "本次督导巡查依据《通知》进行。" in text


def test_demonstration_data_is_marked() -> None:
    visit = signed_visit(9)
    UserFactory(email="somebody@demo.invalid")

    assert build(visit).demonstration


def test_result_is_the_stored_one_beside_the_medians_of_the_round() -> None:
    round = RoundFactory()
    first = signed_visit(9, 8, round=round)
    signed_visit(7, round=round)
    signed_visit(6, round=round)
    VisitFactory(round=round, scoring=True)

    result = build(first).result

    assert result.total_percent == Decimal("85.00")
    assert result.grade.name == "良好"
    assert result.grade.level == 2
    assert result.grade_before_cap is None
    assert result.round_median_percent == Decimal("70.00")
    assert [(one.key, one.percent, one.median_percent) for one in result.tracks] == [
        ("professional", Decimal("85.00"), Decimal("70.00")),
        ("finance", Decimal("85.00"), Decimal("70.00")),
    ]
    assert [(one.short_name, one.percent, one.median_percent) for one in result.sections] == [
        ("内容1", Decimal("85.00"), Decimal("70.00")),
        ("内容2", Decimal("85.00"), Decimal("70.00")),
    ]


@pytest.mark.parametrize(
    ("others", "median"), [((), None), ((7,), None), ((7, 6), Decimal("70.00"))]
)
def test_round_of_fewer_than_three_scores_has_no_medians(
    others: tuple[int, ...], median: Decimal | None
) -> None:
    round = RoundFactory()
    visit = signed_visit(9, round=round)
    for points in others:
        signed_visit(points, round=round)

    snapshot = build(visit)

    result = snapshot.result
    assert result.round_median_percent == median
    assert {one.median_percent for one in (*result.tracks, *result.sections)} == {median}
    assert ("中位数" in json.dumps(snapshot.to_data(), ensure_ascii=False)) is bool(median)
    assert ("中位数" in render_html(snapshot)) is bool(median)


def test_score_is_not_computed_anew() -> None:
    visit = signed_visit(9)
    result = VisitResult.objects.get(visit=visit)
    stored = result.explanation | {"total_percent": "88.88"}
    VisitResult.objects.filter(pk=result.pk).update(explanation=stored)

    assert build(visit).result.total_percent == Decimal("88.88")


def test_capped_grade_says_what_capped_it() -> None:
    visit = scored_visit(9, round__instrument__indicators=20)
    critical = visit.round.instrument.sections.first().indicators.first()
    # Past the guard of published instruments.
    QuerySet(Indicator).filter(pk=critical.pk).update(critical=True)
    Answer.objects.filter(indicator=critical).update(points=0, reason="挪用")

    result = build(sign(visit)).result

    assert result.total_percent == Decimal("86.85")
    assert result.grade.name == "合格"
    assert result.grade_before_cap is not None
    assert result.grade_before_cap.name == "良好"
    assert result.cap_reason == "关键指标1.1“示例指标1.1”得0分"


def test_explanation_names_members_only_when_asked() -> None:
    visit = signed_visit(9, 7)
    names = [str(member.user) for member in visit.panel.order_by("-is_lead", "pk")]

    assert build(visit).explanation.members == ("督导员甲", "督导员乙")
    named = build_project_report(visit, status=DRAFT, name_members=True)
    assert list(named.explanation.members) == names


def test_explanation_has_every_answer_with_its_reason() -> None:
    visit = signed_visit(9, 8)

    indicator = build(visit).explanation.indicators[0]

    assert indicator.source == ValueSource.MEAN
    assert indicator.value == Decimal("8.5")
    assert [(one.member, one.points, one.reason) for one in indicator.answers] == [
        ("督导员甲", Decimal(9), "示例扣分说明"),
        ("督导员乙", Decimal(8), "示例扣分说明"),
    ]


def test_means_that_do_not_end_have_four_decimals() -> None:
    visit = signed_visit(9, 9, 8)

    assert build(visit).explanation.indicators[0].value == Decimal("8.6667")


@pytest.mark.parametrize(
    ("value", "text"), [("10.00", "10"), ("0.300", "0.3"), ("100", "100"), ("0.00", "0")]
)
def test_plain_drops_zeros_and_never_writes_exponents(value: str, text: str) -> None:
    assert str(plain(Decimal(value))) == text


def test_panel_leaves_out_who_stood_back() -> None:
    visit = signed_visit(9, 8)
    PanelMemberFactory(visit=visit, conflict=True)

    panel = build(visit).visit.panel

    assert [(member.is_lead, member.track_name) for member in panel] == [
        (True, "专业服务、财务管理"),
        (False, "专业服务、财务管理"),
    ]


def test_visit_runs_from_its_first_to_its_last_method() -> None:
    visit = signed_visit(9)
    VisitMethodFactory(visit=visit, used_on=dt.date(2016, 12, 15), method__name="财务抽查")

    facts = build(visit).visit

    assert (facts.started_on, facts.ended_on) == (dt.date(2016, 12, 13), dt.date(2016, 12, 15))
    assert facts.methods[-1] == "财务抽查"


def test_project_facts() -> None:
    visit = signed_visit(9, round__year=2016, project__district__name="花都区")
    project = visit.project
    contract = ContractFactory(
        project=project,
        agency__name="示例机构",
        service_area="狮岭镇",
        parties=3,
        procurement=Procurement.AGREEMENT,
        signed_on=dt.date(2016, 4, 1),
        signed_precision=DatePrecision.MONTH,
        amount_yuan=None,
    )
    certified = StaffMemberFactory(education=Education.MASTER)
    QualificationFactory(staff=certified)
    PostingFactory(project=project, staff=certified, contract=contract)
    PostingFactory(project=project, staff__employment=Employment.PART_TIME)
    PostingFactory(project=project, role="supervisor")
    allocation = FundingAllocationFactory(project=project, fiscal_year=2016)
    InstalmentFactory(allocation=allocation)
    FundingAllocationFactory(project=project, fiscal_year=2015)

    facts = build(visit).project

    assert facts.level_text == "区级项目"
    assert facts.district == "花都区"
    assert facts.agencies == ("示例机构",)
    assert facts.contracts == (
        ContractRow(
            agency="示例机构",
            service_area="狮岭镇",
            parties_text="三方",
            procurement_text="协议委托",
            signed_on_text="2016年4月",
            amount_yuan=None,
        ),
    )
    assert facts.funding == (
        FundingRow(
            fiscal_year=2016,
            source="区级财政",
            allocated_yuan=Decimal("1000000.00"),
            received_yuan=Decimal(0),
            on_time=False,
            note="逾期未到位（最长257天）",
        ),
    )
    assert facts.staff == (
        StaffFigure(label="专职人员", count=1),
        StaffFigure(label="兼职人员", count=1),
        StaffFigure(label="持有社会工作师类证书", count=1),
        StaffFigure(label="社会工作专业背景", count=2),
        StaffFigure(label="硕士研究生及以上学历", count=1),
    )
    assert facts.staffing_note == ""


def test_project_without_contract_says_who_employs() -> None:
    visit = signed_visit(9)
    PostingFactory(project=visit.project, staff__agency=None)

    facts = build(visit).project

    assert facts.agencies == ()
    assert facts.staffing_note == "项目未委托承办机构，由购买方直接聘用人员实施"


def test_problems_come_worst_first_with_their_photographs() -> None:
    visit = signed_visit(9)
    author = visit.panel.get()
    minor = FindingFactory(author=author, severity=Severity.MINOR, text="轻微问题")
    serious = FindingFactory(
        author=author,
        severity=Severity.SERIOUS,
        text="严重问题",
        category__short_name="人员管理",
        responsible_party=Party.PURCHASER,
        recommendation="尽快整改",
        due_on=dt.date(2017, 3, 1),
        indicator=visit.round.instrument.sections.first().indicators.first(),
    )
    FindingFactory(author=author, kind=FindingKind.STRENGTH, category=None, text="亮点")
    second = photo_of(minor)
    first = photo_of(serious, caption="名册")

    snapshot = build(visit)

    problem = snapshot.problems[0]
    assert [(one.number, one.text) for one in snapshot.problems] == [
        (1, "严重问题"),
        (2, "轻微问题"),
    ]
    assert problem.category == "人员管理"
    assert problem.severity == "严重"
    assert problem.responsible_party == "购买方"
    assert (problem.indicator_number, problem.indicator_name) == ("1.1", "示例指标1.1")
    assert problem.photo_keys == (str(first.pk),)
    assert [photo.key for photo in snapshot.photos] == [str(first.pk), str(second.pk)]
    assert [(one.number, one.category, one.text) for one in snapshot.strengths] == [(1, "", "亮点")]


def test_appraisal_is_the_leads_then_what_to_rectify_then_section_by_section() -> None:
    visit = signed_visit(9, 8, appraisal="团队稳定。\n\n记录不足。")
    author = visit.panel.first()
    indicator = visit.round.instrument.sections.first().indicators.first()
    FindingFactory(author=author, indicator=indicator, due_on=dt.date(2017, 2, 1))
    FindingFactory(author=author, due_on=None, responsible_party=Party.PURCHASER)
    FindingFactory(
        author=author,
        kind=FindingKind.STRENGTH,
        category=None,
        indicator=indicator,
        text="制度全。",
    )

    appraisal = build(visit).appraisal

    assert appraisal.overall == (
        "团队稳定。",
        "记录不足。",
        "针对上述问题，请承办机构于2017年2月1日前完成问题1的整改；请购买方尽快完成问题2的整改。"
        "整改完成后，请提交整改报告和佐证材料。",
    )
    assert [section.section_name for section in appraisal.sections] == ["示例内容1", "示例内容2"]
    assert appraisal.sections[0].paragraphs == (
        "本部分得85.00分。失分的指标是“示例指标1.1”（8.5/10）、"
        "“示例指标1.2”（8.5/10）和“示例指标1.3”（8.5/10）。亮点：制度全。存在的问题见问题1。",
    )


def test_warnings_are_in_chinese_whatever_language_is_shown() -> None:
    visit = signed_visit(9)
    PostingFactory(project=visit.project)

    with translation.override("en"):
        english = build(visit)

    assert english.registry_warnings == build(visit).registry_warnings
    assert "holds no" not in english.registry_warnings[0].text


def test_warning_on_many_rows_names_the_first() -> None:
    visit = signed_visit(9)
    for number in range(7):
        PostingFactory(project=visit.project, staff__name=f"人员{number}")

    (warning,) = [one for one in build(visit).registry_warnings if one.rows and len(one.rows) > 1]

    assert warning.rows == ("人员0", "人员1", "人员2", "人员3", "人员4", "等共7条记录")


def test_number_of_queries_does_not_grow(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    round = RoundFactory()
    small = signed_visit(9, round=round)
    _fill(small, 1)
    large = signed_visit(9, 8, 7, round=round)
    _fill(large, 30)

    for visit in (small, large):
        with django_assert_num_queries(21):
            build(visit)


def _fill(visit: Visit, number: int) -> None:
    author = visit.panel.first()
    allocation = FundingAllocationFactory(project=visit.project, fiscal_year=visit.round.year)
    for sequence in range(1, number + 1):
        contract = ContractFactory(project=visit.project)
        staff = StaffMemberFactory()
        QualificationFactory(staff=staff)
        PostingFactory(project=visit.project, staff=staff, contract=contract)
        InstalmentFactory(allocation=allocation, sequence=sequence)
        FindingFactory(author=author)
        VisitMethodFactory(visit=visit)
