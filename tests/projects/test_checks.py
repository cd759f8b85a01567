from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from projects.checks import certificate_level, check_project, staff_day
from projects.enums import PostingRole, QualificationKind
from projects.records import ContractRecord, PostingRecord, ProjectRecord, StaffRecord
from projects.standards import OWN_DEFAULT, Limit, Standards
from projects.warning import RegistryWarning, Rule, WarningSeverity
from tests.projects.record_builders import (
    PROJECT_PK,
    allocation,
    budget_line,
    certificate,
    contract,
    day,
    engagement,
    instalment,
    person,
    posting,
    project,
    service_target,
)

TODAY = day("2016-12-13")
LEAD = PostingRole.LEAD
SUPERVISOR = PostingRole.SUPERVISOR
ASSISTANT = QualificationKind.ASSISTANT_SOCIAL_WORKER
SOCIAL_WORKER = QualificationKind.SOCIAL_WORKER
COUNSELLOR = QualificationKind.COUNSELLOR_3
STANDARDS = Standards()


def check(
    row: ProjectRecord, *, standards: Standards = STANDARDS, today: dt.date = TODAY
) -> tuple[RegistryWarning, ...]:
    return check_project(row, standards=standards, today=today)


def rules_of(warnings: tuple[RegistryWarning, ...]) -> list[Rule]:
    return [warning.rule for warning in warnings]


def certified(**fields: object) -> StaffRecord:
    """Somebody about whom no rule has anything to say."""
    return person(
        qualifications=(certificate(SOCIAL_WORKER, "2012-09-01"),),
        in_field_since=day("2008-07-01"),
        **fields,
    )


def with_level(value: str) -> Standards:
    return Standards(lead_level=Limit(Decimal(value), "办法第三条"))


def test_check_of_an_empty_project_warns_of_nothing() -> None:
    assert check(project()) == ()


def test_check_of_a_project_in_order_warns_of_nothing() -> None:
    row = project(
        contracted_headcount=2,
        contracts=(contract("2016-01-01", "2016-12-31"),),
        postings=(posting(certified(), role=LEAD), posting(certified())),
        allocations=(allocation(instalment("2016-03-31", arrived="2016-03-31")),),
        budget_lines=(budget_line("1000", "500", as_of="2016-07-01"),),
        service_targets=(service_target(50, as_of="2016-07-01"),),
    )

    assert check(row) == ()


# Staff


@pytest.mark.parametrize(
    ("kinds", "level"),
    [
        ([], 0),
        ([COUNSELLOR], 0),
        ([ASSISTANT], 1),
        ([SOCIAL_WORKER, ASSISTANT], 2),
        ([ASSISTANT, QualificationKind.SENIOR_SOCIAL_WORKER], 3),
    ],
)
def test_certificate_level_is_the_highest_held(kinds: list[QualificationKind], level: int) -> None:
    staff = person(qualifications=tuple(certificate(kind) for kind in kinds))

    assert certificate_level(staff, TODAY) == level


@pytest.mark.parametrize(
    ("issued", "until", "level"),
    [
        ("2016-12-13", None, 2),
        ("2016-12-14", None, 0),
        ("2010-01-01", "2016-12-13", 2),
        ("2010-01-01", "2016-12-12", 0),
        (None, None, 2),
    ],
)
def test_certificate_level_counts_certificates_that_hold_that_day(
    issued: str | None, until: str | None, level: int
) -> None:
    staff = person(qualifications=(certificate(SOCIAL_WORKER, issued, until),))

    assert certificate_level(staff, TODAY) == level


@pytest.mark.parametrize(
    ("postings", "warns"),
    [
        pytest.param([], False, id="nobody posted"),
        pytest.param([posting(role=LEAD), posting()], True, id="nobody certified"),
        pytest.param([posting(), posting(certified())], False, id="one certified"),
        pytest.param([posting(), posting(certified(), role=SUPERVISOR)], True, id="supervisor"),
        pytest.param([posting(role=PostingRole.FINANCE)], False, id="no service staff"),
        pytest.param(
            [posting(), posting(certified(), ends_on=day("2016-12-12"))], True, id="left yesterday"
        ),
        pytest.param(
            [posting(), posting(certified(), starts_on=day("2016-12-14"))],
            True,
            id="comes tomorrow",
        ),
    ],
)
def test_no_certified_staff(postings: list[PostingRecord], warns: bool) -> None:
    standards = with_level("0")

    found = check(project(postings=tuple(postings)), standards=standards)

    assert rules_of(found) == ([Rule.NO_CERTIFIED_STAFF] if warns else [])


def test_no_certified_staff_names_each_person_once() -> None:
    staff = person()
    row = project(postings=(posting(staff), posting(staff, station="石牌"), posting()))

    (warning,) = check(row)

    assert [row.model for row in warning.rows] == ["staffmember", "staffmember"]
    assert warning.severity == WarningSeverity.SERIOUS


@pytest.mark.parametrize(
    ("level", "kinds", "warns"),
    [
        ("0", [], False),
        ("1", [], True),
        ("1", [COUNSELLOR], True),
        ("1", [ASSISTANT], False),
        ("2", [ASSISTANT], True),
        ("2", [SOCIAL_WORKER], False),
        ("3", [SOCIAL_WORKER], True),
    ],
)
def test_lead_qualification(level: str, kinds: list[QualificationKind], warns: bool) -> None:
    lead = person(qualifications=tuple(certificate(kind) for kind in kinds))
    row = project(postings=(posting(lead, role=LEAD), posting(certified())))

    found = check(row, standards=with_level(level))

    assert rules_of(found) == ([Rule.LEAD_QUALIFICATION] if warns else [])


def test_lead_qualification_names_lead_and_limit() -> None:
    lead = person(label="示例负责人", qualifications=(certificate(ASSISTANT),))
    standards = with_level("2")

    (warning,) = check(project(postings=(posting(lead, role=LEAD),)), standards=standards)

    with translation.override("en"):
        assert warning.sentence == (
            "Project lead 示例负责人 does not hold the required certificate (Social worker or "
            "higher). Highest certificate held: Assistant social worker."
        )
    assert [(row.model, row.label) for row in warning.rows] == [
        ("staffmember", "示例负责人"),
        ("posting", "示例负责人 一线社工"),
    ]
    assert warning.limit == standards.lead_level


@pytest.mark.parametrize(
    ("since", "warns"),
    [(None, False), ("2011-12-13", False), ("2011-12-14", True), ("2016-12-13", True)],
)
def test_lead_years(since: str | None, warns: bool) -> None:
    lead = person(
        qualifications=(certificate(SOCIAL_WORKER),), in_field_since=day(since) if since else None
    )

    found = check(project(postings=(posting(lead, role=LEAD),)))

    assert rules_of(found) == ([Rule.LEAD_YEARS] if warns else [])


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2015-10-01", "示例甲 has worked in the field for 1 full year; required: 5."),
        ("2012-10-01", "示例甲 has worked in the field for 4 full years; required: 5."),
    ],
)
def test_lead_years_says_how_many(since: str, expected: str) -> None:
    lead = certified(label="示例甲")
    lead = person(label="示例甲", qualifications=lead.qualifications, in_field_since=day(since))

    (warning,) = check(project(postings=(posting(lead, role=LEAD),)))

    with translation.override("en"):
        assert warning.sentence == f"Project lead {expected}"


@pytest.mark.parametrize(
    ("here", "elsewhere", "warns"),
    [
        pytest.param({}, [], False, id="only here"),
        pytest.param({}, [engagement(PROJECT_PK)], False, id="twice here"),
        pytest.param({}, [engagement(2)], True, id="two projects"),
        pytest.param({"full_time": False}, [engagement(2)], False, id="part-time here"),
        pytest.param({}, [engagement(2, full_time=False)], False, id="part-time there"),
        pytest.param({}, [engagement(2, ends_on=day("2016-12-12"))], False, id="over there"),
        pytest.param({}, [engagement(2, ends_on=TODAY, starts_on=TODAY)], True, id="for a day"),
        pytest.param({"ends_on": day("2016-12-12")}, [engagement(2)], False, id="over here"),
    ],
)
def test_shared_full_time(here: dict[str, object], elsewhere: list, warns: bool) -> None:
    staff = certified(engagements=(engagement(PROJECT_PK), *elsewhere))

    found = check(project(postings=(posting(staff, **here),)))

    assert rules_of(found) == ([Rule.SHARED_FULL_TIME] if warns else [])


def test_shared_full_time_names_the_other_projects_once() -> None:
    staff = certified(
        label="示例甲",
        engagements=(engagement(2), engagement(2), engagement(3)),
    )
    row = project(postings=(posting(staff), posting(staff, station="石牌")))

    (warning,) = check(row)

    with translation.override("en"):
        assert warning.sentence == (
            "示例甲 is posted full-time on this project and, at the same time, full-time on: "
            "项目2, 项目3."
        )


@pytest.mark.parametrize(
    ("agreed", "postings", "warns"),
    [
        pytest.param(None, [], False, id="nothing agreed"),
        pytest.param(0, [], False, id="none agreed"),
        pytest.param(1, [posting(certified())], False, id="just enough"),
        pytest.param(2, [posting(certified())], True, id="one short"),
        pytest.param(
            2, [posting(certified()), posting(certified(), role=SUPERVISOR)], True, id="supervisor"
        ),
        pytest.param(
            2,
            [posting(certified()), posting(certified(), role=PostingRole.FINANCE)],
            False,
            id="finance staff counts",
        ),
        pytest.param(1, [posting(certified(), ends_on=day("2016-12-12"))], True, id="left"),
    ],
)
def test_headcount(agreed: int | None, postings: list[PostingRecord], warns: bool) -> None:
    found = check(project(contracted_headcount=agreed, postings=tuple(postings)))

    assert rules_of(found) == ([Rule.HEADCOUNT] if warns else [])


def test_headcount_counts_people_not_postings() -> None:
    staff = certified()
    row = project(
        contracted_headcount=3,
        postings=(
            posting(staff),
            posting(staff, station="石牌"),
            posting(certified(), full_time=False),
        ),
    )

    (warning,) = check(row)

    with translation.override("en"):
        assert warning.sentence == (
            "Agreed head count: 3. In post: 2, of whom full-time on this project: 1."
        )


@pytest.mark.parametrize(
    ("contracts", "warns"),
    [
        ((), True),
        ((contract("2016-12-13"),), True),
        ((contract("2016-12-14"),), False),
        ((contract(signed_on=day("2016-12-14")),), False),
        ((contract(),), True),
        ((contract("2016-12-14"), contract("2016-01-01")), True),
    ],
)
def test_headcount_waits_until_a_contract_begins(
    contracts: tuple[ContractRecord, ...], warns: bool
) -> None:
    found = check(project(contracted_headcount=1, contracts=contracts))

    assert rules_of(found) == ([Rule.HEADCOUNT] if warns else [])


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], "2016-12-13"),
        (["2017-03-31"], "2016-12-13"),
        (["2016-06-30"], "2016-06-30"),
        (["2016-06-30", "2016-09-30"], "2016-09-30"),
        (["2016-06-30", None], "2016-12-13"),
    ],
)
def test_staff_day_is_the_last_day_of_a_project_that_is_over(
    ends: list[str | None], expected: str
) -> None:
    row = project(contracts=tuple(contract("2016-01-01", end) for end in ends))

    assert staff_day(row, TODAY) == day(expected)


def test_headcount_of_a_project_that_is_over_looks_at_its_last_day() -> None:
    row = project(
        contracted_headcount=1,
        contracts=(contract("2016-01-01", "2016-09-30"),),
        postings=(posting(certified(), ends_on=day("2016-09-30")),),
    )

    assert check(row) == ()


# All together


def test_warnings_come_worst_first() -> None:
    row = project(
        contracted_headcount=5,
        postings=(posting(role=LEAD),),
        allocations=(
            allocation(instalment("2016-01-31", arrived="2016-05-31"), instalment("2016-03-31")),
        ),
        service_targets=(service_target(0),),
    )

    assert rules_of(check(row)) == [
        Rule.NO_CERTIFIED_STAFF,
        Rule.INSTALMENT_OVERDUE,
        Rule.LEAD_QUALIFICATION,
        Rule.HEADCOUNT,
        Rule.SERVICE_BEHIND,
        Rule.INSTALMENT_LATE,
    ]


def test_every_default_limit_says_that_it_is_ours() -> None:
    sources = {getattr(STANDARDS, name).source for name in Standards.__slots__}

    assert sources == {OWN_DEFAULT}


def test_overridden_standards_keep_the_other_limits() -> None:
    own = Limit(Decimal(3), "合同范本第八条")

    assert Standards().overridden([("lead_years", own)]) == Standards(lead_years=own)


def test_overridden_standards_refuse_an_unknown_key() -> None:
    with pytest.raises(TypeError):
        Standards().overridden([("lead_shoe_size", Limit(Decimal(42)))])
