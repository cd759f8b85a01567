"""What `collectstatic` makes of the files: production serves nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


def test_collectstatic_finds_every_file_that_a_stylesheet_names(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    bootstrap = staticfiles_storage.url("vendor/bootstrap/bootstrap.min.css")
    served = (tmp_path / bootstrap.removeprefix("/static/")).read_text(encoding="utf-8")
    assert served.count('url("icons/') == 23
    # The security policy lets no data: address through.
    assert served.count("data:") == 0
