from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from accounts.demonstration import is_demonstration_account
from accounts.models import User
from accounts.permissions import Permission

# The reference data that bureau staff keep in the admin site. Scores, answers and published
# reports are not there: they have pages of their own that know the rules.
_REFERENCE_APPS = frozenset({"projects", "inspections"})


class RoleBackend(ModelBackend):
    """Signs in active users; model permissions of the admin site follow from the role."""

    def user_can_authenticate(self, user: Any) -> bool:
        if isinstance(user, User) and is_demonstration_account(user) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return self._keeps(user_obj, perm.partition(".")[0])

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self._keeps(user_obj, app_label)

    @staticmethod
    def _keeps(user: Any, app_label: str) -> bool:
        """Whether rows of the app are the user's to keep.

        The change history and the records of sign-ins are nobody's.
        """
        if not isinstance(user, User):
            return False
        if app_label in _REFERENCE_APPS:
            return user.may(Permission.USE_ADMIN_SITE)
        return app_label == "accounts" and user.may(Permission.MANAGE_ACCOUNTS)
