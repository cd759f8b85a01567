"""What the registry knows about a project, as plain frozen data.

`projects.queries` fills these from rows; `projects.checks`, `projects.arrival` and the figures of
reports read them. Each keeps the `pk` and a short `label` of its row, so that what is derived can
name the rows behind it. Text fields are empty and others None where the registry knows nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from projects.dates import runs_on
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRecord:
    pk: int
    label: str
    agency: int
    agency_name: str
    procurement: Procurement
    service_area: str = ""
    parties: int = 2
    signed_on: dt.date | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    amount_yuan: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationRecord:
    pk: int
    kind: QualificationKind
    issued_on: dt.date | None = None
    valid_until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the certificate is there that day and its registration has not run out."""
        return runs_on(self.issued_on, self.valid_until, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementRecord:
    """One of a person's postings on any project, as far as double posting is concerned."""

    pk: int
    project: int
    project_label: str
    full_time: bool
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    def runs_on(self, day: dt.date) -> bool:
        return runs_on(self.starts_on, self.ends_on, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """A person with every certificate, and every posting on every project."""

    pk: int
    label: str
    employment: Employment
    education: Education
    field_of_study: FieldOfStudy
    agency: int | None = None
    in_field_since: dt.date | None = None
    formerly_government: bool = False
    qualifications: tuple[QualificationRecord, ...] = ()
    engagements: tuple[EngagementRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRecord:
    pk: int
    label: str
    staff: StaffRecord
    role: PostingRole
    full_time: bool = True
    station: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    def runs_on(self, day: dt.date) -> bool:
        return runs_on(self.starts_on, self.ends_on, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentRecord:
    pk: int
    label: str
    sequence: int
    due_on: dt.date
    due_yuan: Decimal
    received_on: dt.date | None = None
    received_yuan: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRecord:
    pk: int
    label: str
    fiscal_year: int
    source: FundingSource
    amount_yuan: Decimal
    instalments: tuple[InstalmentRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLineRecord:
    pk: int
    label: str
    fiscal_year: int
    category: BudgetCategory
    budgeted_yuan: Decimal
    spent_yuan: Decimal
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTargetRecord:
    pk: int
    label: str
    kind_key: str
    unit: str
    year: int
    target: int
    completed: int
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord:
    pk: int
    label: str
    level: Level
    district: int | None = None
    contracted_headcount: int | None = None
    contracts: tuple[ContractRecord, ...] = ()
    postings: tuple[PostingRecord, ...] = ()
    allocations: tuple[AllocationRecord, ...] = ()
    budget_lines: tuple[BudgetLineRecord, ...] = ()
    service_targets: tuple[ServiceTargetRecord, ...] = ()
