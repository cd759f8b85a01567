"""Every invariant that the database keeps for instruments, rounds, visits and panels."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from inspections.enums import InstrumentStatus, Mode, Recusal, VisitStatus
from inspections.models import Round
from tests.factories import (
    NOON,
    GradeBandFactory,
    IndicatorFactory,
    IndicatorLevelFactory,
    InspectionMethodFactory,
    InstrumentFactory,
    PanelMemberFactory,
    RoundFactory,
    SectionFactory,
    TrackFactory,
    VisitFactory,
    VisitMethodFactory,
    VolumeBandFactory,
)
from tests.inspections.constraints import traces_of_constraints

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def again(factory: Any, *fields: str) -> Callable[[], None]:
    """Makes a row, and another one with the same values in these fields."""

    def make() -> None:
        row = factory()
        factory(**{field: getattr(row, field) for field in fields})

    return make


def made(factory: Any, **values: Any) -> Callable[[], None]:
    return lambda: factory(**values)


def two_leads() -> None:
    lead = PanelMemberFactory(is_lead=True)
    PanelMemberFactory(visit=lead.visit, is_lead=True)


# By the name of the constraint: what breaks it.
VIOLATIONS: dict[str, Callable[[], None]] = {
    "instrument_version_once": again(InstrumentFactory, "name", "version"),
    "instrument_published_has_time": made(InstrumentFactory, status=InstrumentStatus.PUBLISHED),
    "instrument_spread_limit_share": made(InstrumentFactory, spread_limit=Decimal("1.001")),
    "track_key_once": again(TrackFactory, "instrument", "key"),
    "track_weight_not_negative": made(TrackFactory, weight=Decimal("-0.001")),
    "grade_key_once": lambda: GradeBandFactory(
        instrument=(grade := GradeBandFactory()).instrument, key=grade.key, lower_percent=60
    ),
    "grade_edge_once": again(GradeBandFactory, "instrument", "lower_percent"),
    "section_key_once": again(SectionFactory, "instrument", "key"),
    "section_number_once": again(SectionFactory, "instrument", "number"),
    "indicator_key_once": again(IndicatorFactory, "section", "key"),
    "indicator_step_fits": made(IndicatorFactory, max_points=2, step=Decimal("2.5")),
    "indicator_volume_names_service": made(IndicatorFactory, mode=Mode.VOLUME),
    "level_once": again(IndicatorLevelFactory, "indicator", "upper_points"),
    "level_points_in_order": made(IndicatorLevelFactory, lower_points=9, upper_points=8),
    "volume_band_once": again(VolumeBandFactory, "indicator", "lower_percent"),
    "round_once": again(RoundFactory, "year", "sequence"),
    "round_sequence_positive": made(RoundFactory, sequence=0),
    "visit_once_per_round": again(VisitFactory, "round", "project"),
    "visit_signed_took_place": made(VisitFactory, status=VisitStatus.SIGNED),
    "visit_method_once": again(VisitMethodFactory, "visit", "method", "used_on"),
    "panel_member_once": again(PanelMemberFactory, "visit", "user"),
    "panel_one_lead": two_leads,
    "panel_declaration_has_time": made(PanelMemberFactory, recusal=Recusal.CLEAR),
    "panel_conflict_has_reason": made(
        PanelMemberFactory, recusal=Recusal.CONFLICT, declared_at=NOON
    ),
}

TRACES = traces_of_constraints(planning=True)


def test_every_constraint_is_violated_here() -> None:
    assert set(VIOLATIONS) == set(TRACES)


@pytest.mark.parametrize("name", VIOLATIONS)
def test_database_refuses_what_breaks(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        VIOLATIONS[name]()

    assert [trace for trace in TRACES[name] if trace in str(refused.value)] != []


def test_inspection_method_has_one_name() -> None:
    method = InspectionMethodFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionMethodFactory(name=method.name)


def test_lead_who_stood_back_does_not_stand_in_the_way() -> None:
    former = PanelMemberFactory(is_lead=True, conflict=True)

    lead = PanelMemberFactory(visit=former.visit, is_lead=True)

    assert lead.is_lead


def test_track_of_another_instrument_is_refused_for_an_indicator() -> None:
    indicator = IndicatorFactory.build(section=SectionFactory(), track=TrackFactory())

    with pytest.raises(ValidationError) as refused:
        indicator.full_clean()

    assert set(refused.value.error_dict) == {"track"}


def test_track_of_the_same_instrument_is_accepted_for_an_indicator() -> None:
    indicator = IndicatorFactory()

    indicator.full_clean()

    assert indicator.track.instrument == indicator.section.instrument


def test_unknown_registry_check_is_refused_for_an_indicator() -> None:
    indicator = IndicatorFactory.build(
        section=SectionFactory(), registry_checks="headcount heads lead_years"
    )

    with pytest.raises(ValidationError) as refused:
        indicator.clean_fields()

    assert refused.value.message_dict.keys() == {"registry_checks", "track"}


def test_round_is_protected_from_losing_its_instrument() -> None:
    round = RoundFactory()

    with pytest.raises(models.ProtectedError):
        models.QuerySet(type(round.instrument)).filter(pk=round.instrument_id).delete()

    assert Round.objects.count() == 1
