from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import DEMONSTRATION_DOMAIN
from accounts.models import User
from reports.demonstration.accounts import PASSWORD
from reports.demonstration.stages import Stage, bring_to, reached

if TYPE_CHECKING:
    from argparse import ArgumentParser

_PORTS = range(8000, 8020)


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
                "The demonstration needs DEMO=1 in the environment, as in: "
                "DEMO=1 python manage.py demo"
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
                "This database has accounts of its own. Name another one in DATABASE_URL."
            )

    def _load(self, stage: Stage) -> None:
        before = reached()
        if before > stage:
            raise CommandError(
                f"The demonstration is at the stage {before.name.lower()} already. "
                "Add --reset to begin again."
            )
        bring_to(stage, say=lambda name: self.stdout.write(f"Loading: {name}"))

    def _print_accounts(self) -> None:
        self.stdout.write(f"\nAccounts (password of all: {PASSWORD})")
        for user in User.objects.order_by("pk"):
            self.stdout.write(f"  {user.username:<12}{user.get_role_display()}  {user.name}")

    def _serve(self, port: int) -> None:
        address = f"127.0.0.1:{port}"
        self.stdout.write(
            self.style.SUCCESS(f"\nDuxun is at http://{address}/ (stop it with Ctrl+C)\n")
        )
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
    raise CommandError("No port from 8000 to 8019 is free. Name one with --port.")
