"""Visits that were really scored and signed off, through the same actions as the pages use."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from PIL import Image

from inspections.actions.moderation import sign_off
from inspections.models import Photo, Visit
from tests.factories import (
    NOON,
    PanelMemberFactory,
    ScoresheetFactory,
    VisitFactory,
    VisitMethodFactory,
)

if TYPE_CHECKING:
    from inspections.models import Finding

AT = dt.datetime(2017, 1, 10, 6, 0, tzinfo=dt.UTC)


def signed_visit(*points: int, appraisal: str = "运行良好。", **visit: Any) -> Visit:
    """A visit whose members, the lead first, gave that many points of ten for everything."""
    return sign(scored_visit(*points, **visit), appraisal=appraisal)


def scored_visit(*points: int, **visit: Any) -> Visit:
    """The same before its lead signs it off."""
    row = VisitFactory(moderation=True, **visit)
    for number, given in enumerate(points):
        member = PanelMemberFactory(visit=row, clear=True, is_lead=number == 0)
        ScoresheetFactory(member=member, submitted=True, points=given)
    VisitMethodFactory(visit=row, used_on=row.visited_on)
    return row


def sign(visit: Visit, *, appraisal: str = "运行良好。") -> Visit:
    lead = visit.panel.get(is_lead=True).user
    sign_off(visit=visit, appraisal=appraisal, by=lead, at=NOON)
    visit.refresh_from_db()
    return visit


def photo_of(finding: Finding, *, caption: str = "现场") -> Photo:
    """A small picture of the finding, stored with its true hash."""
    picture = io.BytesIO()
    Image.new("RGB", (16, 12), "steelblue").save(picture, "JPEG")
    content = picture.getvalue()
    photo = Photo(
        sheet=finding.author.sheet,
        finding=finding,
        sha256=hashlib.sha256(content).hexdigest(),
        width=16,
        height=12,
        caption=caption,
        uploaded_at=NOON,
    )
    photo.image.save("photo.jpg", ContentFile(content), save=False)
    photo.save()
    return photo
