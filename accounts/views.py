from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from accounts.forms import ChangePasswordForm, SignInForm

if TYPE_CHECKING:
    from django.contrib.auth.forms import PasswordChangeForm
    from django.http import HttpResponse


class SignInView(LoginView):
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


class SignOutView(LogoutView):
    """Signs out on POST and goes to the sign-in page."""


class ChangePasswordView(PasswordChangeView):
    form_class = ChangePasswordForm
    template_name = "accounts/password.html"
    success_url = reverse_lazy("reports:home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, _("Your password is changed."))
        return response
