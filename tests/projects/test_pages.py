from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from lxml import html

from accounts.permissions import Role
from projects.enums import PostingRole, QualificationKind
from projects.models import Project, Qualification
from projects.pages import certificates_on
from tests.factories import (
    AgencyFactory,
    BudgetLineFactory,
    CheckStandardFactory,
    ContractFactory,
    FindingFactory,
    InstalmentFactory,
    PostingFactory,
    ProjectFactory,
    QualificationFactory,
    ServiceTargetFactory,
    StaffMemberFactory,
    UserFactory,
    UserScopeFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from lxml.html import HtmlElement
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def get(client: Client, url: str) -> HtmlElement:
    response = client.get(url)
    assert response.status_code == 200
    return html.fromstring(response.content)


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def texts(page: HtmlElement, selector: str) -> list[str]:
    return [text(element) for element in page.cssselect(selector)]


def make_project(rows: int = 1) -> Project:
    """A project over whose rows the page goes: `rows` of each kind."""
    project: Project = ProjectFactory()
    for number in range(rows):
        ContractFactory(project=project, ends_on=None)
        QualificationFactory(staff=PostingFactory(project=project).staff)
        InstalmentFactory(allocation__project=project, allocation__fiscal_year=2001 + number)
        BudgetLineFactory(project=project, fiscal_year=2001 + number)
        ServiceTargetFactory(project=project)
        FindingFactory(visit=VisitFactory(project=project))
    return project


# A project


@pytest.mark.parametrize("rows", [1, 30])
def test_project_takes_fifteen_queries(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    project = make_project(rows)

    with django_assert_num_queries(15):
        bureau.get(project.get_absolute_url())


def test_project_shows_its_rows(bureau: Client) -> None:
    project = ProjectFactory(
        name="天河区司法社工项目",
        service_model="一个中心，多个基础点",
        partners="家庭综合服务中心",
        contracted_headcount=2,
    )
    contract = ContractFactory(
        project=project,
        agency__name="自强中心",
        signed_on=dt.date(2016, 5, 1),
        signed_precision="month",
        ends_on=None,
        amount_yuan=1_975_000,
        service_hours_min=24000,
    )
    posting = PostingFactory(
        project=project, staff__name="示例甲", role=PostingRole.LEAD, station="石牌司法所"
    )
    QualificationFactory(staff=posting.staff)
    InstalmentFactory(allocation__project=project, received=True)
    BudgetLineFactory(project=project, budgeted_yuan=1_000_000, spent_yuan=875_000)
    ServiceTargetFactory(project=project, kind__name="社会调查", target=80, completed=60)

    page = get(bureau, project.get_absolute_url())

    assert texts(page, "h1") == ["天河区司法社工项目"]
    assert texts(page, ".kpi b") == ["197.50 万元", "100.00 万元", "1 / 2", "0 / 1"]
    assert texts(page, f"#contract-{contract.pk} td") == [
        "自强中心",
        "整个项目",
        "公开招标",
        "2016年5月",
        "2016年1月4日 至 —",
        "197.50",
        "≥ 24,000",
    ]
    assert texts(page, f"#posting-{posting.pk} td")[:3] == ["示例甲", "项目负责人", "石牌司法所"]
    assert texts(page, "#budget tr.total td")[:4] == [
        "合计",
        "1,000,000.00",
        "875,000.00",
        "87.5%",
    ]
    assert texts(page, "#services .count") == ["60 / 80 次"]


def test_project_draws_progress_beside_the_time_passed(bureau: Client) -> None:
    project = ProjectFactory()
    ServiceTargetFactory(
        project=project, target=80, completed=60, as_of=dt.date(2017, 7, 2), year=2017
    )

    page = get(bureau, project.get_absolute_url())

    (bar,) = page.cssselect("#services svg")
    done, mark = bar.cssselect("rect")
    assert (done.get("width"), mark.get("x")) == ("75.00", "49.64")


def test_project_says_what_the_checks_found(bureau: Client) -> None:
    project = ProjectFactory(contracted_headcount=2)
    lead = PostingFactory(project=project, role=PostingRole.LEAD, staff__name="示例甲").staff
    CheckStandardFactory(key="lead_level", value=2, source="示例办法第三条")

    page = get(bureau, project.get_absolute_url())

    assert texts(page, "#warnings .note > b") == [
        "无持证人员",
        "项目负责人资格未达要求",
        "在岗人数少于约定",
    ]
    assert "限值依据：示例办法第三条" in text(page.cssselect("#warnings")[0])
    assert page.cssselect(f'#warnings a[href="/staff/{lead.pk}/"]') != []


def test_project_in_order_says_so(bureau: Client) -> None:
    page = get(bureau, ProjectFactory().get_absolute_url())

    assert texts(page, "#warnings p") == ["登记核对未发现需要关注的事项。"]


def test_project_that_is_over_says_on_which_day_staff_were_counted(bureau: Client) -> None:
    project = ContractFactory(ends_on=dt.date(2017, 1, 3)).project
    PostingFactory(project=project, ends_on=dt.date(2017, 1, 3))

    page = get(bureau, project.get_absolute_url())

    assert "2017-01-03" in text(page.cssselect("#warnings h2")[0])
    assert texts(page, ".kpi b")[2] == "1"


def test_project_without_anything_says_so_section_by_section(bureau: Client) -> None:
    page = get(bureau, ProjectFactory().get_absolute_url())

    for section in ("contracts", "funding", "budget", "services", "team", "visits"):
        assert len(page.cssselect(f"#{section} p.muted")) == 1, section


def test_project_sets_back_who_has_left(bureau: Client) -> None:
    project = ProjectFactory()
    PostingFactory(project=project, staff__name="示例甲", ends_on=dt.date(2016, 6, 30))
    PostingFactory(project=project, staff__name="示例乙")

    page = get(bureau, project.get_absolute_url())

    assert texts(page, "#team tbody tr td:first-child") == ["示例乙", "示例甲"]
    assert texts(page, "#team tr.past td:first-child") == ["示例甲"]


def test_project_links_to_its_visits_and_findings(bureau: Client) -> None:
    visit = VisitFactory(signed=True)
    FindingFactory(visit=visit)

    page = get(bureau, visit.project.get_absolute_url())

    links = [link.get("href") for link in page.cssselect("#visits a")]
    assert links == [f"/visits/{visit.pk}/", f"/findings/?project={visit.project_id}"]


def test_project_outside_the_scope_is_not_found(client: Client) -> None:
    scope = UserScopeFactory(user=UserFactory(district=True), district=ProjectFactory().district)
    client.force_login(scope.user)

    assert client.get(ProjectFactory().get_absolute_url()).status_code == 404


def test_project_that_does_not_exist_is_not_found(bureau: Client) -> None:
    assert bureau.get("/projects/987654/").status_code == 404


@pytest.mark.parametrize(("role", "count"), [(Role.ADMIN, 1), (Role.BUREAU, 1), (Role.AUDITOR, 0)])
def test_project_leads_keepers_of_reference_data_to_the_admin_site(
    client: Client, role: Role, count: int
) -> None:
    project = ProjectFactory()
    client.force_login(UserFactory(role=role))

    page = get(client, project.get_absolute_url())

    assert len(page.cssselect(f'a[href="/admin/projects/project/{project.pk}/change/"]')) == count


def test_project_shared_by_agencies_shows_an_agency_its_own_rows(client: Client) -> None:
    scope = UserScopeFactory(user=UserFactory(agency=True), agency=AgencyFactory(name="示例机构01"))
    project = ProjectFactory(contracted_headcount=5)
    other = AgencyFactory(name="示例机构02")
    for agency, name in ((scope.agency, "示例甲"), (other, "示例乙")):
        ContractFactory(project=project, agency=agency, ends_on=None, amount_yuan=500_000)
        PostingFactory(
            project=project, staff__agency=agency, staff__name=name, role=PostingRole.LEAD
        )
    client.force_login(scope.user)

    page = get(client, project.get_absolute_url())

    assert texts(page, "#contracts tbody td:first-child") == ["示例机构01"]
    assert texts(page, "#team tbody td:first-child") == ["示例甲"]
    assert texts(page, ".kpi b")[0] == "50.00 万元"
    assert "示例乙" not in text(page)
    assert texts(page, "#warnings .note > b") == [
        "无持证人员",
        "项目负责人资格未达要求",
        "在岗人数少于约定",
    ]


# An agency


@pytest.mark.parametrize("rows", [1, 30])
def test_agency_takes_seven_queries(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    agency = AgencyFactory()
    for _ in range(rows):
        ContractFactory(agency=agency)
        QualificationFactory(staff=StaffMemberFactory(agency=agency))

    with django_assert_num_queries(7):
        bureau.get(agency.get_absolute_url())


def test_agency_shows_contracts_projects_and_staff(bureau: Client) -> None:
    agency = AgencyFactory(name="示例机构01", credit_code="91350100M000100Y43")
    project = ProjectFactory(short_name="海珠")
    for area in ("赤岗街道", "新港街道"):
        ContractFactory(agency=agency, project=project, service_area=area)
    QualificationFactory(staff=StaffMemberFactory(agency=agency, name="示例甲"))

    page = get(bureau, agency.get_absolute_url())

    assert texts(page, "h1") == ["示例机构01"]
    assert texts(page, "dl.facts dd")[:2] == ["91350100M000100Y43", "海珠"]
    assert texts(page, "#contracts tbody td:nth-child(2)") == ["赤岗街道", "新港街道"]
    assert texts(page, "#staff tbody td") == ["示例甲", "专职", "本科 · 社会工作", "社会工作师"]


def test_agency_with_many_people_leads_to_the_list(bureau: Client) -> None:
    agency = AgencyFactory()
    StaffMemberFactory.create_batch(51, agency=agency)

    page = get(bureau, agency.get_absolute_url())

    assert len(page.cssselect("#staff tbody tr")) == 50
    assert texts(page, "#staff .table-count") == ["仅列出前50人，共51人，完整名单见列表。"]
    assert page.cssselect(f'#staff a[href="/staff/?agency={agency.pk}"]') != []


def test_agency_shows_a_district_only_contracts_of_its_projects(client: Client) -> None:
    contract = ContractFactory(project__short_name="天河")
    ContractFactory(agency=contract.agency)
    scope = UserScopeFactory(user=UserFactory(district=True), district=contract.project.district)
    client.force_login(scope.user)

    page = get(client, contract.agency.get_absolute_url())

    assert texts(page, "#contracts tbody td:first-child") == ["天河"]


def test_agency_outside_the_scope_is_not_found(client: Client) -> None:
    scope = UserScopeFactory(user=UserFactory(agency=True), agency=AgencyFactory())
    client.force_login(scope.user)

    assert client.get(AgencyFactory().get_absolute_url()).status_code == 404


# A staff member


@pytest.mark.parametrize("rows", [1, 30])
def test_staff_member_takes_five_queries(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    staff = StaffMemberFactory()
    for _ in range(rows):
        PostingFactory(staff=staff)
        QualificationFactory(staff=staff)

    with django_assert_num_queries(5):
        bureau.get(staff.get_absolute_url())


def test_staff_member_shows_certificates_and_postings(bureau: Client) -> None:
    staff = StaffMemberFactory(name="示例甲", agency__name="示例机构01")
    QualificationFactory(
        staff=staff, certificate_number="示例0001", valid_until=dt.date(2017, 8, 31)
    )
    PostingFactory(staff=staff, project__name="天河项目", starts_on=dt.date(2016, 1, 4))
    PostingFactory(
        staff=staff,
        project__name="越秀项目",
        starts_on=dt.date(2015, 1, 4),
        ends_on=dt.date(2016, 1, 3),
    )

    page = get(bureau, staff.get_absolute_url())

    assert texts(page, "h1") == ["示例甲"]
    assert texts(page, "section:nth-of-type(2) td") == [
        "社会工作师",
        "示例0001",
        "2014-09-01",
        "2017-08-31 已过期",
    ]
    assert texts(page, "section:nth-of-type(3) td:first-child") == ["天河项目", "越秀项目"]
    assert texts(page, "tr.past td:first-child") == ["越秀项目"]


def test_staff_member_of_the_bureau_has_no_agency(bureau: Client) -> None:
    staff = StaffMemberFactory(agency=None, employment="government")

    page = get(bureau, staff.get_absolute_url())

    assert texts(page, ".head .lead") == ["政府雇员 · 由司法行政机关直接聘用"]


def test_staff_member_shows_a_district_only_postings_on_its_projects(client: Client) -> None:
    posting = PostingFactory(project__name="天河项目")
    PostingFactory(staff=posting.staff)
    scope = UserScopeFactory(user=UserFactory(district=True), district=posting.project.district)
    client.force_login(scope.user)

    page = get(client, posting.staff.get_absolute_url())

    assert texts(page, "section:nth-of-type(3) td:first-child") == ["天河项目"]


def test_staff_member_outside_the_scope_is_not_found(client: Client) -> None:
    scope = UserScopeFactory(user=UserFactory(agency=True), agency=AgencyFactory())
    client.force_login(scope.user)

    assert client.get(StaffMemberFactory().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"issued_on": dt.date(2014, 9, 1)}, (False, True)),
        ({"valid_until": dt.date(2016, 12, 12)}, (True, False)),
        ({"issued_on": dt.date(2016, 12, 14)}, (False, False)),
        ({"kind": QualificationKind.COUNSELLOR_2}, (False, False)),
    ],
)
def test_certificate_counts_as_in_the_checks(
    dates: dict[str, object], expected: tuple[bool, bool]
) -> None:
    row = Qualification(**({"kind": QualificationKind.SOCIAL_WORKER} | dates))

    (found,) = certificates_on([row], dt.date(2016, 12, 13))

    assert (found.has_lapsed, found.is_counted) == expected
