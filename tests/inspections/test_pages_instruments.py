from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.permissions import Role
from inspections import instrument_file
from inspections.enums import InstrumentStatus, Mode
from inspections.instrument_rows import to_file
from inspections.models import GradeBand, Instrument
from tests.factories import InstrumentFactory, RoundFactory, SectionFactory, UserFactory
from tests.inspections.instrument_text import SMALL

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LIST = reverse("inspections:instruments")
IMPORT = reverse("inspections:instrument-import")


def sign_in(client: Client, role: Role = Role.BUREAU) -> None:
    client.force_login(UserFactory(role=role))


def page(name: str, instrument: Instrument) -> str:
    return reverse(f"inspections:{name}", args=[instrument.pk])


def notes(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def upload(text: str | bytes, name: str = "示例工具.toml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def complete(*, published: bool = False) -> Instrument:
    return InstrumentFactory(sections=2, indicators=4, modes=tuple(Mode), published=published)


# List and questionnaire


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMIN, 200),
        (Role.BUREAU, 200),
        (Role.AUDITOR, 200),
        (Role.INSPECTOR, 200),
        (Role.DISTRICT, 403),
        (Role.AGENCY, 403),
    ],
)
def test_list_opens_by_role(client: Client, role: Role, status: int) -> None:
    sign_in(client, role)

    assert client.get(LIST).status_code == status


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.INSPECTOR, 404)])
def test_draft_is_not_for_inspectors(client: Client, role: Role, status: int) -> None:
    draft = complete()
    sign_in(client, role)

    assert client.get(draft.get_absolute_url()).status_code == status
    assert (draft in client.get(LIST).context["instruments"]) is (status == 200)


def test_list_counts_sections_and_indicators(client: Client) -> None:
    instrument = complete(published=True)
    sign_in(client)

    response = client.get(LIST)

    rows = [
        (row.pk, row.section_count, row.indicator_count) for row in response.context["instruments"]
    ]
    assert rows == [(instrument.pk, 2, 8)]


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_same_queries_for_many_versions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        RoundFactory(instrument=InstrumentFactory(sections=1, indicators=1, published=True))
    sign_in(client)

    # Session, user, instruments, their rounds.
    with django_assert_num_queries(4):
        client.get(LIST)


@pytest.mark.parametrize("indicators", [4, 30])
def test_questionnaire_asks_the_same_queries_for_many_indicators(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, indicators: int
) -> None:
    instrument = InstrumentFactory(
        sections=2, indicators=indicators, modes=tuple(Mode), published=True
    )
    sign_in(client)

    # Session, user, instrument, tracks, grades, sections, indicators, their tracks, services,
    # levels, bands.
    with django_assert_num_queries(11):
        client.get(instrument.get_absolute_url())


def test_questionnaire_has_its_source_on_its_face(client: Client) -> None:
    instrument = InstrumentFactory(source_note="分值与权重均为本系统默认", published=True)
    sign_in(client, Role.INSPECTOR)

    response = client.get(instrument.get_absolute_url())

    assert "分值与权重均为本系统默认" in response.text


def test_questionnaire_adds_points_up(client: Client) -> None:
    instrument = complete()
    findings_only = SectionFactory(instrument=instrument, number=6)
    sign_in(client)

    shown = client.get(instrument.get_absolute_url()).context["questionnaire"]

    assert [
        (part.section.number, part.numeral, len(part.indicators), part.points)
        for part in shown.sections
    ] == [(1, "一", 4, Decimal(40)), (2, "二", 4, Decimal(40)), (6, "六", 0, Decimal(0))]
    assert shown.sections[-1].section == findings_only
    assert [(part.track.key, part.indicator_count, part.points) for part in shown.tracks] == [
        ("professional", 4, Decimal(40)),
        ("finance", 4, Decimal(40)),
    ]
    assert (shown.indicator_count, shown.points, shown.cap.key) == (8, Decimal(80), "pass")


@pytest.mark.usefixtures("english")
def test_draft_shows_what_is_missing_to_who_can_mend_it(client: Client) -> None:
    draft = complete()
    GradeBand.objects.get(key="fail").delete()
    sign_in(client)

    response = client.get(draft.get_absolute_url())

    assert [str(problem) for problem in response.context["problems"]] == [
        "grades row 3 (合格), lower_percent: The last row must begin at 0, not at 60."
    ]


def test_draft_does_not_bother_readers_with_what_is_missing(client: Client) -> None:
    draft = InstrumentFactory()
    sign_in(client, Role.AUDITOR)

    assert client.get(draft.get_absolute_url()).context["problems"] == ()


# Import and export


def test_imported_file_becomes_a_draft(client: Client) -> None:
    sign_in(client)

    response = client.post(IMPORT, {"file": upload(SMALL)})

    instrument = Instrument.objects.get()
    assert response["Location"] == instrument.get_absolute_url()
    assert (instrument.name, instrument.version, instrument.status) == (
        "示例评估工具",
        2,
        InstrumentStatus.DRAFT,
    )


@pytest.mark.usefixtures("english")
def test_refused_file_is_named_with_all_its_problems(client: Client) -> None:
    faulty = SMALL.replace("weight = 0.7", "weight = 0.6").replace('name = "走访"\n', "")
    sign_in(client)

    response = client.post(IMPORT, {"file": upload(faulty)})

    with pytest.raises(instrument_file.InstrumentFileError) as expected:
        instrument_file.read(faulty)
    assert response.context["problems"] == expected.value.problems
    assert len(expected.value.problems) == 2
    assert "示例工具.toml" in response.text
    assert Instrument.objects.count() == 0


@pytest.mark.usefixtures("english")
def test_version_that_exists_is_refused_at_the_field(client: Client) -> None:
    InstrumentFactory(name="示例评估工具", version=2)
    sign_in(client)

    response = client.post(IMPORT, {"file": upload(SMALL)})

    assert response.context["form"].errors == {
        "file": [
            "There is a version 2 of “示例评估工具” already: "
            "give the file another version, or another name."
        ]
    }
    assert "示例工具.toml" in response.text


@pytest.mark.usefixtures("english")
def test_import_without_a_file_is_refused(client: Client) -> None:
    sign_in(client)

    response = client.post(IMPORT, {})

    assert response.context["form"].errors == {"file": ["Choose a file."]}


def test_huge_file_is_not_read(client: Client) -> None:
    sign_in(client)

    response = client.post(IMPORT, {"file": upload(b" " * (1024 * 1024 + 1))})

    assert list(response.context["form"].errors) == ["file"]


def test_exported_file_can_be_read_again(client: Client) -> None:
    instrument = complete(published=True)
    sign_in(client, Role.INSPECTOR)

    response = client.get(page("instrument-export", instrument))

    content = to_file(Instrument.objects.with_content().get())
    assert instrument_file.read_bytes(response.content) == content
    assert response["Content-Type"] == "application/toml; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


# Publishing and versions


def test_asking_to_publish_publishes_nothing(client: Client) -> None:
    draft = complete()
    sign_in(client)

    response = client.get(page("instrument-publish", draft))

    assert response.context["problems"] == ()
    assert Instrument.objects.get().status == InstrumentStatus.DRAFT


def test_draft_is_published(client: Client) -> None:
    draft = complete()
    sign_in(client)

    response = client.post(page("instrument-publish", draft))

    assert response["Location"] == draft.get_absolute_url()
    assert Instrument.objects.get().status == InstrumentStatus.PUBLISHED


def test_incomplete_draft_is_told_what_is_missing(client: Client) -> None:
    draft = InstrumentFactory()
    sign_in(client)

    response = client.post(page("instrument-publish", draft))

    tables = [problem.place.table for problem in response.context["problems"]]
    assert tables == ["tracks", "sections", "grades", "indicators"]
    assert Instrument.objects.get().status == InstrumentStatus.DRAFT


@pytest.mark.usefixtures("english")
def test_published_instrument_is_not_published_again(client: Client) -> None:
    instrument = complete(published=True)
    sign_in(client)

    response = client.post(page("instrument-publish", instrument))

    assert notes(response) == ["This version is published already."]


def test_new_version_is_opened_as_a_draft(client: Client) -> None:
    instrument = complete(published=True)
    sign_in(client)

    response = client.post(page("instrument-new-version", instrument))

    draft = Instrument.objects.get(version=2)
    assert response["Location"] == draft.get_absolute_url()
    assert draft.status == InstrumentStatus.DRAFT


@pytest.mark.usefixtures("english")
def test_second_draft_is_refused_with_its_number(client: Client) -> None:
    instrument = complete(published=True)
    InstrumentFactory(name=instrument.name, version=2)
    sign_in(client)

    response = client.post(page("instrument-new-version", instrument))

    assert notes(response) == ["Version 2 is a draft already: change that one."]


@pytest.mark.parametrize("name", ["instrument-publish", "instrument-new-version"])
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.DISTRICT, Role.AGENCY])
def test_instruments_are_kept_by_the_bureau(client: Client, name: str, role: Role) -> None:
    instrument = complete(published=True)
    sign_in(client, role)

    assert client.post(page(name, instrument)).status_code == 403


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.DISTRICT, Role.AGENCY])
def test_import_is_for_the_bureau(client: Client, role: Role) -> None:
    sign_in(client, role)

    assert client.post(IMPORT, {"file": upload(SMALL)}).status_code == 403
