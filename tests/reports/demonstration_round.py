"""The demonstration round as a fixture: loaded once for a module, rolled back after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from inspections.models import Round
from reports.demonstration.stages import Stage, bring_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def signed_round(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Round]:
    """Round 2016-2 with every visit signed off and no report drafted.

    A test that uses it is marked `django_db`: it then works in a savepoint of its own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        bring_to(Stage.SIGNED, say=lambda _: None)
        yield Round.objects.named("2016-2")
        transaction.set_rollback(True)
