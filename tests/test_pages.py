"""The frame that all pages share: error pages, tables, and what the security policy forbids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import django_tables2 as tables
import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.views import defaults
from pytest_django.asserts import assertContains

from accounts.templatetags.paging import page_numbers
from tests.factories import UserFactory
from tests.test_architecture import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = sorted(
    file
    for file in (ROOT / "templates").rglob("*.html")
    # What is printed has no security policy.
    if "official" not in file.parts
)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_template_keeps_to_the_security_policy(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)\s*=", text) == []
    assert re.findall(r"<script(?![^>]*\s(?:src|type=\"application/json\")\b)[^>]*>", text) == []
    assert "<style" not in text


def test_stylesheet_loads_nothing_that_the_security_policy_refuses() -> None:
    text = (ROOT / "static/css/duxun.css").read_text(encoding="utf-8")

    addresses = re.findall(r"url\(([^)]*)\)", text)
    assert [one for one in addresses if not one.startswith('"../')] == []


@pytest.mark.django_db
@pytest.mark.urls("tests.error_urls")
@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("/bad/", 400, "无法识别该请求"),
        ("/forbidden/", 403, "您没有权限进行此操作"),
        ("/nowhere/", 404, "没有这个页面"),
        ("/broken/", 500, "系统出错了"),
    ],
)
def test_error_page_says_what_happened_and_leads_back(address: str, status: int, text: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())

    response = client.get(address)

    assertContains(response, text, status_code=status)
    assertContains(response, '<a class="btn" href="/">回到首页</a>', status_code=status, html=True)


@pytest.mark.django_db
def test_form_without_its_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/sign-in/", {"username": "wang", "password": "x"})

    assertContains(response, "表单已失效", status_code=403)


def test_server_error_page_needs_no_database_and_no_request_data() -> None:
    response = defaults.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "系统出错了" in response.content.decode()


class PeopleTable(tables.Table):
    name = tables.Column(verbose_name="姓名")
    age = tables.Column(verbose_name="年龄", attrs={"td": {"class": "num"}})


def render(rows: list[dict[str, object]], query: str = "") -> str:
    request = RequestFactory().get(f"/?{query}")
    table = PeopleTable(rows, empty_text="没有人员")
    tables.RequestConfig(request, paginate={"per_page": 10}).configure(table)
    template = Template("{% load render_table from django_tables2 %}{% render_table table %}")
    return template.render(RequestContext(request, {"table": table}))


def test_table_names_the_column_in_each_cell() -> None:
    html = render([{"name": "张三", "age": 30}])

    assert '<td data-label="姓名" >张三</td>' in html
    assert re.search(r'<td data-label="年龄"\s+class="num">30</td>', html)


@pytest.mark.parametrize(
    ("query", "direction", "following"),
    [("sort=age", "ascending", "?sort=-age"), ("sort=-age", "descending", "?sort=age")],
)
def test_table_says_how_it_is_sorted(query: str, direction: str, following: str) -> None:
    html = render([{"name": "张三", "age": 30}], query)

    assert html.count("aria-sort") == 1
    assert f'aria-sort="{direction}"' in html
    assert f'href="{following}"' in html


def test_table_without_rows_says_so() -> None:
    html = render([])

    assert "没有人员" in html
    assert "<table" not in html


def test_table_of_many_rows_has_pages_that_keep_the_order() -> None:
    html = render([{"name": f"人员{n:02}", "age": n} for n in range(25)], "sort=age&page=2")

    assert "共 25 条" in html
    assert 'href="?sort=age&amp;page=3"' in html
    assert '<span aria-current="page">2</span>' in html


def test_page_numbers_leave_out_the_middle() -> None:
    paginator = Paginator(range(1000), 10)

    assert list(page_numbers(paginator.page(50))) == [1, "…", 48, 49, 50, 51, 52, "…", 100]
    assert list(page_numbers(paginator.page(1))) == [1, 2, 3, "…", 100]
