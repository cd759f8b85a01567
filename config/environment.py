"""Reads settings from environment variables; a wrong one stops the start with its remedy."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import environs
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable

env = environs.Env()

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
SMTP = "django.core.mail.backends.smtp.EmailBackend"

_MINIMUM_SECRET_KEY_LENGTH = 32
_KEY_REMEDY = (
    "Set it to a random string that only this server knows, for instance the output of: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
)


class SettingError(ImproperlyConfigured):
    """An environment variable that Duxun can't start with.

    The message never shows the value: it may hold a password.
    """

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name} {problem}. {remedy}")


def read[T](parse: Callable[..., T], name: str, default: T, *, remedy: str, **options: Any) -> T:
    """The variable's value, or `default` where it is unset or empty.

    `parse` is one of environs' methods, such as `env.bool`; `options` go to it.
    Raises SettingError when it does not accept the value.
    """
    if not os.environ.get(name, "").strip():
        return default
    try:
        return parse(name, **options)
    except environs.EnvError as error:
        raise SettingError(name, "is not valid", remedy) from error


def read_flag(name: str, *, default: bool) -> bool:
    return read(env.bool, name, default, remedy="Set it to 1 (yes) or 0 (no), or leave it unset.")


def read_list(name: str) -> list[str]:
    """Comma-separated values; blanks around them and empty ones are dropped."""
    remedy = "Set it to values separated by commas."
    values: list[str] = read(env.list, name, [], remedy=remedy)
    return [value.strip() for value in values if value.strip()]


def read_secret_key(generated: Path | None) -> str:
    """SECRET_KEY; where it is unset, the key kept in the file `generated`, made when missing.

    `generated` is None in production, which must bring its own key.
    """
    name = "SECRET_KEY"
    key = os.environ.get(name, "").strip()
    if not key and generated is not None:
        return _kept_secret_key(generated)
    if not key:
        raise SettingError(name, "is not set", _KEY_REMEDY)
    if len(key) < _MINIMUM_SECRET_KEY_LENGTH:
        raise SettingError(
            name, f"is shorter than {_MINIMUM_SECRET_KEY_LENGTH} characters", _KEY_REMEDY
        )
    return key


def _kept_secret_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Several processes may start at once: each writes a file of its own, readable by its
        # owner only, and the first to link it under the final name decides.
        handle, draft = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text().strip()


def read_allowed_hosts(default: list[str]) -> list[str]:
    """ALLOWED_HOSTS; `default` is empty in production, which must name its hosts."""
    name = "ALLOWED_HOSTS"
    remedy = (
        "Set it to the names that users type into the address bar, separated by commas, "
        "for instance: duxun.example.gov.cn"
    )
    hosts = read_list(name) or default
    if not hosts:
        raise SettingError(name, "is not set", remedy)
    for host in hosts:
        if "/" in host or host == "*":
            raise SettingError(name, "must hold host names, no addresses and no lone *", remedy)
    return hosts


def read_trusted_origins() -> list[str]:
    name = "CSRF_TRUSTED_ORIGINS"
    origins = read_list(name)
    for origin in origins:
        if not origin.startswith(("https://", "http://")):
            raise SettingError(
                name,
                "must hold origins with their scheme",
                "Set it to something like https://duxun.example.gov.cn",
            )
    return origins


def read_database(base_dir: Path) -> dict[str, Any]:
    """DATABASE_URL as an entry of Django's DATABASES; an SQLite file in `base_dir` by default.

    A relative SQLite path starts from `base_dir`, wherever the command was started.
    """
    name = "DATABASE_URL"
    remedy = (
        "Use sqlite:///db.sqlite3 (a file beside manage.py), sqlite:////absolute/path.sqlite3 "
        "or postgresql://user:password@host:5432/database."
    )
    default = {"ENGINE": SQLITE, "NAME": "db.sqlite3"}
    database: dict[str, Any] = dict(read(env.dj_db_url, name, default, remedy=remedy))
    if database["ENGINE"] == SQLITE:
        if database["NAME"] != ":memory:":
            file = base_dir / database["NAME"]
            if not file.parent.is_dir():
                raise SettingError(
                    name, "names a file in a folder that does not exist", f"Make it first. {remedy}"
                )
            database["NAME"] = str(file)
        database["OPTIONS"] = {
            # Readers are not held up by a writer, and a writer takes its lock when its
            # transaction begins: one that waits can't fail half way with "locked".
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            # Seconds that a writer waits for another one.
            "timeout": 20,
        } | database.get("OPTIONS", {})
    elif database["ENGINE"] == POSTGRESQL:
        if not database["NAME"]:
            raise SettingError(name, "names no database", remedy)
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    else:
        raise SettingError(name, "must name an SQLite or a PostgreSQL database", remedy)
    return database


def read_folder(name: str, default: Path, *, base_dir: Path) -> Path:
    """A folder that is made when something is first written to it."""
    remedy = "Set it to a folder that Duxun may write to."
    folder = base_dir / read(env.path, name, default, remedy=remedy)
    if folder.exists() and not folder.is_dir():
        raise SettingError(name, "is not a folder", remedy)
    return folder


def read_time_zone(default: str) -> str:
    name = "TIME_ZONE"
    remedy = f"Set it to a name of the time zone database, for instance {default}."
    zone = read(env.str, name, default, remedy=remedy)
    try:
        ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as error:
        raise SettingError(name, "is not a time zone", remedy) from error
    return zone


def read_seconds(name: str, default: int) -> int:
    remedy = "Set it to a whole number of seconds, 60 or more."
    return read(env.int, name, default, remedy=remedy, validate=environs.validate.Range(min=60))


def read_mailer(default: dict[str, Any]) -> dict[str, Any]:
    """EMAIL_URL as an entry of Django's MAILERS."""
    name = "EMAIL_URL"
    remedy = "Use submission://user:password@host:587 or smtp://host:465?ssl=1, or leave it unset."
    found: dict[str, Any] = read(env.dj_email_url, name, {}, remedy=remedy)
    if not found:
        return default
    if found.get("EMAIL_BACKEND") != SMTP or not found["EMAIL_HOST"]:
        raise SettingError(name, "does not name a mail server", remedy)
    return {
        "BACKEND": SMTP,
        "OPTIONS": {
            "host": found["EMAIL_HOST"],
            "port": found["EMAIL_PORT"],
            "username": found["EMAIL_HOST_USER"] or "",
            "password": found["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": found["EMAIL_USE_TLS"],
            "use_ssl": found["EMAIL_USE_SSL"],
            "timeout": found["EMAIL_TIMEOUT"],
        },
    }
