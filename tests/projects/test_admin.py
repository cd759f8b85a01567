from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from accounts.permissions import Role
from projects.models import Agency, CheckStandard, Project, UserScope
from tests.factories import (
    AgencyFactory,
    BudgetLineFactory,
    CheckStandardFactory,
    ContractFactory,
    DistrictFactory,
    InstalmentFactory,
    PostingFactory,
    QualificationFactory,
    ServiceTargetFactory,
    UserFactory,
    UserScopeFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

MODELS = [
    model._meta.model_name
    for model in apps.get_app_config("projects").get_models()
    if admin.site.is_registered(model)
]


def make_rows() -> None:
    """A row of every kind that the admin site keeps."""
    posting = PostingFactory()
    QualificationFactory(staff=posting.staff)
    ContractFactory(project=posting.project)
    InstalmentFactory(allocation__project=posting.project)
    BudgetLineFactory(project=posting.project)
    ServiceTargetFactory(project=posting.project)
    CheckStandardFactory()


def test_admin_site_keeps_every_row_directly_or_inline() -> None:
    kept = {
        model
        for registered, page in admin.site._registry.items()
        for model in (registered, *(inline.model for inline in page.inlines))
    }

    assert set(apps.get_app_config("projects").get_models()) - kept == set()


@pytest.mark.parametrize("model", MODELS)
def test_admin_lists_search_and_show(bureau: Client, model: str) -> None:
    make_rows()

    listed = bureau.get(reverse(f"admin:projects_{model}_changelist"), {"q": "示例"})
    added = bureau.get(reverse(f"admin:projects_{model}_add"))

    assert (listed.status_code, added.status_code) == (200, 200)


@pytest.mark.parametrize("model", MODELS)
def test_admin_shows_a_row(bureau: Client, model: str) -> None:
    make_rows()
    row = apps.get_model("projects", model).objects.first()

    response = bureau.get(reverse(f"admin:projects_{model}_change", args=[row.pk]))

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_admin_lists_take_the_same_queries_for_many_rows(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries, model: str
) -> None:
    """Session, user, two counts, the rows, and the options of the filters beside them."""
    for _ in range(3):
        PostingFactory(contract=ContractFactory())
        InstalmentFactory()
        ServiceTargetFactory()
    CheckStandardFactory()
    queries = {"project": 6, "contract": 6, "fundingallocation": 6}.get(model, 5)

    with django_assert_num_queries(queries):
        bureau.get(reverse(f"admin:projects_{model}_changelist"))


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.DISTRICT, Role.AGENCY, Role.AUDITOR])
def test_admin_is_closed_to_other_roles(client: Client, role: Role) -> None:
    client.force_login(UserFactory(role=role))

    response = client.get(reverse("admin:projects_project_changelist"), follow=True)

    assert response.status_code == 403


def test_admin_says_what_is_wrong_and_keeps_what_was_entered(bureau: Client) -> None:
    response = bureau.post(
        reverse("admin:projects_agency_add"),
        {"name": "示例机构", "credit_code": "91350100M000100Y44"},
    )

    assert response.context["adminform"].form.errors == {
        "credit_code": ["统一社会信用代码的校验码不符。"]
    }
    assert "91350100M000100Y44" in response.text
    assert not Agency.objects.exists()


def test_admin_normalises_a_credit_code(bureau: Client) -> None:
    bureau.post(
        reverse("admin:projects_agency_add"),
        {"name": "示例机构", "credit_code": "91350100m000100y43"},
    )

    assert Agency.objects.get().credit_code == "91350100M000100Y43"


def test_admin_refuses_a_city_project_with_a_district(bureau: Client) -> None:
    empty = {
        f"{prefix}-{count}": "0"
        for prefix in ("contracts", "service_targets", "budget_lines")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    response = bureau.post(
        reverse("admin:projects_project_add"),
        {"name": "示例", "short_name": "示例", "level": "city", "district": DistrictFactory().pk}
        | empty,
    )

    assert response.context["adminform"].form.non_field_errors() == [
        "区级项目须填写所属区，市级项目不填写。"
    ]
    assert not Project.objects.exists()


def test_admin_shows_our_default_beside_a_limit(bureau: Client) -> None:
    CheckStandardFactory(key=CheckStandard.Key.ARRIVAL_GRACE_DAYS, value=15)

    response = bureau.get(reverse("admin:projects_checkstandard_changelist"))

    assert '<td class="field-default">30</td>' in response.text


# What accounts cover


def scope_form(user: object, **scope: object) -> dict[str, object]:
    return {
        "username": user.username,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "is_active": "on",
        "scopes-TOTAL_FORMS": "1",
        "scopes-INITIAL_FORMS": "0",
    } | {f"scopes-0-{name}": value for name, value in scope.items()}


def test_administrator_gives_an_account_its_district(client: Client) -> None:
    user, district = UserFactory(district=True), DistrictFactory()
    client.force_login(UserFactory(admin=True))

    response = client.post(
        reverse("admin:accounts_user_change", args=[user.pk]),
        scope_form(user, district=district.pk),
    )

    assert response.status_code == 302
    assert [scope.district for scope in UserScope.objects.filter(user=user)] == [district]


def test_administrator_cannot_give_a_district_account_an_agency(client: Client) -> None:
    user = UserFactory(district=True)
    client.force_login(UserFactory(admin=True))

    response = client.post(
        reverse("admin:accounts_user_change", args=[user.pk]),
        scope_form(user, agency=AgencyFactory().pk),
    )

    assert "区局账号对应区，承办机构账号对应机构，其他角色无需设置。" in response.text
    assert not UserScope.objects.exists()


def test_account_names_what_it_covers(client: Client) -> None:
    client.force_login(UserFactory(admin=True))
    scope = UserScopeFactory(
        user=UserFactory(district=True), district=DistrictFactory(name="示例区")
    )

    response = client.get(reverse("admin:accounts_user_change", args=[scope.user_id]))

    (row,) = re.findall(r'<td class="original">\s*<p>\s*(\S+)', response.text)
    assert row == "示例区"


def test_bureau_does_not_open_accounts(bureau: Client) -> None:
    scope = UserScopeFactory(user=UserFactory(district=True), district=DistrictFactory())

    response = bureau.get(reverse("admin:accounts_user_change", args=[scope.user_id]))

    assert response.status_code == 403
