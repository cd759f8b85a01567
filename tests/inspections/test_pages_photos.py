from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from PIL import Image

from inspections.actions.photos import attach_photo
from inspections.models import Photo
from tests.factories import (
    NOON,
    FindingFactory,
    PanelMemberFactory,
    ScoresheetFactory,
    VisitFactory,
)
from tests.inspections.uploads import picture

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_photo(**kwargs: Any) -> Photo:
    sheet = ScoresheetFactory(**kwargs)
    return attach_photo(sheet=sheet, upload=picture((800, 600)), by=sheet.member.user, at=NOON)


def url(photo: Photo, query: str = "") -> str:
    return reverse("inspections:photo", args=[photo.pk]) + query


def test_photograph_is_served_as_it_is_kept(client: Client) -> None:
    photo = a_photo()
    client.force_login(photo.sheet.member.user)

    response = client.get(url(photo))

    with photo.image.open() as file:
        assert response.content == file.read()
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=86400"


def test_photograph_is_served_small_for_lists(client: Client) -> None:
    photo = a_photo()
    client.force_login(photo.sheet.member.user)

    response = client.get(url(photo, "?size=small"))

    assert Image.open(io.BytesIO(response.content)).size == (320, 240)
    assert response["Cache-Control"] == "private, max-age=86400"


def test_photograph_of_another_member_is_not_found_before_the_own_submission(
    client: Client,
) -> None:
    photo = a_photo()
    reader = ScoresheetFactory(member__visit=photo.sheet.member.visit, points=10)
    client.force_login(reader.member.user)

    assert client.get(url(photo)).status_code == 404


def test_photograph_asks_for_a_sign_in(client: Client) -> None:
    assert client.get(url(a_photo())).status_code == 302


def test_photograph_of_an_earlier_finding_is_seen_by_the_next_panel(client: Client) -> None:
    photo = a_photo()
    visit = photo.sheet.member.visit
    photo.finding = FindingFactory(author=photo.sheet.member)
    photo.save()
    visit.status = "signed"
    visit.save()
    seat = PanelMemberFactory(visit=VisitFactory(project=visit.project), clear=True)
    client.force_login(seat.user)

    assert client.get(url(photo)).status_code == 200
