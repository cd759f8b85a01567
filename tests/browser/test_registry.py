"""The registry in a real browser: at the width of a phone, and its admin pages under the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from projects.enums import PostingRole
from projects.models import Project
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    BudgetLineFactory,
    ContractFactory,
    InstalmentFactory,
    PostingFactory,
    ProjectFactory,
    QualificationFactory,
    ServiceTargetFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def project() -> Project:
    found: Project = ProjectFactory(name="天河区司法社工项目", short_name="天河")
    ContractFactory(project=found, service_area="一个名称很长的服务片区及其所属各街道")
    lead = PostingFactory(project=found, role=PostingRole.LEAD, station="示例街道司法所").staff
    QualificationFactory(staff=lead)
    InstalmentFactory(allocation__project=found)
    BudgetLineFactory(project=found)
    ServiceTargetFactory(project=found)
    return found


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer) -> Page:
    UserFactory(username="li", bureau=True)
    page.goto(f"{live_server.url}/accounts/sign-in/")
    page.get_by_label("用户名").fill("li")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page).to_have_url(f"{live_server.url}/")
    return page


@pytest.mark.parametrize("name", ["/projects/", "/agencies/", "/staff/", "/funding/", "project"])
def test_registry_fits_a_narrow_phone(
    signed_in: Page, live_server: LiveServer, project: Project, name: str
) -> None:
    signed_in.set_viewport_size({"width": 360, "height": 780})

    signed_in.goto(live_server.url + (project.get_absolute_url() if name == "project" else name))

    expect(signed_in.locator("table.rows").first).to_be_visible()
    assert signed_in.evaluate("document.documentElement.scrollWidth") == 360


def test_project_is_found_and_its_warning_leads_to_the_rows(
    signed_in: Page, live_server: LiveServer, project: Project
) -> None:
    ProjectFactory(short_name="越秀")
    signed_in.goto(f"{live_server.url}/projects/")

    signed_in.get_by_label("搜索").fill("天河")
    signed_in.get_by_role("button", name="筛选").click()
    expect(signed_in.get_by_role("row")).to_have_count(2)
    signed_in.get_by_role("link", name="天河", exact=True).click()
    signed_in.locator(".note", has_text="资金逾期未到位").get_by_role(
        "link", name="查看明细"
    ).click()

    expect(signed_in.locator("#funding")).to_be_in_viewport()


def test_admin_site_chooses_an_agency_and_saves(
    signed_in: Page, live_server: LiveServer, project: Project
) -> None:
    """The pages' own scripts run under the policy, which the `page` fixture watches."""
    AgencyFactory(name="示例新机构")
    signed_in.goto(f"{live_server.url}/admin/projects/contract/add/")

    for field, choice in (("project", "天河区司法社工项目"), ("agency", "示例新机构")):
        signed_in.locator(f".field-{field}").get_by_role("combobox").first.click()
        signed_in.get_by_role("option", name=choice).click()
    signed_in.get_by_label("采购方式").select_option("open_tender")
    signed_in.get_by_role("button", name="保存", exact=True).click()

    expect(signed_in.get_by_role("cell", name="示例新机构")).to_be_visible()
    assert {each.agency.name for each in project.contracts.all()} >= {"示例新机构"}
