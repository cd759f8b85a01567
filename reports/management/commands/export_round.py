from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.models import Round
from inspections.models.rounds import UnknownRoundError
from reports.overview import load_whole_overview
from reports.overview_workbook import Stamp, write_workbook

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Write a round's scores, findings, funding and staff figures to an Excel workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="the round's name, YEAR-SEQUENCE, as 2016-2")
        parser.add_argument("--out", type=Path, required=True, help="the .xlsx file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if out.suffix.lower() != ".xlsx":
            raise CommandError(_("%(file)s: the file's name must end in .xlsx.") % {"file": out})
        if not out.parent.is_dir():
            raise CommandError(_("%(folder)s: there is no such folder.") % {"folder": out.parent})
        try:
            found = load_whole_overview(options["round"])
        except UnknownRoundError as error:
            names = "、".join(one.name for one in Round.objects.all()) or _("none")
            raise CommandError(
                _("There is no round %(name)s. Rounds there are: %(names)s.")
                % {"name": error, "names": names}
            ) from error
        stamp = Stamp(
            by=_("%(user)s on the command line") % {"user": getpass.getuser()},
            at=timezone.localtime(),
        )
        out.write_bytes(write_workbook(found, stamp).getvalue())
        self.stdout.write(_("Written: %(file)s") % {"file": out})
