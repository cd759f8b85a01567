"""Loads the texts of a round for its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspections.models import FindingCategory, Recommendation
from projects.models import ServiceTarget
from reports.figures.services import ServiceTotal
from reports.models import Report
from reports.narrative.texts import RecommendationText, RoundTexts
from reports.snapshots import BasisDocument

if TYPE_CHECKING:
    from inspections.models import Round


def load_texts(round: Round) -> RoundTexts:
    """What the round and its tables of words say; seven queries."""
    published = Report.objects.published().filter(round=round, visit__isnull=False)
    return RoundTexts(
        title=round.title,
        year=round.year,
        sequence=round.sequence,
        service_name=round.service_name,
        service_short_name=round.service_short_name,
        scheme_title=round.scheme_title,
        purpose=round.purpose,
        led_by=round.led_by,
        issuer=round.issuer,
        issued_on=round.issued_on,
        basis_documents=tuple(
            BasisDocument(number=document.number, title=document.title)
            for document in round.basis_documents.all()
        ),
        methods=tuple(round.methods.values_list("name", flat=True)),
        descriptions=dict(FindingCategory.objects.values_list("key", "description")),
        recommendations=tuple(
            RecommendationText(
                title=one.title,
                text=one.text,
                categories=tuple(category.key for category in one.categories.all()),
            )
            for one in Recommendation.objects.prefetch_related("categories")
        ),
        services=_services(round.year),
        published_visits=frozenset(published.values_list("visit", flat=True)),
    )


def _services(year: int) -> tuple[ServiceTotal, ...]:
    """The year's service targets by kind, in the order of the kinds."""
    rows = (
        ServiceTarget.objects.filter(year=year)
        .order_by("kind__position", "kind__key", "project")
        .values_list("kind__key", "kind__name", "kind__unit", "project", "target", "completed")
    )
    found: dict[str, ServiceTotal] = {}
    for key, name, unit, project, target, completed in rows:
        before = found.get(key)
        found[key] = ServiceTotal(
            key=key,
            name=name,
            unit=unit,
            target=target + (before.target if before else 0),
            completed=completed + (before.completed if before else 0),
            projects=(*(before.projects if before else ()), project),
            reached=(
                *(before.reached if before else ()),
                *([project] if completed >= target else []),
            ),
        )
    return tuple(found.values())
