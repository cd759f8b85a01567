from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role


class AccountManager(UserManager["User"]):
    """Makes accounts whose rights follow from their role alone."""

    use_in_migrations = False

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> User:
        user = self.model(
            username=self.model.normalize_username(username),
            email=self.normalize_email(email),
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> User:
        """An administrator: how `manage.py createsuperuser` makes the first account."""
        return self.create_user(username, email, password, **({"role": Role.ADMIN} | fields))


class User(AbstractUser):
    """A person who signs in. Chinese names are one string, so there is one name field.

    Django's two flags are no fields here: a second source of rights beside the role could
    contradict it.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    role = models.CharField(_("role"), max_length=12, choices=Role)

    objects: ClassVar[AccountManager] = AccountManager()

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email"]

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
    def is_staff(self) -> bool:  # type: ignore[override]
        """Whether the admin site opens for this user; Django asks by this name."""
        return self.may(Permission.USE_ADMIN_SITE)

    @property
    def is_superuser(self) -> bool:  # type: ignore[override]
        """Nobody passes by the role's permissions; Django asks by this name."""
        return False

    @property
    def sees_everything(self) -> bool:
        """Bureau-side roles read every row; the others only what they cover."""
        return self.role in {Role.ADMIN, Role.BUREAU, Role.AUDITOR}
