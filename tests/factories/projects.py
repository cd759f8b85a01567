"""Rows of the registry."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

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
    BudgetLine,
    CheckStandard,
    Contract,
    District,
    FundingAllocation,
    Instalment,
    Posting,
    Project,
    Qualification,
    ServiceKind,
    ServiceTarget,
    StaffMember,
    UserScope,
)
from tests.factories.accounts import UserFactory


class DistrictFactory(DjangoModelFactory[District]):
    class Meta:
        model = District

    code = factory.Sequence(lambda n: f"{440200 + n}")
    name = factory.Sequence(lambda n: f"示例{n}区")
    short_name = factory.Sequence(lambda n: f"示例{n}")


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"示例机构{n:02}")


class UserScopeFactory(DjangoModelFactory[UserScope]):
    """Covers nothing by itself, which the database refuses: pass a district or an agency."""

    class Meta:
        model = UserScope

    user = factory.SubFactory(UserFactory)


class ProjectFactory(DjangoModelFactory[Project]):
    """A district's project; `ProjectFactory(city=True)` is one of the city."""

    class Meta:
        model = Project

    class Params:
        city = factory.Trait(level=Level.CITY, district=None)

    name = factory.Sequence(lambda n: f"示例{n}司法社会工作项目")
    short_name = factory.Sequence(lambda n: f"项目{n}")
    level = Level.DISTRICT
    district = factory.SubFactory(DistrictFactory)


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    project = factory.SubFactory(ProjectFactory)
    agency = factory.SubFactory(AgencyFactory)
    procurement = Procurement.OPEN_TENDER
    signed_on = dt.date(2016, 1, 4)
    starts_on = dt.date(2016, 1, 4)
    ends_on = dt.date(2017, 1, 3)
    amount_yuan = Decimal("1200000.00")


class StaffMemberFactory(DjangoModelFactory[StaffMember]):
    class Meta:
        model = StaffMember

    name = factory.Sequence(lambda n: f"示例人员{n:03}")
    agency = factory.SubFactory(AgencyFactory)
    employment = Employment.FULL_TIME
    education = Education.BACHELOR
    field_of_study = FieldOfStudy.SOCIAL_WORK


class QualificationFactory(DjangoModelFactory[Qualification]):
    class Meta:
        model = Qualification

    staff = factory.SubFactory(StaffMemberFactory)
    kind = QualificationKind.SOCIAL_WORKER
    issued_on = dt.date(2014, 9, 1)


class PostingFactory(DjangoModelFactory[Posting]):
    class Meta:
        model = Posting

    staff = factory.SubFactory(StaffMemberFactory)
    project = factory.SubFactory(ProjectFactory)
    role = PostingRole.WORKER
    starts_on = dt.date(2016, 1, 4)


class FundingAllocationFactory(DjangoModelFactory[FundingAllocation]):
    class Meta:
        model = FundingAllocation

    project = factory.SubFactory(ProjectFactory)
    fiscal_year = 2016
    source = FundingSource.DISTRICT
    amount_yuan = Decimal("1000000.00")


class InstalmentFactory(DjangoModelFactory[Instalment]):
    """Due and not received; `InstalmentFactory(received=True)` arrived in full on its day."""

    class Meta:
        model = Instalment

    class Params:
        received = factory.Trait(
            received_on=factory.SelfAttribute("due_on"),
            received_yuan=factory.SelfAttribute("due_yuan"),
        )

    allocation = factory.SubFactory(FundingAllocationFactory)
    sequence = factory.Sequence(lambda n: n + 1)
    due_on = dt.date(2016, 3, 31)
    due_yuan = Decimal("500000.00")


class BudgetLineFactory(DjangoModelFactory[BudgetLine]):
    class Meta:
        model = BudgetLine

    project = factory.SubFactory(ProjectFactory)
    fiscal_year = 2016
    category = BudgetCategory.PERSONNEL
    budgeted_yuan = Decimal("700000.00")
    spent_yuan = Decimal("350000.00")
    as_of = dt.date(2016, 6, 30)


class ServiceKindFactory(DjangoModelFactory[ServiceKind]):
    class Meta:
        model = ServiceKind

    key = factory.Sequence(lambda n: f"service-{n}")
    name = factory.Sequence(lambda n: f"服务{n}")
    unit = "次"
    position = factory.Sequence(lambda n: n)


class ServiceTargetFactory(DjangoModelFactory[ServiceTarget]):
    class Meta:
        model = ServiceTarget

    project = factory.SubFactory(ProjectFactory)
    kind = factory.SubFactory(ServiceKindFactory)
    year = 2016
    target = 100
    completed = 50
    as_of = dt.date(2016, 6, 30)


class CheckStandardFactory(DjangoModelFactory[CheckStandard]):
    class Meta:
        model = CheckStandard

    key = CheckStandard.Key.LEAD_YEARS
    value = Decimal(3)
    source = "示例办法第三条"
