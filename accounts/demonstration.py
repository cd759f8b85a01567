"""How demonstration data is told apart.

Demonstration accounts have addresses under a reserved domain that can't exist (RFC 2606). A
database that holds one is a demonstration database: its PDFs are watermarked and such accounts
sign in only while `DEMO` is on. No model of a real bureau carries a mark for this.
"""

from __future__ import annotations

from django.conf import settings

from accounts.models import User

DEMONSTRATION_DOMAIN = "@demo.invalid"


def is_demonstration_account(user: User) -> bool:
    return user.email.endswith(DEMONSTRATION_DOMAIN)


def is_demonstration_database() -> bool:
    """Whether what is stored here is the demonstration; one query unless `DEMO` is on."""
    return settings.DEMO or User.objects.filter(email__endswith=DEMONSTRATION_DOMAIN).exists()
