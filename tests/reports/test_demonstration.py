"""The demonstration's rows say what the 2016 summary says; ids as in fixtures/demonstration."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum

from accounts.demonstration import is_demonstration_database
from accounts.models import User
from accounts.permissions import Role
from inspections.enums import FindingKind, RoundStatus, VisitStatus
from inspections.models import (
    Finding,
    FindingCategory,
    InspectionMethod,
    Instrument,
    Moderation,
    PanelMember,
    Photo,
    Recommendation,
    Round,
    Scoresheet,
    Visit,
    VisitResult,
)
from projects.enums import Level
from projects.models import Agency, Contract, FundingAllocation, Posting, Project, StaffMember
from reports.demonstration.files import MissingBasisError, load
from reports.demonstration.stages import Stage, bring_to, reached
from reports.models import Report
from tests.reports.demonstration_round import signed_round

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

__all__ = ["signed_round"]

pytestmark = pytest.mark.django_db


def test_round_rests_on_two_documents(signed_round: Round) -> None:
    numbers = [document.number for document in signed_round.basis_documents.all()]
    assert numbers == ["穗司发〔2016〕87号", "穗综特专办〔2016〕7号"]  # B1


def test_round_used_five_methods_on_every_visit(signed_round: Round) -> None:
    assert InspectionMethod.objects.count() == 5  # B3
    used = signed_round.visits.annotate(methods=Count("methods_used__method", distinct=True))
    assert {visit.methods for visit in used} == {5}


def test_instrument_has_two_tracks_and_six_content_areas(signed_round: Round) -> None:
    tracks = [track.name for track in signed_round.instrument.tracks.all()]
    assert tracks == ["专业服务", "财务管理"]  # B4
    assert signed_round.instrument.sections.count() == 6  # B5


def test_visits_follow_the_stated_order(signed_round: Round) -> None:
    visits = signed_round.visits.select_related("project__district").order_by("visited_on")
    names = [visit.project.short_name for visit in visits]
    assert names[:11] == (
        ["黄埔", "番禺", "从化", "白云", "天河", "海珠", "越秀", "荔湾", "南沙", "增城", "花都"]
    )  # B8
    assert [visit.project.level for visit in visits[11:]] == [Level.CITY] * 3
    assert visits[0].visited_on == dt.date(2016, 12, 13)  # B7
    assert visits[13].visited_on == dt.date(2017, 1, 5)


def test_four_city_projects_are_registered_and_one_is_not_visited(signed_round: Round) -> None:
    city = Project.objects.filter(level=Level.CITY)
    assert city.count() == 4  # B10
    assert [p.short_name for p in city.exclude(visits__round=signed_round)] == ["社区矫正"]


def test_contracts_are_those_stated(signed_round: Round) -> None:
    tenders = Contract.objects.filter(procurement="open_tender").order_by("signed_on")
    names = list(dict.fromkeys(contract.project.short_name for contract in tenders))
    assert names == ["增城", "南沙", "荔湾", "花都", "越秀", "天河", "白云", "番禺"]  # P1
    assert tenders[0].signed_text == "2015年10月"  # P2
    assert tenders.reverse()[0].signed_text == "2016年9月"
    haizhu = Contract.objects.filter(project__short_name="海珠", parties=3)
    assert haizhu.count() == 18  # P3
    assert haizhu.values("agency").distinct().count() == 12
    assert not Contract.objects.filter(project__short_name="黄埔").exists()  # P4
    lots = Contract.objects.filter(project__short_name="增城").values_list(
        "service_area", flat=True
    )
    assert sorted(lots) == ["中北部片区", "南部片区"]  # P6
    assert Agency.objects.filter(contracts__isnull=False).distinct().count() == 25  # T1


def test_money_adds_up_to_what_is_stated(signed_round: Round) -> None:
    total = FundingAllocation.objects.filter(fiscal_year=2016).aggregate(Sum("amount_yuan"))
    assert total["amount_yuan__sum"] == Decimal("20220600.00")  # M1


def test_teams_are_those_stated(signed_round: Round) -> None:
    assert Posting.objects.values("staff").distinct().count() >= 200  # T2
    fields = Counter(StaffMember.objects.values_list("field_of_study", flat=True))
    assert {name for name, _ in fields.most_common(3)} == {"law", "sociology", "social_work"}  # T3
    school = StaffMember.objects.filter(postings__project__short_name="职业技校")
    assert (school.count(), school.filter(education="master").count()) == (7, 5)  # T4
    north = StaffMember.objects.filter(postings__contract__service_area="中北部片区")
    assert north.filter(employment="full_time").count() == north.count() == 10  # T5
    assert north.filter(qualifications__kind="assistant_social_worker").count() == 10
    assert north.filter(qualifications__kind="counsellor_3").count() == 3
    assert north.filter(education="master").count() == 1
    huadu = StaffMember.objects.filter(postings__project__short_name="花都")
    assert Counter(huadu.values_list("employment", flat=True)) == {
        "full_time": 15,
        "part_time": 10,
    }  # T6
    assert not huadu.filter(qualifications__isnull=False).exists()
    assert not huadu.filter(field_of_study="social_work").exists()
    former = StaffMember.objects.filter(formerly_government=True)
    assert {posting.project.short_name for staff in former for posting in staff.postings.all()} == {
        "南沙",
        "花都",
    }  # P5


def test_findings_cover_the_five_groups_and_their_recommendations(signed_round: Round) -> None:
    groups = FindingCategory.objects.filter(kind=FindingKind.PROBLEM)
    assert groups.count() == 5  # W1
    for group in groups:
        assert Finding.objects.problems().filter(category=group).exists(), group
        assert group.recommendations.exists(), group
    assert Recommendation.objects.count() == 5  # R1
    loans = Finding.objects.problems().filter(project__short_name="从化", text__contains="借款")
    assert loans.count() == 1  # M3


def test_every_visit_is_signed_with_a_score(signed_round: Round) -> None:
    results = VisitResult.objects.filter(visit__round=signed_round)
    assert results.count() == 14
    assert not signed_round.visits.exclude(status=VisitStatus.SIGNED).exists()
    assert {result.grade.key for result in results} >= {"excellent", "good", "pass"}
    moderated = signed_round.visits.filter(moderations__isnull=False).distinct()
    assert moderated.count() >= 10


def test_one_member_stood_back_and_was_replaced(signed_round: Round) -> None:
    visit = signed_round.visits.get(project__short_name="越秀")
    recusals = Counter(visit.panel.values_list("recusal", flat=True))
    assert recusals == {"clear": 3, "conflict": 1}


def test_pictures_are_evidence_of_findings(signed_round: Round) -> None:
    assert Photo.objects.filter(finding__isnull=False).count() == 6


def test_next_round_is_open_and_planned(signed_round: Round) -> None:
    following = Round.objects.named("2017-1")
    assert following.status == "open"
    assert set(following.visits.values_list("status", flat=True)) == {VisitStatus.PLANNED}
    leads = following.visits.filter(panel__is_lead=True, panel__user__username="lead")
    assert leads.count() == 4


def test_history_names_who_acted(signed_round: Round) -> None:
    def actors(model: type[Model]) -> set[str | None]:
        entries = LogEntry.objects.get_for_model(model)
        return set(entries.values_list("actor__username", flat=True))

    leads, panel = {"lead", "lead2"}, {"lead", "lead2", "inspector", "inspector2"}
    assert actors(Round) == actors(Instrument) == {"bureau"}
    # Planned by the bureau, declared for, scored and signed off by the panel.
    assert actors(Visit) >= {"bureau", *leads}
    assert None not in actors(Visit)
    assert actors(PanelMember) >= {"bureau", *panel}
    assert None not in actors(PanelMember)
    assert actors(Scoresheet) >= panel
    assert not actors(Scoresheet) & {None, "bureau"}
    assert actors(VisitResult) == actors(Moderation) == leads
    assert not actors(Finding) & {None, "bureau"}


def test_published_round_is_closed_and_still_the_one_to_open(
    signed_round: Round, client: Client, settings: SettingsWrapper
) -> None:
    settings.DEMO = True
    told: list[str] = []
    bring_to(Stage.PUBLISHED, say=told.append)
    bring_to(Stage.PUBLISHED, say=told.append)

    assert reached() is Stage.PUBLISHED
    assert told == ["published"]
    assert Round.objects.named("2016-2").status == RoundStatus.CLOSED
    assert Round.objects.named("2017-1").status == RoundStatus.OPEN
    client.force_login(User.objects.get(username="bureau"))
    home = client.get("/", follow=True)
    assert home.redirect_chain == [("/rounds/2016-2/overview/", 302)]
    assert home.status_code == 200
    reports = LogEntry.objects.get_for_model(Report)
    assert set(reports.values_list("actor__username", flat=True)) == {"bureau"}
    assert client.get("/rounds/2016-2/").status_code == 200


def test_accounts_cover_every_role(signed_round: Round) -> None:
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    assert is_demonstration_database()
    assert reached() is Stage.SIGNED


def test_people_and_agencies_are_visibly_made_up(signed_round: Round) -> None:
    names = [*StaffMember.objects.values_list("name", flat=True)]
    names += [*User.objects.values_list("name", flat=True)]
    names += [*Agency.objects.exclude(name="自强中心").values_list("name", flat=True)]
    assert [name for name in names if not name.startswith("示例")] == []


def test_demo_command_without_demo_refuses(settings: SettingsWrapper) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo", "--no-serve")


def test_demo_command_beside_real_accounts_refuses(settings: SettingsWrapper) -> None:
    settings.DEMO = True
    User.objects.create(username="real", name="某人", role=Role.BUREAU, email="a@example.org")
    with pytest.raises(CommandError, match="此数据库已有自己的账户。"):
        call_command("demo", "--no-serve")


def test_demonstration_account_without_demo_cannot_sign_in(
    signed_round: Round, settings: SettingsWrapper
) -> None:
    from accounts.backends import RoleBackend

    user = User.objects.get(username="bureau")
    settings.DEMO = False
    assert RoleBackend().user_can_authenticate(user) is False
    settings.DEMO = True
    assert RoleBackend().user_can_authenticate(user) is True


def test_file_with_a_group_without_basis_is_refused(tmp_path: Path) -> None:
    (tmp_path / "registry.toml").write_text('[[teams]]\nbasis = "T1"\n[[teams]]\ncount = 3\n')
    with pytest.raises(MissingBasisError, match="teams 2"):
        load("registry.toml", tmp_path)
