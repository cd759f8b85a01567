"""`manage.py render_reports`: all reports of a round as files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from inspections.models import Photo, VisitResult
from reports.actions import draft_project_report, publish_report
from reports.filenames import city_summary_name, project_report_name
from reports.models import Report
from tests.factories import FindingFactory, RoundFactory, UserFactory, VisitFactory
from tests.reports.signed_visits import AT, photo_of, signed_visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from inspections.models import Round
    from reports.rendering import RenderingError
    from reports.rendering.layouts import Snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """The numbers of processes asked for, by a printer that takes no time."""
    asked: list[int | None] = []

    def render_many(
        snapshots: Iterable[tuple[str, Snapshot]],
        *,
        photos: Callable[[str], Mapping[str, bytes]],
        processes: int | None,
    ) -> Iterator[tuple[str, bytes | RenderingError]]:
        asked.append(processes)
        for key, _snapshot in snapshots:
            photos(key)
            yield key, b"%PDF-1.7"

    monkeypatch.setattr("reports.batch.render_many", render_many)
    return asked


def run(folder: Path, round: str = "2016-2", **options: Any) -> tuple[str, str]:
    """What the command says and what it complains of."""
    out, err = io.StringIO(), io.StringIO()
    options = {"processes": 1} | options
    call_command("render_reports", round, out=folder, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def failing(folder: Path, **options: Any) -> tuple[str, str]:
    """Why the command fails and what it complained of before."""
    err = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command(
            "render_reports",
            options.pop("round", "2016-2"),
            "--out",
            str(folder),
            stdout=io.StringIO(),
            stderr=err,
            **({"processes": 1} | options),
        )
    return str(error.value), err.getvalue()


@pytest.fixture
def round() -> Round:
    """Round 2016-2 with two signed-off visits, to 花都 and to 天河."""
    found = RoundFactory(year=2016, sequence=2, service_name="司法社会工作")
    for district in ("花都", "天河"):
        signed_visit(
            9, round=found, project__name=f"{district}区项目", project__short_name=district
        )
    return found


def test_everything_is_written_and_nothing_stored(round: Round, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"

    out, err = run(folder)

    assert sorted(path.name for path in folder.iterdir()) == sorted(out.splitlines())
    assert sorted(out.splitlines()) == [
        "2016-2_司法社会工作项目_督导巡查工作总结.pdf",
        "2016-2_天河区项目_督导巡查报告.pdf",
        "2016-2_花都区项目_督导巡查报告.pdf",
    ]
    assert err == ""
    assert all(path.read_bytes().startswith(b"%PDF-") for path in folder.iterdir())
    assert not Report.objects.exists()


@pytest.mark.parametrize(("kind", "count"), [("project", 2), ("city", 1), ("all", 3)])
@pytest.mark.usefixtures("printer")
def test_kind_chooses(round: Round, tmp_path: Path, kind: str, count: int) -> None:
    run(tmp_path, kind=kind)

    assert len(list(tmp_path.iterdir())) == count


@pytest.mark.usefixtures("printer")
def test_published_reports_come_as_they_were_stored(
    round: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.actions.render_pdf", lambda *_args, **_kwargs: b"%PDF stored")
    visit = round.visits.get(project__short_name="花都")
    draft = draft_project_report(visit=visit, by=UserFactory(), at=AT)
    publish_report(report=draft, by=UserFactory(), at=AT)
    draft_project_report(visit=visit, by=UserFactory(), at=AT, what_changed="更正。")

    run(tmp_path, kind="project")

    assert (tmp_path / "2016-2_花都区项目_督导巡查报告.pdf").read_bytes() == b"%PDF stored"
    assert len(list(tmp_path.iterdir())) == 2


def test_unknown_round_names_those_that_there_are(tmp_path: Path) -> None:
    RoundFactory(year=2016, sequence=1)
    RoundFactory(year=2016, sequence=2)

    reason, _err = failing(tmp_path, round="2099-1")

    assert reason == "There is no round 2099-1. Rounds there are: 2016-2、2016-1."


def test_round_name_that_is_none_is_refused(tmp_path: Path) -> None:
    reason, _err = failing(tmp_path, round="second")

    assert reason == "There is no round second. Rounds there are: none."


@pytest.mark.usefixtures("printer")
def test_unsigned_visits_are_named_and_the_others_written(round: Round, tmp_path: Path) -> None:
    VisitFactory(round=round, scoring=True, project__name="白云区项目", project__short_name="白云")

    reason, err = failing(tmp_path)

    assert reason == "1 report could not be written. 1 visit is not signed off."
    assert err.splitlines() == [
        "白云区项目: not signed off yet (Scoring), so there is no report.",
        "2016-2_司法社会工作项目_督导巡查工作总结.pdf: These visits are not signed off yet: 白云.",
    ]
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.usefixtures("printer")
def test_broken_report_names_itself_and_stops_no_other(round: Round, tmp_path: Path) -> None:
    broken = round.visits.get(project__short_name="天河")
    VisitResult.objects.filter(visit=broken).update(explanation={"format": 99})

    reason, err = failing(tmp_path, kind="project")

    assert reason == "1 report could not be written."
    assert err.startswith("2016-2_天河区项目_督导巡查报告.pdf: ")
    assert [path.name for path in tmp_path.iterdir()] == ["2016-2_花都区项目_督导巡查报告.pdf"]


def test_lost_photograph_stops_its_own_report_alone(round: Round, tmp_path: Path) -> None:
    visit = round.visits.get(project__short_name="天河")
    photo_of(FindingFactory(author=visit.panel.get()), caption="名册")
    photo = Photo.objects.get()
    photo.image.storage.delete(photo.image.name)

    _reason, err = failing(tmp_path, kind="project")

    assert err == "2016-2_天河区项目_督导巡查报告.pdf: 名册: the photograph is missing\n"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.usefixtures("printer")
def test_damaged_published_report_is_named(
    round: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.actions.render_pdf", lambda *_args, **_kwargs: b"%PDF stored")
    visit = round.visits.get(project__short_name="花都")
    report = draft_project_report(visit=visit, by=UserFactory(), at=AT)
    report = publish_report(report=report, by=UserFactory(), at=AT)
    with report.pdf.storage.open(report.pdf.name, "wb") as file:
        file.write(b"%PDF forged")

    _reason, err = failing(tmp_path, kind="project")

    assert err.startswith("2016-2_花都区项目_督导巡查报告.pdf: ")
    assert "has been changed" in err


def test_folder_that_can_not_be_made_is_told(round: Round, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    reason, _err = failing(blocked / "inside")

    assert reason.startswith(f"{blocked / 'inside'}: the folder can't be made: ")


def test_number_of_processes_is_checked(round: Round, tmp_path: Path) -> None:
    reason, _err = failing(tmp_path, processes=0)

    assert reason == "--processes is 1 or more."


def test_number_of_processes_is_passed_on(
    round: Round, tmp_path: Path, printer: list[int | None]
) -> None:
    run(tmp_path, processes=2)

    assert printer == [2]


# Names


def test_names_are_for_clerks() -> None:
    assert project_report_name("2016-2", "花都区司法社工项目") == (
        "2016-2_花都区司法社工项目_督导巡查报告.pdf"
    )
    assert city_summary_name("2016-2", "司法社会工作", version=2) == (
        "2016-2_司法社会工作项目_督导巡查工作总结_第2版.pdf"
    )


@pytest.mark.parametrize(
    ("project", "name"),
    [
        ("甲/乙\\丙:丁", "甲－乙－丙－丁"),
        ("../../etc/passwd", "－..－etc－passwd"),
        ("甲\n乙\x00", "甲－乙－"),
        ("长" * 200, "长" * 80),
    ],
)
def test_names_hold_nothing_that_a_file_system_refuses(project: str, name: str) -> None:
    assert project_report_name("2016-2", project) == f"2016-2_{name}_督导巡查报告.pdf"
