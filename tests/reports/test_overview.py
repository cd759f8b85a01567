from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import resolve, reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.permissions import Role
from inspections.actions.moderation import sign_off
from inspections.enums import FindingKind, FindingStatus, Recusal, Severity, VisitStatus
from inspections.models import VisitResult
from inspections.models.rounds import UnknownRoundError
from projects.enums import FieldOfStudy
from reports.overview import Sheets, Situation, load_overview, load_whole_overview
from tests.factories import (
    NOON,
    AgencyFactory,
    BasisDocumentFactory,
    ContractFactory,
    FindingFactory,
    FundingAllocationFactory,
    InstalmentFactory,
    PanelMemberFactory,
    PostingFactory,
    ProjectFactory,
    QualificationFactory,
    ReportFactory,
    RoundFactory,
    ScoresheetFactory,
    StaffMemberFactory,
    UserFactory,
    VisitFactory,
    VisitMethodFactory,
    VisitResultFactory,
)

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django import DjangoAssertNumQueries

    from inspections.models import Round, Visit

pytestmark = pytest.mark.django_db

PAGE = "/rounds/2016-2/overview/"


@pytest.fixture
def round_of_2016() -> Round:
    return RoundFactory(year=2016, sequence=2)


@pytest.fixture
def bureau(client: Client) -> Client:
    client.force_login(UserFactory(bureau=True))
    return client


def fill(round: Round, visits: int) -> None:
    """A round in which every other visit is signed off, with everything that the page shows."""
    user = UserFactory(inspector=True)
    tracks = list(round.instrument.tracks.all())
    BasisDocumentFactory(round=round)
    for number in range(visits):
        project = ProjectFactory(city=number % 5 == 0)
        ContractFactory(project=project)
        allocation = FundingAllocationFactory(project=project, fiscal_year=round.year)
        InstalmentFactory(allocation=allocation, received=number % 3 > 0)
        posting = PostingFactory(project=project)
        QualificationFactory(staff=posting.staff)
        signed = number % 2 == 0
        visit = VisitFactory(round=round, project=project, signed=signed, scoring=not signed)
        member = PanelMemberFactory(visit=visit, user=user, clear=True, tracks=tracks)
        ScoresheetFactory(member=member, submitted=signed)
        FindingFactory(author=member)
        if signed:
            total = Decimal(60 + number % 40)
            VisitResultFactory(visit=visit, total_percent=total, signed_by=user)


def sign(visit: Visit) -> None:
    """Sign the visit off by the action, so that its result has an explanation."""
    visit.status = VisitStatus.MODERATION
    visit.save()
    lead = PanelMemberFactory(visit=visit, clear=True, is_lead=True)
    visit.panel.exclude(pk=lead.pk).update(recusal=Recusal.CONFLICT, recusal_reason="亲属任职")
    ScoresheetFactory(member=lead, submitted=True, points=8)
    VisitMethodFactory(visit=visit)
    sign_off(visit=visit, appraisal="总体良好。", by=lead.user, at=NOON)


@pytest.mark.parametrize("visits", [14, 140])
def test_overview_asks_twelve_queries_whatever_the_size(
    bureau: Client,
    round_of_2016: Round,
    django_assert_num_queries: DjangoAssertNumQueries,
    visits: int,
) -> None:
    fill(round_of_2016, visits)
    bureau.get(PAGE)

    with django_assert_num_queries(12):
        response = bureau.get(PAGE)

    assert response.status_code == 200
    assert len(response.context["overview"].rows) == visits


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMIN, 200),
        (Role.BUREAU, 200),
        (Role.AUDITOR, 200),
        (Role.INSPECTOR, 403),
        (Role.DISTRICT, 403),
        (Role.AGENCY, 403),
    ],
)
@pytest.mark.parametrize("page", ["overview/", "overview.xlsx"])
def test_overview_opens_by_role(
    client: Client, round_of_2016: Round, role: Role, status: int, page: str
) -> None:
    client.force_login(UserFactory(role=role))

    assert client.get(f"/rounds/2016-2/{page}").status_code == status


@pytest.mark.parametrize("page", ["overview/", "overview.xlsx"])
def test_overview_of_an_unknown_round_says_which(bureau: Client, page: str) -> None:
    response = bureau.get(f"/rounds/2016-9/{page}")

    assertContains(response, "没有督导巡查轮次 2016-9。", status_code=404)


def test_rows_come_with_the_highest_total_first_and_the_unscored_last(
    round_of_2016: Round,
) -> None:
    planned = VisitFactory(round=round_of_2016)
    scoring = VisitFactory(round=round_of_2016, scoring=True)
    low = VisitResultFactory(
        visit=VisitFactory(round=round_of_2016, signed=True), total_percent=Decimal("71.50")
    ).visit
    high = VisitResultFactory(
        visit=VisitFactory(round=round_of_2016, signed=True), total_percent=Decimal("95.20")
    ).visit

    found = load_whole_overview("2016-2")

    assert [row.visit.pk for row in found.rows] == [high.pk, low.pk, scoring.pk, planned.pk]
    assert [row.grade.name if row.grade else None for row in found.rows] == [
        "优秀",
        "合格",
        None,
        None,
    ]
    assert found.states == {
        VisitStatus.PLANNED: 1,
        VisitStatus.SCORING: 1,
        VisitStatus.MODERATION: 0,
        VisitStatus.SIGNED: 2,
    }
    assert not found.is_complete


def test_sections_are_those_with_indicators(round_of_2016: Round) -> None:
    result = VisitResultFactory(visit=VisitFactory(round=round_of_2016, signed=True))
    result.sections.get(section__key="s2").delete()

    found = load_whole_overview("2016-2")

    assert [section.key for section in found.sections] == ["s1"]
    assert found.rows[0].percents == (Decimal("85.00"),)


def test_section_that_did_not_apply_says_so(bureau: Client, round_of_2016: Round) -> None:
    result = VisitResultFactory(visit=VisitFactory(round=round_of_2016, signed=True))
    result.sections.filter(section__key="s2").update(percent=None)

    response = bureau.get(PAGE)

    cells = response.context["page"].table[0].cells
    assert [(cell.text, cell.tone) for cell in cells] == [("85.0", "g2"), ("不适用", "")]


@pytest.mark.parametrize(
    ("percent", "text", "tone"),
    [
        ("90.00", "90.0", "g1"),
        # The colour goes by the number that is shown.
        ("89.95", "90.0", "g1"),
        ("89.94", "89.9", "g2"),
        ("60.00", "60.0", "g3"),
        ("59.94", "59.9", "g4"),
        ("0.00", "0.0", "g4"),
    ],
)
def test_cell_has_the_colour_of_its_number(
    bureau: Client, round_of_2016: Round, percent: str, text: str, tone: str
) -> None:
    result = VisitResultFactory(visit=VisitFactory(round=round_of_2016, signed=True))
    result.sections.update(percent=Decimal(percent))

    cell = bureau.get(PAGE).context["page"].table[0].cells[0]

    assert (cell.text, cell.tone) == (text, tone)


def test_sheets_are_counted_without_members_who_stood_back(round_of_2016: Round) -> None:
    visit = VisitFactory(round=round_of_2016, scoring=True)
    ScoresheetFactory(member=PanelMemberFactory(visit=visit, clear=True), submitted=True)
    ScoresheetFactory(member=PanelMemberFactory(visit=visit, clear=True))
    PanelMemberFactory(visit=visit)
    PanelMemberFactory(visit=visit, conflict=True)

    found = load_whole_overview("2016-2")

    assert found.rows[0].sheets == Sheets(assigned=3, submitted=1)
    assert found.sheets == Sheets(assigned=3, submitted=1)


def test_situation_of_a_project_comes_from_its_contracts(round_of_2016: Round) -> None:
    city = ProjectFactory(city=True)
    ContractFactory(project=city)
    lots = ProjectFactory()
    for area in ("北部", "南部"):
        ContractFactory(project=lots, service_area=area)
    streets = ProjectFactory()
    agencies = AgencyFactory.create_batch(4)
    for number, agency in enumerate([*agencies, agencies[0]]):
        ContractFactory(project=streets, agency=agency, service_area=f"街道{number}")
    own = ProjectFactory()
    for project in (city, lots, streets, own):
        VisitFactory(round=round_of_2016, project=project)

    found = load_whole_overview("2016-2")

    plain = {"is_city_level": False, "is_run_by_bureau": False, "areas": (), "agencies": 0}
    assert {row.project.pk: row.situation for row in found.rows} == {
        city.pk: Situation(**plain | {"is_city_level": True}),
        lots.pk: Situation(**plain | {"areas": ("北部", "南部")}),
        streets.pk: Situation(**plain | {"agencies": 4}),
        own.pk: Situation(**plain | {"is_run_by_bureau": True}),
    }


def test_basis_documents_are_named_in_their_order(round_of_2016: Round) -> None:
    BasisDocumentFactory(round=round_of_2016, number="乙〔2016〕2号", position=10)
    BasisDocumentFactory(round=round_of_2016, number="甲〔2016〕1号", position=9)
    BasisDocumentFactory(round=round_of_2016, number="", position=1)

    assert load_whole_overview("2016-2").basis_numbers == "甲〔2016〕1号、乙〔2016〕2号"


def test_round_that_the_user_may_not_see_is_unknown(round_of_2016: Round) -> None:
    with pytest.raises(UnknownRoundError):
        load_overview("2016-2", user=UserFactory(agency=True))


def test_round_can_be_switched(bureau: Client, round_of_2016: Round) -> None:
    RoundFactory(year=2017, sequence=1)

    response = bureau.get(PAGE)

    assert [one.name for one in response.context["overview"].rounds] == ["2017-1", "2016-2"]
    assertContains(response, 'href="/rounds/2017-1/overview/"')


def test_empty_round_leads_to_its_page(bureau: Client, round_of_2016: Round) -> None:
    response = bureau.get(PAGE)

    assertContains(response, "本轮尚无项目")
    assertContains(response, 'href="/rounds/2016-2/"')


def test_problems_lead_to_their_rows(bureau: Client, round_of_2016: Round) -> None:
    visit = VisitFactory(round=round_of_2016, scoring=True)
    member = PanelMemberFactory(visit=visit, clear=True)
    first = FindingFactory(author=member, severity=Severity.SERIOUS)
    FindingFactory(author=member, category=first.category, status=FindingStatus.VERIFIED)
    FindingFactory(author=member, kind=FindingKind.STRENGTH, category=None)

    response = bureau.get(PAGE)

    problems = response.context["page"].problems
    category = f"round=2016-2&kind=problem&category={first.category.key}"
    assert [(one.label, one.texts) for one in problems] == [
        (
            first.category.short_name,
            (("2 项", f"/findings/?{category}"), ("1 个项目", f"/findings/?{category}")),
        )
    ]
    figures = response.context["overview"].figures.findings
    assert (figures.problems.value, figures.verified.value) == (2, 1)


@pytest.mark.parametrize(
    ("received_on", "received_yuan", "text"),
    [
        (dt.date(2016, 3, 31), "500000", "按期"),
        (dt.date(2016, 7, 31), "500000", "迟到 4 个月"),
        (dt.date(2016, 5, 15), "500000", "迟到 45 天"),
        (dt.date(2016, 3, 31), "300000", "已到位 60%"),
        (None, "0", "逾期 8 个月未到"),
    ],
)
def test_arrival_of_funds_in_words(
    bureau: Client,
    round_of_2016: Round,
    received_on: dt.date | None,
    received_yuan: str,
    text: str,
) -> None:
    visit = VisitFactory(round=round_of_2016, scoring=True)
    InstalmentFactory(
        allocation=FundingAllocationFactory(project=visit.project),
        received_on=received_on,
        received_yuan=Decimal(received_yuan),
    )

    (measure,) = bureau.get(PAGE).context["page"].arrivals

    assert measure.url == f"/funding/?year=2016&project={visit.project.pk}"
    assert measure.texts[0][0].startswith(text)


def test_late_money_is_shown_before_the_rest(bureau: Client, round_of_2016: Round) -> None:
    for number in range(8):
        visit = VisitFactory(round=round_of_2016, scoring=True)
        InstalmentFactory(
            allocation=FundingAllocationFactory(project=visit.project), received=number < 7
        )

    page = bureau.get(PAGE).context["page"]

    assert len(page.arrivals) == 6
    assert page.arrivals[0].label == visit.project.district.short_name
    assert page.arrivals_left == 2


def test_team_is_divided_by_field_of_study(bureau: Client, round_of_2016: Round) -> None:
    visit = VisitFactory(round=round_of_2016, scoring=True)
    fields = [
        *[FieldOfStudy.LAW] * 4,
        *[FieldOfStudy.SOCIAL_WORK] * 3,
        *[FieldOfStudy.SOCIOLOGY] * 2,
        FieldOfStudy.PSYCHOLOGY,
        *[FieldOfStudy.OTHER] * 6,
    ]
    for field in fields:
        PostingFactory(project=visit.project, staff=StaffMemberFactory(field_of_study=field))

    page = bureau.get(PAGE).context["page"]

    assert [(share.text, share.tone) for share in page.team] == [
        ("25%", "t1"),
        ("19%", "t2"),
        ("13%", "t3"),
        ("44%", "t4"),
    ]
    assert [str(one.length) for one in page.team_bar.segments] == [
        "25.00",
        "18.75",
        "12.50",
        "43.75",
    ]


@pytest.mark.parametrize(
    ("signed", "role", "is_offered"),
    [(True, Role.BUREAU, True), (True, Role.AUDITOR, False), (False, Role.BUREAU, False)],
)
def test_summary_is_drafted_once_every_visit_is_signed_off(
    client: Client, round_of_2016: Round, signed: bool, role: Role, is_offered: bool
) -> None:
    VisitResultFactory(visit=VisitFactory(round=round_of_2016, signed=True))
    if not signed:
        VisitFactory(round=round_of_2016, moderation=True)
    client.force_login(UserFactory(role=role))

    response = client.get(PAGE)

    check = assertContains if is_offered else assertNotContains
    check(response, f'action="{reverse("reports:draft-summary", args=["2016-2"])}"')


def test_newest_version_of_the_summary_is_a_click_away(
    bureau: Client, round_of_2016: Round
) -> None:
    ReportFactory(city=True, round=round_of_2016, version=1)
    newest = ReportFactory(city=True, round=round_of_2016, version=2)
    ReportFactory(city=True)

    response = bureau.get(PAGE)

    assert response.context["overview"].summary == newest.pk
    assertContains(response, f'href="/reports/{newest.pk}/"')


def test_every_link_of_the_overview_leads_to_a_page(bureau: Client, round_of_2016: Round) -> None:
    fill(round_of_2016, 3)
    VisitResult.objects.all().delete()
    for visit in round_of_2016.visits.filter(status=VisitStatus.SIGNED):
        sign(visit)

    response = bureau.get(PAGE)

    links = set(links_of(response))
    paths = {link.partition("?")[0].partition("#")[0] for link in links if not link.startswith("#")}
    ids = set(re.findall(r'id="([^"]+)"', response.content.decode()))
    assert {path for path in paths if bureau.get(path, follow=True).status_code != 200} == set()
    assert {link[1:] for link in links if link.startswith("#")} - ids == set()
    assert {resolve(path).view_name for path in paths} >= {
        "inspections:visit",
        "inspections:findings",
        "projects:projects",
        "projects:funding",
        "projects:staff",
    }


def links_of(response: HttpResponse) -> list[str]:
    found = re.findall(r'<a [^>]*?href="([^"]+)"', response.content.decode())
    return [link.replace("&amp;", "&") for link in found]
