"""Photographs as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError
from inspections.actions.sheets import AlreadySubmittedError, own_sheet
from inspections.models import Photo
from inspections.pictures import make_picture

if TYPE_CHECKING:
    import datetime as dt

    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User
    from inspections.models import Finding, Indicator, Scoresheet


class ForeignPhotoError(RefusedError):
    message = _("The photograph belongs to another sheet.")


def attach_photo(
    *,
    sheet: Scoresheet,
    upload: UploadedFile[bytes],
    by: User,
    at: dt.datetime,
    indicator: Indicator | None = None,
    finding: Finding | None = None,
    caption: str = "",
) -> Photo:
    """Keep a photograph for an indicator, a finding, or the sheet as a whole.

    The same picture for the same thing is kept once: its first photograph comes back.
    Evidence of an indicator is part of the sheet and ends with its submission; a finding may be
    documented until the visit is signed off.

    Raises inspections.pictures.PictureError, NotOwnSheetError, AlreadySubmittedError,
    VisitSignedError.
    """
    # Before the lock is taken: reading a large picture takes a moment.
    file = cast("BinaryIO", upload)
    picture = make_picture(file, name=upload.name or "", size=upload.size or 0)
    with transaction.atomic():
        owned = own_sheet(sheet=sheet, by=by)
        if owned.is_submitted and finding is None:
            raise AlreadySubmittedError
        known = Photo.objects.filter(
            sheet=owned, indicator=indicator, finding=finding, sha256=picture.sha256
        ).first()
        if known is not None:
            return known
        photo = Photo(
            sheet=owned,
            indicator=indicator,
            finding=finding,
            sha256=picture.sha256,
            width=picture.width,
            height=picture.height,
            caption=caption,
            uploaded_at=at,
        )
        photo.image.save("photo.jpg", ContentFile(picture.data), save=False)
        try:
            with transaction.atomic():
                photo.save(force_insert=True)
        except Exception:
            photo.image.delete(save=False)
            raise
        return photo


@transaction.atomic
def remove_photo(*, sheet: Scoresheet, photo: Photo, by: User) -> None:
    """Take a photograph away for good.

    Raises ForeignPhotoError, NotOwnSheetError, AlreadySubmittedError, VisitSignedError.
    """
    owned = own_sheet(sheet=sheet, by=by)
    if photo.sheet_id != owned.pk:
        raise ForeignPhotoError
    if owned.is_submitted and photo.finding_id is None:
        raise AlreadySubmittedError
    image = photo.image
    photo.delete()
    # The file goes only when its row is gone for certain.
    transaction.on_commit(lambda: image.delete(save=False))
