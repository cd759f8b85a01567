"""Makes the demonstration's accounts; they can sign in only while `DEMO` is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.demonstration import DEMONSTRATION_DOMAIN
from accounts.models import User
from projects.models import UserScope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from reports.demonstration.registry import Registry

PASSWORD = "Duxun-2016-demo"  # noqa: S105 - printed by the demonstration, refused without DEMO


def load_accounts(group: Mapping[str, Any], registry: Registry) -> dict[str, User]:
    """Make the accounts of `rounds.toml` with what each covers; by user name."""
    users = {}
    for row in group["rows"]:
        user = User(
            username=row["username"],
            name=row["name"],
            role=row["role"],
            email=row["username"] + DEMONSTRATION_DOMAIN,
        )
        user.set_password(PASSWORD)
        user.full_clean()
        user.save()
        for name in row.get("districts", []):
            UserScope.objects.create(user=user, district=registry.districts[name])
        for name in row.get("agencies", []):
            UserScope.objects.create(user=user, agency=registry.agencies[name])
        users[user.username] = user
    return users
