from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from projects.checks import check_project
from projects.enums import PostingRole, Procurement
from projects.models import FundingAllocation, Project, StaffMember
from projects.queries import load_project_records, load_standards
from projects.standards import OWN_DEFAULT, Limit, Standards
from projects.warning import Rule
from tests.factories import (
    BudgetLineFactory,
    CheckStandardFactory,
    ContractFactory,
    FundingAllocationFactory,
    InstalmentFactory,
    PostingFactory,
    ProjectFactory,
    QualificationFactory,
    ServiceTargetFactory,
    StaffMemberFactory,
)

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

TODAY = dt.date(2016, 12, 13)


def make_project() -> Project:
    """A project with a row of every kind."""
    project: Project = ProjectFactory()
    ContractFactory(project=project)
    posting = PostingFactory(project=project, role=PostingRole.LEAD)
    QualificationFactory(staff=posting.staff)
    InstalmentFactory(allocation__project=project, received=True)
    BudgetLineFactory(project=project)
    ServiceTargetFactory(project=project)
    return project


@pytest.mark.parametrize("count", [1, 30])
def test_load_project_records_takes_nine_queries(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        make_project()

    with django_assert_num_queries(9):
        records = load_project_records(Project.objects.all())

    assert len(records) == count


def test_load_project_records_brings_every_row() -> None:
    project = make_project()

    (record,) = load_project_records(Project.objects.all())

    (contract,) = record.contracts
    (posting,) = record.postings
    (allocation,) = record.allocations
    (line,) = record.budget_lines
    (target,) = record.service_targets
    assert (record.pk, record.label) == (project.pk, project.short_name)
    assert contract.procurement is Procurement.OPEN_TENDER
    assert [each.project for each in posting.staff.engagements] == [project.pk]
    assert [each.holds_on(TODAY) for each in posting.staff.qualifications] == [True]
    assert [each.received_yuan for each in allocation.instalments] == [Decimal(500_000)]
    assert line.spent_yuan == Decimal(350_000)
    assert (target.target, target.completed) == (100, 50)


def test_load_project_records_knows_postings_on_other_projects() -> None:
    staff = StaffMemberFactory()
    here, there = ProjectFactory(), ProjectFactory()
    PostingFactory(staff=staff, project=here)
    PostingFactory(staff=staff, project=there)

    (record,) = load_project_records(Project.objects.filter(pk=here.pk))

    warnings = check_project(record, standards=Standards(), today=TODAY)
    (warning,) = [each for each in warnings if each.rule is Rule.SHARED_FULL_TIME]
    assert there.short_name in warning.sentence


def test_load_project_records_reads_a_month_as_its_last_day() -> None:
    ContractFactory(ends_on=dt.date(2017, 2, 1), term_precision="month")

    (record,) = load_project_records(Project.objects.all())

    assert record.contracts[0].ends_on == dt.date(2017, 2, 28)


def test_load_standards_without_rows_are_ours(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        standards = load_standards()

    assert standards == Standards()
    assert standards.lead_years.source == OWN_DEFAULT


def test_load_standards_takes_the_bureaus_own() -> None:
    CheckStandardFactory(key="lead_years", value=Decimal(3), source="示例办法第三条")

    standards = load_standards()

    assert standards == Standards(lead_years=Limit(Decimal(3), "示例办法第三条"))


@pytest.mark.parametrize(
    ("due", "received", "arrived", "is_late"),
    [
        # The same rows as in the case table of `projects.arrival`, with 30 days of grace.
        ("2016-03-31", 500_000, "2016-03-31", False),
        ("2016-03-31", 500_000, "2016-01-05", False),
        ("2017-03-31", 500_000, "2016-12-01", False),
        ("2016-03-31", 500_000, "2016-04-30", False),
        ("2016-03-31", 500_000, "2016-05-01", True),
        ("2016-03-31", 600_000, "2016-03-31", False),
        ("2016-03-31", 499_999, "2016-03-31", True),
        ("2016-03-31", 0, None, True),
        ("2016-11-13", 0, None, False),
        ("2016-11-12", 0, None, True),
        ("2016-11-13", 1, "2016-11-20", False),
        ("2017-03-31", 0, None, False),
        ("2016-03-31", 500_000, "2016-12-14", True),
        ("2016-03-31", 500_000, "2016-12-13", True),
    ],
)
def test_with_late_money_agrees_with_arrival(
    due: str, received: int, arrived: str | None, is_late: bool
) -> None:
    instalment = InstalmentFactory(
        due_on=dt.date.fromisoformat(due),
        received_on=dt.date.fromisoformat(arrived) if arrived else None,
        received_yuan=received,
    )
    allocations = FundingAllocation.objects.all()

    late = allocations.with_late_money(TODAY, grace_days=30)
    in_time = allocations.with_late_money(TODAY, grace_days=30, is_late=False)

    assert list(late) == ([instalment.allocation] if is_late else [])
    assert list(in_time) == ([] if is_late else [instalment.allocation])


def test_with_late_money_leaves_out_what_has_no_instalments_or_amount() -> None:
    FundingAllocationFactory()
    InstalmentFactory(due_yuan=0)

    assert list(FundingAllocation.objects.with_late_money(TODAY, grace_days=30)) == []


def test_certified_staff_hold_a_certificate_that_has_not_lapsed() -> None:
    certified, lapsed, counsellor = StaffMemberFactory.create_batch(3)
    QualificationFactory(staff=certified)
    QualificationFactory(staff=lapsed, valid_until=dt.date(2016, 12, 12))
    QualificationFactory(staff=counsellor, kind="counsellor_2")

    staff = StaffMember.objects.order_by("pk")

    assert list(staff.certified(TODAY)) == [certified]
    assert list(staff.certified(TODAY, is_certified=False)) == [lapsed, counsellor]


def test_staff_in_post_have_a_posting_that_runs() -> None:
    in_post = PostingFactory(starts_on=TODAY, ends_on=TODAY).staff
    PostingFactory(starts_on=dt.date(2016, 12, 14))
    PostingFactory(ends_on=dt.date(2016, 12, 12))
    open_ended = PostingFactory(starts_on=None).staff

    assert set(StaffMember.objects.in_post(TODAY)) == {in_post, open_ended}
