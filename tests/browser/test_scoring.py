"""The inspectors' part in a real browser: on a phone, without scripts, and the lead's end of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from inspections.enums import Mode, RoundStatus, SheetStatus, VisitStatus
from inspections.models import Answer, Finding, Indicator, Photo, Scoresheet, VisitResult
from tests.factories import (
    PASSWORD,
    FindingCategoryFactory,
    InstrumentFactory,
    PanelMemberFactory,
    RoundFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
    VisitMethodFactory,
)
from tests.inspections.uploads import no_picture, picture

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

    from inspections.models import PanelMember, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _own_media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def seat() -> PanelMember:
    """A seat, not declared yet, with six indicators to score in two sections."""
    instrument = InstrumentFactory(
        sections=2,
        indicators=3,
        modes=(Mode.POINTS, Mode.LEVEL, Mode.YES_NO),
        published=True,
    )
    FindingCategoryFactory(short_name="人员管理")
    return PanelMemberFactory(
        user=UserFactory(username="zhang", name="张督导", inspector=True),
        visit=VisitFactory(
            round=RoundFactory(instrument=instrument, status=RoundStatus.OPEN),
            project__short_name="花都",
        ),
        is_lead=True,
    )


def sign_in(page: Page, live_server: LiveServer, name: str) -> None:
    page.goto(f"{live_server.url}/accounts/sign-in/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def declare(page: Page, live_server: LiveServer) -> None:
    """From the own visits to the open sheet."""
    page.goto(f"{live_server.url}/my-visits/")
    page.get_by_role("link", name="先作回避声明").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(f"{live_server.url}/my-visits/")
    page.get_by_role("link", name="开始评分").click()


def card(page: Page, indicator: Indicator) -> Locator:
    return page.locator(f"#i-{indicator.pk}")


def choose(page: Page, indicator: Indicator, value: str) -> None:
    """Taps the choice as a finger does: on its label."""
    choice = card(page, indicator).locator(f'label:has(input[value="{value}"])')
    choice.click()


def button(page: Page, name: str) -> Locator:
    return page.locator(".sheet-foot").get_by_role("button", name=name)


def indicators_of(seat: PanelMember) -> list[Indicator]:
    return list(Indicator.objects.scored_by(seat))


def given(seat: PanelMember) -> dict[int, Decimal | None]:
    return dict(Answer.objects.filter(sheet__member=seat).values_list("indicator", "points"))


def submit(page: Page) -> None:
    button(page, "提交").click()
    page.get_by_role("button", name="提交", exact=True).click()


def test_inspector_fills_and_submits_a_sheet_on_a_phone(
    page: Page, live_server: LiveServer, seat: PanelMember
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, live_server, "zhang")
    declare(page, live_server)
    first, second, *rest = indicators_of(seat)

    # Every choice is large enough for a finger, and nothing is wider than the screen.
    box = card(page, first).locator(".steps label").first.bounding_box()
    assert (box["width"] >= 44, box["height"] >= 44) == (True, True)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    # Counts follow while it is filled in; a deduction counts with its reason.
    done = page.locator("[data-done]")
    choose(page, first, "10")
    expect(done).to_have_text("1")
    choose(page, second, "7")
    expect(done).to_have_text("1")
    expect(card(page, second).get_by_text("扣分说明未填")).to_be_visible()
    card(page, second).get_by_role("textbox").fill("个别记录缺跟进")
    expect(done).to_have_text("2")
    expect(page.get_by_text("有未保存的修改")).to_be_visible()

    # A finding and a photograph; the draft is saved on the way.
    card(page, second).locator("input[type=file]").set_input_files(
        {"name": "台账.jpg", "mimeType": "image/jpeg", "buffer": picture().read()}
    )
    expect(card(page, second).get_by_text("1 张照片，待保存")).to_be_visible()
    card(page, second).get_by_role("button", name="记录问题").click()
    page.get_by_label("发现的情况").fill("督导记录不全")
    page.get_by_label("类别").select_option(label="人员管理")
    page.get_by_label("严重程度").select_option(label="一般")
    page.get_by_label("责任方").select_option(label="承办机构")
    page.get_by_role("button", name="保存").last.click()
    expect(card(page, second).get_by_text("督导记录不全")).to_be_visible()
    expect(card(page, second).locator(".photo img")).to_have_count(1)

    # What is missing is shown until it is there.
    expect(page.locator("[data-missing-count]")).to_have_text("4")
    for indicator in rest:
        choose(page, indicator, "10")
    expect(page.get_by_text("已全部评完")).to_be_visible()
    page.locator("[data-tab]").last.click()
    submit(page)

    expect(page.get_by_text("评分表已提交，谢谢。")).to_be_visible()
    sheet = Scoresheet.objects.get(member=seat)
    assert sheet.status == SheetStatus.SUBMITTED
    assert given(seat) == {one.pk: Decimal(10) for one in (first, *rest)} | {second.pk: Decimal(7)}
    assert [photo.indicator for photo in Photo.objects.all()] == [second]
    assert [finding.indicator for finding in Finding.objects.all()] == [second]


def test_inspector_fills_and_submits_a_sheet_without_scripts(
    browser: Browser, live_server: LiveServer, seat: PanelMember
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    sign_in(page, live_server, "zhang")
    declare(page, live_server)
    first, second, *rest = indicators_of(seat)

    # Zero, blank and cleared again are three things.
    choose(page, first, "0")
    card(page, first).get_by_role("textbox").fill("未开展")
    choose(page, second, "10")
    button(page, "保存草稿").click()
    expect(page.get_by_text("草稿已保存。")).to_be_visible()
    choose(page, second, "")
    page.get_by_role("button", name="保存，继续评").click()
    assert page.url.endswith(f"#s-{rest[-1].section.key}")
    assert given(seat) == {first.pk: Decimal(0), second.pk: None}

    # A bad photograph is told at its indicator, and the rest is saved.
    text = no_picture()
    card(page, second).locator("input[type=file]").set_input_files(
        {"name": text.name, "mimeType": "image/jpeg", "buffer": text.read()}
    )
    choose(page, second, "10")
    button(page, "保存草稿").click()
    expect(card(page, second).get_by_text("不是图片")).to_be_visible()
    assert given(seat)[second.pk] == Decimal(10)

    # The registry's warnings and findings are pages of their own.
    page.get_by_role("link", name="登记资料对本项目的核对提示").click()
    page.get_by_role("link", name="返回").click()
    button(page, "记录问题").click()
    page.get_by_role("radio", name="亮点").check()
    page.get_by_label("发现的情况").fill("队伍稳定")
    page.get_by_role("button", name="保存").last.click()
    expect(page.get_by_text("队伍稳定")).to_be_visible()

    # Submitting says what is missing, with links, and then goes through.
    button(page, "提交").click()
    expect(page.get_by_text("有 4 项未填完整")).to_be_visible()
    page.locator("main").get_by_role("link", name=str(rest[0])).click()
    for indicator in rest:
        choose(page, indicator, "10")
    submit(page)

    expect(page.get_by_text("评分表已提交，谢谢。")).to_be_visible()
    assert Scoresheet.objects.get(member=seat).status == SheetStatus.SUBMITTED
    context.close()


def test_page_that_went_stale_asks_before_it_overwrites(
    page: Page, live_server: LiveServer, seat: PanelMember
) -> None:
    sign_in(page, live_server, "zhang")
    declare(page, live_server)
    first = indicators_of(seat)[0]
    other = page.context.new_page()
    other.goto(page.url)
    choose(other, first, "10")
    button(other, "保存草稿").click()
    expect(other.get_by_text("草稿已保存。")).to_be_visible()
    other.close()

    choose(page, first, "9.5")
    button(page, "保存草稿").click()

    expect(card(page, first).get_by_text("这一项在别处也有改动")).to_be_visible()
    assert given(seat) == {first.pk: Decimal(10)}
    button(page, "保存草稿").click()
    expect(page.get_by_text("草稿已保存。")).to_be_visible()
    assert given(seat) == {first.pk: Decimal("9.5")}


def test_tab_leads_to_its_section_below_the_bars(
    page: Page, live_server: LiveServer, seat: PanelMember
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, live_server, "zhang")
    declare(page, live_server)

    page.locator("[data-tab]").nth(1).click()

    bars = page.locator(".sections").bounding_box()
    heading = page.locator("[data-section] h2").nth(1).bounding_box()
    below = heading["y"] - (bars["y"] + bars["height"])
    assert 0 < below < 60


def test_leaving_with_unsaved_changes_is_asked_about(
    page: Page, live_server: LiveServer, seat: PanelMember
) -> None:
    sign_in(page, live_server, "zhang")
    declare(page, live_server)
    choose(page, indicators_of(seat)[0], "10")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_role("link", name="返回").click()

    page.wait_for_url("**/visits/*/")
    assert asked == ["beforeunload"]


def test_saving_without_a_network_or_signed_out_keeps_the_page(
    page: Page, live_server: LiveServer, seat: PanelMember
) -> None:
    sign_in(page, live_server, "zhang")
    declare(page, live_server)
    first = indicators_of(seat)[0]
    choose(page, first, "10")

    page.context.set_offline(True)
    button(page, "保存草稿").click()
    expect(page.get_by_text("没有网络")).to_be_visible()
    page.context.set_offline(False)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    button(page, "保存草稿").click()
    expect(page.get_by_text("您已退出登录")).to_be_visible()
    assert given(seat) == {}
    page.context.add_cookies(cookies)
    button(page, "保存草稿").click()

    expect(page.get_by_text("草稿已保存。")).to_be_visible()
    assert given(seat) == {first.pk: Decimal(10)}


@pytest.fixture
def visit() -> Visit:
    """Two sheets that differ widely on the first indicator, ready for the lead."""
    instrument = InstrumentFactory(sections=1, indicators=3, published=True)
    visit = VisitFactory(moderation=True, round=RoundFactory(instrument=instrument))
    lead = UserFactory(username="zhang", name="张组长", inspector=True)
    sheets = [
        ScoresheetFactory(
            member=PanelMemberFactory(visit=visit, clear=True, is_lead=True, user=lead),
            submitted=True,
            points=9,
        ),
        ScoresheetFactory(
            member=PanelMemberFactory(visit=visit, clear=True), submitted=True, points=9
        ),
    ]
    first = indicators_of(sheets[0].member)[0]
    Answer.objects.filter(sheet=sheets[1], indicator=first).update(points=3)
    VisitMethodFactory(visit=visit)
    return visit


def test_lead_settles_and_signs_off(page: Page, live_server: LiveServer, visit: Visit) -> None:
    sign_in(page, live_server, "zhang")
    page.goto(f"{live_server.url}/my-visits/")
    page.get_by_role("link", name="比对并裁定").click()
    expect(page.get_by_text("1 项待裁定", exact=True)).to_be_visible()

    # A value without a reason is told in place.
    settle = page.locator("#to-settle .ind").first
    settle.get_by_label("裁定值").select_option("8")
    page.get_by_role("button", name="保存裁定").click()
    expect(settle.get_by_text("请填写裁定的理由。")).to_be_visible()
    expect(settle.get_by_label("裁定值")).to_have_value("8")
    settle.get_by_label("理由").fill("以现场核实为准")
    page.get_by_role("button", name="保存裁定").click()
    expect(page.get_by_text("裁定已保存。")).to_be_visible()

    # Signing off without the appraisal is refused; then it freezes the result.
    page.get_by_role("navigation", name="裁定").get_by_role("link", name="结果与签署").click()
    page.get_by_role("button", name="签署", exact=True).click()
    expect(page.get_by_text("尚未签署")).to_be_visible()
    page.get_by_label("总体评价").fill("运行良好，记录有待完善。")
    page.get_by_role("button", name="签署", exact=True).click()

    expect(page.get_by_text("本次巡查已签署。")).to_be_visible()
    visit.refresh_from_db()
    assert (visit.status, visit.appraisal) == (VisitStatus.SIGNED, "运行良好，记录有待完善。")
    # (8 + 9 + 9) of 30 by tracks: professional 17/20, finance 9/10.
    assert VisitResult.objects.get().total_percent == Decimal("86.50")
    expect(page.get_by_text("86.50")).to_be_visible()
