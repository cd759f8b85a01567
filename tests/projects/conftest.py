from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import UserFactory

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def bureau(client: Client) -> Client:
    """A browser in which bureau staff are signed in."""
    client.force_login(UserFactory(bureau=True))
    return client
