"""What inspectors may see of the registry, and rounds by their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.access import ForPeople

if TYPE_CHECKING:
    from accounts.models import User
    from inspections.models import Round


def projects_of_inspector(user: User) -> Q:
    """Projects on whose panel the user sits; a declared conflict of interest closes them again."""
    from inspections.models import PanelMember

    seats = PanelMember.objects.without_conflict().filter(user=user)
    return Q(pk__in=seats.values("visit__project"))


def round_or_404(user: User, name: str) -> Round:
    """The round called `name` among those that the user sees; raises Http404 with a message."""
    from inspections.models import Round
    from inspections.models.rounds import UnknownRoundError

    try:
        return Round.objects.visible_to(user).named(name)
    except UnknownRoundError as error:
        raise no_such_round(name) from error


def no_such_round(name: str) -> Http404:
    """What a page answers that finds no round of that name, in words for people."""
    return Http404(ForPeople(_("There is no inspection round %(name)s.") % {"name": name}))
