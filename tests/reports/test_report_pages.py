"""A report's page, its PDF, and the way to it from a visit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.permissions import Role
from projects.models import Project
from reports.actions import draft_city_summary, draft_project_report
from tests.factories import (
    ReportFactory,
    RoundFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.report_pages import PDF, account, bureau, drafted, english, printer, published
from tests.reports.signed_visits import AT, signed_visit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

__all__ = ["bureau", "english", "printer"]

pytestmark = pytest.mark.django_db

# A report's page


def test_page_of_a_draft_shows_text_and_lets_publish(bureau: Client) -> None:
    report = drafted(project__name="花都区项目", appraisal="团队稳定。")

    response = bureau.get(f"/reports/{report.pk}/")

    assertContains(response, "团队稳定。")
    assertContains(response, "Preview the PDF")
    assertContains(response, f'value="{report.drafted_at.isoformat()}"')


def test_page_of_a_published_report_shows_hash_and_who(bureau: Client) -> None:
    report = published()

    response = bureau.get(f"/reports/{report.pk}/")

    assertContains(response, report.pdf_sha256)
    assertContains(response, str(report.published_by))
    assertContains(response, "Download the PDF")
    assertNotContains(response, f"/reports/{report.pk}/publish")


def test_page_of_a_summary_marks_its_figures(bureau: Client) -> None:
    round = RoundFactory(service_name="司法社会工作")
    signed_visit(9, round=round)
    report = draft_city_summary(round=round, by=UserFactory(), at=AT)

    response = bureau.get(f"/reports/{report.pk}/")

    assertContains(response, "二、司法社会工作项目的推进情况", count=0)
    assertContains(response, "一、督导巡查的基本情况")
    assertContains(response, "（一）督导巡查依据")
    assert re.findall(r'class="computed"[^>]*>([^<]+)<', response.content.decode())[:2] == [
        "2016年12月13日",
        f"{Project.objects.get().district.short_name}",
    ]


def test_page_of_a_snapshot_that_can_not_be_read_still_leads_to_the_pdf(bureau: Client) -> None:
    report = ReportFactory(published=True, snapshot={"schema_version": 99})

    response = bureau.get(f"/reports/{report.pk}/")

    assertContains(response, "The text can't be shown any more")
    assertContains(response, f"/reports/{report.pk}/pdf/")


def test_page_lists_versions_newest_first(bureau: Client) -> None:
    first = published()
    assert first.visit is not None
    second = draft_project_report(
        visit=first.visit, by=UserFactory(), at=AT, what_changed="更正经费。"
    )

    old = bureau.get(f"/reports/{first.pk}/").context["page"]
    new = bureau.get(f"/reports/{second.pk}/")

    assert list(old.versions) == [second, first]
    assert old.form is None
    assertContains(new, "更正经费。")


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.AGENCY, Role.INSPECTOR])
def test_page_for_those_whom_the_project_belongs_to(client: Client, role: Role) -> None:
    report, other = published(), published()
    assert report.visit is not None
    draft = draft_project_report(visit=report.visit, by=UserFactory(), at=AT, what_changed="更正。")
    client.force_login(account(role, report.visit.project))

    response = client.get(f"/reports/{report.pk}/")

    assert response.status_code == 200
    assert list(response.context["page"].versions) == [report]
    assert response.context["page"].form is None
    assert client.get(f"/reports/{draft.pk}/").status_code == 404
    assert client.get(f"/reports/{draft.pk}/pdf/").status_code == 404
    assert client.get(f"/reports/{other.pk}/").status_code == 404
    assert client.get(f"/reports/{other.pk}/pdf/").status_code == 404


def test_page_takes_the_same_queries_however_many_versions(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    report = ReportFactory(published=True)
    bureau.get(f"/reports/{report.pk}/")

    for more in (0, 29):
        for place in range(more):
            ReportFactory(visit=report.visit, version=place + 2, published=True)
        # Session and user, the report, its versions.
        with django_assert_num_queries(4):
            bureau.get(f"/reports/{report.pk}/")


# PDFs


def test_download_has_the_stored_bytes_and_a_name_for_people(bureau: Client) -> None:
    report = published(round__year=2016, round__sequence=2, project__name="花都区司法社工项目")

    response = bureau.get(f"/reports/{report.pk}/pdf/")

    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''" + quote("2016-2_花都区司法社工项目_督导巡查报告.pdf")
    )


def test_preview_of_a_draft_opens_in_the_browser(bureau: Client) -> None:
    report = drafted(round__year=2016, round__sequence=2, project__name="花都区项目")

    response = bureau.get(f"/reports/{report.pk}/pdf/")

    assert response.content == PDF
    assert response["Content-Disposition"] == (
        "inline; filename*=utf-8''" + quote("2016-2_花都区项目_督导巡查报告_草稿.pdf")
    )
    report.refresh_from_db()
    assert not report.is_published


@pytest.mark.parametrize("report", ["lost", "unreadable"])
def test_pdf_that_can_not_be_shown_says_why(bureau: Client, report: str) -> None:
    if report == "lost":
        found = ReportFactory(published=True)
    else:
        found = ReportFactory(snapshot={"schema_version": 99})

    response = bureau.get(f"/reports/{found.pk}/pdf/")

    reasons = {"lost": "is missing", "unreadable": "schema version 99"}
    assertContains(response, reasons[report], status_code=500)


# From a visit to its report


def test_visit_leads_to_its_newest_report(bureau: Client) -> None:
    report = published()
    assert report.visit is not None

    assertRedirects(bureau.get(f"/visits/{report.visit.pk}/report/"), f"/reports/{report.pk}/")


def test_signed_visit_without_a_report_offers_to_draft_it(bureau: Client) -> None:
    visit = signed_visit(9)

    response = bureau.get(f"/visits/{visit.pk}/report/")

    assertContains(response, f"/visits/{visit.pk}/report/draft")


def test_visit_that_is_not_signed_off_has_no_report(bureau: Client) -> None:
    visit = VisitFactory(scoring=True)

    response = bureau.get(f"/visits/{visit.pk}/report/")

    assertContains(response, "The visit is not signed off yet")
    assertNotContains(response, "/report/draft")


def test_visit_with_a_draft_alone_has_no_report_for_others(client: Client) -> None:
    report = drafted()
    assert report.visit is not None
    client.force_login(account(Role.DISTRICT, report.visit.project))

    response = client.get(f"/visits/{report.visit.pk}/report/")

    assert response.status_code == 200
    assertNotContains(response, "/report/draft")
