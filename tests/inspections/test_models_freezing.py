"""A published instrument stays as it is.

Guarded are `save` and `delete` of every row and `update`, `bulk_update`, `delete` and
`bulk_create` of every set of them, that is, all that goes through the models' own managers.
Not guarded are `_base_manager`, raw SQL and other tools on the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspections.enums import InstrumentStatus, Mode
from inspections.models import (
    GradeBand,
    Indicator,
    IndicatorLevel,
    Instrument,
    Section,
    Track,
    VolumeBand,
)
from inspections.models.freezing import FrozenInstrumentError
from tests.factories import (
    NOON,
    GradeBandFactory,
    IndicatorFactory,
    IndicatorLevelFactory,
    InstrumentFactory,
    SectionFactory,
    TrackFactory,
    VolumeBandFactory,
)

if TYPE_CHECKING:
    from inspections.models.instruments import InstrumentPart

pytestmark = pytest.mark.django_db

PARTS = [Track, GradeBand, Section, Indicator, IndicatorLevel, VolumeBand]
ALL = [Instrument, *PARTS]

every_part = pytest.mark.parametrize("part", PARTS, ids=lambda model: model.__name__)
every_model = pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)


def an_instrument(*, published: bool) -> Instrument:
    return InstrumentFactory(sections=1, indicators=4, modes=tuple(Mode), published=published)


def new_part(part: type[InstrumentPart], instrument: Instrument) -> InstrumentPart:
    """A part of the instrument that is not stored yet."""
    indicator = Indicator.objects.filter(section__instrument=instrument).first()
    section = instrument.sections.first()
    made = {
        Track: lambda: TrackFactory.build(instrument=instrument),
        GradeBand: lambda: GradeBandFactory.build(instrument=instrument, lower_percent=33),
        Section: lambda: SectionFactory.build(instrument=instrument),
        Indicator: lambda: IndicatorFactory.build(section=section, track=instrument.tracks.first()),
        IndicatorLevel: lambda: IndicatorLevelFactory.build(
            indicator=indicator, lower_points=1, upper_points=2
        ),
        VolumeBand: lambda: VolumeBandFactory.build(indicator=indicator, lower_percent=33),
    }
    return made[part]()


@every_model
def test_row_of_a_published_instrument_is_not_saved(model: type[Instrument]) -> None:
    an_instrument(published=True)

    with pytest.raises(FrozenInstrumentError):
        model.objects.first().save()


@every_model
def test_row_of_a_published_instrument_is_not_deleted(model: type[Instrument]) -> None:
    an_instrument(published=True)

    with pytest.raises(FrozenInstrumentError):
        model.objects.first().delete()


@every_model
def test_rows_of_a_published_instrument_are_not_updated(model: type[Instrument]) -> None:
    an_instrument(published=True)

    with pytest.raises(FrozenInstrumentError):
        model.objects.update(pk=0)


@every_model
def test_rows_of_a_published_instrument_are_not_updated_in_bulk(model: type[Instrument]) -> None:
    an_instrument(published=True)
    field = next(one.name for one in model._meta.concrete_fields if not one.primary_key)

    with pytest.raises(FrozenInstrumentError):
        model.objects.bulk_update(list(model.objects.all()), [field])


@every_model
def test_rows_of_a_published_instrument_are_not_deleted_together(model: type[Instrument]) -> None:
    an_instrument(published=True)

    with pytest.raises(FrozenInstrumentError):
        model.objects.all().delete()


@every_part
def test_part_is_not_added_to_a_published_instrument(part: type[InstrumentPart]) -> None:
    new = new_part(part, an_instrument(published=True))

    with pytest.raises(FrozenInstrumentError):
        new.save()


@every_part
def test_parts_are_not_added_to_a_published_instrument_in_bulk(part: type[InstrumentPart]) -> None:
    new = new_part(part, an_instrument(published=True))

    with pytest.raises(FrozenInstrumentError):
        part.objects.bulk_create([new])  # type: ignore[attr-defined]


@every_part
def test_part_of_a_draft_is_added_changed_and_deleted(part: type[InstrumentPart]) -> None:
    new = new_part(part, an_instrument(published=False))

    new.save()
    new.save()
    new.delete()

    assert not part.objects.filter(pk=new.pk).exists()  # type: ignore[attr-defined]


def test_part_that_was_loaded_before_publication_is_not_saved() -> None:
    instrument = an_instrument(published=False)
    track = instrument.tracks.select_related("instrument").get(key="finance")
    instrument.status = InstrumentStatus.PUBLISHED
    instrument.published_at = NOON
    instrument.save()

    with pytest.raises(FrozenInstrumentError):
        track.save()


def test_part_is_not_moved_out_of_a_published_instrument() -> None:
    track = an_instrument(published=True).tracks.get(key="finance")
    track.instrument = InstrumentFactory()

    with pytest.raises(FrozenInstrumentError):
        track.save()


def test_published_instrument_does_not_become_a_draft_again() -> None:
    instrument = an_instrument(published=True)
    instrument.status = InstrumentStatus.DRAFT
    instrument.published_at = None

    with pytest.raises(FrozenInstrumentError):
        instrument.save()


def test_draft_is_deleted_with_all_its_parts() -> None:
    an_instrument(published=False).delete()

    assert [model.objects.count() for model in ALL] == [0] * len(ALL)


def test_drafts_are_deleted_together_with_all_their_parts() -> None:
    an_instrument(published=False)

    Instrument.objects.all().delete()

    assert [model.objects.count() for model in ALL] == [0] * len(ALL)
