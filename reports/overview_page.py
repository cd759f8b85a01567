"""What the overview's template shows beside the figures: cells, bars and words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inspections.enums import VisitStatus
from inspections.grades import grade_tone
from projects.arrival import ArrivalState
from projects.enums import FieldOfStudy
from reports.bars import Bar, bar, stacked_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projects.arrival import Arrival
    from reports.figures import Figure, ProjectArrival
    from reports.figures.record import GradeRow
    from reports.overview import Overview, Row, Situation

SHOWN_ARRIVALS = 6
"""Projects in the funding card; the rest is a link."""
SHOWN_FIELDS = 3
"""Fields of study with a colour of their own in the team's bar."""

_DAYS_OF_MONTH = 30
_TENTH = Decimal("0.1")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A section's percent; `tone` is that of the grade which such a total would get."""

    text: str
    tone: str
    url: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """`note` tells the project apart; `anchor` marks the first row of a grade or of a state."""

    row: Row
    note: str
    url: str
    result_url: str
    anchor: str
    grade_tone: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GradeCount:
    name: str
    tone: str
    count: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A line with a bar: what, how long, and its words, each with the rows behind it."""

    label: str
    url: str
    bar: Bar
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a stacked bar with its colour."""

    label: str
    text: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    table: tuple[TableRow, ...]
    grades: tuple[GradeCount, ...]
    states_bar: Bar
    states: tuple[Share, ...]
    problems: tuple[Measure, ...]
    arrivals: tuple[Measure, ...]
    arrivals_left: int
    team_bar: Bar
    team: tuple[Share, ...]


def arrange(overview: Overview) -> OverviewPage:
    """Prepare the page; asks no database."""
    shown = (*overview.figures.funding.late, *overview.figures.funding.on_time)
    team_bar, team = _team(overview)
    states_bar, states = _states(overview)
    return OverviewPage(
        table=_table(overview),
        grades=_grades(overview),
        states_bar=states_bar,
        states=states,
        problems=_problems(overview),
        arrivals=tuple(_arrival(overview, one) for one in shown[:SHOWN_ARRIVALS]),
        arrivals_left=max(0, len(shown) - SHOWN_ARRIVALS),
        team_bar=team_bar,
        team=team,
    )


# Scores


def _table(overview: Overview) -> tuple[TableRow, ...]:
    seen: set[str] = set()
    rows = []
    for row in overview.rows:
        anchor = _anchor(row)
        is_first = anchor not in seen
        seen.add(anchor)
        rows.append(
            TableRow(
                row=row,
                note=note_text(row.situation),
                url=reverse("inspections:visit", args=[row.visit.pk]),
                result_url=reverse("inspections:sign-off", args=[row.visit.pk]),
                anchor=anchor if is_first else "",
                grade_tone=_tone(row.grade, overview.record.grades),
                cells=_cells(overview, row),
            )
        )
    return tuple(rows)


def note_text(situation: Situation) -> str:
    """What tells the project apart, in a few words."""
    notes = []
    if situation.is_city_level:
        notes.append(_("city level"))
    if situation.is_run_by_bureau:
        notes.append(_("own staff"))
    if situation.areas:
        notes.append(" / ".join(situation.areas))
    if situation.agencies:
        notes.append(
            ngettext("%(count)d agency", "%(count)d agencies", situation.agencies)
            % {"count": situation.agencies}
        )
    return " · ".join(notes)


def _cells(overview: Overview, row: Row) -> tuple[Cell, ...]:
    """The row's sections; each leads to the answers behind it."""
    if not row.is_scored:
        return ()
    answers = reverse("inspections:moderation", args=[row.visit.pk])
    cells = []
    for section, percent in zip(overview.sections, row.percents, strict=True):
        shown = None if percent is None else percent.quantize(_TENTH, ROUND_HALF_UP)
        cells.append(
            Cell(
                text=_("N/A") if shown is None else f"{shown:f}",
                tone="" if shown is None else _tone_of_percent(shown, overview.record.grades),
                url=f"{answers}#section-{section.key}",
                section=section.name,
            )
        )
    return tuple(cells)


def _tone_of_percent(percent: Decimal, grades: Sequence[GradeRow]) -> str:
    reached = next((grade for grade in grades if percent >= grade.lower_percent), None)
    return _tone(reached, grades)


def _tone(grade: GradeRow | None, grades: Sequence[GradeRow]) -> str:
    return grade_tone(grade.level, len(grades)) if grade else ""


def _anchor(row: Row) -> str:
    return _grade_anchor(row.grade.key) if row.grade else _state_anchor(row.visit.status)


def _grade_anchor(key: str) -> str:
    return f"grade-{key}"


def _state_anchor(state: VisitStatus) -> str:
    return f"state-{state.value}"


def _grades(overview: Overview) -> tuple[GradeCount, ...]:
    return tuple(
        GradeCount(
            grade.name,
            _tone(grade, overview.record.grades),
            figure.value,
            _grade_anchor(grade.key) if figure.value else "",
        )
        for grade, figure in overview.figures.scores.by_grade
    )


# Progress

_STATE_TONES = {
    VisitStatus.SIGNED: "t1",
    VisitStatus.MODERATION: "t2",
    VisitStatus.SCORING: "t3",
    VisitStatus.PLANNED: "t4",
}


def _states(overview: Overview) -> tuple[Bar, tuple[Share, ...]]:
    shares = tuple(
        Share(
            str(state.label),
            str(overview.states[state]),
            tone,
            _state_url(state) if overview.states[state] else "",
        )
        for state, tone in _STATE_TONES.items()
    )
    counts = [(overview.states[state], tone) for state, tone in _STATE_TONES.items()]
    return stacked_bar(counts, len(overview.rows)), shares


def _state_url(state: VisitStatus) -> str:
    return "#scores" if state == VisitStatus.SIGNED else f"#{_state_anchor(state)}"


# Problems


def _problems(overview: Overview) -> tuple[Measure, ...]:
    groups = overview.figures.findings.problem_groups
    most = max((group.count.value for group in groups), default=0)
    return tuple(
        Measure(
            group.category.short_name,
            group.count.rows.url,
            bar(group.count.value, most, "g3"),
            (
                (_items(group.count.value), group.count.rows.url),
                (_projects(group.project_count.value), group.project_count.rows.url),
            ),
        )
        for group in groups
    )


def _items(count: int) -> str:
    return ngettext("%(count)d item", "%(count)d items", count) % {"count": count}


def _projects(count: int) -> str:
    return ngettext("%(count)d project", "%(count)d projects", count) % {"count": count}


# Funding


def _arrival(overview: Overview, one: ProjectArrival) -> Measure:
    query = {"year": overview.round.year, "project": one.project.pk}
    url = f"{reverse('projects:funding')}?{urlencode(query)}"
    tone = "accent" if one.arrival.is_on_time else "g3"
    return Measure(
        overview.record.short_label(one.project),
        url,
        bar(one.arrival.received_yuan, one.arrival.due_yuan, tone),
        ((arrival_text(one.arrival), url),),
    )


def arrival_text(arrival: Arrival) -> str:
    """How the money of a project stands, in a few words."""
    if arrival.state is ArrivalState.LATE:
        return _("%(time)s late") % {"time": _time(arrival.days_late)}
    if arrival.state is ArrivalState.OVERDUE and not arrival.received_yuan:
        return _("%(time)s overdue") % {"time": _time(arrival.days_late)}
    if arrival.state in {ArrivalState.SHORT, ArrivalState.OVERDUE}:
        percent = arrival.received_percent or Decimal(0)
        return _("%(percent)s%% arrived") % {"percent": f"{percent.quantize(_ONE):f}"}
    return str(arrival.state.label)


def _time(days: int) -> str:
    """Days, or from two months on months, as people say it."""
    months = days // _DAYS_OF_MONTH
    if months >= 2:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


# Team


def _team(overview: Overview) -> tuple[Bar, tuple[Share, ...]]:
    """The fields of study that most people have, and the rest as one part."""
    team = overview.figures.team
    total = team.staff.value
    fields = list(team.by_field.items())
    named = [(field, one) for field, one in fields if field != FieldOfStudy.OTHER][:SHOWN_FIELDS]
    shares = [(str(field.label), figure.value, figure.rows.url) for field, figure in named]
    rest = total - sum(value for _label, value, _url in shares)
    if rest:
        shares.append((_("Others"), rest, _url_of_rest(team.staff)))
    tones = [f"t{place}" for place in range(1, len(shares) + 1)]
    return (
        stacked_bar(
            [(value, tone) for (_label, value, _url), tone in zip(shares, tones, strict=True)],
            total,
        ),
        tuple(
            Share(label, percent_text(value, total), tone, url)
            for (label, value, url), tone in zip(shares, tones, strict=True)
        ),
    )


def _url_of_rest(everybody: Figure[int]) -> str:
    return everybody.rows.url


def percent_text(part: int, whole: int) -> str:
    """A share of people, in whole percent; empty when there is nobody."""
    if not whole:
        return ""
    return f"{(Decimal(100 * part) / whole).quantize(_ONE, ROUND_HALF_UP):f}%"
