"""Bureau staff look at the signed round, publish its reports and download them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from reports.demonstration.accounts import PASSWORD
from reports.demonstration.stages import Stage, bring_to

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_round(transactional_db: None, settings: SettingsWrapper) -> None:
    """The demonstration with every visit signed off, for a server in another thread to read."""
    settings.DEMO = True
    bring_to(Stage.SIGNED, say=lambda _: None)


def _sign_in(page: Page, live_server: LiveServer, username: str) -> None:
    assert User.objects.filter(username=username).exists()
    page.goto(f"{live_server.url}/accounts/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()


def _download(page: Page, folder: Path) -> str:
    """Follow the page's link to the PDF and read the file as text, without white space."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 PDF").click()
    saved = folder / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF-")
    text = subprocess.run(["pdftotext", saved, "-"], check=True, capture_output=True, text=True)
    return "".join(text.stdout.split())


def _publish(page: Page) -> None:
    page.locator("summary", has_text="发布").click()
    page.get_by_role("button", name="确认发布").click()


def test_bureau_opens_the_overview_and_downloads_both_reports(
    page: Page, live_server: LiveServer, signed_round: None, tmp_path: Path
) -> None:
    _sign_in(page, live_server, "bureau")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "2016年度司法社会工作项目第二次督导巡查"
    )
    expect(page.locator("main")).to_contain_text("2022.06")

    page.get_by_role("button", name="起草全市总结").click()
    _publish(page)
    city = _download(page, tmp_path)

    page.goto(live_server.url)
    page.get_by_role("link", name="花都", exact=True).first.click()
    page.locator("main").get_by_role("link", name="报告", exact=True).click()
    page.get_by_role("button", name="起草报告").click()
    _publish(page)
    project = _download(page, tmp_path)

    assert "十一个区级项目和三个市级项目" in city
    assert "2022.06万元" in city
    assert "花都区司法社工项目" in project
    assert "15名专职人员、10名兼职人员中无人持证" in project
