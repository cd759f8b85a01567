"""The list of reports, a report's page, drafting, publishing and downloading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.permissions import Role
from projects.models import Project
from reports.actions import draft_city_summary, draft_project_report, publish_report
from reports.models import Report
from tests.factories import (
    ContractFactory,
    ReportFactory,
    RoundFactory,
    UserFactory,
    UserScopeFactory,
    VisitFactory,
)
from tests.reports.signed_visits import AT, signed_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 made up"


@pytest.fixture(autouse=True)
def _printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prints in no time."""
    monkeypatch.setattr("reports.actions.render_pdf", lambda *_args, **_kwargs: PDF)
    monkeypatch.setattr("reports.views.reports.render_pdf", lambda *_args, **_kwargs: PDF)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def bureau(client: Client) -> Client:
    client.force_login(UserFactory(bureau=True))
    client.cookies["django_language"] = "en"
    return client


def drafted(**visit: Any) -> Report:
    return draft_project_report(visit=signed_visit(9, **visit), by=UserFactory(), at=AT)


def published(**visit: Any) -> Report:
    return publish_report(report=drafted(**visit), by=UserFactory(), at=AT)


def account(role: Role, project: Project) -> Any:
    """Somebody to whom the project belongs in this role."""
    if role == Role.INSPECTOR:
        # Who scored it; somebody who is still scoring sees no earlier scores.
        return project.visits.get().panel.get().user
    user = UserFactory(role=role)
    if role == Role.DISTRICT:
        UserScopeFactory(user=user, district=project.district)
    elif role == Role.AGENCY:
        UserScopeFactory(user=user, agency=ContractFactory(project=project).agency)
    return user


# The list


def test_list_shows_reports_with_their_state(bureau: Client) -> None:
    first, second = published(project__name="花都区项目"), drafted(project__name="天河区项目")

    response = bureau.get("/reports/")

    assertContains(response, first.title)
    assertContains(response, second.title)
    assertContains(response, f"/reports/{first.pk}/pdf/")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["乙", "甲", "丙"]),
        ("?round=2016-2", ["乙", "甲"]),
        ("?round=2016-1", ["丙"]),
        ("?kind=city", ["乙"]),
        ("?status=published", ["甲"]),
        ("?q=丙", ["丙"]),
        ("?round=2099-1", []),
        ("?kind=other", []),
    ],
)
def test_list_is_filtered(bureau: Client, query: str, titles: list[str]) -> None:
    round = RoundFactory(year=2016, sequence=2)
    ReportFactory(visit__round=round, title="甲", published=True)
    ReportFactory(city=True, round=round, title="乙")
    ReportFactory(visit__round=RoundFactory(year=2016, sequence=1), title="丙")

    page = bureau.get(f"/reports/{query}").context["page"]

    assert [row.record.title for row in page.table.rows] == titles


def test_wrong_filter_is_told_at_its_field(bureau: Client) -> None:
    page = bureau.get("/reports/?kind=other").context["page"]

    assert list(page.filter.form.errors) == ["kind"]


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.AGENCY, Role.INSPECTOR])
def test_list_of_others_has_published_reports_of_theirs_alone(client: Client, role: Role) -> None:
    mine = published()
    published()
    assert mine.visit is not None
    user = account(role, mine.visit.project)
    drafted_too = drafted()
    assert drafted_too.visit is not None
    UserScopeFactory(user=user, district=drafted_too.visit.project.district)
    client.force_login(user)

    page = client.get("/reports/").context["page"]

    assert [row.record.pk for row in page.table.rows] == [mine.pk]
    assert page.to_do is None


def test_list_says_what_is_still_to_be_written(bureau: Client) -> None:
    round = RoundFactory(year=2016, sequence=2)
    waiting = signed_visit(9, round=round, project__short_name="花都")
    draft_project_report(visit=signed_visit(9, round=round), by=UserFactory(), at=AT)

    response = bureau.get("/reports/")

    to_do = response.context["page"].to_do
    assert (to_do.visits, to_do.unsigned, to_do.lacks_summary) == ((waiting,), 0, True)
    assertContains(response, f"/visits/{waiting.pk}/report/draft")
    assertContains(response, "/rounds/2016-2/summary/draft")


def test_list_offers_no_summary_while_visits_are_not_signed_off(bureau: Client) -> None:
    round = RoundFactory(year=2016, sequence=2)
    signed_visit(9, round=round)
    VisitFactory(round=round, scoring=True)

    response = bureau.get("/reports/")

    assert response.context["page"].to_do.unsigned == 1
    assertNotContains(response, "/summary/draft")


def test_list_is_of_the_chosen_round(bureau: Client) -> None:
    older = RoundFactory(year=2015, sequence=1)
    RoundFactory(year=2016, sequence=2)

    assert bureau.get("/reports/?round=2015-1").context["page"].to_do.round == older


def test_list_takes_the_same_queries_for_one_and_for_thirty(
    bureau: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    round = RoundFactory(year=2016, sequence=2)
    ReportFactory(visit__round=round)
    bureau.get("/reports/")

    for more in (0, 29):
        for _place in range(more):
            ReportFactory(visit__round=round)
        # Session and user, rounds, reports and their number, visits and what is reported.
        with django_assert_num_queries(7):
            bureau.get("/reports/")


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
