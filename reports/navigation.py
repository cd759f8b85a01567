"""The entries of the top bar: one table, filtered by what the user may do.

It lives in the topmost app because it names pages of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import signed_in
from accounts.permissions import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A page of the top bar.

    Shown to who holds `permission` and none of `hidden_with`. It is marked as current below its
    own address, below `also` (beginnings of paths), and on the views named in `views`.
    """

    label: _StrPromise
    view: str
    permission: Permission
    hidden_with: tuple[Permission, ...] = ()
    also: tuple[str, ...] = ()
    views: tuple[str, ...] = ()

    def is_for(self, user: User) -> bool:
        return user.may(self.permission) and not any(map(user.may, self.hidden_with))

    def nearness(self, path: str, view: str) -> int:
        """How closely a page belongs here; 0: not at all."""
        if view == self.view or view in self.views:
            return len(path) + 1
        own = reverse(self.view)
        beginnings = (*self.also, own) if own != "/" else self.also
        return max((len(start) for start in beginnings if path.startswith(start)), default=0)


@dataclass(frozen=True, slots=True)
class Entry:
    label: _StrPromise
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    main: list[Entry]
    more: list[Entry]

    @property
    def more_is_current(self) -> bool:
        return any(entry.is_current for entry in self.more)


MAIN = (
    Destination(
        label=_("Overview"),
        view="reports:home",
        permission=Permission.VIEW_OVERVIEW,
        views=("reports:overview",),
    ),
    Destination(
        label=_("My visits"),
        view="inspections:my-visits",
        permission=Permission.SCORE,
        also=("/visits/", "/sheets/"),
    ),
    Destination(
        label=_("Home"),
        view="reports:home",
        permission=Permission.VIEW_REGISTRY,
        hidden_with=(Permission.VIEW_OVERVIEW, Permission.SCORE),
    ),
    Destination(
        label=_("Rounds"),
        view="inspections:rounds",
        permission=Permission.VIEW_ROUNDS,
        also=("/visits/",),
    ),
    Destination(label=_("Projects"), view="projects:projects", permission=Permission.VIEW_REGISTRY),
    Destination(label=_("Agencies"), view="projects:agencies", permission=Permission.VIEW_REGISTRY),
    Destination(
        label=_("Problems and rectification"),
        view="inspections:findings",
        permission=Permission.VIEW_FINDINGS,
    ),
    Destination(label=_("Reports"), view="reports:reports", permission=Permission.VIEW_REPORTS),
)
MORE = (
    Destination(label=_("Staff"), view="projects:staff", permission=Permission.VIEW_REGISTRY),
    Destination(label=_("Funding"), view="projects:funding", permission=Permission.VIEW_REGISTRY),
    Destination(
        label=_("Instruments"),
        view="inspections:instruments",
        permission=Permission.VIEW_INSTRUMENTS,
    ),
    Destination(
        label=_("Audit log"), view="reports:audit-log", permission=Permission.VIEW_AUDIT_LOG
    ),
    Destination(
        label=_("Reference data"), view="admin:index", permission=Permission.USE_ADMIN_SITE
    ),
)


def navigation_for(user: User, *, path: str, view: str) -> Navigation:
    """What the user finds in the top bar while looking at the page `path`, which is `view`."""
    shown = [[place for place in row if place.is_for(user)] for row in (MAIN, MORE)]
    nearest = max(
        (place for row in shown for place in row),
        key=lambda place: place.nearness(path, view),
        default=None,
    )
    if nearest is not None and not nearest.nearness(path, view):
        nearest = None
    main, more = (
        [Entry(place.label, reverse(place.view), place is nearest) for place in row]
        for row in shown
    )
    return Navigation(main, more)


def navigation(request: HttpRequest) -> dict[str, Navigation]:
    """Context processor: the top bar of whoever is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": Navigation([], [])}
    match = request.resolver_match
    view = match.view_name if match else ""
    return {"navigation": navigation_for(signed_in(request), path=request.path, view=view)}
