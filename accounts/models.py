from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role


class User(AbstractUser):
    """A person who signs in. Chinese names are one string, so there is one name field."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("role"), max_length=12, choices=Role)

    objects: ClassVar[UserManager[User]] = UserManager()

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role", "email"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("role", "username")
        constraints = (
            models.CheckConstraint(
                name="user_role_known", condition=models.Q(role__in=[r.value for r in Role])
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        """Whether the user's role carries the permission. Asks no database."""
        return self.is_active and permission in ROLE_PERMISSIONS[Role(self.role)]

    @property
    def sees_everything(self) -> bool:
        """Bureau-side roles read every row; the others only what they cover."""
        return self.role in {Role.ADMIN, Role.BUREAU, Role.AUDITOR}
