"""Who works on the projects: head counts, backgrounds, certificates, teams that stand out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from projects.checks import certificate_level
from projects.enums import Education, Employment, FieldOfStudy, QualificationKind
from projects.records import StaffRecord
from reports import vocabulary
from reports.chinese import join_and
from reports.figures.figure import Figure, Rows, Words
from reports.figures.record import ContractRow, PostingRow, ProjectRow, RoundRecord

# What makes a team stand out. No document sets these numbers: they are Duxun's own.
SMALLEST_TEAM = 5
"""Below it, a team says little about how a project is staffed (two people of one street)."""
LARGEST_SMALL_TEAM = 10
MANY_MASTERS_PERCENT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The people of a project, or of one of its contracts where it has several.

    `name` is how a sentence calls it: the project, with the contract's area in brackets.
    `certified` holds a social-worker certificate, `masters` a master's or a doctor's degree;
    `by_employment` and `by_certificate` leave out what nobody has.
    """

    name: str
    project: ProjectRow
    contract: int | None
    staff: tuple[StaffRecord, ...]
    people: Figure[int]
    by_employment: Mapping[Employment, Figure[int]]
    by_certificate: Mapping[QualificationKind, Figure[int]]
    certified: Figure[int]
    masters: Figure[int]
    social_work: Figure[int]
    formerly_government: Figure[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigures:
    """People are counted once, however many postings they have.

    `by_field` and `by_education` leave out what nobody has; fields are in order of number, degrees
    highest first. Teams that stand out are found by rule: `many_masters` are small teams of which
    at least half hold a master's degree, `fully_certified` those without exception certified,
    `uncertified` whole projects in which nobody is. `taken_over` are projects whose team former
    government employees have joined.
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
    taken_over: tuple[Team, ...]


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
        [
            team
            for team in every
            if len(team.staff) >= SMALLEST_TEAM and team.certified.value == len(team.staff)
        ]
    )
    many_masters = _without_parts([team for team in every if _has_many_masters(team)])
    uncertified = tuple(team for team in projects if not team.certified.value)
    return TeamFigures(
        staff=_count(
            record, "team.staff", people, _("People with a posting on that day, each once.")
        ),
        postings=Figure(
            key="team.postings",
            value=len(record.postings),
            unit="个",
            text=f"{len(record.postings)}个",
            how=_("Number of postings that run on that day."),
            rows=_staff(record, [posting.pk for posting in record.postings]),
        ),
        by_employment={
            kind: _count(
                record,
                f"team.employment.{kind.value}",
                [person for person in people if person.employment == kind],
                _("People with this kind of employment."),
                employment=kind.value,
            )
            for kind in vocabulary.EMPLOYMENTS
        },
        by_field=_by_field(record, people),
        by_education={
            degree: _count(
                record,
                f"team.education.{degree.value}",
                chosen,
                _("People with this degree."),
                education=degree.value,
            )
            for degree in vocabulary.EDUCATIONS
            if (chosen := [person for person in people if person.education == degree])
        },
        certified=_count(
            record,
            "team.certified",
            [person for person in people if is_certified(person, record.as_of)],
            _("People with a valid social-worker certificate of any level."),
            certified="true",
        ),
        masters=_count(
            record,
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
                record,
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
                record,
                "team.fully_certified",
                fully_certified,
                format_lazy(
                    _("Teams of {least} or more people who all hold a social-worker certificate."),
                    least=SMALLEST_TEAM,
                ),
            ),
            _teams(
                record,
                "team.uncertified",
                uncertified,
                _("Projects with a team in which nobody holds a social-worker certificate."),
            ),
        ),
        taken_over=tuple(team for team in projects if team.formerly_government.value),
    )


def distinct_people(postings: Iterable[PostingRow]) -> tuple[StaffRecord, ...]:
    """The people of these postings, each once."""
    return tuple({posting.staff.pk: posting.staff for posting in postings}.values())


def _by_field(
    record: RoundRecord, people: tuple[StaffRecord, ...]
) -> dict[FieldOfStudy, Figure[int]]:
    figures = {
        field: _count(
            record,
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
        _team(record, project, by_project[project.pk])
        for project in record.in_visit_order(set(by_project))
    )


def _team(
    record: RoundRecord,
    project: ProjectRow,
    postings: Iterable[PostingRow],
    contract: ContractRow | None = None,
) -> Team:
    staff = distinct_people(postings)
    place = f"contract.{contract.pk}" if contract else f"project.{project.pk}"

    def count(name: str, people: Iterable[StaffRecord], how: Words) -> Figure[int]:
        return _count(record, f"team.{place}.{name}", people, how, project=str(project.pk))

    return Team(
        name=f"{project.name}（{contract.service_area}）" if contract else project.name,
        project=project,
        contract=contract.pk if contract else None,
        staff=staff,
        people=count("people", staff, _("People of the team, each once.")),
        by_employment={
            kind: count(kind.value, chosen, _("People of the team with this kind of employment."))
            for kind in vocabulary.EMPLOYMENTS
            if (chosen := [one for one in staff if one.employment == kind])
        },
        by_certificate={
            kind: count(kind.value, chosen, _("People of the team with this valid certificate."))
            for kind in QualificationKind
            if (chosen := [one for one in staff if _holds(one, kind, record.as_of)])
        },
        certified=count(
            "certified",
            [one for one in staff if is_certified(one, record.as_of)],
            _("People of the team with a valid social-worker certificate of any level."),
        ),
        masters=count(
            "masters",
            [one for one in staff if is_master(one)],
            _("People of the team with a master's or a doctor's degree."),
        ),
        social_work=count(
            "social_work",
            [one for one in staff if one.field_of_study == FieldOfStudy.SOCIAL_WORK],
            _("People of the team who studied social work."),
        ),
        formerly_government=count(
            "formerly_government",
            [one for one in staff if one.formerly_government],
            _("Former government employees on the project's team."),
        ),
    )


def _holds(person: StaffRecord, kind: QualificationKind, day: dt.date) -> bool:
    return any(held.kind == kind and held.holds_on(day) for held in person.qualifications)


def _teams_of_contracts(record: RoundRecord, projects: tuple[Team, ...]) -> tuple[Team, ...]:
    """One team for each contract with an area, in projects with several contracts."""
    teams = []
    for team in projects:
        contracts = [one for one in record.contracts if one.project == team.project.pk]
        if len(contracts) < 2:
            continue
        for contract in contracts:
            postings = [
                posting
                for posting in record.postings
                if posting.project == team.project.pk and posting.contract == contract.pk
            ]
            if postings and contract.service_area:
                teams.append(_team(record, team.project, postings, contract))
    return tuple(teams)


def _has_many_masters(team: Team) -> bool:
    return SMALLEST_TEAM <= len(
        team.staff
    ) <= LARGEST_SMALL_TEAM and 100 * team.masters.value >= MANY_MASTERS_PERCENT * len(team.staff)


def _without_parts(teams: list[Team]) -> tuple[Team, ...]:
    """Without the contracts' teams of projects that are in the list as a whole."""
    whole = {team.project.pk for team in teams if team.contract is None}
    return tuple(team for team in teams if team.contract is None or team.project.pk not in whole)


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
        rows=_staff(record, ids, **query),
    )


def _teams(
    record: RoundRecord, key: str, teams: tuple[Team, ...], how: Words
) -> Figure[tuple[str, ...]]:
    names = tuple(team.name for team in teams)
    return Figure(
        key=key,
        value=names,
        unit="",
        text=join_and(names),
        how=how,
        rows=_staff(record, [person.pk for team in teams for person in team.staff]),
    )


def _staff(record: RoundRecord, ids: Iterable[int], **query: str) -> Rows:
    """The list of staff as it stood on the day that the figures are of."""
    day = ("on", record.as_of.isoformat())
    return Rows(ids=tuple(ids), page="projects:staff", query=(*query.items(), day))
