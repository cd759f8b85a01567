from __future__ import annotations

import datetime as dt

import pytest

from inspections.actions.progress import VisitSignedError
from inspections.actions.visits import record_visit, replan_visit
from inspections.models import Visit, VisitMethod
from tests.factories import InspectionMethodFactory, UserFactory, VisitFactory, VisitMethodFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2016, 12, 13)
NEXT_DAY = dt.date(2016, 12, 14)


def test_visit_is_planned_for_another_day() -> None:
    visit = VisitFactory(planned_on=DAY)

    replan_visit(visit=visit, planned_on=NEXT_DAY, by=UserFactory())

    assert Visit.objects.get().planned_on == NEXT_DAY


def test_visit_may_be_left_without_a_planned_day() -> None:
    visit = VisitFactory(planned_on=DAY)

    replan_visit(visit=visit, planned_on=None, by=UserFactory())

    assert Visit.objects.get().planned_on is None


def test_signed_visit_is_not_planned_anew() -> None:
    with pytest.raises(VisitSignedError):
        replan_visit(visit=VisitFactory(signed=True), planned_on=DAY, by=UserFactory())


def test_record_has_the_day_and_the_methods_with_theirs() -> None:
    visit = VisitFactory()
    first, second = InspectionMethodFactory.create_batch(2)

    record_visit(
        visit=visit, visited_on=DAY, methods={first: DAY, second: NEXT_DAY}, by=UserFactory()
    )

    assert Visit.objects.get().visited_on == DAY
    assert list(VisitMethod.objects.values_list("visit", "method", "used_on")) == [
        (visit.pk, first.pk, DAY),
        (visit.pk, second.pk, NEXT_DAY),
    ]


def test_record_replaces_what_was_recorded_before() -> None:
    kept = VisitMethodFactory(used_on=DAY)
    moved = VisitMethodFactory(visit=kept.visit, used_on=DAY)
    VisitMethodFactory(visit=kept.visit, used_on=DAY)

    record_visit(
        visit=kept.visit,
        visited_on=DAY,
        methods={kept.method: DAY, moved.method: NEXT_DAY},
        by=UserFactory(),
    )

    rows = list(VisitMethod.objects.order_by("pk"))
    assert rows[0] == kept
    assert [(row.method, row.used_on) for row in rows] == [
        (kept.method, DAY),
        (moved.method, NEXT_DAY),
    ]


def test_record_of_a_signed_visit_stays() -> None:
    with pytest.raises(VisitSignedError):
        record_visit(visit=VisitFactory(signed=True), visited_on=DAY, methods={}, by=UserFactory())
