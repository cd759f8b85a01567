"""Every rule that the database itself keeps about the registry is broken here once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from projects.enums import Level
from tests.factories import (
    AgencyFactory,
    BudgetLineFactory,
    CheckStandardFactory,
    ContractFactory,
    DistrictFactory,
    FundingAllocationFactory,
    InstalmentFactory,
    PostingFactory,
    ProjectFactory,
    QualificationFactory,
    ServiceKindFactory,
    ServiceTargetFactory,
    UserFactory,
    UserScopeFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

EARLY, LATE = dt.date(2016, 1, 1), dt.date(2016, 12, 31)


def twice(factory: Callable[..., object], **fields: object) -> None:
    """Make two rows alike; `fields` are called or taken as they are, and shared by both."""
    shared = {name: value() if callable(value) else value for name, value in fields.items()}
    factory(**shared)
    factory(**shared)


CHECKS: dict[str, Callable[[], object]] = {
    "project_district_fits_level": lambda: ProjectFactory(level=Level.CITY),
    "contract_ends_after_start": lambda: ContractFactory(starts_on=LATE, ends_on=EARLY),
    "contract_hours_in_order": lambda: ContractFactory(service_hours_min=2, service_hours_max=1),
    "contract_amount_not_negative": lambda: ContractFactory(amount_yuan=Decimal("-0.01")),
    "contract_parties_two_or_three": lambda: ContractFactory(parties=4),
    "allocation_not_negative": lambda: FundingAllocationFactory(amount_yuan=Decimal("-0.01")),
    "instalment_not_negative": lambda: InstalmentFactory(due_yuan=Decimal("-0.01")),
    "instalment_received_has_date": lambda: InstalmentFactory(received_yuan=Decimal("0.01")),
    "budget_line_not_negative": lambda: BudgetLineFactory(spent_yuan=Decimal("-0.01")),
    "service_target_positive": lambda: ServiceTargetFactory(target=0),
    "qualification_valid_after_issue": lambda: QualificationFactory(
        issued_on=LATE, valid_until=EARLY
    ),
    "posting_ends_after_start": lambda: PostingFactory(starts_on=LATE, ends_on=EARLY),
    "standard_not_negative": lambda: CheckStandardFactory(value=Decimal("-0.01")),
    "scope_district_or_agency": lambda: UserScopeFactory(),
}

UNIQUE: dict[str, Callable[[], object]] = {
    "contract_area_once_per_agency": lambda: twice(
        ContractFactory, project=ProjectFactory, agency=AgencyFactory, service_area="赤岗街道"
    ),
    "allocation_once": lambda: twice(FundingAllocationFactory, project=ProjectFactory),
    "instalment_once": lambda: twice(
        InstalmentFactory, allocation=FundingAllocationFactory, sequence=1
    ),
    "budget_line_once": lambda: twice(BudgetLineFactory, project=ProjectFactory),
    "service_target_once": lambda: twice(
        ServiceTargetFactory, project=ProjectFactory, kind=ServiceKindFactory
    ),
    "scope_district_once": lambda: twice(
        UserScopeFactory, user=UserFactory, district=DistrictFactory
    ),
    "scope_agency_once": lambda: twice(UserScopeFactory, user=UserFactory, agency=AgencyFactory),
}

UNIQUE_FIELDS: dict[str, Callable[[], object]] = {
    "district.code": lambda: twice(DistrictFactory, code="440106"),
    "district.name": lambda: twice(DistrictFactory, name="天河区"),
    "district.short_name": lambda: twice(DistrictFactory, short_name="天河"),
    "agency.name": lambda: twice(AgencyFactory, name="示例机构01"),
    "agency.credit_code": lambda: twice(AgencyFactory, credit_code="91350100M000100Y43"),
    "project.name": lambda: twice(ProjectFactory, name="示例项目"),
    "project.short_name": lambda: twice(ProjectFactory, short_name="示例"),
    "servicekind.key": lambda: twice(ServiceKindFactory, key="visits"),
    "servicekind.name": lambda: twice(ServiceKindFactory, name="走访"),
    "checkstandard.key": lambda: twice(CheckStandardFactory),
}


def declared_constraints(kind: type[models.BaseConstraint]) -> set[str]:
    return {
        constraint.name
        for model in apps.get_app_config("projects").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, kind)
    }


@pytest.mark.parametrize("name", CHECKS)
def test_check_constraint_refuses(name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CHECKS[name]()


@pytest.mark.parametrize("name", [*UNIQUE, *UNIQUE_FIELDS])
def test_unique_constraint_refuses(name: str) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        (UNIQUE | UNIQUE_FIELDS)[name]()


def test_every_constraint_is_broken_here() -> None:
    assert set(CHECKS) == declared_constraints(models.CheckConstraint)
    assert set(UNIQUE) == declared_constraints(models.UniqueConstraint)


def test_every_unique_field_is_broken_here() -> None:
    declared = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("projects").get_models()
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }

    assert set(UNIQUE_FIELDS) == declared


def test_agencies_without_a_credit_code_do_not_clash() -> None:
    twice(AgencyFactory, credit_code=None)
