"""What inspectors may see of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User


def projects_of_inspector(user: User) -> Q:
    """Projects on whose panel the user sits; a declared conflict of interest closes them again."""
    from inspections.models import PanelMember

    seats = PanelMember.objects.without_conflict().filter(user=user)
    return Q(pk__in=seats.values("visit__project"))
