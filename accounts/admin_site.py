from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView, RedirectURLMixin, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase


class ReferenceDataSite(AdminSite):
    """The admin site, opened by the role and entered through Duxun's own sign-in page."""

    site_header = _("Duxun reference data")
    site_title = _("Duxun")
    index_title = _("Reference data")

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.may(Permission.USE_ADMIN_SITE)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sends to the sign-in page; whoever is signed in already lacks the permission."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = RedirectURLMixin().get_redirect_url(request) or reverse("admin:index")
        return redirect_to_login(target)

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return LogoutView.as_view()(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("accounts:password")
