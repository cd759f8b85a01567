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


def requires[**P](
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let a view run for signed-in users who hold every one of the permissions.

    Nobody signed in: redirect to the sign-in page. Signed in without a permission: 403.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = signed_in(request)
            if not all(user.may(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(
            "Callable[Concatenate[HttpRequest, P], HttpResponseBase]", login_required(guarded)
        )

    return decorate
