"""Guards for views: sign-in first, then the permission; rows are the querysets' business."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Concatenate, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from accounts.models import User
    from accounts.permissions import Permission


def signed_in(request: HttpRequest) -> User:
    """The user behind a request that `requires` has let through."""
    return cast("User", request.user)


class ForPeople(str):
    """A reason given to Http404 that the page shows; Django's own reasons are for developers."""

    __slots__ = ()
    is_for_people = True


type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def requires[**P](*permissions: Permission) -> Callable[[View[P]], View[P]]:
    """Let a view run for signed-in users who hold every one of the permissions.

    Nobody signed in: redirect to the sign-in page. Signed in without a permission: 403.
    """
    return _guard(lambda user: all(user.may(permission) for permission in permissions))


def requires_any[**P](*permissions: Permission) -> Callable[[View[P]], View[P]]:
    """As `requires`, for users who hold at least one of the permissions."""
    return _guard(lambda user: any(user.may(permission) for permission in permissions))


def _guard[**P](is_let_in: Callable[[User], bool]) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not is_let_in(signed_in(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View[P]", login_required(guarded))

    return decorate
