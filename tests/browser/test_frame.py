"""The frame of the pages in a real browser, at the width of a phone and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.factories import (
    PASSWORD,
    PanelMemberFactory,
    RoundFactory,
    UserFactory,
    VisitFactory,
    VisitResultFactory,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


def sign_in(page: Page, live_server: LiveServer, name: str) -> None:
    page.goto(f"{live_server.url}/accounts/sign-in/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def make_round() -> None:
    round = RoundFactory(year=2016, sequence=2)
    VisitResultFactory(visit=VisitFactory(round=round, signed=True))
    PanelMemberFactory(visit=VisitFactory(round=round, scoring=True))
    UserFactory(username="li", bureau=True, name="李科")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_wrong_password_is_told_in_place_and_the_name_stays(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/accounts/sign-in/")
    page.get_by_label("用户名").fill("li")
    page.get_by_label("密码").fill("Walnut-72")

    page.get_by_role("main").get_by_role("button", name="登录").click()

    expect(page.get_by_text("用户名与密码不匹配")).to_be_visible()
    expect(page.get_by_label("用户名")).to_have_value("li")


def test_overview_fits_a_phone_and_its_menus_open(page: Page, live_server: LiveServer) -> None:
    make_round()
    page.set_viewport_size(PHONE)
    sign_in(page, live_server, "li")

    expect(page.get_by_role("heading", level=1)).to_have_text("2016年度第2次督导巡查")
    assert overflow(page) <= 0
    page.get_by_text("更多", exact=True).click()
    expect(page.get_by_role("link", name="评估工具")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="评估工具")).to_be_hidden()
    page.get_by_role("link", name="报告", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/reports/")


def test_pages_work_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    make_round()
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    sign_in(page, live_server, "li")

    page.get_by_text("市局 · 李科").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Overview", exact=True)).to_be_visible()
    page.get_by_text("City bureau · 李科").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(f"{live_server.url}/accounts/sign-in/")
    context.close()


def test_keyboard_reaches_the_content_first(page: Page, live_server: LiveServer) -> None:
    make_round()
    sign_in(page, live_server, "li")
    expect(page).to_have_url(f"{live_server.url}/rounds/2016-2/overview/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()
