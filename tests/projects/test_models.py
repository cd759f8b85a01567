from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.models import Agency, CheckStandard, Contract, Posting, UserScope
from tests.factories import (
    AgencyFactory,
    ContractFactory,
    DistrictFactory,
    PostingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_agency_normalises_its_credit_code() -> None:
    agency = Agency(name="示例机构", credit_code=" ９１３５０１００ｍ０００１００ｙ４３ ")

    agency.full_clean()

    assert agency.credit_code == "91350100M000100Y43"


def test_agency_without_a_credit_code_has_none() -> None:
    agency = Agency(name="示例机构", credit_code="")

    agency.full_clean()

    assert agency.credit_code is None


def test_agency_with_a_wrong_credit_code_is_told_at_the_field() -> None:
    with pytest.raises(ValidationError) as caught:
        Agency(name="示例机构", credit_code="91350100M000100Y44").full_clean()

    assert list(caught.value.message_dict) == ["credit_code"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"signed_on": None}, ""),
        ({"signed_on": dt.date(2015, 10, 1), "signed_precision": "month"}, "2015年10月"),
        ({"signed_on": dt.date(2015, 10, 9)}, "2015年10月9日"),
    ],
)
def test_contract_signed_text(fields: dict[str, object], expected: str) -> None:
    assert Contract(**fields).signed_text == expected


def test_posting_with_a_contract_of_another_project_is_refused() -> None:
    posting = PostingFactory()
    posting.contract = ContractFactory()

    with pytest.raises(ValidationError) as caught:
        posting.full_clean()

    assert list(caught.value.message_dict) == ["contract"]


def test_posting_with_a_contract_of_its_project_is_accepted() -> None:
    posting: Posting = PostingFactory()
    posting.contract = ContractFactory(project=posting.project)

    posting.full_clean()


@pytest.mark.parametrize(
    ("role", "covers", "is_fitting"),
    [
        ("district", "district", True),
        ("district", "agency", False),
        ("agency", "agency", True),
        ("agency", "district", False),
        ("inspector", "district", False),
        ("bureau", "agency", False),
    ],
)
def test_user_scope_fits_the_role(role: str, covers: str, is_fitting: bool) -> None:
    covered = {"district": DistrictFactory, "agency": AgencyFactory}[covers]()
    scope = UserScope(user=UserFactory(role=role), **{covers: covered})

    if is_fitting:
        scope.full_clean()
    else:
        with pytest.raises(ValidationError):
            scope.full_clean()


@pytest.mark.parametrize(
    ("value", "is_level"),
    [("0", True), ("1", True), ("3", True), ("4", False), ("1.5", False)],
)
def test_standard_of_the_leads_certificate_is_a_level(value: str, is_level: bool) -> None:
    standard = CheckStandard(
        key=CheckStandard.Key.LEAD_LEVEL, value=Decimal(value), source="示例办法"
    )

    if is_level:
        standard.full_clean()
    else:
        with pytest.raises(ValidationError) as caught:
            standard.full_clean()
        assert list(caught.value.message_dict) == ["value"]
