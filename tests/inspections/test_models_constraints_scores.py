"""Every invariant that the database keeps for sheets, findings, evidence and results."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, models, transaction

from inspections.enums import FindingKind, SheetStatus
from inspections.models import SectionScore, TrackScore, VisitResult
from tests.factories import (
    NOON,
    AnswerFactory,
    FindingFactory,
    ModerationFactory,
    PanelMemberFactory,
    PhotoFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)
from tests.inspections.constraints import traces_of_constraints

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def made(factory: Any, **values: Any) -> Callable[[], None]:
    return lambda: factory(**values)


def again(factory: Any, *fields: str) -> Callable[[], None]:
    """Makes a row, and another one with the same values in these fields."""

    def make() -> None:
        row = factory()
        factory(**{field: getattr(row, field) for field in fields})

    return make


def result(**values: Any) -> VisitResult:
    """A result without any applicable indicator, unless the values say otherwise."""
    visit = VisitFactory(signed=True)
    return VisitResult.objects.create(
        visit=visit,
        instrument=visit.round.instrument,
        explanation={},
        signed_by=UserFactory(inspector=True),
        signed_at=NOON,
        **values,
    )


def part_twice(model: Any, field: str) -> Callable[[], None]:
    def make() -> None:
        owner = result()
        part = getattr(owner.instrument, f"{field}s").first()
        for _ in range(2):
            model.objects.create(result=owner, points=0, max_points=0, **{field: part})

    return make


def photo_twice_for_an_indicator() -> None:
    answer = AnswerFactory()
    for _ in range(2):
        PhotoFactory(sheet=answer.sheet, indicator=answer.indicator, sha256="a" * 64)


def photo_twice_for_a_finding() -> None:
    sheet = ScoresheetFactory()
    finding = FindingFactory(author=sheet.member)
    for _ in range(2):
        PhotoFactory(sheet=sheet, finding=finding, sha256="a" * 64)


# By the name of the constraint: what breaks it.
VIOLATIONS: dict[str, Callable[[], object]] = {
    "sheet_submitted_has_time": made(ScoresheetFactory, status=SheetStatus.SUBMITTED),
    "answer_once": again(AnswerFactory, "sheet", "indicator"),
    "answer_points_or_na": made(AnswerFactory, points=Decimal(1), not_applicable=True),
    "answer_points_not_negative": made(AnswerFactory, points=Decimal("-0.5")),
    "finding_problem_is_complete": made(FindingFactory, severity=""),
    "photo_once_per_indicator": photo_twice_for_an_indicator,
    "photo_once_per_finding": photo_twice_for_a_finding,
    "moderation_once": again(ModerationFactory, "visit", "indicator"),
    "moderation_points_or_na": made(ModerationFactory, points=None),
    "moderation_has_reason": made(ModerationFactory, reason=""),
    "result_total_is_percent": lambda: result(
        total_percent=Decimal("100.01"),
        grade=VisitFactory().round.instrument.grade_bands.first(),
    ),
    "result_grade_with_total": lambda: result(total_percent=Decimal(90)),
    "track_score_once": part_twice(TrackScore, "track"),
    "section_score_once": part_twice(SectionScore, "section"),
}

TRACES = traces_of_constraints(planning=False)


def test_every_constraint_is_violated_here() -> None:
    assert set(VIOLATIONS) == set(TRACES)


@pytest.mark.parametrize("name", VIOLATIONS)
def test_database_refuses_what_breaks(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        VIOLATIONS[name]()

    assert [trace for trace in TRACES[name] if trace in str(refused.value)] != []


def test_finding_of_another_kind_needs_no_category() -> None:
    finding = FindingFactory(kind=FindingKind.STRENGTH, category=None)

    assert (finding.category, finding.severity, finding.responsible_party) == (None, "", "")


def test_member_has_one_sheet() -> None:
    sheet = ScoresheetFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ScoresheetFactory(member=sheet.member)


def test_visit_has_one_result() -> None:
    first = result()

    with pytest.raises(IntegrityError), transaction.atomic():
        VisitResult.objects.create(
            visit=first.visit,
            instrument=first.instrument,
            explanation={},
            signed_by=first.signed_by,
            signed_at=NOON,
        )


@pytest.mark.parametrize("kept", ["sheet", "finding", "result"])
def test_what_was_judged_protects_its_visit(kept: str) -> None:
    visit = VisitFactory(scoring=True)
    if kept == "result":
        visit = result().visit
    else:
        member = PanelMemberFactory(visit=visit, clear=True)
        ScoresheetFactory(member=member) if kept == "sheet" else FindingFactory(author=member)

    with pytest.raises(models.ProtectedError):
        visit.delete()
