"""Loads the registry's detail pages. Everything that a template shows is prepared here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from projects.dates import runs_on
from projects.enums import SOCIAL_WORK_QUALIFICATIONS, PostingRole
from projects.models import Agency, Contract, Posting, Project, StaffMember
from projects.queries import (
    OwnRows,
    build_project_record,
    load_own_rows,
    load_standards,
    with_registry,
)
from projects.summaries import ProjectSummary
from projects.warning import Rule, WarningSeverity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from projects.models import Qualification
    from projects.warning import RegistryWarning, RowRef

STAFF_ON_AGENCY_PAGE = 50
"""More than these are on the list of staff, which the page links to."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A qualification as it stands on a day.

    `is_counted` when it makes its holder certified that day, as in the checks.
    """

    row: Qualification
    has_lapsed: bool
    is_counted: bool


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A posting with the person's certificates, and whether it runs on the day looked at."""

    posting: Posting
    certificates: tuple[Certificate, ...]
    is_in_post: bool


@dataclass(frozen=True, slots=True)
class WarningNote:
    """The warnings of one rule as the page shows them, with the section that has their rows."""

    warnings: tuple[RegistryWarning, ...]
    tone: str
    section: str
    people: tuple[RowRef, ...]
    """Who they are about; empty for more than a line of them, whom the section lists."""

    @property
    def first(self) -> RegistryWarning:
        """Rule, severity and limit are the same in all of them."""
        return self.warnings[0]


@dataclass(frozen=True, slots=True)
class ProjectPage:
    project: Project
    summary: ProjectSummary
    notes: tuple[WarningNote, ...]
    contracts: tuple[Contract, ...]
    """Those that the user sees, as with the team."""
    team: tuple[TeamMember, ...]
    """Who is in post, leads first, then who was or will be."""

    @property
    def warning_count(self) -> int:
        return sum(len(note.warnings) for note in self.notes)

    @property
    def contracted_yuan(self) -> Decimal | None:
        """Sum of the contracts whose amount is known; None when that is none of them."""
        known = [each.amount_yuan for each in self.contracts if each.amount_yuan is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class AgencyPage:
    agency: Agency
    contracts: tuple[Contract, ...]
    """Those of projects that the user sees; so are the staff."""
    staff: tuple[tuple[StaffMember, tuple[Certificate, ...]], ...]
    staff_count: int


@dataclass(frozen=True, slots=True)
class StaffPage:
    member: StaffMember
    certificates: tuple[Certificate, ...]
    postings: tuple[TeamMember, ...]


def load_project_page(pk: int, *, user: User, today: dt.date) -> ProjectPage:
    """Raises Http404 for a project that the user does not see. Twelve queries at most."""
    project = get_object_or_404(with_registry(Project.objects.visible_to(user)), pk=pk)
    own = load_own_rows(user)
    summary = ProjectSummary(build_project_record(project), load_standards(), today)
    warnings = [each for each in summary.warnings if own.shows(each)]
    contracts = [each for each in project.contracts.all() if own.shows_agency(each.agency_id)]
    postings = [each for each in project.postings.all() if own.shows_staff(each.staff_id)]
    return ProjectPage(
        project,
        summary,
        notes=tuple(
            _note(tuple(group), own)
            for _, group in groupby(warnings, key=lambda warning: warning.rule)
        ),
        contracts=tuple(contracts),
        team=team_on(postings, summary.staff_day),
    )


def load_agency_page(pk: int, *, user: User, today: dt.date) -> AgencyPage:
    """Raises Http404 for an agency that the user does not see. Four queries."""
    agency = get_object_or_404(Agency.objects.visible_to(user), pk=pk)
    contracts = (
        Contract.objects.visible_to(user)
        .filter(agency=agency)
        .select_related("project", "agency")
        .order_by("project__level", "project__district__code", "project", "signed_on", "pk")
    )
    staff = StaffMember.objects.visible_to(user).filter(agency=agency)
    shown = staff.prefetch_related("qualifications")[:STAFF_ON_AGENCY_PAGE]
    return AgencyPage(
        agency,
        tuple(contracts),
        tuple((each, certificates_on(each.qualifications.all(), today)) for each in shown),
        staff.count(),
    )


def load_staff_page(pk: int, *, user: User, today: dt.date) -> StaffPage:
    """Raises Http404 for a person whom the user does not see. Three queries."""
    postings = (
        Posting.objects.visible_to(user)
        .select_related("project", "contract")
        .order_by("-starts_on", "pk")
    )
    member = get_object_or_404(
        StaffMember.objects.visible_to(user)
        .select_related("agency")
        .prefetch_related("qualifications", Prefetch("postings", queryset=postings)),
        pk=pk,
    )
    return StaffPage(
        member,
        certificates_on(member.qualifications.all(), today),
        tuple(
            TeamMember(each, (), runs_on(each.starts_on, each.ends_on, today))
            for each in member.postings.all()
        ),
    )


def team_on(postings: Iterable[Posting], day: dt.date) -> tuple[TeamMember, ...]:
    """Postings with their people's certificates, as they stand on a day; asks no database."""
    roles = list(PostingRole)
    members = [
        TeamMember(
            each,
            certificates_on(each.staff.qualifications.all(), day),
            runs_on(each.starts_on, each.ends_on, day),
        )
        for each in postings
    ]
    return tuple(
        sorted(
            members,
            key=lambda member: (
                not member.is_in_post,
                roles.index(PostingRole(member.posting.role)),
                member.posting.station,
                member.posting.staff.name,
            ),
        )
    )


def certificates_on(rows: Iterable[Qualification], day: dt.date) -> tuple[Certificate, ...]:
    return tuple(
        Certificate(
            row,
            has_lapsed=row.valid_until is not None and row.valid_until < day,
            is_counted=row.kind in SOCIAL_WORK_QUALIFICATIONS
            and runs_on(row.issued_on, row.valid_until, day),
        )
        for row in rows
    )


_TONES = {
    WarningSeverity.SERIOUS: "bad",
    WarningSeverity.MODERATE: "warn",
    WarningSeverity.MINOR: "",
}
_SECTIONS = {
    Rule.INSTALMENT_OVERDUE: "funding",
    Rule.INSTALMENT_SHORT: "funding",
    Rule.INSTALMENT_LATE: "funding",
    Rule.SPENDING_RATIO: "budget",
    Rule.SERVICE_BEHIND: "services",
}


_PEOPLE_IN_A_NOTE = 6


def _note(warnings: tuple[RegistryWarning, ...], own: OwnRows) -> WarningNote:
    first = warnings[0]
    people = tuple(
        row
        for each in warnings
        for row in each.rows
        if row.model == "staffmember" and own.shows_staff(row.pk)
    )
    return WarningNote(
        warnings,
        tone=_TONES[first.severity],
        section=_SECTIONS.get(first.rule, "team"),
        people=people if len(people) <= _PEOPLE_IN_A_NOTE else (),
    )
