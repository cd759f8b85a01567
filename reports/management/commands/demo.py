from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.demonstration import DEMONSTRATION_DOMAIN
from accounts.models import User
from reports.demonstration.accounts import PASSWORD
from reports.demonstration.stages import Stage, bring_to, reached

if TYPE_CHECKING:
    from argparse import ArgumentParser

_PORTS = range(8000, 8020)

_DOING = {
    Stage.PLANNED: gettext_lazy(
        "Registering projects, agencies, people and funding; planning the rounds"
    ),
    Stage.SCORING: gettext_lazy("Filling in the scoresheets of round 2016-2"),
    Stage.SIGNED: gettext_lazy("Settling differences and signing off the visits of round 2016-2"),
    Stage.PUBLISHED: gettext_lazy("Writing and publishing the reports of round 2016-2"),
}


class Command(BaseCommand):
    help = (
        "Load the demonstration rounds (2016-2 as its public summary states it, the rest made up; "
        "2017-1 open for scoring) and serve them on this machine. Needs DEMO=1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [stage.name.lower() for stage in Stage if stage is not Stage.EMPTY]
        parser.add_argument(
            "--stage",
            choices=names,
            default=names[-1],
            help="how far round 2016-2 has come (default: %(default)s)",
        )
        parser.add_argument("--no-serve", action="store_true", help="load only")
        parser.add_argument(
            "--reset", action="store_true", help="empty the demonstration database first"
        )
        parser.add_argument("--port", type=int, help="default: the first free one from 8000 on")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("The demonstration needs DEMO=1 in the environment, as in: %(command)s")
                % {"command": "DEMO=1 python manage.py demo"}
            )
        call_command("migrate", verbosity=0)
        self._refuse_real_data()
        if options["reset"]:
            call_command("flush", interactive=False, verbosity=0)
        self._load(Stage[options["stage"].upper()])
        self._print_accounts()
        if not options["no_serve"]:
            self._serve(options["port"] or _free_port())

    def _refuse_real_data(self) -> None:
        if User.objects.exclude(email__endswith=DEMONSTRATION_DOMAIN).exists():
            raise CommandError(
                _("This database has accounts of its own. Name another one in DATABASE_URL.")
            )

    def _load(self, stage: Stage) -> None:
        before = reached()
        if before > stage:
            raise CommandError(
                _(
                    "The demonstration is at the stage %(stage)s already. "
                    "Add --reset to begin again."
                )
                % {"stage": before.name.lower()}
            )
        if before < stage:
            self._tell(_("Loading the demonstration; the first time this takes about a minute."))
        bring_to(stage, say=lambda name: self._tell(f"  {_DOING[Stage[name.upper()]]} …"))

    def _tell(self, line: str) -> None:
        """Show the line now, also where the output is piped: what follows takes a while."""
        self.stdout.write(line)
        self.stdout.flush()

    def _print_accounts(self) -> None:
        told = _("Accounts (the password of all is %(password)s):") % {"password": PASSWORD}
        self.stdout.write(f"\n{told}")
        for user in User.objects.order_by("pk"):
            self.stdout.write(f"  {user.username:<12}{user.get_role_display()}  {user.name}")

    def _serve(self, port: int) -> None:
        address = f"127.0.0.1:{port}"
        told = _("Duxun is at %(address)s (stop it with Ctrl+C).") % {
            "address": f"http://{address}/"
        }
        self.stdout.write(self.style.SUCCESS(f"\n{told}\n"))
        self.stdout.flush()
        # In place of this process, so that a signal to it reaches the server itself.
        server = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind={address}"]
        os.execv(sys.executable, [*server, "--workers=2", "--threads=2", "--log-level=warning"])  # noqa: S606


def _free_port() -> int:
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CommandError(_("No port from 8000 to 8019 is free. Name one with --port."))
