"""Loads what the checks, pages and reports need to know of projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from accounts.permissions import Role
from projects.dates import last_day
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
from projects.models import (
    Agency,
    CheckStandard,
    Contract,
    Posting,
    Project,
    ServiceTarget,
    StaffMember,
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
from projects.standards import Limit, Standards
from projects.warning import RULES_NAMING_PEOPLE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from projects.models import (
        BudgetLine,
        FundingAllocation,
        Instalment,
        Qualification,
    )
    from projects.warning import RegistryWarning


def load_standards() -> Standards:
    """The bureau's limits, and ours where it has none; one query."""
    return Standards().overridden(
        (row.key, Limit(row.value, row.source)) for row in CheckStandard.objects.all()
    )


@dataclass(frozen=True, slots=True)
class OwnRows:
    """What an agency's user sees within a project: the other agencies there are not its business.

    None stands for everything that the project has.
    """

    agencies: frozenset[int] | None = None
    staff: frozenset[int] | None = None

    def shows_agency(self, pk: int) -> bool:
        return self.agencies is None or pk in self.agencies

    def shows_staff(self, pk: int) -> bool:
        return self.staff is None or pk in self.staff

    def shows(self, warning: RegistryWarning) -> bool:
        """Whether a warning can be shown: one that names a person goes to who sees the person."""
        return warning.rule not in RULES_NAMING_PEOPLE or all(
            self.shows_staff(row.pk) for row in warning.rows if row.model == "staffmember"
        )


def load_own_rows(user: User) -> OwnRows:
    """Two queries for an agency's user, none for the others."""
    if user.role != Role.AGENCY:
        return OwnRows()
    return OwnRows(
        agencies=frozenset(Agency.objects.visible_to(user).values_list("pk", flat=True)),
        staff=frozenset(StaffMember.objects.visible_to(user).values_list("pk", flat=True)),
    )


def with_registry(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Have everything that `build_project_record` reads loaded with the projects.

    Nine queries however many projects there are, with theirs; two fewer where nobody is posted
    and one fewer where nothing is allocated.
    """
    return projects.select_related("district").prefetch_related(
        Prefetch("contracts", Contract.objects.select_related("agency")),
        Prefetch("postings", Posting.objects.select_related("staff__agency")),
        "postings__staff__qualifications",
        # Of people who are posted here every posting anywhere, so that sharing is seen.
        Prefetch("postings__staff__postings", Posting.objects.select_related("project")),
        "allocations__instalments",
        "budget_lines",
        Prefetch("service_targets", ServiceTarget.objects.select_related("kind")),
    )


def load_project_records(projects: QuerySet[Project]) -> tuple[ProjectRecord, ...]:
    """The projects as records, in their order; nine queries, see `with_registry`."""
    return tuple(build_project_record(project) for project in with_registry(projects))


def build_project_record(project: Project) -> ProjectRecord:
    """The record of one project that came through `with_registry`; asks no database."""
    return ProjectRecord(
        pk=project.pk,
        label=project.short_name,
        level=Level(project.level),
        district=project.district_id,
        contracted_headcount=project.contracted_headcount,
        contracts=tuple(_contract(each) for each in project.contracts.all()),
        postings=tuple(_posting(each) for each in project.postings.all()),
        allocations=tuple(build_allocation_record(each) for each in project.allocations.all()),
        budget_lines=tuple(_budget_line(each) for each in project.budget_lines.all()),
        service_targets=tuple(_service_target(each) for each in project.service_targets.all()),
    )


def build_allocation_record(row: FundingAllocation) -> AllocationRecord:
    """The record of an allocation; asks no database if its instalments are prefetched."""
    return AllocationRecord(
        pk=row.pk,
        label=str(row),
        fiscal_year=row.fiscal_year,
        source=FundingSource(row.source),
        amount_yuan=row.amount_yuan,
        instalments=tuple(_instalment(each) for each in row.instalments.all()),
    )


def _contract(row: Contract) -> ContractRecord:
    return ContractRecord(
        pk=row.pk,
        label=str(row),
        agency=row.agency_id,
        agency_name=row.agency.name,
        procurement=Procurement(row.procurement),
        service_area=row.service_area,
        parties=row.parties,
        signed_on=row.signed_on,
        starts_on=row.starts_on,
        ends_on=last_day(row.ends_on, row.term_precision) if row.ends_on else None,
        amount_yuan=row.amount_yuan,
    )


def _posting(row: Posting) -> PostingRecord:
    return PostingRecord(
        pk=row.pk,
        label=str(row),
        staff=_staff(row.staff),
        role=PostingRole(row.role),
        full_time=row.full_time,
        station=row.station,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _staff(row: StaffMember) -> StaffRecord:
    return StaffRecord(
        pk=row.pk,
        label=row.name,
        employment=Employment(row.employment),
        education=Education(row.education),
        field_of_study=FieldOfStudy(row.field_of_study),
        agency=row.agency_id,
        in_field_since=row.in_field_since,
        formerly_government=row.formerly_government,
        qualifications=tuple(_qualification(each) for each in row.qualifications.all()),
        engagements=tuple(_engagement(each) for each in row.postings.all()),
    )


def _qualification(row: Qualification) -> QualificationRecord:
    return QualificationRecord(
        pk=row.pk,
        kind=QualificationKind(row.kind),
        issued_on=row.issued_on,
        valid_until=row.valid_until,
    )


def _engagement(row: Posting) -> EngagementRecord:
    return EngagementRecord(
        pk=row.pk,
        project=row.project_id,
        project_label=row.project.short_name,
        full_time=row.full_time,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _instalment(row: Instalment) -> InstalmentRecord:
    return InstalmentRecord(
        pk=row.pk,
        label=str(row),
        sequence=row.sequence,
        due_on=row.due_on,
        due_yuan=row.due_yuan,
        received_on=row.received_on,
        received_yuan=row.received_yuan,
    )


def _budget_line(row: BudgetLine) -> BudgetLineRecord:
    return BudgetLineRecord(
        pk=row.pk,
        label=str(row),
        fiscal_year=row.fiscal_year,
        category=BudgetCategory(row.category),
        budgeted_yuan=row.budgeted_yuan,
        spent_yuan=row.spent_yuan,
        as_of=row.as_of,
    )


def _service_target(row: ServiceTarget) -> ServiceTargetRecord:
    return ServiceTargetRecord(
        pk=row.pk,
        label=row.kind.name,
        kind_key=row.kind.key,
        unit=row.kind.unit,
        year=row.year,
        target=row.target,
        completed=row.completed,
        as_of=row.as_of,
    )
