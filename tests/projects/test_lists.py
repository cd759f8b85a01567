from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from projects.enums import Employment, Level, PostingRole
from projects.models import Project
from tests.factories import (
    AgencyFactory,
    ContractFactory,
    DistrictFactory,
    FundingAllocationFactory,
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
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def first_cells(client: Client, url: str) -> list[str]:
    """The text of the first cell of each row of a list."""
    response = client.get(url)
    assert response.status_code == 200
    page = html.fromstring(response.content)
    return [
        cell.text_content().strip() for cell in page.cssselect("table.rows tbody td:first-child")
    ]


def cells(client: Client, url: str) -> dict[str, str]:
    """The only row of a list: text by heading."""
    page = html.fromstring(client.get(url).content)
    (row,) = page.cssselect("table.rows tbody tr")
    return {
        cell.get("data-label"): " ".join(cell.text_content().split())
        for cell in row.cssselect("td")
    }


def make_project(number: int = 0) -> Project:
    """A project with a row of every kind that its list looks at."""
    project: Project = ProjectFactory()
    ContractFactory(project=project)
    QualificationFactory(staff=PostingFactory(project=project).staff)
    InstalmentFactory(allocation__project=project)
    ServiceTargetFactory(project=project)
    return project


# Projects


def test_projects_are_listed_by_level_and_district(bureau: Client) -> None:
    second = ProjectFactory(short_name="越秀", district=DistrictFactory(code="440104"))
    first = ProjectFactory(short_name="荔湾", district=DistrictFactory(code="440103"))
    city = ProjectFactory(short_name="职业技校", city=True)

    assert first_cells(bureau, "/projects/") == [
        city.short_name,
        first.short_name,
        second.short_name,
    ]


def test_projects_show_what_the_registry_knows(bureau: Client) -> None:
    project = ProjectFactory(short_name="从化", contracted_headcount=3)
    ContractFactory(project=project, agency__name="示例机构16", ends_on=None)
    QualificationFactory(staff=PostingFactory(project=project, role=PostingRole.LEAD).staff)
    FundingAllocationFactory(project=project, amount_yuan=1_684_000)
    InstalmentFactory(allocation=project.allocations.get(), received=True)

    row = cells(bureau, "/projects/")

    assert row == {
        "项目": "从化",
        "层级": "区级",
        "所属区": project.district.short_name,
        "承办机构": "示例机构16",
        "在岗": "1 / 3",
        "资金（万元）": "168.40 2016",
        "到位情况": "按期到位",
        "提示": "1条提示",
    }


def test_projects_without_contracts_say_who_employs(bureau: Client) -> None:
    ProjectFactory()

    assert cells(bureau, "/projects/")["承办机构"] == "直接聘用"


def test_projects_with_many_agencies_count_them(bureau: Client) -> None:
    project = ProjectFactory()
    for _ in range(3):
        ContractFactory(project=project)

    assert cells(bureau, "/projects/")["承办机构"] == "3家机构"


@pytest.mark.parametrize("parameter", ["level", "district", "agency", "round", "q"])
def test_projects_are_filtered(bureau: Client, parameter: str) -> None:
    wanted = ProjectFactory(short_name="天河")
    ProjectFactory(city=True)
    agency = ContractFactory(project=wanted).agency
    value = {
        "level": Level.DISTRICT,
        "district": wanted.district_id,
        "agency": agency.pk,
        "round": VisitFactory(project=wanted).round.name,
        "q": "天 河",
    }[parameter]

    assert first_cells(bureau, f"/projects/?{parameter}={value}") == ["天河"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("district", ["B", "A", "C"]),
        ("nonsense", ["B", "A", "C"]),
    ],
)
def test_projects_are_sorted(bureau: Client, sort: str, expected: list[str]) -> None:
    for name, code in (("A", "440104"), ("B", "440103"), ("C", "440105")):
        ProjectFactory(short_name=name, district=DistrictFactory(code=code))

    assert first_cells(bureau, f"/projects/?sort={sort}") == expected


def test_projects_that_do_not_fit_leave_a_message(bureau: Client) -> None:
    ProjectFactory()

    page = html.fromstring(bureau.get("/projects/?q=没有").content)

    assert [each.text_content() for each in page.cssselect(".empty h2")] == ["没有符合条件的项目"]


@pytest.mark.parametrize("parameter", ["level", "district", "agency", "round"])
def test_projects_with_a_wrong_filter_are_none_and_say_why(bureau: Client, parameter: str) -> None:
    ProjectFactory()

    page = html.fromstring(bureau.get(f"/projects/?{parameter}=987654").content)

    assert page.cssselect("table.rows") == []
    assert len(page.cssselect(f"#div_id_{parameter} .invalid-feedback")) == 1


def test_projects_are_paged(bureau: Client) -> None:
    for number in range(26):
        ProjectFactory(short_name=f"{number:02}")

    assert len(first_cells(bureau, "/projects/?sort=name")) == 25
    assert first_cells(bureau, "/projects/?sort=name&page=2") == ["25"]
    assert first_cells(bureau, "/projects/?sort=name&page=99") == ["25"]
    page = html.fromstring(bureau.get("/projects/").content)
    assert [each.text_content().strip() for each in page.cssselect(".table-count")] == ["共 26 条"]


@pytest.mark.parametrize("count", [1, 30])
def test_projects_take_sixteen_queries(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        make_project(number)

    with django_assert_num_queries(16):
        bureau.get("/projects/")


def test_projects_outside_the_users_scope_are_not_listed(client: Client) -> None:
    project = ProjectFactory()
    ProjectFactory()
    scope = UserScopeFactory(user=UserFactory(district=True), district=project.district)
    client.force_login(scope.user)

    assert first_cells(client, "/projects/") == [project.short_name]


# Agencies


def test_agencies_count_what_the_user_sees(bureau: Client) -> None:
    agency = AgencyFactory(name="示例机构01", credit_code="91350100M000100Y43")
    project = ProjectFactory()
    for area in ("赤岗街道", "新港街道"):
        ContractFactory(project=project, agency=agency, service_area=area)
    StaffMemberFactory.create_batch(3, agency=agency)

    assert cells(bureau, "/agencies/") == {
        "承办机构": "示例机构01",
        "项目": "1",
        "合同": "2",
        "人员": "3",
        "统一社会信用代码": "91350100M000100Y43",
    }


def test_agencies_count_only_projects_of_the_users_district(client: Client) -> None:
    contract = ContractFactory()
    ContractFactory(agency=contract.agency)
    scope = UserScopeFactory(user=UserFactory(district=True), district=contract.project.district)
    client.force_login(scope.user)

    assert cells(client, "/agencies/")["项目"] == "1"


@pytest.mark.parametrize("parameter", ["q", "district"])
def test_agencies_are_filtered(bureau: Client, parameter: str) -> None:
    contract = ContractFactory(agency__name="自强中心")
    ContractFactory()
    value = {"q": "自强", "district": contract.project.district_id}[parameter]

    assert first_cells(bureau, f"/agencies/?{parameter}={value}") == ["自强中心"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["A", "B"]),
        ("-name", ["B", "A"]),
        ("contracts", ["A", "B"]),
        ("-staff", ["B", "A"]),
    ],
)
def test_agencies_are_sorted(bureau: Client, sort: str, expected: list[str]) -> None:
    AgencyFactory(name="A")
    contract = ContractFactory(agency__name="B")
    StaffMemberFactory(agency=contract.agency)

    assert first_cells(bureau, f"/agencies/?sort={sort}") == expected


@pytest.mark.parametrize("count", [1, 30])
def test_agencies_take_five_queries(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        StaffMemberFactory(agency=ContractFactory().agency)

    with django_assert_num_queries(5):
        bureau.get("/agencies/")


# Staff


def test_staff_show_posts_and_certificates(bureau: Client) -> None:
    staff = StaffMemberFactory(name="示例人员", agency__name="示例机构01")
    QualificationFactory(staff=staff)
    QualificationFactory(staff=staff, kind="counsellor_3")
    PostingFactory(staff=staff, project__short_name="天河")

    assert cells(bureau, "/staff/") == {
        "姓名": "示例人员",
        "承办机构": "示例机构01",
        "项目": "天河",
        "用工形式": "专职",
        "学历": "本科",
        "专业": "社会工作",
        "证书": "社会工作师、三级心理咨询师",
    }


@pytest.mark.parametrize(
    "parameter",
    ["project", "agency", "employment", "education", "field_of_study", "certified", "q", "on"],
)
def test_staff_are_filtered(bureau: Client, parameter: str) -> None:
    staff = StaffMemberFactory(
        name="示例甲", employment=Employment.PART_TIME, education="master", field_of_study="law"
    )
    QualificationFactory(staff=staff)
    posting = PostingFactory(staff=staff, starts_on=dt.date(2016, 1, 1))
    PostingFactory(starts_on=dt.date(2017, 1, 1))
    value = {
        "project": posting.project_id,
        "agency": staff.agency_id,
        "employment": "part_time",
        "education": "master",
        "field_of_study": "law",
        "certified": "true",
        "q": "甲",
        "on": "2016-12-13",
    }[parameter]

    assert first_cells(bureau, f"/staff/?{parameter}={value}") == ["示例甲"]


def test_staff_without_a_certificate_are_found(bureau: Client) -> None:
    QualificationFactory()
    StaffMemberFactory(name="示例乙")

    assert first_cells(bureau, "/staff/?certified=false") == ["示例乙"]


def test_staff_certified_on_a_day_held_the_certificate_then(bureau: Client) -> None:
    staff = StaffMemberFactory(name="示例甲")
    QualificationFactory(staff=staff, valid_until=dt.date(2016, 12, 31))
    PostingFactory(staff=staff)

    assert first_cells(bureau, "/staff/?certified=true") == []
    assert first_cells(bureau, "/staff/?certified=true&on=2016-12-13") == ["示例甲"]


def test_staff_of_a_project_on_a_day_were_in_post_there(bureau: Client) -> None:
    here = PostingFactory(staff__name="示例甲")
    PostingFactory(project=here.project, ends_on=dt.date(2016, 6, 30))
    moved = PostingFactory(project=here.project, ends_on=dt.date(2016, 6, 30)).staff
    PostingFactory(staff=moved, starts_on=dt.date(2016, 7, 1))

    found = first_cells(bureau, f"/staff/?project={here.project_id}&on=2016-12-13")

    assert found == ["示例甲"]


def test_staff_with_a_wrong_day_are_none_and_say_why(bureau: Client) -> None:
    StaffMemberFactory()

    page = html.fromstring(bureau.get("/staff/?on=2016-13-45").content)

    assert page.cssselect("table.rows") == []
    assert len(page.cssselect("#div_id_on .invalid-feedback")) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_staff_take_eight_queries(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        QualificationFactory(staff=PostingFactory().staff)

    with django_assert_num_queries(8):
        bureau.get("/staff/")


# Funding


def test_funding_shows_amount_and_arrival(bureau: Client) -> None:
    allocation = FundingAllocationFactory(project__short_name="从化", amount_yuan=1_234_567)
    InstalmentFactory(
        allocation=allocation,
        received_on=dt.date(2016, 7, 29),
        received_yuan=500_000,
    )

    assert cells(bureau, "/funding/") == {
        "项目": "从化",
        "年度": "2016",
        "来源": "区级财政",
        "金额（万元）": "123.46",
        "已到位（万元）": "50.00",
        "到位情况": "逾期到位 120天",
    }


def test_funding_says_the_total_of_all_pages(bureau: Client) -> None:
    for _ in range(26):
        FundingAllocationFactory(amount_yuan=777_900)
    FundingAllocationFactory(fiscal_year=2015, amount_yuan=1)

    page = html.fromstring(bureau.get("/funding/?year=2016").content)

    assert page.cssselect(".head .lead")[0].text_content().strip() == "合计安排：2022.54万元"


@pytest.mark.parametrize("parameter", ["year", "source", "project", "late"])
def test_funding_is_filtered(bureau: Client, parameter: str) -> None:
    wanted = FundingAllocationFactory(fiscal_year=2015, source="city", project__short_name="从化")
    InstalmentFactory(allocation=wanted)
    InstalmentFactory(received=True)
    value = {"year": 2015, "source": "city", "project": wanted.project_id, "late": "true"}

    assert first_cells(bureau, f"/funding/?{parameter}={value[parameter]}") == ["从化"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("project", ["A", "B"]), ("-amount", ["B", "A"]), ("year", ["B", "A"]), ("-year", ["A", "B"])],
)
def test_funding_is_sorted(bureau: Client, sort: str, expected: list[str]) -> None:
    for name, code, year, amount in (("A", "440103", 2017, 1), ("B", "440104", 2016, 2)):
        FundingAllocationFactory(
            project=ProjectFactory(short_name=name, district=DistrictFactory(code=code)),
            fiscal_year=year,
            amount_yuan=amount,
        )

    assert first_cells(bureau, f"/funding/?sort={sort}") == expected


@pytest.mark.parametrize("count", [1, 30])
def test_funding_takes_eight_queries(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        InstalmentFactory()

    with django_assert_num_queries(8):
        bureau.get("/funding/")


@pytest.mark.parametrize("url", ["/projects/", "/agencies/", "/staff/", "/funding/"])
def test_empty_lists_say_so(bureau: Client, url: str) -> None:
    page = html.fromstring(bureau.get(url).content)

    assert len(page.cssselect(".empty h2")) == 1


@pytest.mark.parametrize("url", ["/projects/", "/agencies/", "/staff/", "/funding/"])
def test_lists_lead_strangers_to_the_sign_in_page(client: Client, url: str) -> None:
    response: Any = client.get(url)

    assert (response.status_code, response["Location"]) == (302, f"/accounts/sign-in/?next={url}")
