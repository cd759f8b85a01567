"""Takes the pictures of README.md from a running demonstration:

make demo                                   (in another terminal)
.venv/bin/python scripts/screenshots.py http://127.0.0.1:8000
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
PASSWORD = "Duxun-2016-demo"  # noqa: S105 - the demonstration's, printed by `make demo`
PROJECT = "花都"
ROUND = "2017年度"
INDICATOR = "专职人员持证"


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        _overview(browser, address)
        _scoring(browser, address)
        _report(browser, address)
        browser.close()


def _sign_in(browser: Browser, address: str, user: str, *, width: int, height: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/accounts/sign-in/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_load_state()
    return page


def _overview(browser: Browser, address: str) -> None:
    page = _sign_in(browser, address, "bureau", width=1280, height=1080)
    page.goto(f"{address}/rounds/2016-2/overview/")
    page.screenshot(path=FOLDER / "overview.png")


def _scoring(browser: Browser, address: str) -> None:
    """The sheet of the open round, declared if need be, at an indicator with an earlier problem."""
    page = _sign_in(browser, address, "inspector", width=390, height=844)
    page.goto(f"{address}/my-visits/")
    card = page.locator("article", has_text=PROJECT).filter(has_text=ROUND)
    card.locator("a.btn").click()
    page.wait_for_load_state()
    if "/declare/" in page.url:
        page.get_by_role("radio").first.check()
        page.get_by_role("main").get_by_role("button").last.click()
    article = page.locator("article", has_text=INDICATOR).first
    article.locator("label", has_text="0.5").first.click()
    page.wait_for_load_state("networkidle")
    article.evaluate("one => window.scrollTo(0, one.offsetTop - 130)")
    page.screenshot(path=FOLDER / "scoring-phone.png")


def _report(browser: Browser, address: str) -> None:
    page = _sign_in(browser, address, "bureau", width=1280, height=900)
    page.goto(f"{address}/reports/?round=2016-2&kind=project")
    link = page.locator("main").get_by_role("link").filter(has_text=PROJECT).first
    page.goto(address + (link.get_attribute("href") or ""))
    response = page.request.get(f"{page.url}pdf/")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(response.body())
        file.flush()
        subprocess.run(
            ["pdftoppm", "-png", "-r", "80", "-singlefile", file.name, FOLDER / "report"],
            check=True,
        )


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
