"""Which rows of the registry each role sees, from the scopes up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from accounts.models import User
from accounts.permissions import Role
from projects.access import ProjectScopes
from projects.models import (
    Agency,
    Contract,
    FundingAllocation,
    Posting,
    Project,
    StaffMember,
)
from tests.factories import (
    AgencyFactory,
    ContractFactory,
    DistrictFactory,
    FundingAllocationFactory,
    PanelMemberFactory,
    PostingFactory,
    ProjectFactory,
    StaffMemberFactory,
    UserFactory,
    UserScopeFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

EVERYTHING = {Role.ADMIN, Role.BUREAU, Role.AUDITOR}


@dataclass
class Registry:
    """Two district projects of two agencies, and a user of each role who covers the first."""

    seen: Project
    other: Project
    agency: Agency
    users: dict[Role, User]


@pytest.fixture
def registry() -> Registry:
    district = DistrictFactory()
    agency = AgencyFactory()
    seen, other = ProjectFactory(district=district), ProjectFactory()
    for project, contractor in ((seen, agency), (other, AgencyFactory())):
        ContractFactory(project=project, agency=contractor)
        FundingAllocationFactory(project=project)
        PostingFactory(project=project, staff__agency=contractor)
    users = {role: UserFactory(role=role) for role in Role}
    UserScopeFactory(user=users[Role.DISTRICT], district=district)
    UserScopeFactory(user=users[Role.AGENCY], agency=agency)
    PanelMemberFactory(visit__project=seen, user=users[Role.INSPECTOR])
    return Registry(seen, other, agency, users)


@pytest.mark.parametrize("role", Role)
def test_projects_are_visible_by_role(registry: Registry, role: Role) -> None:
    found = set(Project.objects.visible_to(registry.users[role]))

    assert found == ({registry.seen, registry.other} if role in EVERYTHING else {registry.seen})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", [Contract, FundingAllocation, Posting])
def test_rows_of_projects_are_visible_with_them(
    registry: Registry, role: Role, model: type[Contract]
) -> None:
    found = model.objects.visible_to(registry.users[role])

    projects = {registry.seen, registry.other} if role in EVERYTHING else {registry.seen}
    assert {row.project for row in found} == projects
    assert len(found) == len(projects)


@pytest.mark.parametrize("role", Role)
def test_agencies_are_visible_by_role(registry: Registry, role: Role) -> None:
    found = set(Agency.objects.visible_to(registry.users[role]))

    assert found == (set(Agency.objects.all()) if role in EVERYTHING else {registry.agency})


@pytest.mark.parametrize("role", Role)
def test_staff_are_visible_by_role(registry: Registry, role: Role) -> None:
    found = set(StaffMember.objects.visible_to(registry.users[role]))

    everybody = StaffMember.objects.all()
    own = StaffMember.objects.filter(agency=registry.agency)
    assert found == set(everybody if role in EVERYTHING else own)


@pytest.mark.parametrize("role", sorted(set(Role) - EVERYTHING))
def test_user_who_covers_nothing_sees_nothing(registry: Registry, role: Role) -> None:
    user = UserFactory(role=role)

    for model in (Project, Contract, FundingAllocation, Posting, Agency, StaffMember):
        assert list(model.objects.visible_to(user)) == []


def test_agency_sees_its_own_people_without_a_posting(registry: Registry) -> None:
    unposted = StaffMemberFactory(agency=registry.agency)

    assert unposted in StaffMember.objects.visible_to(registry.users[Role.AGENCY])


def test_agency_without_a_contract_sees_itself() -> None:
    scope = UserScopeFactory(user=UserFactory(agency=True), agency=AgencyFactory())

    assert list(Agency.objects.visible_to(scope.user)) == [scope.agency]


def test_user_with_two_districts_sees_both() -> None:
    user = UserFactory(district=True)
    first, second = ProjectFactory(), ProjectFactory()
    for project in (first, second):
        UserScopeFactory(user=user, district=project.district)

    assert set(Project.objects.visible_to(user)) == {first, second}


def test_project_with_two_contracts_of_an_agency_is_seen_once() -> None:
    scope = UserScopeFactory(user=UserFactory(agency=True), agency=AgencyFactory())
    project = ProjectFactory()
    for area in ("中北部片区", "南部片区"):
        ContractFactory(project=project, agency=scope.agency, service_area=area)

    assert list(Project.objects.visible_to(scope.user)) == [project]


def test_inspector_with_a_conflict_of_interest_sees_nothing() -> None:
    visit = VisitFactory()
    member = PanelMemberFactory(
        visit=visit,
        recusal="conflict",
        recusal_reason="曾在该机构任职",
        declared_at=dt.datetime(2016, 12, 1, tzinfo=dt.UTC),
    )

    assert list(Project.objects.visible_to(member.user)) == []


def test_role_without_a_registered_scope_sees_nothing() -> None:
    ProjectFactory()
    condition = ProjectScopes().condition(Role.INSPECTOR, UserFactory(inspector=True))

    assert list(Project.objects.filter(condition)) == []


@pytest.mark.parametrize("model", [Contract, Posting, StaffMember, Agency])
def test_agency_does_not_see_rows_of_the_other_agencies_of_its_project(
    registry: Registry, model: type[Contract]
) -> None:
    user = registry.users[Role.AGENCY]
    before = set(model.objects.visible_to(user))

    other = AgencyFactory()
    ContractFactory(project=registry.seen, agency=other)
    PostingFactory(project=registry.seen, staff__agency=other)

    assert set(model.objects.visible_to(user)) == before
