"""Who works on the projects: head counts, backgrounds, certificates, teams that stand out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from projects.checks import certificate_level
from projects.enums import Education, Employment, FieldOfStudy, QualificationKind
from projects.records import StaffRecord
from reports import vocabulary
from reports.chinese import join_and
from reports.figures.figure import Figure, Rows, Words
from reports.figures.record import PostingRow, ProjectRow, RoundRecord

# What makes a team stand out. No document sets these numbers: they are Duxun's own.
SMALLEST_TEAM = 5
"""Below it, a team says little about how a project is staffed (two people of one street)."""
LARGEST_SMALL_TEAM = 10
MANY_MASTERS_PERCENT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The people of a project, or of one of its contracts where it has several.

    `name` is how a sentence calls it: the project, with the contract's area in brackets.
    """

    name: str
    project: ProjectRow
    contract: int | None
    staff: tuple[StaffRecord, ...]
    day: dt.date

    @property
    def size(self) -> int:
        return len(self.staff)

    def count(self, employment: Employment) -> int:
        return sum(person.employment == employment for person in self.staff)

    @property
    def masters(self) -> int:
        """People with a master's or a doctor's degree."""
        return sum(is_master(person) for person in self.staff)

    @property
    def certified(self) -> int:
        return sum(is_certified(person, self.day) for person in self.staff)

    def holding(self, kind: QualificationKind) -> int:
        """People who hold a certificate of this kind."""
        return sum(
            any(held.kind == kind and held.holds_on(self.day) for held in person.qualifications)
            for person in self.staff
        )

    def studied(self, field: FieldOfStudy) -> int:
        return sum(person.field_of_study == field for person in self.staff)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """Former government employees who have joined a project's team."""

    project: ProjectRow
    people: Figure[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigures:
    """People are counted once, however many postings they have.

    `by_field` and `by_education` leave out what nobody has; fields are in order of number, degrees
    highest first. Teams that stand out are found by rule: `many_masters` are small teams of which
    at least half hold a master's degree, `fully_certified` those without exception certified,
    `uncertified` whole projects in which nobody is.
    """

    staff: Figure[int]
    postings: Figure[int]
    by_employment: Mapping[Employment, Figure[int]]
    by_field: Mapping[FieldOfStudy, Figure[int]]
    by_education: Mapping[Education, Figure[int]]
    certified: Figure[int]
    masters: Figure[int]
    projects: tuple[Team, ...]
    many_masters: tuple[Team, ...]
    fully_certified: tuple[Team, ...]
    uncertified: tuple[Team, ...]
    standing_out: tuple[Figure[tuple[str, ...]], ...]
    taken_over: tuple[TakenOver, ...]


def is_certified(person: StaffRecord, day: dt.date) -> bool:
    """Whether the person holds a valid social-worker certificate of any level that day."""
    return certificate_level(person, day) > 0


def is_master(person: StaffRecord) -> bool:
    return person.education in {Education.MASTER, Education.DOCTOR}


def compute_team(record: RoundRecord) -> TeamFigures:
    people = distinct_people(record.postings)
    projects = _teams_of_projects(record)
    lots = _teams_of_contracts(record, projects)
    every = (*projects, *lots)
    fully_certified = _without_parts(
        [team for team in every if team.size >= SMALLEST_TEAM and team.certified == team.size]
    )
    many_masters = _without_parts([team for team in every if _has_many_masters(team)])
    uncertified = tuple(team for team in projects if team.certified == 0)
    count = partial(_count, record)
    return TeamFigures(
        staff=count("team.staff", people, _("People with a posting on that day, each once.")),
        postings=Figure(
            key="team.postings",
            value=len(record.postings),
            unit="个",
            text=f"{len(record.postings)}个",
            how=_("Number of postings that run on that day."),
            rows=Rows(ids=tuple(posting.pk for posting in record.postings), page="projects:staff"),
        ),
        by_employment={
            kind: count(
                f"team.employment.{kind.value}",
                [person for person in people if person.employment == kind],
                _("People with this kind of employment."),
                employment=kind.value,
            )
            for kind in vocabulary.EMPLOYMENTS
        },
        by_field=_by_field(count, people),
        by_education={
            degree: count(
                f"team.education.{degree.value}",
                chosen,
                _("People with this degree."),
                education=degree.value,
            )
            for degree in vocabulary.EDUCATIONS
            if (chosen := [person for person in people if person.education == degree])
        },
        certified=count(
            "team.certified",
            [person for person in people if is_certified(person, record.as_of)],
            _("People with a valid social-worker certificate of any level."),
            certified="true",
        ),
        masters=count(
            "team.masters",
            [person for person in people if is_master(person)],
            _("People with a master's or a doctor's degree."),
        ),
        projects=projects,
        many_masters=many_masters,
        fully_certified=fully_certified,
        uncertified=uncertified,
        standing_out=(
            _teams(
                "team.many_masters",
                many_masters,
                format_lazy(
                    _(
                        "Teams of {least} to {most} people of whom {percent}% or more hold a "
                        "master's degree."
                    ),
                    least=SMALLEST_TEAM,
                    most=LARGEST_SMALL_TEAM,
                    percent=MANY_MASTERS_PERCENT,
                ),
            ),
            _teams(
                "team.fully_certified",
                fully_certified,
                format_lazy(
                    _("Teams of {least} or more people who all hold a social-worker certificate."),
                    least=SMALLEST_TEAM,
                ),
            ),
            _teams(
                "team.uncertified",
                uncertified,
                _("Projects with a team in which nobody holds a social-worker certificate."),
            ),
        ),
        taken_over=tuple(
            taken for team in projects if (taken := _taken_over(record, team)) is not None
        ),
    )


def distinct_people(postings: Iterable[PostingRow]) -> tuple[StaffRecord, ...]:
    """The people of these postings, each once."""
    return tuple({posting.staff.pk: posting.staff for posting in postings}.values())


def _by_field(
    count: Callable[..., Figure[int]], people: tuple[StaffRecord, ...]
) -> dict[FieldOfStudy, Figure[int]]:
    figures = {
        field: count(
            f"team.field.{field.value}",
            [person for person in people if person.field_of_study == field],
            _("People who studied this field."),
            field_of_study=field.value,
        )
        for field in vocabulary.FIELDS
    }
    most_first = sorted(figures.items(), key=lambda item: -item[1].value)
    return {field: figure for field, figure in most_first if figure.value}


def _teams_of_projects(record: RoundRecord) -> tuple[Team, ...]:
    by_project: dict[int, list[PostingRow]] = {}
    for posting in record.postings:
        by_project.setdefault(posting.project, []).append(posting)
    return tuple(
        Team(
            name=project.name,
            project=project,
            contract=None,
            staff=distinct_people(by_project[project.pk]),
            day=record.as_of,
        )
        for project in record.in_visit_order(set(by_project))
    )


def _teams_of_contracts(record: RoundRecord, projects: tuple[Team, ...]) -> tuple[Team, ...]:
    """One team for each contract with an area, in projects with several contracts."""
    teams = []
    for team in projects:
        contracts = [one for one in record.contracts if one.project == team.project.pk]
        if len(contracts) < 2:
            continue
        for contract in contracts:
            staff = distinct_people(
                posting
                for posting in record.postings
                if posting.project == team.project.pk and posting.contract == contract.pk
            )
            if staff and contract.service_area:
                teams.append(
                    Team(
                        name=f"{team.project.name}（{contract.service_area}）",
                        project=team.project,
                        contract=contract.pk,
                        staff=staff,
                        day=record.as_of,
                    )
                )
    return tuple(teams)


def _has_many_masters(team: Team) -> bool:
    return (
        SMALLEST_TEAM <= team.size <= LARGEST_SMALL_TEAM
        and 100 * team.masters >= MANY_MASTERS_PERCENT * team.size
    )


def _without_parts(teams: list[Team]) -> tuple[Team, ...]:
    """Without the contracts' teams of projects that are in the list as a whole."""
    whole = {team.project.pk for team in teams if team.contract is None}
    return tuple(team for team in teams if team.contract is None or team.project.pk not in whole)


def _taken_over(record: RoundRecord, team: Team) -> TakenOver | None:
    former = [person for person in team.staff if person.formerly_government]
    if not former:
        return None
    return TakenOver(
        project=team.project,
        people=_count(
            record,
            f"team.taken_over.{team.project.pk}",
            former,
            _("Former government employees on the project's team."),
            project=str(team.project.pk),
        ),
    )


def _count(
    record: RoundRecord, key: str, people: Iterable[StaffRecord], how: Words, **query: str
) -> Figure[int]:
    ids = tuple(person.pk for person in people)
    return Figure(
        key=key,
        value=len(ids),
        unit="名",
        text=f"{len(ids)}名",
        how=how,
        rows=Rows(ids=ids, page="projects:staff", query=tuple(query.items())),
    )


def _teams(key: str, teams: tuple[Team, ...], how: Words) -> Figure[tuple[str, ...]]:
    names = tuple(team.name for team in teams)
    return Figure(
        key=key,
        value=names,
        unit="",
        text=join_and(names),
        how=how,
        rows=Rows(
            ids=tuple(person.pk for team in teams for person in team.staff), page="projects:staff"
        ),
    )
