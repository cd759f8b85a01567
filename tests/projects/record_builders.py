"""Makes records for tests of the pure rules: each fills in what a test does not care about."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from projects.enums import (
    BudgetCategory,
    Education,
    Employment,
    FieldOfStudy,
    FundingSource,
    Level,
    PostingRole,
    Procurement,
    QualificationKind,
)
from projects.records import (
    AllocationRecord,
    BudgetLineRecord,
    ContractRecord,
    EngagementRecord,
    InstalmentRecord,
    PostingRecord,
    ProjectRecord,
    QualificationRecord,
    ServiceTargetRecord,
    StaffRecord,
)

PROJECT_PK = 1
_numbers = itertools.count(100)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def project(**fields: Any) -> ProjectRecord:
    return ProjectRecord(**{"pk": PROJECT_PK, "label": "天河", "level": Level.DISTRICT} | fields)


def contract(starts: str | None = None, ends: str | None = None, **fields: Any) -> ContractRecord:
    return ContractRecord(
        **{
            "pk": next(_numbers),
            "label": "合同",
            "agency": 7,
            "agency_name": "示例机构07",
            "procurement": Procurement.OPEN_TENDER,
            "starts_on": day(starts) if starts else None,
            "ends_on": day(ends) if ends else None,
        }
        | fields
    )


def certificate(
    kind: QualificationKind, issued: str | None = None, until: str | None = None
) -> QualificationRecord:
    return QualificationRecord(
        pk=next(_numbers),
        kind=kind,
        issued_on=day(issued) if issued else None,
        valid_until=day(until) if until else None,
    )


def person(**fields: Any) -> StaffRecord:
    pk = next(_numbers)
    return StaffRecord(
        **{
            "pk": pk,
            "label": f"示例人员{pk}",
            "employment": Employment.FULL_TIME,
            "education": Education.BACHELOR,
            "field_of_study": FieldOfStudy.LAW,
        }
        | fields
    )


def posting(staff: StaffRecord | None = None, **fields: Any) -> PostingRecord:
    staff = staff or person()
    return PostingRecord(
        **{
            "pk": next(_numbers),
            "label": f"{staff.label} 一线社工",
            "staff": staff,
            "role": PostingRole.WORKER,
        }
        | fields
    )


def engagement(project: int, **fields: Any) -> EngagementRecord:
    return EngagementRecord(
        **{
            "pk": next(_numbers),
            "project": project,
            "project_label": f"项目{project}",
            "full_time": True,
        }
        | fields
    )


def instalment(
    due: str, *, amount: str = "100000", received: str | None = None, arrived: str | None = None
) -> InstalmentRecord:
    """`arrived` is the day; what was received is all of it unless said."""
    return InstalmentRecord(
        pk=next(_numbers),
        label="1",
        sequence=1,
        due_on=day(due),
        due_yuan=Decimal(amount),
        received_on=day(arrived) if arrived else None,
        received_yuan=Decimal(received or (amount if arrived else 0)),
    )


def allocation(*instalments: InstalmentRecord, year: int = 2016) -> AllocationRecord:
    return AllocationRecord(
        pk=next(_numbers),
        label=f"{year} 区级财政",
        fiscal_year=year,
        source=FundingSource.DISTRICT,
        amount_yuan=sum((each.due_yuan for each in instalments), Decimal(0)),
        instalments=instalments,
    )


def budget_line(
    budgeted: str, spent: str, *, as_of: str | None = None, year: int = 2016
) -> BudgetLineRecord:
    return BudgetLineRecord(
        pk=next(_numbers),
        label=f"{year} 人员经费",
        fiscal_year=year,
        category=BudgetCategory.PERSONNEL,
        budgeted_yuan=Decimal(budgeted),
        spent_yuan=Decimal(spent),
        as_of=day(as_of) if as_of else None,
    )


def service_target(
    completed: int, *, target: int = 100, as_of: str | None = None, year: int = 2016
) -> ServiceTargetRecord:
    return ServiceTargetRecord(
        pk=next(_numbers),
        label="社会调查",
        kind_key="social_investigation",
        unit="宗",
        year=year,
        target=target,
        completed=completed,
        as_of=day(as_of) if as_of else None,
    )
