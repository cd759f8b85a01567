"""Settings from the environment: a wrong one stops the start and says what to do."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from config import environment

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
KEY = "a-key-that-only-this-test-knows-" * 2
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "duxun.example.org"}


def start(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in an environment with these variables only."""
    environ = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environ | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def read_settings(variables: dict[str, str], *names: str) -> dict[str, Any]:
    """What config.settings holds under these variables."""
    code = (
        "import json, sys; from config import settings;"
        "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))"
    )
    done = start(variables, "-c", code, *names)
    assert done.stderr == ""
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


@pytest.mark.parametrize(
    ("variables", "problem", "remedy"),
    [
        pytest.param(
            {"ALLOWED_HOSTS": "duxun.example.org"},
            "SECRET_KEY is not set.",
            "Set it to a random string that only this server knows",
            id="no key",
        ),
        pytest.param(
            PRODUCTION | {"SECRET_KEY": "short"},
            "SECRET_KEY is shorter than 32 characters.",
            "Set it to a random string that only this server knows",
            id="short key",
        ),
        pytest.param(
            {"SECRET_KEY": KEY},
            "ALLOWED_HOSTS is not set.",
            "Set it to the names that users type into the address bar",
            id="no hosts",
        ),
        pytest.param(
            PRODUCTION | {"ALLOWED_HOSTS": "*"},
            "ALLOWED_HOSTS must hold host names, no addresses and no lone *.",
            "Set it to the names that users type into the address bar",
            id="any host",
        ),
        pytest.param(
            PRODUCTION | {"DEBUG": "perhaps"},
            "DEBUG is not valid.",
            "Set it to 1 (yes) or 0 (no), or leave it unset.",
            id="wrong flag",
        ),
        pytest.param(
            PRODUCTION | {"DATABASE_URL": "a file"},
            "DATABASE_URL is not valid.",
            "Use sqlite:///db.sqlite3 (a file beside manage.py)",
            id="no database address",
        ),
        pytest.param(
            PRODUCTION | {"DATABASE_URL": "mysql://user:password@host/name"},
            "DATABASE_URL must name an SQLite or a PostgreSQL database.",
            "Use sqlite:///db.sqlite3 (a file beside manage.py)",
            id="other database",
        ),
        pytest.param(
            PRODUCTION | {"DATABASE_URL": "postgresql://user:password@host/"},
            "DATABASE_URL names no database.",
            "Use sqlite:///db.sqlite3 (a file beside manage.py)",
            id="database without a name",
        ),
        pytest.param(
            PRODUCTION | {"DATABASE_URL": "sqlite:////no/such/folder/db.sqlite3"},
            "DATABASE_URL names a file in a folder that does not exist.",
            "Make it first.",
            id="database in a missing folder",
        ),
        pytest.param(
            PRODUCTION | {"MEDIA_ROOT": "manage.py"},
            "MEDIA_ROOT is not a folder.",
            "Set it to a folder that Duxun may write to.",
            id="media in a file",
        ),
        pytest.param(
            PRODUCTION | {"CSRF_TRUSTED_ORIGINS": "duxun.example.org"},
            "CSRF_TRUSTED_ORIGINS must hold origins with their scheme.",
            "Set it to something like https://duxun.example.gov.cn",
            id="origin without scheme",
        ),
        pytest.param(
            PRODUCTION | {"TIME_ZONE": "Asia/Guangdong"},
            "TIME_ZONE is not a time zone.",
            "Set it to a name of the time zone database, for instance Asia/Shanghai.",
            id="unknown time zone",
        ),
        pytest.param(
            PRODUCTION | {"SESSION_SECONDS": "30"},
            "SESSION_SECONDS is not valid.",
            "Set it to a whole number of seconds, 60 or more.",
            id="short session",
        ),
        pytest.param(
            PRODUCTION | {"EMAIL_URL": "mail.example.org"},
            "EMAIL_URL does not name a mail server.",
            "Use submission://user:password@host:587",
            id="no mail address",
        ),
    ],
)
def test_start_with_a_wrong_variable_stops_with_its_remedy(
    variables: dict[str, str], problem: str, remedy: str
) -> None:
    done = start(variables, "manage.py", "check")

    assert done.returncode == 1
    assert done.stderr.startswith(f"Duxun does not start. {problem} {remedy}")
    assert done.stderr.count("\n") == 1
    assert "password@host/" not in done.stderr


def test_start_of_any_command_without_key_stops_with_the_same_message() -> None:
    done = start({}, "manage.py", "migrate")

    assert done.stderr.startswith("Duxun does not start. SECRET_KEY is not set.")


def test_production_is_strict_by_default() -> None:
    names = ("DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")

    assert read_settings(PRODUCTION, *names, "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS") == {
        "DEBUG": False,
        "DEMO": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "ALLOWED_HOSTS": ["duxun.example.org"],
    }


def test_demonstration_starts_without_any_other_variable() -> None:
    names = ("DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS")

    assert read_settings({"DEMO": "1"}, *names) == {
        "DEBUG": False,
        "DEMO": True,
        "SESSION_COOKIE_SECURE": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
    }


def test_empty_variable_counts_as_unset() -> None:
    variables = PRODUCTION | {"DEBUG": "", "DATABASE_URL": " ", "TIME_ZONE": ""}

    loaded = read_settings(variables, "DEBUG", "DATABASES", "TIME_ZONE")

    assert loaded["DEBUG"] is False
    assert loaded["DATABASES"]["default"]["NAME"] == str(ROOT / "db.sqlite3")
    assert loaded["TIME_ZONE"] == "Asia/Shanghai"


def test_mail_address_becomes_the_mailer() -> None:
    variables = PRODUCTION | {"EMAIL_URL": "submission://clerk:p%40ss@mail.example.org"}

    assert read_settings(variables, "MAILERS")["MAILERS"]["default"] == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": "mail.example.org",
            "port": 587,
            "username": "clerk",
            "password": "p@ss",
            "use_tls": True,
            "use_ssl": False,
            "timeout": None,
        },
    }


def test_sqlite_file_is_opened_for_several_writers(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    for name in ('journal_mode', 'foreign_keys', 'busy_timeout'):\n"
        "        print(cursor.execute(f'PRAGMA {name}').fetchone()[0])\n"
    )
    variables = PRODUCTION | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    assert start(variables, "-c", code).stdout.split() == ["wal", "1", "20000"]


def test_generated_key_is_kept_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret-key"

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SECRET_KEY")
        keys = {environment.read_secret_key(generated=file) for _ in range(3)}

    assert keys == {file.read_text()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_page_allows_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    response = client.get("/no-such-page/")

    assert response.headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
