from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from accounts.access import requires, signed_in
from inspections.models import Photo
from inspections.pictures import make_preview

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

_A_DAY = 24 * 60 * 60


@requires()
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A photograph as kept, or small with `?size=small`, for who may see it."""
    found = get_object_or_404(Photo.objects.visible_to(signed_in(request)), pk=pk)
    is_small = request.GET.get("size") == "small"
    with found.image.open() as file:
        content = make_preview(cast("BinaryIO", file)) if is_small else file.read()
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{found.pk}.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    # A kept photograph never changes, but the right to see it may: not for shared caches.
    patch_cache_control(response, private=True, max_age=_A_DAY)
    return response
