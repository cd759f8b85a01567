from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inspections.models import Round
from inspections.models.rounds import UnknownRoundError
from reports.batch import BOTH_KINDS, render_round, unsigned_visits
from reports.enums import ReportKind

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Collection


class Command(BaseCommand):
    help = "Write the reports of a round to a folder as PDFs; published ones as they were stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="the round's name, YEAR-SEQUENCE, as 2016-2")
        parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
        parser.add_argument("--kind", choices=[*ReportKind.values, "all"], default="all")
        parser.add_argument("--processes", type=int, help="one for each core unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        round = self._round(options["round"])
        folder: Path = options["out"]
        self._prepare(folder, options["processes"])
        kinds: Collection[ReportKind] = (
            BOTH_KINDS if options["kind"] == "all" else {ReportKind(options["kind"])}
        )
        waiting = self._tell_unsigned(round)
        failed = 0
        for file in render_round(round, kinds=kinds, processes=options["processes"]):
            if isinstance(file.content, Exception):
                failed += 1
                self.stderr.write(f"{file.name}: {file.content}")
            else:
                self._write(folder / file.name, file.content)
        if failed or waiting:
            raise CommandError(self._summary(failed, waiting))

    def _round(self, name: str) -> Round:
        try:
            return Round.objects.named(name)
        except UnknownRoundError as error:
            names = "、".join(one.name for one in Round.objects.all()) or _("none")
            raise CommandError(
                _("There is no round %(name)s. Rounds there are: %(names)s.")
                % {"name": name, "names": names}
            ) from error

    def _prepare(self, folder: Path, processes: int | None) -> None:
        if processes is not None and processes < 1:
            raise CommandError(_("--processes is 1 or more."))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                _("%(folder)s: the folder can't be made: %(reason)s")
                % {"folder": folder, "reason": error.strerror}
            ) from error

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("%(file)s: can't be written: %(reason)s")
                % {"file": path, "reason": error.strerror}
            ) from error
        self.stdout.write(path.name)

    def _tell_unsigned(self, round: Round) -> int:
        """Name the visits that have no report yet; how many there are."""
        visits = unsigned_visits(round)
        for visit in visits:
            self.stderr.write(
                _("%(project)s: not signed off yet (%(status)s), so there is no report.")
                % {"project": visit.project, "status": visit.get_status_display()}
            )
        return len(visits)

    def _summary(self, failed: int, waiting: int) -> str:
        told = []
        if failed:
            told.append(
                ngettext(
                    "%(count)s report could not be written.",
                    "%(count)s reports could not be written.",
                    failed,
                )
                % {"count": failed}
            )
        if waiting:
            told.append(
                ngettext(
                    "%(count)s visit is not signed off.",
                    "%(count)s visits are not signed off.",
                    waiting,
                )
                % {"count": waiting}
            )
        return " ".join(told)
