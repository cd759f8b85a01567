"""Drafting, publishing, and that nothing published ever changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils import translation

from inspections.models import Photo
from reports.actions import (
    AlreadyPublishedError,
    ChangeUnexplainedError,
    DraftRenewedError,
    draft_city_summary,
    draft_project_report,
    publish_report,
)
from reports.building import NotSignedOffError
from reports.enums import ReportKind, ReportStatus
from reports.models import PublishedReportError, Report
from reports.rendering import PhotographError
from reports.snapshots import ProjectReportSnapshot, ReportState
from reports.stored import DamagedFileError, read_pdf, read_snapshot
from tests.factories import FindingFactory, RoundFactory, UserFactory, VisitFactory
from tests.reports.signed_visits import AT, photo_of, signed_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.rendering.layouts import Snapshot

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 made up"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """The snapshots that were printed, by a printer that takes no time."""
    found: list[Snapshot] = []

    def render(snapshot: Snapshot, **_options: Any) -> bytes:
        found.append(snapshot)
        return PDF

    monkeypatch.setattr("reports.actions.render_pdf", render)
    return found


def drafted(**visit: Any) -> Report:
    return draft_project_report(visit=signed_visit(9, **visit), by=UserFactory(), at=AT)


def published(**visit: Any) -> Report:
    return publish_report(report=drafted(**visit), by=UserFactory(), at=AT)


# Drafts


def test_draft_freezes_what_is_known() -> None:
    by = UserFactory()
    visit = signed_visit(9, round__year=2016, round__sequence=2, project__name="花都区项目")

    report = draft_project_report(visit=visit, by=by, at=AT)

    assert report.kind == ReportKind.PROJECT
    assert report.status == ReportStatus.DRAFT
    assert report.version == 1
    assert report.title == "花都区项目2016年度第二次督导巡查报告"
    assert (report.drafted_by, report.drafted_at) == (by, AT)
    report.refresh_from_db()
    visit.project.name = "改名后的项目"
    visit.project.save()
    snapshot = read_snapshot(report)
    assert isinstance(snapshot, ProjectReportSnapshot)
    assert snapshot.project.name == "花都区项目"


def test_draft_before_sign_off_is_refused_and_leaves_nothing() -> None:
    visit = VisitFactory(scoring=True)

    with pytest.raises(NotSignedOffError):
        draft_project_report(visit=visit, by=UserFactory(), at=AT)

    assert not Report.objects.exists()


def test_draft_is_renewed_and_not_doubled() -> None:
    report = drafted()
    visit = report.visit
    assert visit is not None
    by, later = UserFactory(), AT + dt.timedelta(days=1)
    visit.project.name = "新名称项目"
    visit.project.save()

    renewed = draft_project_report(visit=visit, by=by, at=later)

    assert Report.objects.get() == renewed
    assert renewed.pk == report.pk
    assert renewed.title.startswith("新名称项目")
    assert (renewed.drafted_by, renewed.drafted_at) == (by, later)


def test_summary_is_drafted_once_every_visit_is_signed_off() -> None:
    round = RoundFactory(year=2016, sequence=2)
    signed_visit(9, round=round)

    report = draft_city_summary(round=round, by=UserFactory(), at=AT)

    assert report.kind == ReportKind.CITY
    assert report.visit is None
    assert report.title == "2016年度司法社会工作项目第二次督导巡查工作总结"


def test_summary_before_that_names_the_visits() -> None:
    round = RoundFactory()
    signed_visit(9, round=round)
    waiting = VisitFactory(round=round, scoring=True, project__short_name="花都")

    with pytest.raises(NotSignedOffError) as error:
        draft_city_summary(round=round, by=UserFactory(), at=AT)

    assert error.value.visits == (waiting,)
    assert "花都" in str(error.value)


# Publication


def test_publication_prints_the_snapshot_and_keeps_bytes_and_hash(printed: list[Snapshot]) -> None:
    report = drafted()
    by, at = UserFactory(), AT + dt.timedelta(days=2)

    publish_report(report=report, by=by, at=at)

    report.refresh_from_db()
    assert report.status == ReportStatus.PUBLISHED
    assert (report.published_by, report.published_at) == (by, at)
    assert report.pdf_sha256 == hashlib.sha256(PDF).hexdigest()
    assert report.pdf.name == f"reports/{report.pk}.pdf"
    assert read_pdf(report) == PDF
    assert printed == [read_snapshot(report)]
    assert printed[0].status.state == ReportState.PUBLISHED


def test_publication_prints_what_the_draft_says_and_not_what_rows_say_now(
    printed: list[Snapshot],
) -> None:
    report = drafted(project__name="花都区项目")
    assert report.visit is not None
    report.visit.project.name = "改名后的项目"
    report.visit.project.save()

    publish_report(report=report, by=UserFactory(), at=AT)

    assert printed[0].title_lines[0] == "花都区项目"


def test_publication_makes_a_real_pdf() -> None:
    report = published()

    assert read_pdf(report).startswith(b"%PDF-1.")


def test_published_report_is_not_published_again(printed: list[Snapshot]) -> None:
    report = published()

    with pytest.raises(AlreadyPublishedError):
        publish_report(report=report, by=UserFactory(), at=AT)

    assert len(printed) == 1


def test_draft_that_somebody_published_meanwhile_is_refused(printed: list[Snapshot]) -> None:
    stale = drafted()
    publish_report(report=Report.objects.get(), by=UserFactory(), at=AT)

    with pytest.raises(AlreadyPublishedError):
        publish_report(report=stale, by=UserFactory(), at=AT)


def test_draft_that_was_renewed_meanwhile_is_refused(printed: list[Snapshot]) -> None:
    stale = drafted()
    assert stale.visit is not None
    stale.visit.project.name = "新名称项目"
    stale.visit.project.save()
    draft_project_report(visit=stale.visit, by=UserFactory(), at=AT)
    stale = Report.objects.defer(None).get()
    stale.snapshot = stale.snapshot | {"title_lines": ["旧名称"]}

    with pytest.raises(DraftRenewedError):
        publish_report(report=stale, by=UserFactory(), at=AT)

    assert not Report.objects.get().is_published


def test_file_of_a_publication_that_failed_is_taken_away(
    printed: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = drafted()
    name = f"reports/{report.pk}.pdf"

    def fail(*_args: object, **_kwargs: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(Report, "save", fail)
    with pytest.raises(IntegrityError):
        publish_report(report=report, by=UserFactory(), at=AT)

    assert not default_storage.exists(name)


def test_photograph_that_is_gone_stops_the_publication(printed: list[Snapshot]) -> None:
    visit = signed_visit(9)
    photo = photo_of(FindingFactory(author=visit.panel.get()), caption="名册")
    report = draft_project_report(visit=visit, by=UserFactory(), at=AT)
    photo.image.storage.delete(photo.image.name)

    with pytest.raises(PhotographError, match="名册: the photograph is missing"):
        publish_report(report=report, by=UserFactory(), at=AT)

    assert printed == []


def test_photograph_that_was_exchanged_stops_the_publication(printed: list[Snapshot]) -> None:
    visit = signed_visit(9)
    photo = photo_of(FindingFactory(author=visit.panel.get()), caption="名册")
    report = draft_project_report(visit=visit, by=UserFactory(), at=AT)
    with photo.image.storage.open(photo.image.name, "wb") as file:
        file.write(b"something else")

    with pytest.raises(PhotographError, match="名册: the photograph is not the one"):
        publish_report(report=report, by=UserFactory(), at=AT)

    assert Photo.objects.count() == 1


# Versions


def test_correction_is_the_next_version_and_says_what_it_changes(printed: list[Snapshot]) -> None:
    first = published()
    assert first.visit is not None

    second = draft_project_report(
        visit=first.visit, by=UserFactory(), at=AT, what_changed="更正经费。"
    )

    assert second.version == 2
    assert not second.is_published
    status = read_snapshot(second).status
    assert (status.version, status.what_changed) == (2, "更正经费。")
    first.refresh_from_db()
    assert first.is_published


@pytest.mark.parametrize("what_changed", ["", "  "])
def test_correction_that_does_not_say_what_it_changes_is_refused(
    printed: list[Snapshot], what_changed: str
) -> None:
    first = published()
    assert first.visit is not None

    with pytest.raises(ChangeUnexplainedError) as error:
        draft_project_report(visit=first.visit, by=UserFactory(), at=AT, what_changed=what_changed)

    assert error.value.published == first
    assert Report.objects.count() == 1


def test_renewed_correction_still_says_what_it_changes(printed: list[Snapshot]) -> None:
    first = published()
    assert first.visit is not None
    draft_project_report(visit=first.visit, by=UserFactory(), at=AT, what_changed="更正经费。")

    renewed = draft_project_report(visit=first.visit, by=UserFactory(), at=AT)

    assert renewed.version == 2
    assert read_snapshot(renewed).status.what_changed == "更正经费。"


# Nothing published changes


def test_published_report_can_be_neither_saved_nor_deleted(printed: list[Snapshot]) -> None:
    report = published()
    report.title = "别的标题"

    with pytest.raises(PublishedReportError):
        report.save()
    with pytest.raises(PublishedReportError):
        report.save(update_fields=["title"])
    with pytest.raises(PublishedReportError):
        report.delete()

    assert Report.objects.get().title != "别的标题"


def test_published_report_can_not_be_turned_back_into_a_draft(printed: list[Snapshot]) -> None:
    report = published()
    report.status = ReportStatus.DRAFT

    with pytest.raises(PublishedReportError):
        report.save()

    assert Report.objects.get().is_published


def test_published_report_can_not_be_changed_by_queries(printed: list[Snapshot]) -> None:
    report = published()
    draft = drafted()
    every = Report.objects.all()
    report.title = "别的标题"

    with pytest.raises(PublishedReportError):
        every.update(title="别的标题")
    with pytest.raises(PublishedReportError):
        every.delete()
    with pytest.raises(PublishedReportError):
        every.bulk_update([draft, report], ["title"])
    with pytest.raises(PublishedReportError):
        every.update_or_create(pk=report.pk, defaults={"title": "别的标题"})
    with pytest.raises(PublishedReportError):
        every.bulk_create(
            [report],
            update_conflicts=True,
            update_fields=["title"],
            unique_fields=["id"],
        )

    assert Report.objects.count() == 2
    assert not Report.objects.filter(title="别的标题").exists()


def test_drafts_can_be_changed_by_queries(printed: list[Snapshot]) -> None:
    published()
    draft = drafted()

    Report.objects.filter(pk=draft.pk).update(title="草稿标题")
    draft.refresh_from_db()
    assert draft.title == "草稿标题"
    draft.title = "另一标题"
    Report.objects.bulk_update([draft], ["title"])

    assert Report.objects.filter(title="另一标题").delete()[0] == 1


@pytest.mark.parametrize("of", ["visit", "round", "published_by", "drafted_by"])
def test_rows_behind_a_published_report_can_not_be_deleted(
    printed: list[Snapshot], of: str
) -> None:
    report = published()

    with pytest.raises(models.ProtectedError), transaction.atomic():
        getattr(report, of).delete()

    assert Report.objects.get().is_published


def test_stored_pdf_that_was_changed_or_lost_is_noticed(printed: list[Snapshot]) -> None:
    report = published()
    with report.pdf.storage.open(report.pdf.name, "wb") as file:
        file.write(b"%PDF-1.7 forged")

    with pytest.raises(DamagedFileError, match="has been changed"):
        read_pdf(report)
    report.pdf.storage.delete(report.pdf.name)
    with pytest.raises(DamagedFileError, match="is missing"):
        read_pdf(report)


def test_publication_and_drafts_are_in_the_change_history(printed: list[Snapshot]) -> None:
    from auditlog.models import LogEntry

    report = published()

    entries = LogEntry.objects.get_for_object(report).order_by("timestamp", "pk")
    assert [entry.action for entry in entries] == [
        LogEntry.Action.CREATE,
        LogEntry.Action.UPDATE,
    ]
    assert entries[1].changes_dict["status"] == ["draft", "published"]
    assert "snapshot" not in entries[1].changes_dict
