from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("accounts:sign-in")


def test_page_in_an_english_browser_is_chinese(client: Client) -> None:
    response = client.get(SIGN_IN, headers={"accept-language": "en"})

    assert response.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in response.text.lower()


def test_page_after_english_was_chosen_is_english(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en"})

    response = client.get(SIGN_IN)

    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en"' in response.text


@pytest.mark.parametrize("cookie", ["", "fr", "en/../zh", "x" * 600])
def test_page_with_a_cookie_of_no_language_is_chinese(client: Client, cookie: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    response = client.get(SIGN_IN)

    assert response.headers["Content-Language"] == "zh-hans"
