from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.errors import RefusedError
from inspections.actions.instruments import import_instrument, publish_instrument
from inspections.instrument_file import InstrumentFileError

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Imports an instrument from a TOML file as a draft; --publish freezes it at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="publish it after the import")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise CommandError(_("%(file)s: there is no such file.") % {"file": path}) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s: can't be read: %(reason)s") % {"file": path, "reason": error.strerror}
            ) from error
        try:
            with transaction.atomic():
                instrument = import_instrument(text=data, by=None)
                if options["publish"]:
                    publish_instrument(instrument=instrument, by=None, at=timezone.now())
        except InstrumentFileError as error:
            lines = [_told(path, problem) for problem in error.problems]
            raise CommandError("\n".join(lines)) from error
        except RefusedError as error:
            raise CommandError(_told(path, error)) from error
        self.stdout.write(
            _("%(instrument)s imported (%(status)s).")
            % {"instrument": instrument, "status": instrument.get_status_display()}
        )


def _told(path: Path, problem: object) -> str:
    return _("%(file)s: %(problem)s") % {"file": path.name, "problem": problem}
