from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import User
from accounts.permissions import Role
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMIN, 200),
        (Role.BUREAU, 200),
        (Role.INSPECTOR, 403),
        (Role.DISTRICT, 403),
        (Role.AGENCY, 403),
        (Role.AUDITOR, 403),
    ],
)
def test_admin_site_opens_by_role(client: Client, role: Role, status: int) -> None:
    client.force_login(UserFactory(role=role))

    response = client.get("/admin/", follow=True)

    assert response.status_code == status


def test_admin_site_is_entered_through_the_sign_in_page(client: Client) -> None:
    response = client.get("/admin/accounts/user/", follow=True)

    assert response.redirect_chain[-1][0] == ("/accounts/sign-in/?next=/admin/accounts/user/")


def test_admin_site_keeps_its_own_sign_in_page_closed(client: Client) -> None:
    response = client.get("/admin/login/", {"next": "https://example.org/"})

    assert response["Location"] == "/accounts/sign-in/?next=/admin/"


@pytest.mark.parametrize(
    ("name", "admin", "bureau"),
    [
        ("projects_project_changelist", 200, 200),
        ("accounts_user_changelist", 200, 403),
        ("accounts_user_add", 200, 403),
        ("auditlog_logentry_changelist", 403, 403),
        ("auth_group_changelist", 403, 403),
    ],
)
def test_admin_pages_follow_the_role(client: Client, name: str, admin: int, bureau: int) -> None:
    statuses = []
    for role in (Role.ADMIN, Role.BUREAU):
        client.force_login(UserFactory(role=role))
        statuses.append(client.get(reverse(f"admin:{name}")).status_code)

    assert statuses == [admin, bureau]


def test_administrator_makes_an_account(client: Client) -> None:
    client.force_login(UserFactory(admin=True))

    response = client.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "zhang",
            "name": "张三",
            "role": Role.INSPECTOR,
            "email": "zhang@example.org",
            "usable_password": "true",
            "password1": "Quince-38",
            "password2": "Quince-38",
            "scopes-TOTAL_FORMS": 0,
            "scopes-INITIAL_FORMS": 0,
        },
    )

    assert response.status_code == 302
    made = User.objects.get(username="zhang")
    assert (made.name, made.role, made.is_staff, made.is_superuser) == (
        "张三",
        Role.INSPECTOR,
        False,
        False,
    )


def test_accounts_are_closed_and_never_deleted(client: Client) -> None:
    client.force_login(UserFactory(admin=True))
    user = UserFactory()

    response = client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize(
    "permission", ["axes.delete_accesslog", "auditlog.delete_logentry", "auditlog.view_logentry"]
)
def test_records_of_what_was_done_are_nobodys_to_keep(permission: str) -> None:
    assert not UserFactory(admin=True).has_perm(permission)


def test_administrator_ends_the_lock_after_wrong_passwords(client: Client) -> None:
    user = UserFactory(username="wang", name="王五")
    for _ in range(5):
        client.post("/accounts/sign-in/", {"username": "wang", "password": "Walnut-72"})
    administrator = Client()
    administrator.force_login(UserFactory(admin=True))

    response = administrator.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "end_lock", "_selected_action": [user.pk]},
        follow=True,
    )

    assertContains(response, "以下账号可重新登录：王五")
    assert (
        client.post("/accounts/sign-in/", {"username": "wang", "password": PASSWORD}).status_code
        == 302
    )


def test_first_account_made_by_the_command_is_an_administrator() -> None:
    call_command(
        "createsuperuser",
        username="first",
        email="first@example.org",
        name="李四",
        interactive=False,
    )

    assert User.objects.get(username="first").role == Role.ADMIN
