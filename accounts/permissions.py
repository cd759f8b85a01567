"""Who may do what: the one table from roles to permissions.

Pages name the permission that they need; `docs/access.md` shows the result page by page.
Which rows a person sees is another question, answered by each model's `visible_to(user)`.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(models.TextChoices):
    """One role for each account; what a person covers within it is a `projects.UserScope`."""

    ADMIN = "admin", _("Administrator")
    BUREAU = "bureau", _("City bureau")
    INSPECTOR = "inspector", _("Inspector")
    DISTRICT = "district", _("District bureau")
    AGENCY = "agency", _("Agency")
    AUDITOR = "auditor", _("Auditor")


class Permission(enum.StrEnum):
    """What a page or a button asks for."""

    USE_ADMIN_SITE = "use_admin_site"
    MANAGE_ACCOUNTS = "manage_accounts"
    VIEW_REGISTRY = "view_registry"
    VIEW_INSTRUMENTS = "view_instruments"
    MANAGE_INSTRUMENTS = "manage_instruments"
    VIEW_ROUNDS = "view_rounds"
    PLAN_ROUNDS = "plan_rounds"
    SCORE = "score"
    VIEW_FINDINGS = "view_findings"
    VIEW_REPORTS = "view_reports"
    PUBLISH_REPORTS = "publish_reports"
    VIEW_OVERVIEW = "view_overview"
    VIEW_AUDIT_LOG = "view_audit_log"


_READ_ALL = frozenset(
    {
        Permission.VIEW_REGISTRY,
        Permission.VIEW_INSTRUMENTS,
        Permission.VIEW_ROUNDS,
        Permission.VIEW_FINDINGS,
        Permission.VIEW_REPORTS,
        Permission.VIEW_OVERVIEW,
    }
)
_BUREAU = _READ_ALL | {
    Permission.USE_ADMIN_SITE,
    Permission.MANAGE_INSTRUMENTS,
    Permission.PLAN_ROUNDS,
    Permission.PUBLISH_REPORTS,
}
_OWN_PROJECTS = frozenset(
    {Permission.VIEW_REGISTRY, Permission.VIEW_FINDINGS, Permission.VIEW_REPORTS}
)

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    # The administrator reads the audit log too: in a small bureau nobody else could help a user.
    # What was logged can't be changed by anybody.
    Role.ADMIN: _BUREAU | {Permission.MANAGE_ACCOUNTS, Permission.VIEW_AUDIT_LOG},
    Role.BUREAU: _BUREAU,
    Role.INSPECTOR: _OWN_PROJECTS | {Permission.SCORE, Permission.VIEW_INSTRUMENTS},
    Role.DISTRICT: _OWN_PROJECTS,
    Role.AGENCY: _OWN_PROJECTS,
    Role.AUDITOR: _READ_ALL | {Permission.VIEW_AUDIT_LOG},
}
