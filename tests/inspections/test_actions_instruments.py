from __future__ import annotations

import pytest

from inspections import instrument_file
from inspections.actions.instruments import (
    AlreadyPublishedError,
    DraftExistsError,
    IncompleteInstrumentError,
    InstrumentExistsError,
    NotPublishedError,
    ServiceNameTakenError,
    import_instrument,
    new_version,
    publish_instrument,
)
from inspections.enums import InstrumentStatus, Mode
from inspections.instrument_file import InstrumentFileError, ProblemCode
from inspections.instrument_rows import to_file
from inspections.models import GradeBand, Indicator, Instrument
from projects.models import ServiceKind
from tests.factories import NOON, InstrumentFactory, ServiceKindFactory, UserFactory
from tests.inspections.instrument_text import SMALL

pytestmark = pytest.mark.django_db


def loaded(instrument: Instrument) -> Instrument:
    return Instrument.objects.with_content().get(pk=instrument.pk)


def every_mode(*, published: bool = False) -> Instrument:
    return InstrumentFactory(sections=2, indicators=4, modes=tuple(Mode), published=published)


def test_import_makes_a_draft_of_all_that_the_file_says() -> None:
    instrument = import_instrument(text=SMALL, by=UserFactory())

    assert instrument.status == InstrumentStatus.DRAFT
    assert instrument_file.write(to_file(loaded(instrument))) == instrument_file.write(
        without_totals(SMALL)
    )


def without_totals(text: str) -> instrument_file.InstrumentFile:
    """The file's content as the database keeps it: stated totals only check the file."""
    lines = [line for line in text.splitlines() if not line.startswith("total_points")]
    return instrument_file.read("\n".join(lines))


def test_import_takes_an_uploaded_file_with_a_byte_order_mark() -> None:
    instrument = import_instrument(text=b"\xef\xbb\xbf" + SMALL.encode(), by=UserFactory())

    assert instrument.name == "示例评估工具"


def test_import_refuses_bytes_in_another_encoding() -> None:
    with pytest.raises(InstrumentFileError) as refused:
        import_instrument(text=SMALL.encode("gb18030"), by=UserFactory())

    assert [problem.code for problem in refused.value.problems] == [ProblemCode.NOT_UTF8]


def test_import_makes_services_known_that_are_new() -> None:
    import_instrument(text=SMALL, by=UserFactory())

    assert list(ServiceKind.objects.values_list("key", "name", "unit")) == [
        ("visits", "走访", "次")
    ]


def test_import_goes_by_a_service_that_is_known() -> None:
    known = ServiceKindFactory(key="visits", name="上门走访", unit="人次")

    import_instrument(text=SMALL, by=UserFactory())

    assert list(ServiceKind.objects.values_list("pk", "name", "unit")) == [
        (known.pk, "上门走访", "人次")
    ]


def test_import_refuses_a_known_service_under_another_key() -> None:
    ServiceKindFactory(key="home-visits", name="走访")

    with pytest.raises(ServiceNameTakenError) as refused:
        import_instrument(text=SMALL, by=UserFactory())

    assert refused.value.values == {"name": "走访", "known": "home-visits", "key": "visits"}
    assert Instrument.objects.count() == 0


def test_import_of_a_version_that_exists_is_refused() -> None:
    import_instrument(text=SMALL, by=UserFactory())

    with pytest.raises(InstrumentExistsError):
        import_instrument(text=SMALL, by=UserFactory())


def test_import_of_a_faulty_file_makes_nothing() -> None:
    with pytest.raises(InstrumentFileError):
        import_instrument(text=SMALL.replace("weight = 0.7", "weight = 0.6"), by=UserFactory())

    assert Instrument.objects.count() == 0


def test_published_instrument_has_its_time() -> None:
    instrument = every_mode()

    publish_instrument(instrument=instrument, by=UserFactory(), at=NOON)

    stored = Instrument.objects.get()
    assert (stored.status, stored.published_at) == (InstrumentStatus.PUBLISHED, NOON)


def test_instrument_is_published_once() -> None:
    with pytest.raises(AlreadyPublishedError):
        publish_instrument(instrument=every_mode(published=True), by=UserFactory(), at=NOON)


def test_empty_draft_is_not_published() -> None:
    with pytest.raises(IncompleteInstrumentError) as refused:
        publish_instrument(instrument=InstrumentFactory(), by=UserFactory(), at=NOON)

    assert [(problem.code, problem.place.table) for problem in refused.value.problems] == [
        (ProblemCode.MISSING_TABLE, "tracks"),
        (ProblemCode.MISSING_TABLE, "sections"),
        (ProblemCode.MISSING_TABLE, "grades"),
        (ProblemCode.MISSING_TABLE, "indicators"),
    ]


def test_draft_with_gaps_is_told_all_of_them_without_lines() -> None:
    instrument = every_mode()
    GradeBand.objects.get(instrument=instrument, lower_percent=0).delete()
    indicator = Indicator.objects.get(key="s1-i2")
    indicator.levels.all().delete()

    with pytest.raises(IncompleteInstrumentError) as refused:
        publish_instrument(instrument=instrument, by=UserFactory(), at=NOON)

    problems = refused.value.problems
    assert [(problem.code, problem.place.label) for problem in problems] == [
        (ProblemCode.NOT_DOWN_TO_ZERO, "合格"),
        (ProblemCode.NEEDED_FOR_MODE, "1.2 示例指标1.2"),
    ]
    assert [problem.place.line for problem in problems] == [None, None]
    assert Instrument.objects.get().status == InstrumentStatus.DRAFT


def test_new_version_is_a_draft_with_the_same_content_and_keys() -> None:
    instrument = every_mode(published=True)

    draft = new_version(instrument=instrument, by=UserFactory())

    before, after = to_file(loaded(instrument)), to_file(loaded(draft))
    assert (draft.status, draft.version) == (InstrumentStatus.DRAFT, 2)
    assert (after.tracks, after.sections, after.grades, after.services, after.indicators) == (
        before.tracks,
        before.sections,
        before.grades,
        before.services,
        before.indicators,
    )
    assert (after.source_note, after.spread_limit, after.cap_grade) == (
        before.source_note,
        before.spread_limit,
        before.cap_grade,
    )


def test_new_version_shares_no_rows_with_the_old_one() -> None:
    instrument = every_mode(published=True)
    draft = new_version(instrument=instrument, by=UserFactory())

    Indicator.objects.filter(section__instrument=draft).update(name="改名")
    draft.delete()

    assert Indicator.objects.filter(section__instrument=instrument, name="改名").count() == 0
    assert Indicator.objects.count() == 8


def test_new_version_of_an_older_one_comes_after_the_latest() -> None:
    first = every_mode(published=True)
    second = new_version(instrument=first, by=UserFactory())
    publish_instrument(instrument=second, by=UserFactory(), at=NOON)

    third = new_version(instrument=first, by=UserFactory())

    assert third.version == 3


def test_draft_gets_no_new_version() -> None:
    with pytest.raises(NotPublishedError):
        new_version(instrument=every_mode(), by=UserFactory())


def test_second_draft_of_an_instrument_is_refused() -> None:
    instrument = every_mode(published=True)
    new_version(instrument=instrument, by=UserFactory())

    with pytest.raises(DraftExistsError) as refused:
        new_version(instrument=instrument, by=UserFactory())

    assert refused.value.values == {"version": 2}
