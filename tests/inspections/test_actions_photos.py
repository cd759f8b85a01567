from __future__ import annotations

import datetime as dt
import hashlib
import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from inspections.actions.photos import ForeignPhotoError, attach_photo, remove_photo
from inspections.actions.progress import VisitSignedError
from inspections.actions.sheets import AlreadySubmittedError, NotOwnSheetError
from inspections.models import Indicator, Photo
from inspections.pictures import (
    MAX_UPLOAD_BYTES,
    HeicError,
    NotAnImageError,
    PictureError,
    TooLargeError,
    TooManyPixelsError,
    make_preview,
)
from tests.factories import FindingFactory, PhotoFactory, ScoresheetFactory, VisitFactory
from tests.inspections.uploads import picture

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks
    from pytest_django.fixtures import SettingsWrapper

    from inspections.models import Scoresheet

pytestmark = pytest.mark.django_db

AT = dt.datetime(2016, 12, 13, 6, 0, tzinfo=dt.UTC)

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


@pytest.fixture(autouse=True)
def _own_media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def attach(sheet: Scoresheet, upload: SimpleUploadedFile, **kwargs: object) -> Photo:
    return attach_photo(sheet=sheet, upload=upload, by=sheet.member.user, at=AT, **kwargs)


def opened(photo: Photo) -> Image.Image:
    with photo.image.open() as file:
        image = Image.open(io.BytesIO(file.read()))
        image.load()
        return image


def test_attach_photo_keeps_a_jpeg_with_its_hash() -> None:
    sheet = ScoresheetFactory()
    indicator = Indicator.objects.scored_by(sheet.member)[0]

    photo = attach(sheet, picture(kind="PNG"), indicator=indicator, caption="台账")

    assert (photo.sheet, photo.indicator, photo.caption) == (sheet, indicator, "台账")
    assert (photo.width, photo.height, photo.uploaded_at) == (40, 20, AT)
    image = opened(photo)
    assert (image.format, image.size) == ("JPEG", (40, 20))
    with photo.image.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == photo.sha256


def test_attach_photo_turns_it_upright_and_drops_metadata() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "Camera of somebody"
    exif.get_ifd(GPS)[1] = "N"
    upload = picture((40, 20), exif=exif, comment=b"Somebody's name")

    photo = attach(ScoresheetFactory(), upload)

    image = opened(photo)
    assert image.size == (photo.width, photo.height) == (20, 40)
    assert dict(image.getexif()) == {}
    assert {"exif", "comment", "icc_profile", "xmp"}.isdisjoint(image.info)
    with photo.image.open() as file:
        assert b"omebody" not in file.read()


def test_attach_photo_scales_a_large_one_down() -> None:
    photo = attach(ScoresheetFactory(), picture((4000, 3000)))

    assert (photo.width, photo.height) == (1600, 1200)


def test_attach_photo_puts_a_transparent_one_on_white() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(buffer, "PNG")

    photo = attach(ScoresheetFactory(), SimpleUploadedFile("a.png", buffer.getvalue()))

    assert opened(photo).getpixel((4, 4)) == (255, 255, 255)


def test_attach_photo_twice_for_one_indicator_keeps_one() -> None:
    sheet = ScoresheetFactory()
    one, other = Indicator.objects.scored_by(sheet.member)[:2]

    first = attach(sheet, picture(), indicator=one)
    again = attach(sheet, picture(), indicator=one)
    elsewhere = attach(sheet, picture(), indicator=other)

    assert again == first
    assert elsewhere != first
    assert Photo.objects.count() == 2


def refused(upload: SimpleUploadedFile) -> PictureError:
    with pytest.raises(PictureError) as caught:
        attach(ScoresheetFactory(), upload)
    assert not Photo.objects.exists()
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear Sir or Madam",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7 not a picture",
        b"\xff\xd8\xff\xe0 starts like a JPEG",
    ],
)
def test_attach_photo_that_is_no_image_is_refused(content: bytes) -> None:
    error = refused(SimpleUploadedFile("证书.jpg", content, content_type="image/jpeg"))

    assert isinstance(error, NotAnImageError)
    assert "证书.jpg" in str(error)


@pytest.mark.parametrize("accepts_halves", [False, True])
def test_attach_photo_cut_short_is_refused(
    monkeypatch: pytest.MonkeyPatch, accepts_halves: bool
) -> None:
    # What rendering a PDF leaves behind in the process.
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", accepts_halves)
    whole = picture((400, 300)).read()

    assert isinstance(
        refused(SimpleUploadedFile("a.jpg", whole[: len(whole) // 2])), NotAnImageError
    )


def test_attach_photo_over_20_megabytes_is_refused() -> None:
    upload = picture()
    upload.size = MAX_UPLOAD_BYTES + 1

    assert isinstance(refused(upload), TooLargeError)


def test_attach_photo_in_heic_is_refused_with_a_way_out() -> None:
    upload = SimpleUploadedFile("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" * 4)

    assert isinstance(refused(upload), HeicError)


@pytest.mark.parametrize("side", [9_000, 20_000])
def test_attach_photo_with_too_many_pixels_is_refused(side: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")

    assert isinstance(refused(SimpleUploadedFile("a.png", bomb)), TooManyPixelsError)


def test_attach_photo_by_somebody_else_is_refused() -> None:
    sheet = ScoresheetFactory()
    other = ScoresheetFactory(member__visit=sheet.member.visit).member.user

    with pytest.raises(NotOwnSheetError):
        attach_photo(sheet=sheet, upload=picture(), by=other, at=AT)


def test_attach_photo_after_submission_is_refused_but_for_a_finding() -> None:
    sheet = ScoresheetFactory(submitted=True)
    finding = FindingFactory(author=sheet.member)

    photo = attach(sheet, picture(), finding=finding)

    assert list(finding.photos.all()) == [photo]
    with pytest.raises(AlreadySubmittedError):
        attach(sheet, picture())


def test_attach_photo_to_a_signed_visit_is_refused() -> None:
    with pytest.raises(VisitSignedError):
        attach(ScoresheetFactory(member__visit=VisitFactory(signed=True)), picture())


def test_remove_photo_takes_row_and_file(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, tmp_path: Path
) -> None:
    sheet = ScoresheetFactory()
    photo = attach(sheet, picture())
    file = tmp_path / photo.image.name
    assert file.exists()

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(sheet=sheet, photo=photo, by=sheet.member.user)

    assert not Photo.objects.exists()
    assert not file.exists()


def test_remove_photo_of_another_sheet_is_refused() -> None:
    sheet = ScoresheetFactory()

    with pytest.raises(ForeignPhotoError):
        remove_photo(sheet=sheet, photo=PhotoFactory(), by=sheet.member.user)


def test_remove_photo_after_submission_is_refused() -> None:
    photo = PhotoFactory(sheet=ScoresheetFactory(submitted=True))

    with pytest.raises(AlreadySubmittedError):
        remove_photo(sheet=photo.sheet, photo=photo, by=photo.sheet.member.user)


def test_make_preview_is_small() -> None:
    photo = attach(ScoresheetFactory(), picture((1600, 1200)))

    with photo.image.open() as file:
        preview = Image.open(io.BytesIO(make_preview(file)))

    assert preview.size == (320, 240)
