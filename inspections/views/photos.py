from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from accounts.access import requires, signed_in
from inspections.models import Photo
from inspections.pictures import make_preview

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_A_DAY = 24 * 60 * 60


@requires()
def photo(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A photograph as kept, or small with `?size=small`: for who may see it, from this address
    only."""
    found = get_object_or_404(Photo.objects.visible_to(signed_in(request)), pk=pk)
    response: HttpResponseBase
    if request.GET.get("size") == "small":
        with found.image.open() as file:
            response = HttpResponse(make_preview(cast("BinaryIO", file)), content_type="image/jpeg")
    else:
        response = FileResponse(
            found.image.open(), content_type="image/jpeg", filename=f"{found.pk}.jpg"
        )
    # A kept photograph never changes, but the right to see it may: not for shared caches.
    patch_cache_control(response, private=True, max_age=_A_DAY)
    response["X-Content-Type-Options"] = "nosniff"
    return response
