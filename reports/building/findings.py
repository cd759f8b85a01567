"""Findings and photographs of a visit, numbered as the report prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspections.enums import FindingKind, Party, Severity
from reports import vocabulary
from reports.snapshots import FindingRow, Photo

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from inspections.models import Finding
    from inspections.models import Photo as PhotoModel
    from reports.queries.visits import VisitContent


def findings_of(content: VisitContent, kind: FindingKind) -> tuple[Finding, ...]:
    """Findings of a kind in printing order: problems worst first, then by category and age."""
    chosen = [finding for finding in content.findings if finding.kind == kind]
    return tuple(sorted(chosen, key=_severity))


def _severity(finding: Finding) -> int:
    order = list(vocabulary.SEVERITIES)
    return order.index(Severity(finding.severity)) if finding.severity else len(order)


def build_findings(content: VisitContent, kind: FindingKind) -> tuple[FindingRow, ...]:
    photos: dict[uuid.UUID, list[str]] = {}
    for photo in content.photos:
        if photo.finding_id is not None:
            photos.setdefault(photo.finding_id, []).append(str(photo.pk))
    return tuple(
        FindingRow(
            key=str(finding.pk),
            number=number,
            category=finding.category.short_name if finding.category else "",
            severity=vocabulary.SEVERITIES[Severity(finding.severity)] if finding.severity else "",
            text=finding.text,
            indicator_number=finding.indicator.number if finding.indicator else "",
            indicator_name=finding.indicator.name if finding.indicator else "",
            recommendation=finding.recommendation,
            responsible_party=(
                vocabulary.PARTIES[Party(finding.responsible_party)]
                if finding.responsible_party
                else ""
            ),
            due_on=finding.due_on,
            photo_keys=tuple(photos.get(finding.pk, ())),
        )
        for number, finding in enumerate(findings_of(content, kind), start=1)
    )


def build_photos(content: VisitContent) -> tuple[Photo, ...]:
    """The same picture attached in several places is printed for each, by its own caption."""
    return tuple(_photo(photo) for photo in photos_in_order(content))


def photos_in_order(content: VisitContent) -> Sequence[PhotoModel]:
    """Photographs of problems first, as the problems are numbered, then the others."""
    kinds = (FindingKind.PROBLEM, FindingKind.STRENGTH, FindingKind.SUGGESTION)
    places = {
        finding.pk: place
        for place, finding in enumerate(
            finding for kind in kinds for finding in findings_of(content, kind)
        )
    }
    return sorted(
        content.photos,
        key=lambda photo: (
            len(places) if photo.finding_id is None else places.get(photo.finding_id, len(places))
        ),
    )


def _photo(photo: PhotoModel) -> Photo:
    caption = photo.caption
    if not caption and photo.indicator:
        caption = f"指标{photo.indicator.number} {photo.indicator.name}"
    return Photo(
        key=str(photo.pk),
        caption=caption,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
    )
