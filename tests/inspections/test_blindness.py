"""Until the own sheet is handed in, a member meets nothing of the others', on any page."""

from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from inspections.actions.moderation import sign_off
from inspections.actions.sheets import submit_sheet
from inspections.enums import RoundStatus
from inspections.models import Answer, Finding, Indicator, Photo, Scoresheet
from tests.factories import (
    NOON,
    FindingFactory,
    PanelMemberFactory,
    PhotoFactory,
    RoundFactory,
    ScoresheetFactory,
    UserFactory,
    VisitFactory,
    VisitMethodFactory,
)

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from inspections.models import Visit

pytestmark = pytest.mark.django_db

SECRET = "他人的扣分说明"
SECRET_FINDING = "他人发现的问题"


def a_panel(visit: Visit | None = None) -> SimpleNamespace:
    """A lead who still scores, and another member who has handed in points, reasons, a finding
    and a photograph."""
    visit = visit or VisitFactory(scoring=True, round__status=RoundStatus.OPEN)
    lead = PanelMemberFactory(visit=visit, clear=True, is_lead=True)
    own = ScoresheetFactory(member=lead, points=10)
    other = ScoresheetFactory(
        member=PanelMemberFactory(visit=visit, clear=True), points=Decimal("8.5"), submitted=True
    )
    Answer.objects.filter(sheet=other).update(reason=SECRET)
    indicator = Indicator.objects.scored_by(other.member)[0]
    return SimpleNamespace(
        visit=visit,
        own=own,
        other=other,
        finding=FindingFactory(author=other.member, text=SECRET_FINDING, indicator=indicator),
        photo=PhotoFactory(sheet=other, indicator=indicator),
        user=lead.user,
    )


def pages(panel: SimpleNamespace) -> dict[str, str]:
    """Every address under which something of another member's could come to light."""
    return {
        "my visits": reverse("inspections:my-visits"),
        "visit": panel.visit.get_absolute_url(),
        "own sheet": panel.own.get_absolute_url(),
        "own submission": reverse("inspections:sheet-submit", args=[panel.own.pk]),
        "own hints": reverse("inspections:sheet-hints", args=[panel.own.pk]),
        "other sheet": panel.other.get_absolute_url(),
        "other submission": reverse("inspections:sheet-submit", args=[panel.other.pk]),
        "other hints": reverse("inspections:sheet-hints", args=[panel.other.pk]),
        "findings": reverse("inspections:findings"),
        "finding": panel.finding.get_absolute_url(),
        "finding edit": reverse("inspections:finding-edit", args=[panel.finding.pk]),
        "finding delete": reverse("inspections:finding-delete", args=[panel.finding.pk]),
        "photo": reverse("inspections:photo", args=[panel.photo.pk]),
        "moderation": reverse("inspections:moderation", args=[panel.visit.pk]),
        "sign-off": reverse("inspections:sign-off", args=[panel.visit.pk]),
        "project": panel.visit.project.get_absolute_url(),
    }


def shown(client: Client, url: str) -> tuple[int, str]:
    response = client.get(url)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("my visits", 200),
        ("visit", 200),
        ("own sheet", 200),
        ("own submission", 200),
        ("own hints", 200),
        ("other sheet", 404),
        ("other submission", 404),
        ("other hints", 404),
        ("findings", 200),
        ("finding", 404),
        ("finding edit", 404),
        ("finding delete", 404),
        ("photo", 404),
        ("moderation", 200),
        ("sign-off", 200),
        ("project", 200),
    ],
)
def test_page_shows_a_scoring_member_nothing_of_the_others(
    client: Client, name: str, status: int
) -> None:
    panel = a_panel()
    client.force_login(panel.user)

    found, text = shown(client, pages(panel)[name])

    assert found == status
    # The choices of points are there for everybody.
    text = re.sub(r"<label[^>]*><input type=.radio.*?</label>", "", text)
    for secret in (SECRET, SECRET_FINDING, "8.5", str(panel.photo.pk)):
        # What was asked for may be repeated in the address of a page that was not found.
        assert status == 404 or secret not in text


def visible(user: User) -> tuple[set[object], set[object], set[object]]:
    return (
        set(Scoresheet.objects.visible_to(user)),
        set(Finding.objects.visible_to(user)),
        set(Photo.objects.visible_to(user)),
    )


def test_others_come_to_light_with_the_own_submission() -> None:
    panel = a_panel()
    assert visible(panel.user) == ({panel.own}, set(), set())

    submit_sheet(sheet=panel.own, by=panel.user, at=NOON)

    assert visible(panel.user) == ({panel.own, panel.other}, {panel.finding}, {panel.photo})


def test_drafts_of_others_stay_hidden_after_the_own_submission() -> None:
    panel = a_panel()

    assert visible(panel.other.member.user)[0] == {panel.other}


def test_drafts_are_hidden_from_the_bureau() -> None:
    panel = a_panel()

    sheets, _, _ = visible(UserFactory(bureau=True))

    assert sheets == {panel.other}


def test_sheets_are_hidden_from_districts_and_agencies() -> None:
    a_panel()

    for user in (UserFactory(district=True), UserFactory(agency=True)):
        assert visible(user) == (set(), set(), set())


def test_conflict_of_interest_hides_the_own_sheet_and_all_else() -> None:
    panel = a_panel()
    member = panel.other.member
    member.recusal, member.recusal_reason = "conflict", "曾任该机构顾问"
    member.save()

    assert visible(member.user)[0] == set()


def signed_before(panel: SimpleNamespace) -> SimpleNamespace:
    """The panel after it signed off, with its lead on the panel of the next round as well."""
    submit_sheet(sheet=panel.own, by=panel.user, at=NOON)
    VisitMethodFactory(visit=panel.visit)
    sign_off(visit=panel.visit, appraisal="良好", by=panel.user, at=NOON)
    panel.visit.round.status = RoundStatus.CLOSED
    panel.visit.round.save()
    later = VisitFactory(
        scoring=True,
        project=panel.visit.project,
        round=RoundFactory(status=RoundStatus.OPEN, instrument=panel.visit.round.instrument),
    )
    panel.next_sheet = ScoresheetFactory(
        member=PanelMemberFactory(visit=later, clear=True, user=panel.user), points=10
    )
    return panel


def test_earlier_findings_are_shown_and_earlier_scores_are_not() -> None:
    panel = signed_before(a_panel())

    sheets, findings, _photos = visible(panel.user)

    assert sheets == {panel.own, panel.next_sheet}
    assert findings == {panel.finding}


@pytest.mark.parametrize("name", ["moderation", "sign-off"])
def test_earlier_scores_are_hidden_from_the_lead_who_scores_again(
    client: Client, name: str
) -> None:
    panel = signed_before(a_panel())
    client.force_login(panel.user)
    url = pages(panel)[name]

    _, before = shown(client, url)
    submit_sheet(sheet=panel.next_sheet, by=panel.user, at=NOON)
    _, after = shown(client, url)

    assert ("92.50" in before, "92.50" in after) == (False, True)


def test_earlier_scores_come_to_light_with_the_next_submission() -> None:
    panel = signed_before(a_panel())

    submit_sheet(sheet=panel.next_sheet, by=panel.user, at=NOON)

    assert visible(panel.user)[0] == {panel.own, panel.other, panel.next_sheet}
