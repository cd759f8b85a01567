"""Which projects a round visited, when and in which order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from inspections.enums import VisitStatus
from projects.dates import chinese_date
from projects.enums import Level
from reports import vocabulary
from reports.chinese import chinese_count, join_and
from reports.figures.figure import Figure, Rows, Words
from reports.figures.record import ProjectRow, RoundRecord, VisitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFigures:
    """`districts` has the short names of the districts in the order of their first visit."""

    planned: Figure[int]
    carried_out: Figure[int]
    signed: Figure[int]
    district_projects: Figure[int]
    city_projects: Figure[int]
    districts: Figure[tuple[str, ...]]
    first_day: Figure[dt.date | None]
    last_day: Figure[dt.date | None]
    left_out: Figure[tuple[str, ...]]
    projects: tuple[ProjectRow, ...]


def compute_visits(record: RoundRecord) -> VisitFigures:
    done = record.carried_out
    projects = tuple(record.project_by_pk[visit.project] for visit in done)
    days = [visit.visited_on for visit in done if visit.visited_on is not None]
    districts = tuple(
        dict.fromkeys(project.district_short_name for project in projects if project.district)
    )
    return VisitFigures(
        planned=_count(
            record, "visits.planned", record.visits, _("Number of visits planned in the round.")
        ),
        carried_out=_count(
            record, "visits.carried_out", done, _("Number of visits that have a visit day.")
        ),
        signed=_count(
            record,
            "visits.signed",
            tuple(visit for visit in record.visits if visit.status == VisitStatus.SIGNED),
            _("Number of visits that are signed off."),
        ),
        district_projects=_of_level(record, projects, Level.DISTRICT),
        city_projects=_of_level(record, projects, Level.CITY),
        districts=Figure(
            key="visits.districts",
            value=districts,
            unit="",
            text=join_and(districts),
            how=_("Districts in the order in which their projects were first visited."),
            rows=_rows(record, [p.pk for p in projects if p.district], level=Level.DISTRICT),
        ),
        first_day=_day(record, "visits.first_day", min(days, default=None)),
        last_day=_day(record, "visits.last_day", max(days, default=None)),
        left_out=_left_out(record),
        projects=projects,
    )


def _left_out(record: RoundRecord) -> Figure[tuple[str, ...]]:
    planned = {visit.project for visit in record.visits}
    running = {row.project for row in record.contracts} | {row.project for row in record.postings}
    projects = [one for one in record.projects if one.pk in running - planned]
    names = tuple(project.name for project in projects)
    return Figure(
        key="visits.left_out",
        value=names,
        unit="",
        text=join_and(names),
        how=_("Projects with a contract or a team in the round's period and without a visit."),
        rows=Rows(ids=tuple(project.pk for project in projects), page="projects:projects"),
    )


def _count(record: RoundRecord, key: str, visits: tuple[VisitRow, ...], how: Words) -> Figure[int]:
    return Figure(
        key=key,
        value=len(visits),
        unit="个",
        text=f"{len(visits)}个",
        how=how,
        rows=_rows(record, [visit.project for visit in visits]),
    )


def _of_level(record: RoundRecord, projects: tuple[ProjectRow, ...], level: Level) -> Figure[int]:
    chosen = [project.pk for project in projects if project.level == level]
    return Figure(
        key=f"visits.{level.value}_projects",
        value=len(chosen),
        unit="个",
        text=f"{chinese_count(len(chosen))}个{vocabulary.LEVELS[level]}项目",
        how=_("Number of visited projects of this level."),
        rows=_rows(record, chosen, level=level),
    )


def _day(record: RoundRecord, key: str, day: dt.date | None) -> Figure[dt.date | None]:
    return Figure(
        key=key,
        value=day,
        unit="",
        text=chinese_date(day) if day else "",
        how=_("The first and the last of the days on which projects were visited."),
        rows=_rows(record, [v.project for v in record.carried_out if v.visited_on == day]),
    )


def _rows(record: RoundRecord, projects: list[int], *, level: Level | None = None) -> Rows:
    query = [("round", record.name)]
    if level is not None:
        query.insert(0, ("level", level.value))
    return Rows(ids=tuple(projects), page="projects:projects", query=tuple(query))
