"""A small round as plain rows, for tests of figures and sentences that need no database.

Four district projects and one of the city, each different: 东区 bought by tender in two lots, 南区
by tender and late with its money, 西区 by three-party contracts with three streets, 北区 without a
contract, and 技校 of the city. All were visited in December 2016.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from decimal import Decimal
from typing import Any

from inspections.enums import FindingKind, FindingStatus, Party, Severity, VisitStatus
from projects.enums import (
    DatePrecision,
    Education,
    Employment,
    FieldOfStudy,
    FundingSource,
    Level,
    PostingRole,
    Procurement,
    QualificationKind,
)
from projects.records import InstalmentRecord, QualificationRecord, StaffRecord
from reports.figures import RoundRecord
from reports.figures.record import (
    AllocationRow,
    CategoryRow,
    ContractRow,
    FindingRow,
    GradeRow,
    PartRow,
    PartScoreRow,
    PostingRow,
    ProjectRow,
    VisitRow,
)
from reports.figures.services import ServiceTotal
from reports.narrative import RecommendationText, RoundTexts
from reports.snapshots import BasisDocument

EAST, SOUTH, WEST, NORTH, SCHOOL = 1, 2, 3, 4, 5
"""Keys of the projects, and of the visits to them."""

AS_OF = dt.date(2016, 12, 20)

PROFESSIONAL = PartRow(key="professional", name="专业服务", short_name="专业服务")
FINANCE = PartRow(key="finance", name="财务管理", short_name="财务管理")
KNOWLEDGE = CategoryRow(
    key="knowledge", kind=FindingKind.PROBLEM, title="熟悉程度有待提高", short_name="熟悉程度"
)
STAFFING = CategoryRow(
    key="staffing", kind=FindingKind.PROBLEM, title="人员管理有待规范", short_name="人员管理"
)
RULES = CategoryRow(
    key="rules", kind=FindingKind.STRENGTH, title="规章制度较完善", short_name="规章制度"
)
STABLE = CategoryRow(
    key="stable", kind=FindingKind.STRENGTH, title="人员队伍较稳定", short_name="人员队伍"
)


def project(pk: int, name: str, **more: Any) -> ProjectRow:
    """A district project called after its district unless `level` says otherwise."""
    if more.get("level") == Level.CITY:
        return ProjectRow(pk=pk, name=f"{name}项目", short_name=name, **more)
    return ProjectRow(
        pk=pk,
        name=f"{name}区项目",
        short_name=name,
        level=Level.DISTRICT,
        district=more.pop("district", pk),
        district_name=f"{name}区",
        district_short_name=name,
        **more,
    )


def visit(pk: int, day: int, percent: str | None, grade: str, **more: Any) -> VisitRow:
    return VisitRow(
        pk=pk,
        project=pk,
        status=VisitStatus.SIGNED,
        planned_on=dt.date(2016, 12, day),
        visited_on=dt.date(2016, 12, day),
        total_percent=None if percent is None else Decimal(percent),
        grade_key=grade,
        **more,
    )


def contract(pk: int, project: int, agency: int, **more: Any) -> ContractRow:
    values: dict[str, Any] = {
        "service_area": "",
        "parties": 2,
        "procurement": Procurement.OPEN_TENDER,
        "signed_on": dt.date(2016, 1, 1),
        "signed_precision": DatePrecision.MONTH,
    }
    return ContractRow(
        pk=pk, project=project, agency=agency, agency_name=f"机构{agency}", **(values | more)
    )


def instalment(pk: int, *, due: dt.date, received: dt.date | None, yuan: int) -> InstalmentRecord:
    """All of it arrived on `received`, or nothing yet."""
    return InstalmentRecord(
        pk=pk,
        label=str(pk),
        sequence=1,
        due_on=due,
        due_yuan=Decimal(yuan),
        received_on=received,
        received_yuan=Decimal(yuan if received else 0),
    )


def allocation(
    pk: int, project: int, source: FundingSource, yuan: int, *, days_late: int | None = 0
) -> AllocationRow:
    """One instalment due on the last of June, arrived so many days later; None: not yet."""
    due = dt.date(2016, 6, 30)
    received = None if days_late is None else due + dt.timedelta(days=days_late)
    return AllocationRow(
        pk=pk,
        project=project,
        source=source,
        amount_yuan=Decimal(yuan),
        instalments=(instalment(pk, due=due, received=received, yuan=yuan),),
    )


def person(pk: int, *kinds: QualificationKind, **more: Any) -> StaffRecord:
    """A full-time bachelor of social work with these certificates."""
    values: dict[str, Any] = {
        "employment": Employment.FULL_TIME,
        "education": Education.BACHELOR,
        "field_of_study": FieldOfStudy.SOCIAL_WORK,
        "agency": 1,
    }
    return StaffRecord(
        pk=pk,
        label=f"人员{pk}",
        qualifications=tuple(
            QualificationRecord(pk=100 * pk + place, kind=kind) for place, kind in enumerate(kinds)
        ),
        **(values | more),
    )


def posting(project: int, staff: StaffRecord, *, contract: int | None = None) -> PostingRow:
    return PostingRow(
        pk=1000 * project + staff.pk,
        project=project,
        contract=contract,
        role=PostingRole.WORKER,
        staff=staff,
    )


def finding(number: int, project: int, category: CategoryRow | None, **more: Any) -> FindingRow:
    """A moderate problem for the agency, or what the category is for."""
    kind = category.kind if category else FindingKind.SUGGESTION
    is_problem = kind == FindingKind.PROBLEM
    values: dict[str, Any] = {
        "severity": Severity.MODERATE if is_problem else None,
        "party": Party.AGENCY if is_problem else None,
        "text": f"第{number}项。",
    }
    return FindingRow(
        pk=uuid.UUID(int=number),
        project=project,
        kind=kind,
        category=category.key if category else "",
        status=FindingStatus.OPEN,
        **(values | more),
    )


ASSISTANT = QualificationKind.ASSISTANT_SOCIAL_WORKER
WORKER = QualificationKind.SOCIAL_WORKER


def small_round() -> RoundRecord:
    """The round described above."""
    return RoundRecord(
        name="2016-2",
        year=2016,
        as_of=AS_OF,
        period=(dt.date(2016, 1, 1), dt.date(2016, 12, 31)),
        projects=(
            project(SCHOOL, "技校", level=Level.CITY, service_focus="学生小组干预"),
            project(EAST, "东", service_model="两个片区相互竞争"),
            project(SOUTH, "南"),
            project(WEST, "西"),
            project(NORTH, "北", partners="医院、高校"),
        ),
        visits=(
            visit(NORTH, 13, "85.00", "good"),
            visit(SOUTH, 14, "65.00", "pass"),
            visit(WEST, 15, "82.00", "good"),
            visit(EAST, 16, "93.50", "excellent"),
            visit(SCHOOL, 20, "91.00", "excellent"),
        ),
        track_scores=tuple(
            PartScoreRow(visit=pk, key=key, percent=Decimal(percent) if percent else None)
            for pk, key, percent in (
                (NORTH, "professional", "85.00"),
                (NORTH, "finance", ""),
                (SOUTH, "professional", "70.00"),
                (SOUTH, "finance", "60.00"),
                (WEST, "professional", "84.00"),
                (WEST, "finance", "80.00"),
                (EAST, "professional", "95.00"),
                (EAST, "finance", "92.00"),
                (SCHOOL, "professional", "92.00"),
                (SCHOOL, "finance", "90.00"),
            )
        ),
        section_scores=tuple(
            PartScoreRow(visit=pk, key="rules", percent=Decimal(percent))
            for pk, percent in (
                (NORTH, "80.00"),
                (SOUTH, "70.00"),
                (WEST, "81.00"),
                (EAST, "90.01"),
                (SCHOOL, "99.00"),
            )
        ),
        tracks=(PROFESSIONAL, FINANCE),
        sections=(
            PartRow(key="rules", name="规定落实情况", short_name="规定"),
            PartRow(key="opinions", name="问题及意见建议", short_name="意见"),
        ),
        grades=(
            GradeRow(key="excellent", name="优秀", level=1, lower_percent=Decimal(90)),
            GradeRow(key="good", name="良好", level=2, lower_percent=Decimal(80)),
            GradeRow(key="pass", name="合格", level=3, lower_percent=Decimal(60)),
            GradeRow(key="fail", name="不合格", level=4, lower_percent=Decimal(0)),
        ),
        contracts=(
            contract(1, SCHOOL, 6, procurement=Procurement.SINGLE_SOURCE),
            contract(2, EAST, 1, service_area="北片区", signed_on=dt.date(2015, 10, 1)),
            contract(3, EAST, 2, service_area="南片区", signed_on=dt.date(2015, 10, 1)),
            contract(4, SOUTH, 3, signed_on=dt.date(2016, 9, 1)),
            *(
                contract(
                    pk,
                    WEST,
                    agency,
                    service_area=f"{name}街道",
                    parties=3,
                    procurement=Procurement.AGREEMENT,
                    signed_on=dt.date(2016, 4, 1),
                )
                for pk, agency, name in ((5, 4, "甲"), (6, 4, "乙"), (7, 5, "丙"))
            ),
        ),
        allocations=(
            allocation(1, EAST, FundingSource.CITY, 400_000),
            allocation(2, EAST, FundingSource.DISTRICT, 600_000),
            allocation(3, SOUTH, FundingSource.DISTRICT, 500_000, days_late=125),
            allocation(4, WEST, FundingSource.DISTRICT, 700_060),
            allocation(5, NORTH, FundingSource.DISTRICT, 300_000),
            allocation(6, SCHOOL, FundingSource.CITY, 520_540),
        ),
        arrival_grace_days=Decimal(30),
        postings=(
            *(posting(EAST, person(pk, ASSISTANT), contract=2) for pk in range(1, 5)),
            posting(
                EAST,
                person(5, ASSISTANT, QualificationKind.COUNSELLOR_3, education=Education.MASTER),
                contract=2,
            ),
            *(
                posting(EAST, person(pk, field_of_study=FieldOfStudy.LAW), contract=3)
                for pk in (6, 7)
            ),
            *(
                posting(SOUTH, person(pk, field_of_study=FieldOfStudy.LAW, agency=3))
                for pk in (8, 9)
            ),
            posting(
                SOUTH,
                person(
                    10,
                    employment=Employment.PART_TIME,
                    field_of_study=FieldOfStudy.OTHER,
                    formerly_government=True,
                    agency=3,
                ),
            ),
            posting(WEST, person(11, WORKER, agency=4), contract=5),
            posting(WEST, person(12, agency=5), contract=7),
            *(
                posting(
                    NORTH,
                    person(
                        pk,
                        ASSISTANT,
                        employment=Employment.GOVERNMENT,
                        field_of_study=FieldOfStudy.SOCIOLOGY,
                        agency=None,
                    ),
                )
                for pk in (13, 14)
            ),
            *(
                posting(SCHOOL, person(pk, WORKER, education=Education.MASTER, agency=6))
                for pk in (15, 16, 17)
            ),
            *(posting(SCHOOL, person(pk, WORKER, agency=6)) for pk in (18, 19)),
        ),
        findings=(
            finding(1, SOUTH, KNOWLEDGE, text="新人不熟悉流程。"),
            finding(2, NORTH, KNOWLEDGE, severity=Severity.MINOR, text="记录不全。"),
            finding(3, SOUTH, STAFFING, severity=Severity.SERIOUS, text="负责人无证。"),
            finding(4, EAST, RULES),
            finding(5, WEST, RULES),
            finding(6, SCHOOL, STABLE),
            finding(7, EAST, None),
        ),
        categories=(KNOWLEDGE, STAFFING, RULES, STABLE),
    )


def texts(**changes: Any) -> RoundTexts:
    """What the round says of itself."""
    return replace(
        RoundTexts(
            title="2016年度项目第二次督导巡查",
            year=2016,
            sequence=2,
            service_name="司法社会工作",
            service_short_name="司法社工",
            scheme_title="实施方案",
            purpose="促进项目完善管理。",
            led_by="市专项组",
            issuer="示例市协会",
            issued_on=dt.date(2017, 1, 23),
            basis_documents=(
                BasisDocument(number="示发〔2016〕1号", title="巡查通知"),
                BasisDocument(number="", title="工作安排"),
            ),
            methods=("听取汇报", "实地考察", "查阅文件"),
            descriptions={"knowledge": "应当加强学习。"},
            recommendations=(
                RecommendationText(title="加强培训", text="组织学习。", categories=("knowledge",)),
                RecommendationText(
                    title="明确分工", text="落实专人。", categories=("staffing", "knowledge")
                ),
            ),
            services=(
                ServiceTotal(
                    key="visits",
                    name="社会调查",
                    unit="宗",
                    target=100,
                    completed=103,
                    projects=(EAST, SOUTH),
                    reached=(EAST,),
                ),
                ServiceTotal(
                    key="groups",
                    name="小组工作",
                    unit="个",
                    target=30,
                    completed=28,
                    projects=(EAST,),
                    reached=(),
                ),
            ),
            published_visits=frozenset({EAST, SOUTH, WEST, NORTH, SCHOOL}),
        ),
        **changes,
    )


def without_projects(record: RoundRecord, *projects: int) -> RoundRecord:
    """The round as if these projects were not there at all."""
    gone = set(projects)
    return replace(
        record,
        projects=tuple(one for one in record.projects if one.pk not in gone),
        visits=tuple(one for one in record.visits if one.project not in gone),
        track_scores=tuple(one for one in record.track_scores if one.visit not in gone),
        section_scores=tuple(one for one in record.section_scores if one.visit not in gone),
        contracts=tuple(one for one in record.contracts if one.project not in gone),
        allocations=tuple(one for one in record.allocations if one.project not in gone),
        postings=tuple(one for one in record.postings if one.project not in gone),
        findings=tuple(one for one in record.findings if one.project not in gone),
    )


def late(record: RoundRecord, days: dict[int, int | None]) -> RoundRecord:
    """The round with the money of these projects so many days late; None: not arrived."""
    return replace(
        record,
        allocations=tuple(
            allocation(
                one.pk,
                one.project,
                one.source,
                int(one.amount_yuan),
                days_late=days.get(one.project, 0),
            )
            for one in record.allocations
        ),
    )
