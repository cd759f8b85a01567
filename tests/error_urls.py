"""Addresses of views that fail, beside the real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never

from django.core.exceptions import BadRequest, PermissionDenied
from django.urls import path

from config.urls import urlpatterns as real_urlpatterns

if TYPE_CHECKING:
    from django.http import HttpRequest


def bad(request: HttpRequest) -> Never:
    raise BadRequest


def forbidden(request: HttpRequest) -> Never:
    raise PermissionDenied


def broken(request: HttpRequest) -> Never:
    raise RuntimeError


urlpatterns = [
    path("bad/", bad),
    path("forbidden/", forbidden),
    path("broken/", broken),
    *real_urlpatterns,
]
