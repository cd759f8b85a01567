"""Drafting and publishing on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.permissions import Role
from reports.models import Report
from tests.factories import (
    ReportFactory,
    RoundFactory,
    VisitFactory,
)
from tests.reports.report_pages import account, bureau, drafted, english, printer, published
from tests.reports.signed_visits import signed_visit

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

__all__ = ["bureau", "english", "printer"]

pytestmark = pytest.mark.django_db

# Drafting


def post(client: Client, url: str, **data: str) -> HttpResponse:
    return client.post(url, data)


def test_drafting_leads_to_the_draft(bureau: Client) -> None:
    visit = signed_visit(9)

    response = post(bureau, f"/visits/{visit.pk}/report/draft")

    assertRedirects(response, f"/reports/{Report.objects.get().pk}/")


def test_drafting_before_sign_off_names_what_is_missing(bureau: Client) -> None:
    visit = VisitFactory(scoring=True, project__name="花都区项目")

    response = post(bureau, f"/visits/{visit.pk}/report/draft")

    assertContains(response, "花都区项目", status_code=409)
    assert not Report.objects.exists()


def test_drafting_the_summary_before_sign_off_names_the_visits(bureau: Client) -> None:
    round = RoundFactory(year=2016, sequence=2)
    signed_visit(9, round=round, project__name="天河区项目")
    VisitFactory(round=round, scoring=True, project__name="花都区项目")

    response = post(bureau, "/rounds/2016-2/summary/draft")

    assertContains(response, "花都区项目", status_code=409)
    assertNotContains(response, "天河区项目", status_code=409)


def test_drafting_the_summary_of_an_empty_round_says_why_not(bureau: Client) -> None:
    RoundFactory(year=2016, sequence=2)

    response = post(bureau, "/rounds/2016-2/summary/draft")

    assertContains(response, "nothing to sum up", status_code=409)


def test_drafting_the_summary_of_an_unknown_round_is_not_found(bureau: Client) -> None:
    assert post(bureau, "/rounds/2016-2/summary/draft").status_code == 404


def test_correction_without_a_reason_is_told_at_the_field(bureau: Client) -> None:
    report = published()
    assert report.visit is not None

    response = post(bureau, f"/visits/{report.visit.pk}/report/draft", what_changed=" ")

    assert response.status_code == 400
    assert response.context["page"].form.errors == {
        "what_changed": ["This report is published. Say what the new version changes."]
    }
    assert Report.objects.count() == 1


def test_correction_that_says_too_much_keeps_what_was_entered(bureau: Client) -> None:
    report = published()
    assert report.visit is not None

    response = post(bureau, f"/visits/{report.visit.pk}/report/draft", what_changed="更" * 501)

    assert response.status_code == 400
    assertContains(response, "更" * 501, status_code=400)


def test_correction_becomes_the_next_draft(bureau: Client) -> None:
    report = published()
    assert report.visit is not None

    response = post(bureau, f"/visits/{report.visit.pk}/report/draft", what_changed="更正经费。")

    second = Report.objects.get(version=2)
    assertRedirects(response, f"/reports/{second.pk}/")


# Publishing


def test_publishing_is_final(bureau: Client) -> None:
    report = drafted()

    response = post(
        bureau, f"/reports/{report.pk}/publish", drafted_at=report.drafted_at.isoformat()
    )

    assertRedirects(response, f"/reports/{report.pk}/")
    assert Report.objects.get().is_published


@pytest.mark.parametrize("seen", ["", "2016-01-01T00:00:00+00:00"])
def test_publishing_another_draft_than_was_read_is_refused(bureau: Client, seen: str) -> None:
    report = drafted()

    response = bureau.post(f"/reports/{report.pk}/publish", {"drafted_at": seen}, follow=True)

    assertContains(response, "The draft has been renewed meanwhile.")
    assert not Report.objects.get().is_published


def test_publishing_twice_says_so(bureau: Client) -> None:
    report = published()

    response = bureau.post(
        f"/reports/{report.pk}/publish", {"drafted_at": report.drafted_at.isoformat()}, follow=True
    )

    assertContains(response, "This report is published already.")


def test_publishing_a_draft_that_can_not_be_printed_says_why(bureau: Client) -> None:
    report = ReportFactory(snapshot={"schema_version": 99})

    response = bureau.post(
        f"/reports/{report.pk}/publish", {"drafted_at": report.drafted_at.isoformat()}, follow=True
    )

    assertContains(response, "The PDF can&#x27;t be made: schema version 99")
    assert not Report.objects.get().is_published


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR, Role.DISTRICT, Role.AGENCY])
def test_nobody_else_writes_reports(client: Client, role: Role) -> None:
    report = drafted()
    assert report.visit is not None
    client.force_login(account(role, report.visit.project))

    for url in (
        f"/visits/{report.visit.pk}/report/draft",
        f"/rounds/{report.round.name}/summary/draft",
        f"/reports/{report.pk}/publish",
    ):
        assert post(client, url).status_code == 403


@pytest.mark.parametrize("url", ["report/draft", "publish"])
def test_reading_never_writes(bureau: Client, url: str) -> None:
    report = drafted()
    assert report.visit is not None
    place = f"/visits/{report.visit.pk}" if url == "report/draft" else f"/reports/{report.pk}"

    assert bureau.get(f"{place}/{url}").status_code == 405
