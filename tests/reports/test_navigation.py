from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from accounts.permissions import Role
from reports.navigation import MAIN, MORE, navigation_for
from tests.factories import UserFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from reports.navigation import Destination, Navigation


def bar_of(role: Role, path: str = "/", view: str = "") -> Navigation:
    return navigation_for(User(role=role), path=path, view=view)


@pytest.mark.parametrize(
    ("role", "main", "more"),
    [
        (
            Role.BUREAU,
            ["总览", "巡查轮次", "项目", "机构", "问题整改", "报告"],
            ["人员", "资金", "评估工具", "基础数据"],
        ),
        (
            Role.ADMIN,
            ["总览", "巡查轮次", "项目", "机构", "问题整改", "报告"],
            ["人员", "资金", "评估工具", "审计日志", "基础数据"],
        ),
        (
            Role.AUDITOR,
            ["总览", "巡查轮次", "项目", "机构", "问题整改", "报告"],
            ["人员", "资金", "评估工具", "审计日志"],
        ),
        (
            Role.INSPECTOR,
            ["我的巡查", "项目", "机构", "问题整改", "报告"],
            ["人员", "资金", "评估工具"],
        ),
        (Role.DISTRICT, ["首页", "项目", "机构", "问题整改", "报告"], ["人员", "资金"]),
        (Role.AGENCY, ["首页", "项目", "机构", "问题整改", "报告"], ["人员", "资金"]),
    ],
)
def test_navigation_has_what_the_role_may_open(
    role: Role, main: list[str], more: list[str]
) -> None:
    bar = bar_of(role)

    assert [str(entry.label) for entry in bar.main] == main
    assert [str(entry.label) for entry in bar.more] == more


@pytest.mark.parametrize(
    ("role", "path", "view", "current"),
    [
        (Role.BUREAU, "/", "reports:home", "总览"),
        (Role.BUREAU, "/rounds/2016-2/overview/", "reports:overview", "总览"),
        (Role.BUREAU, "/rounds/2016-2/", "inspections:round", "巡查轮次"),
        (Role.BUREAU, "/visits/3/", "inspections:visit", "巡查轮次"),
        (Role.INSPECTOR, "/visits/3/", "inspections:visit", "我的巡查"),
        (Role.INSPECTOR, "/sheets/3/", "inspections:sheet", "我的巡查"),
        (Role.BUREAU, "/projects/3/", "projects:project", "项目"),
        (Role.AGENCY, "/", "reports:home", "首页"),
        (Role.AUDITOR, "/audit-log/", "reports:audit-log", "审计日志"),
        (Role.BUREAU, "/accounts/password/", "accounts:password", None),
    ],
)
def test_navigation_marks_where_the_page_belongs(
    role: Role, path: str, view: str, current: str | None
) -> None:
    bar = bar_of(role, path, view)

    marked = [str(entry.label) for entry in (*bar.main, *bar.more) if entry.is_current]
    assert marked == ([current] if current else [])


@pytest.mark.parametrize("place", [*MAIN, *MORE], ids=lambda place: place.view)
def test_navigation_names_pages_that_exist(place: Destination) -> None:
    assert reverse(place.view).startswith("/")


@pytest.mark.django_db
def test_page_of_nobody_signed_in_has_no_navigation(client: Client) -> None:
    assertNotContains(client.get("/accounts/sign-in/"), "更多")


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_banner_is_there_in_the_demonstration_only(
    client: Client, settings: SettingsWrapper, demo: bool
) -> None:
    settings.DEMO = demo

    response = client.get("/accounts/sign-in/")

    check = assertContains if demo else assertNotContains
    check(response, "演示数据")


@pytest.mark.django_db
def test_language_is_switched_and_the_page_stays(client: Client) -> None:
    client.force_login(UserFactory(auditor=True))

    response = client.post(
        "/i18n/setlang/", {"language": "en", "next": "/audit-log/?action=1"}, follow=True
    )

    assert response.redirect_chain == [("/audit-log/?action=1", 302)]
    assertContains(response, '<html lang="en">')
    assertContains(response, "Audit log")
