"""The environment of the whole suite. What comes from outside is only DATABASE_URL."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="duxun-tests-"))
_shell_database_url = os.environ.get("DATABASE_URL", "")
for _name in ("CSRF_TRUSTED_ORIGINS", "DEBUG", "DEMO", "EMAIL_URL", "SESSION_SECONDS", "TIME_ZONE"):
    os.environ.pop(_name, None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "only-for-tests-" * 4,
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "DATABASE_URL": _shell_database_url or "sqlite://",
    "HTTPS": "0",
    "COLLECTED_STATIC": "0",
    "MEDIA_ROOT": str(_scratch / "media"),
}

import django

django.setup()

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests import network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from playwright.sync_api import Page, Playwright
    from pytest_django import DjangoDbBlocker
    from pytest_django.live_server_helper import LiveServer

network.allow_loopback_only()

# A slow machine is no failure.
hypothesis_settings.register_profile("duxun", deadline=None)
hypothesis_settings.load_profile("duxun")


def pytest_unconfigure() -> None:
    shutil.rmtree(_scratch, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> Iterator[None]:
    """Hashing that takes no time: factories make a user for nearly every test."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """Every test starts in Chinese: a request in English leaves its language behind."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def english(client: Client) -> None:
    """The test's client has chosen English."""
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Puts the SQLite test database into a file, as in production.

    In memory, the threads of the live server would share one connection and its transaction.
    """
    database = django_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(_scratch / "test.sqlite3")
        # Nobody needs the file after a crash.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


# Pages in a real browser


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets go of the test database at the end, so that PostgreSQL can drop it.

    A browser closes without waiting for its last request, whose thread may still be connected.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """Starts after the test database is there: before, it would look like one in memory, whose
    one connection the server's threads would share.
    """
    return live_server


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Starts the system's Chromium instead of a download of Playwright's."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("Chromium is missing: run `make test`, which installs it, or set CHROMIUM.")
    return {
        "executable_path": found,
        "args": [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """Lets tests use the database while the browser is there.

    Playwright's synchronous interface keeps an event loop in this thread, and Django takes
    every query for one made from a coroutine.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield playwright


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose scripts must not fail and that must keep to the security policy."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    assert problems == []
