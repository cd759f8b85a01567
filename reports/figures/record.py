"""A round as plain rows: all that its figures are computed from.

`reports.queries` fills it with a fixed number of queries; nothing here asks a database.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from inspections.enums import FindingKind, FindingStatus, Party, Severity, VisitStatus
from projects.enums import DatePrecision, FundingSource, Level, PostingRole, Procurement
from projects.records import InstalmentRecord, StaffRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project of the registry; the district's names are empty at city level."""

    pk: int
    name: str
    short_name: str
    level: Level
    district: int | None = None
    district_name: str = ""
    district_short_name: str = ""
    service_focus: str = ""
    service_model: str = ""
    partners: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """A visit with its result; `total_percent` is None while there is none or nothing applied."""

    pk: int
    project: int
    status: VisitStatus
    planned_on: dt.date | None = None
    visited_on: dt.date | None = None
    total_percent: Decimal | None = None
    grade_key: str = ""
    is_capped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScoreRow:
    """Percent of one track or section in one signed-off visit; None: nothing in it applied."""

    visit: int
    key: str
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A track or a section of the round's instrument; `short_name` is the name of a track."""

    key: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """A grade of the round's instrument; `level` is 1 for the best."""

    key: str
    name: str
    level: int
    lower_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    pk: int
    project: int
    agency: int
    agency_name: str
    service_area: str
    parties: int
    procurement: Procurement
    signed_on: dt.date | None = None
    signed_precision: DatePrecision = DatePrecision.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """Money of the round's fiscal year from one source."""

    pk: int
    project: int
    source: FundingSource
    amount_yuan: Decimal
    note: str = ""
    instalments: tuple[InstalmentRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """A person on a project, on the day that the record was made for."""

    pk: int
    project: int
    contract: int | None
    role: PostingRole
    staff: StaffRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding of one of the round's visits; `category` is a key, or empty."""

    pk: uuid.UUID
    project: int
    kind: FindingKind
    category: str
    severity: Severity | None
    status: FindingStatus
    text: str
    party: Party | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    key: str
    kind: FindingKind
    title: str
    short_name: str


@dataclass(frozen=True, kw_only=True)
class RoundRecord:
    """One round and the registry around it.

    Rows are in the order in which documents list them: projects by level, district and age; visits
    by day. `as_of` is the day on which teams and money are looked at: the last day of visits, or,
    before any, the last planned day or the end of the round's year. `period` runs from the first
    day of the round's year to its last day or the last visit, whichever is later: contracts that
    ran within it belong to the round.
    """

    name: str
    year: int
    as_of: dt.date
    period: tuple[dt.date, dt.date]
    projects: tuple[ProjectRow, ...]
    visits: tuple[VisitRow, ...]
    track_scores: tuple[PartScoreRow, ...]
    section_scores: tuple[PartScoreRow, ...]
    tracks: tuple[PartRow, ...]
    sections: tuple[PartRow, ...]
    grades: tuple[GradeRow, ...]
    contracts: tuple[ContractRow, ...]
    allocations: tuple[AllocationRow, ...]
    arrival_grace_days: Decimal
    postings: tuple[PostingRow, ...]
    findings: tuple[FindingRow, ...]
    categories: tuple[CategoryRow, ...]

    @cached_property
    def project_by_pk(self) -> Mapping[int, ProjectRow]:
        return {project.pk: project for project in self.projects}

    @cached_property
    def _projects_of_district(self) -> Mapping[int, int]:
        counts: dict[int, int] = {}
        for project in self.projects:
            if project.district is not None:
                counts[project.district] = counts.get(project.district, 0) + 1
        return counts

    def stands_for_its_district(self, project: ProjectRow) -> bool:
        """Whether the district has this project only, so that its name is enough."""
        return project.district is not None and self._projects_of_district[project.district] == 1

    def label(self, project: ProjectRow) -> str:
        """The project in a sentence: `从化区`, or its own name where that would be unclear."""
        return project.district_name if self.stands_for_its_district(project) else project.name

    def short_label(self, project: ProjectRow) -> str:
        """The project in a list or a table: `从化`, or its own short name."""
        if self.stands_for_its_district(project):
            return project.district_short_name
        return project.short_name

    @cached_property
    def carried_out(self) -> tuple[VisitRow, ...]:
        """Visits that have taken place, in the order in which they did."""
        return tuple(visit for visit in self.visits if visit.visited_on is not None)

    def in_visit_order(self, projects: set[int]) -> tuple[ProjectRow, ...]:
        """These projects as they were visited, then those not visited in registry order."""
        visited = [visit.project for visit in self.carried_out if visit.project in projects]
        rest = [
            project.pk
            for project in self.projects
            if project.pk in projects and project.pk not in visited
        ]
        return tuple(self.project_by_pk[pk] for pk in (*visited, *rest))
