from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from django.utils import timezone
from pytest_django.asserts import assertContains

from accounts.permissions import Role
from inspections.enums import VisitStatus
from inspections.models import PanelMember, Visit
from projects.models import Agency, District
from reports.audit_log import Change, entries, readable
from tests.factories import (
    AgencyFactory,
    DistrictFactory,
    PanelMemberFactory,
    ProjectFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

    from reports.audit_log import AuditRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(UserFactory(auditor=True))
    return client


def newest(of: type[Model]) -> AuditRow:
    (row,) = readable(
        [entries().filter(content_type__model=of._meta.model_name).order_by("-pk")[0]]
    )
    return row


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMIN, 200),
        (Role.AUDITOR, 200),
        (Role.BUREAU, 403),
        (Role.INSPECTOR, 403),
        (Role.DISTRICT, 403),
        (Role.AGENCY, 403),
    ],
)
def test_audit_log_opens_by_role(client: Client, role: Role, status: int) -> None:
    client.force_login(UserFactory(role=role))

    assert client.get("/audit-log/").status_code == status


def test_audit_log_is_closed_to_who_scores_and_could_read_others_scores(client: Client) -> None:
    member = PanelMemberFactory(clear=True)
    client.force_login(member.user)

    assert client.get("/audit-log/").status_code == 403


def test_change_is_told_in_words() -> None:
    visit = VisitFactory(project=ProjectFactory(short_name="花都"))
    visit.status = VisitStatus.SIGNED
    visit.visited_on = dt.date(2016, 12, 20)
    actor = UserFactory(name="李科")

    with set_actor(actor, "127.0.0.1"):
        visit.save()

    row = newest(Visit)
    assert (row.actor, row.address, row.action) == (actor, "127.0.0.1", "修改")
    assert row.name == f"{visit.round.year}-{visit.round.sequence} · 花都"
    assert {(change.before, change.after) for change in row.changes} == {
        ("", "2016-12-20"),
        (str(VisitStatus.PLANNED.label), str(VisitStatus.SIGNED.label)),
    }


def test_reference_is_called_by_its_name_or_said_to_be_gone() -> None:
    old, new = AgencyFactory(name="示例机构甲"), AgencyFactory(name="示例机构乙")
    visit = VisitFactory()
    entry = LogEntry.objects.log_create(
        visit, action=LogEntry.Action.UPDATE, changes={"round": ["999999", str(visit.round_id)]}
    )

    (row,) = readable([entry])

    (change,) = row.changes
    assert (change.before, change.after) == ("已不存在（999999）", visit.round.title)
    assert old != new


def test_made_object_leaves_out_what_is_empty_and_its_key() -> None:
    AgencyFactory(name="示例机构甲", short_name="")

    row = newest(Agency)

    assert (row.action, row.kind, row.name) == ("新增", "承办机构", "示例机构甲")
    assert row.changes == (Change("名称", "", "示例机构甲"),)


def test_deleted_object_keeps_the_name_that_it_had() -> None:
    district = DistrictFactory(name="示例区")
    district.delete()

    row = newest(District)

    assert (row.action, row.name) == ("删除", "示例区")


def test_time_in_a_change_is_local() -> None:
    sheet = ScoresheetFactory()
    entry = LogEntry.objects.log_create(
        sheet,
        action=LogEntry.Action.UPDATE,
        changes={"submitted_at": ["None", "2017-01-05 09:20:00"]},
    )

    (row,) = readable([entry])

    assert [change.after for change in row.changes] == ["2017-01-05 17:20:00"]


def test_tracks_of_a_panel_member_are_in_the_history() -> None:
    member = PanelMemberFactory(tracks=[])
    track = member.visit.round.instrument.tracks.get(key="finance")

    member.tracks.set([track])

    row = newest(PanelMember)
    assert [(change.before, change.after) for change in row.changes] == [("", track.name)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"3.4 持证情况": ["2.5", "3 · 补充材料"]}, ("3.4 持证情况", "2.5", "3 · 补充材料")),
        (
            {"tracks": {"type": "m2m", "operation": "add", "objects": ["专业服务", "财务管理"]}},
            ("tracks", "", "专业服务、财务管理"),
        ),
        (
            {"tracks": {"type": "m2m", "operation": "delete", "objects": ["财务管理"]}},
            ("tracks", "财务管理", ""),
        ),
        ({"note": ["None", "长" * 400]}, ("note", "", "长" * 300 + "…")),
    ],
)
def test_changes_that_an_action_wrote_are_shown_as_they_are(
    changes: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    sheet = ScoresheetFactory()
    entry = LogEntry.objects.log_create(sheet, action=LogEntry.Action.UPDATE, changes=changes)

    (row,) = readable([entry])

    assert row.changes == (Change(*expected),)


def test_audit_log_is_filtered_by_person_kind_and_action(auditor: Client) -> None:
    actor = UserFactory()
    with set_actor(actor):
        agency = AgencyFactory()
        DistrictFactory()
        agency.note = "改过"
        agency.save()
    AgencyFactory()

    response = auditor.get(
        "/audit-log/",
        {"actor": actor.pk, "model": "projects.agency", "action": LogEntry.Action.UPDATE},
    )

    assert [(row.name, row.action) for row in response.context["rows"]] == [(agency.name, "修改")]


def test_audit_log_is_filtered_by_day_in_local_time(auditor: Client) -> None:
    LogEntry.objects.all().delete()
    zone = timezone.get_current_timezone()
    moments = [
        dt.datetime(2017, 1, 4, 23, 59, 59, tzinfo=zone),
        dt.datetime(2017, 1, 5, 0, 0, tzinfo=zone),
        dt.datetime(2017, 1, 6, 23, 59, 59, tzinfo=zone),
        dt.datetime(2017, 1, 7, 0, 0, tzinfo=zone),
    ]
    agency = Agency(pk=1, name="示例机构")
    for moment in moments:
        LogEntry.objects.log_create(agency, force_log=True, action=1, timestamp=moment)

    response = auditor.get("/audit-log/", {"since": "2017-01-05", "until": "2017-01-06"})

    assert [row.at for row in response.context["rows"]] == [moments[2], moments[1]]


def test_wrong_day_is_told_at_its_field_and_stays(auditor: Client) -> None:
    response = auditor.get("/audit-log/", {"since": "gestern"})

    assertContains(response, "gestern")
    assert list(response.context["filter"].form.errors) == ["since"]


def test_name_leads_to_the_history_of_the_object(auditor: Client) -> None:
    agency = AgencyFactory()
    AgencyFactory()

    link = f"/audit-log/?model=projects.agency&object={agency.pk}"
    response = auditor.get(link)

    assert [row.object_pk for row in response.context["rows"]] == [str(agency.pk)]
    assertContains(auditor.get("/audit-log/"), link.replace("&", "&amp;"))


def test_audit_log_is_paged(auditor: Client) -> None:
    LogEntry.objects.all().delete()
    AgencyFactory.create_batch(120)

    response = auditor.get("/audit-log/", {"page": "2", "model": "projects.agency"})

    assert len(response.context["rows"]) == 50
    assertContains(response, "?page=3&amp;model=projects.agency")


@pytest.mark.parametrize("count", [1, 30])
def test_audit_log_asks_one_query_for_each_kind_of_object(
    auditor: Client, django_assert_num_queries: Any, count: int
) -> None:
    LogEntry.objects.all().delete()
    DistrictFactory.create_batch(count)
    auditor.get("/audit-log/")

    # Session, user; people and number of entries for the filter; entries; names of districts.
    with django_assert_num_queries(6):
        auditor.get("/audit-log/")
