"""One world to visit every page in: two districts, three agencies, and visits at every stage.

Its inspector, district and agency share some projects; what lies beyond them has `BEYOND` in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from accounts.permissions import Role
from inspections.actions.moderation import sign_off
from inspections.models import Answer, Scoresheet
from reports.actions import draft_city_summary, draft_project_report, publish_report
from tests.factories import (
    NOON,
    AgencyFactory,
    ContractFactory,
    DistrictFactory,
    FindingFactory,
    InspectionMethodFactory,
    InstalmentFactory,
    InstrumentFactory,
    PanelMemberFactory,
    PhotoFactory,
    PostingFactory,
    ProjectFactory,
    RoundFactory,
    ScoresheetFactory,
    UserFactory,
    UserScopeFactory,
    VisitFactory,
    VisitMethodFactory,
)

if TYPE_CHECKING:
    from accounts.models import User
    from inspections.models import Finding, PanelMember, Photo, Round, Visit
    from projects.models import Agency, Project, StaffMember
    from reports.models import Report

BEYOND = "界外"
BLIND = "盲评记号"
"""In what a colleague wrote that the inspector must not read before handing in."""
UNSUBMITTED = "草稿记号"
"""In a draft, which nobody but its author reads."""

_DECLARED = {"not declared": {}, "stood back": {"conflict": True}}


@dataclass(frozen=True, slots=True)
class Panel:
    """A visit and what its lead (the inspector, or beyond a stranger) and a colleague made."""

    visit: Visit
    sheet: Scoresheet
    finding: Finding
    colleague_sheet: Scoresheet
    colleague_finding: Finding
    photo: Photo


class World:
    """`users` are by role and by seat on panels."""

    def __init__(self) -> None:
        self.users = {role.value: UserFactory(role=role) for role in Role}
        self.users["lead"] = self.users["inspector"]
        for seat in ("member", "not declared", "stood back", "colleague"):
            self.users[seat] = UserFactory(inspector=True)
        self.strangers = UserFactory.create_batch(2, inspector=True, name=f"{BEYOND}督导员")
        self._make_registry()
        self.instrument = InstrumentFactory(sections=2, indicators=2, published=True)
        self.draft_instrument = InstrumentFactory(sections=1, indicators=1, name=f"{BEYOND}工具")
        self.method = InspectionMethodFactory()
        self.past, self.present = RoundFactory.create_batch(2, instrument=self.instrument)
        self._make_visits()
        self._make_reports()
        self.sessions = {name: _sign_in(user) for name, user in self.users.items()}

    def _make_registry(self) -> None:
        self.district = DistrictFactory()
        # Which districts there are is no secret.
        self.far_district = DistrictFactory()
        self.agency, self.partner = AgencyFactory.create_batch(2)
        self.far_agency = AgencyFactory(name=f"{BEYOND}机构")
        UserScopeFactory(user=self.users["district"], district=self.district)
        UserScopeFactory(user=self.users["agency"], agency=self.agency)
        self.city_project = ProjectFactory(city=True, name=f"{BEYOND}市项目", short_name=BEYOND)
        self.projects = [self._project(number) for number in range(5)]
        self.far_projects = [self._far_project(number) for number in range(3)]
        ContractFactory(project=self.projects[0], agency=self.partner)
        self.person = self._staff(self.projects[0], self.agency)
        self.partner_person = self._staff(self.projects[0], self.partner)
        self.far_person = self._staff(self.far_projects[0], self.far_agency, name=f"{BEYOND}人员")

        for project in (self.projects[0], self.far_projects[0]):
            InstalmentFactory(allocation__project=project)

    def _project(self, number: int) -> Project:
        project = ProjectFactory(district=self.district)
        ContractFactory(project=project, agency=self.agency, number=f"合同{number}")
        return project

    def _far_project(self, number: int) -> Project:
        name = f"{BEYOND}{number}"
        project = ProjectFactory(district=self.far_district, name=f"{name}项目", short_name=name)
        ContractFactory(project=project, agency=self.far_agency)
        return project

    def _staff(self, project: Project, agency: Agency, **fields: str) -> StaffMember:
        named = {f"staff__{name}": value for name, value in fields.items()}
        return PostingFactory(project=project, staff__agency=agency, **named).staff

    def _make_visits(self) -> None:
        reported, again, drafted, complete, ahead = self.projects
        others = ("member", "stood back")
        self.signed = self._signed(reported, others)
        self.earlier = self._signed(again)
        self.drafted = self._signed(drafted)
        self.far_signed = self._signed(self.far_projects[0])
        self.complete = self._panel(self.present, complete, "moderation", others)
        self.far_complete = self._panel(self.present, self.far_projects[1], "moderation")
        everybody = (*others, "not declared")
        self.running = self._panel(self.present, again, "scoring", everybody)
        self.far_running = self._panel(self.present, self.far_projects[2], "scoring")
        self.draft_of_member = Scoresheet.objects.get(
            member__visit=self.running.visit, member__user=self.users["member"]
        )
        self.undeclared = VisitFactory(round=self.present, project=ahead)
        PanelMemberFactory(visit=self.undeclared, user=self.users["inspector"])

    def _panel(
        self, round: Round, project: Project, stage: str, others: tuple[str, ...] = ()
    ) -> Panel:
        """A visit at a stage of `VisitFactory`; while it is `scoring`, only the colleague has
        handed in. `others` are further seats."""
        is_far, is_complete = BEYOND in project.name, stage != "scoring"
        people = self.strangers if is_far else [self.users["lead"], self.users["colleague"]]
        visit = VisitFactory(round=round, project=project, **{stage: True})
        VisitMethodFactory(visit=visit, method=self.method)
        words = [BEYOND if is_far else "示例"] * 2
        if not is_complete:
            words[1] += BLIND
        seats = [
            PanelMemberFactory(visit=visit, user=user, is_lead=user is people[0], clear=True)
            for user in people
        ]
        sheets = [
            _sheet(seats[0], submitted=is_complete, reason=words[0]),
            _sheet(seats[1], submitted=True, reason=words[1]),
        ]
        findings = [
            FindingFactory(author=seat, text=word) for seat, word in zip(seats, words, strict=True)
        ]
        photo = _photo(sheets[1], findings[1])
        for seat in others:
            declared = _DECLARED.get(seat, {"clear": True})
            member = PanelMemberFactory(visit=visit, user=self.users[seat], **declared)
            if "clear" in declared:
                reason = "示例" if is_complete else UNSUBMITTED
                _sheet(member, submitted=is_complete, reason=reason)
        return Panel(visit, sheets[0], findings[0], sheets[1], findings[1], photo)

    def _signed(self, project: Project, others: tuple[str, ...] = ()) -> Panel:
        panel = self._panel(self.past, project, "moderation", others)
        lead = panel.sheet.member.user
        sign_off(visit=panel.visit, appraisal="示例总体评价", by=lead, at=NOON)
        panel.visit.refresh_from_db()
        return panel

    def _make_reports(self) -> None:
        self.report, self.earlier_report, self.far_report = (
            self._publish(self._draft(panel))
            for panel in (self.signed, self.earlier, self.far_signed)
        )
        self.draft = self._draft(self.signed, "示例更正")
        self._draft(self.drafted)
        summary = draft_city_summary(round=self.past, by=self.users["bureau"], at=NOON)
        self.summary = self._publish(summary)

    def _draft(self, panel: Panel, what_changed: str = "") -> Report:
        bureau = self.users["bureau"]
        return draft_project_report(
            visit=panel.visit, by=bureau, at=NOON, what_changed=what_changed
        )

    def _publish(self, draft: Report) -> Report:
        return publish_report(report=draft, by=self.users["bureau"], at=NOON)

    def client(self, name: str) -> Client:
        """A browser in which the role or seat is signed in; `anonymous` is nobody."""
        client = Client()
        if name in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client


def _sheet(member: PanelMember, *, submitted: bool, reason: str) -> Scoresheet:
    sheet = ScoresheetFactory(member=member, submitted=submitted, points=8)
    Answer.objects.filter(sheet=sheet).update(reason=reason)
    return sheet


def _photo(sheet: Scoresheet, finding: Finding) -> Photo:
    photo = PhotoFactory(sheet=sheet, finding=finding)
    # Reports print no other picture than the one that was taken.
    with photo.image.open() as file:
        photo.sha256 = hashlib.sha256(file.read()).hexdigest()
    photo.save()
    return photo


def _sign_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
