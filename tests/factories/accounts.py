"""Accounts of the roles."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory, Password

from accounts.models import User
from accounts.permissions import Role

PASSWORD = "Chestnut-27"


class UserFactory(DjangoModelFactory[User]):
    """An account of the bureau unless a trait says otherwise: `UserFactory(inspector=True)`."""

    class Meta:
        model = User

    class Params:
        admin = factory.Trait(role=Role.ADMIN)
        bureau = factory.Trait(role=Role.BUREAU)
        inspector = factory.Trait(role=Role.INSPECTOR)
        district = factory.Trait(role=Role.DISTRICT)
        agency = factory.Trait(role=Role.AGENCY)
        auditor = factory.Trait(role=Role.AUDITOR)

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    role = Role.BUREAU
    password = Password(PASSWORD)
