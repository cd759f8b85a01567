from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """Whether pages carry the banner that says what is made up."""
    return {"is_demonstration": settings.DEMO}
