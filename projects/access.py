"""Which projects each role covers.

The registry knows districts and agencies. Apps above it add what only they know (which projects an
inspector is to visit) at start-up, so that the registry never looks upward.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from accounts.models import User
    from projects.models import UserScope

    type Scope = Callable[[User], Q]


class ProjectScopes:
    """For each role the condition on `Project` rows; a role without one sees nothing."""

    def __init__(self) -> None:
        self._scopes: dict[Role, Scope] = {}

    def register(self, role: Role, scope: Scope) -> None:
        self._scopes[role] = scope

    def condition(self, role: Role, user: User) -> Q:
        """The condition for one user, free of joins that would double rows."""
        scope = self._scopes.get(role)
        return scope(user) if scope else Q(pk__in=[])


project_scopes = ProjectScopes()


def own_agencies(user: User) -> QuerySet[UserScope, Any]:
    """The keys of the agencies that the user covers, for use within a condition."""
    return user.scopes.filter(agency__isnull=False).values("agency")


def _of_districts(user: User) -> Q:
    return Q(district__in=user.scopes.filter(district__isnull=False).values("district"))


def _of_agencies(user: User) -> Q:
    from projects.models.contracts import Contract

    return Q(pk__in=Contract.objects.filter(agency__in=own_agencies(user)).values("project"))


project_scopes.register(Role.DISTRICT, _of_districts)
project_scopes.register(Role.AGENCY, _of_agencies)
