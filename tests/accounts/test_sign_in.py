from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.demonstration import DEMONSTRATION_DOMAIN
from tests.factories import PASSWORD, UserFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"


def test_sign_in_with_the_right_password_goes_home(client: Client) -> None:
    user = UserFactory(username="wang")

    response = client.post(SIGN_IN, {"username": "wang", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client: Client) -> None:
    UserFactory(username="wang")
    asked = client.get("/audit-log/")

    page = client.get(asked["Location"])
    response = client.post(
        SIGN_IN,
        {"username": "wang", "password": PASSWORD, "next": page.context["next"]},
    )

    assert response["Location"] == "/audit-log/"


def test_sign_in_never_goes_to_another_site(client: Client) -> None:
    UserFactory(username="wang")

    response = client.post(
        SIGN_IN, {"username": "wang", "password": PASSWORD, "next": "https://example.org/"}
    )

    assert response["Location"] == "/"


def test_sign_in_with_a_wrong_password_says_so_and_keeps_the_name(client: Client) -> None:
    UserFactory(username="wang")

    response = client.post(SIGN_IN, {"username": "wang", "password": "Walnut-72"})

    assert response.status_code == 200
    form = response.context["form"]
    assert form.non_field_errors() == [
        "用户名与密码不匹配。请注意区分大小写。连续五次输错密码后，须等待五分钟。"
    ]
    assert form["username"].value() == "wang"
    assert "_auth_user_id" not in client.session


def test_sign_in_is_locked_after_five_wrong_passwords(client: Client) -> None:
    UserFactory(username="wang")
    for _ in range(5):
        last = client.post(SIGN_IN, {"username": "wang", "password": "Walnut-72"})

    response = client.post(SIGN_IN, {"username": "wang", "password": PASSWORD})

    assert last.status_code == 429
    assert response.status_code == 429
    assertContains(response, "密码输错次数过多", status_code=429)
    assert "_auth_user_id" not in client.session


def test_sign_in_of_a_closed_account_is_refused(client: Client) -> None:
    UserFactory(username="wang", is_active=False)

    response = client.post(SIGN_IN, {"username": "wang", "password": PASSWORD})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("demo", "status"), [(True, 302), (False, 200)])
def test_demonstration_accounts_sign_in_only_in_the_demonstration(
    client: Client, settings: SettingsWrapper, demo: bool, status: int
) -> None:
    UserFactory(username="wang", email=f"wang{DEMONSTRATION_DOMAIN}")
    settings.DEMO = demo

    response = client.post(SIGN_IN, {"username": "wang", "password": PASSWORD})

    assert response.status_code == status


def test_sign_out_takes_a_post(client: Client) -> None:
    client.force_login(UserFactory())

    refused = client.get("/accounts/sign-out/")
    response = client.post("/accounts/sign-out/")

    assert refused.status_code == 405
    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    assert "_auth_user_id" not in client.session


def test_password_is_changed_and_the_session_goes_on(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)

    response = client.post(
        reverse("accounts:password"),
        {"old_password": PASSWORD, "new_password1": "Quince-38", "new_password2": "Quince-38"},
    )

    assert (response.status_code, response["Location"]) == (302, "/")
    user.refresh_from_db()
    assert user.check_password("Quince-38")
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"old_password": "Walnut-72"}, "old_password"),
        ({"new_password1": "quinces", "new_password2": "quinces"}, "new_password2"),
        ({"new_password2": "Quince-39"}, "new_password2"),
    ],
)
def test_password_that_will_not_do_is_refused_at_its_field(
    client: Client, data: dict[str, str], field: str
) -> None:
    user = UserFactory()
    client.force_login(user)
    good = {"old_password": PASSWORD, "new_password1": "Quince-38", "new_password2": "Quince-38"}

    response = client.post(reverse("accounts:password"), good | data)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
