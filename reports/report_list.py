"""The list of reports, and what is still to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django_tables2 import RequestConfig

from accounts.permissions import Permission
from inspections.enums import VisitStatus
from inspections.models import Round, Visit
from reports.filters import ReportFilter
from reports.models import Report
from reports.tables import ReportTable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User

ROWS_PER_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """What a round still lacks: signed-off visits without a report, and its summary.

    `unsigned` counts the visits that keep the summary waiting.
    """

    round: Round
    visits: tuple[Visit, ...]
    unsigned: int
    lacks_summary: bool

    @property
    def is_empty(self) -> bool:
        return not self.visits and not self.lacks_summary


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The list as its template shows it; `to_do` is None for who may not write reports."""

    filter: ReportFilter
    table: ReportTable
    to_do: ToDo | None


def list_reports(request: HttpRequest, *, user: User) -> ListPage:
    """Four queries; two more for who writes reports, about the chosen or else the current round."""
    rounds = list(Round.objects.visible_to(user))
    reports = (
        Report.objects.visible_to(user)
        .select_related("round", "drafted_by", "published_by")
        .defer("snapshot")
        .order_by(
            "-round__year",
            "-round__sequence",
            "kind",
            "visit__visited_on",
            "visit",
            "-version",
        )
    )
    filter_set = ReportFilter(request.GET, queryset=reports, rounds=rounds)
    table = ReportTable(filter_set.qs)
    RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    chosen = _chosen_round(rounds, request.GET.get("round", ""))
    to_do = None
    if chosen is not None and user.may(Permission.PUBLISH_REPORTS):
        to_do = load_to_do(chosen)
    return ListPage(filter=filter_set, table=table, to_do=to_do)


def _chosen_round(rounds: list[Round], name: str) -> Round | None:
    """The round that the list is filtered by, or the newest one."""
    return next((each for each in rounds if each.name == name), rounds[0] if rounds else None)


def load_to_do(round: Round) -> ToDo:
    """Two queries."""
    visits = list(
        Visit.objects.filter(round=round)
        .select_related("project")
        .order_by("visited_on", "planned_on", "pk")
    )
    reported = set(Report.objects.filter(round=round).values_list("visit", flat=True))
    unsigned = sum(visit.status != VisitStatus.SIGNED for visit in visits)
    return ToDo(
        round=round,
        visits=tuple(
            visit
            for visit in visits
            if visit.status == VisitStatus.SIGNED and visit.pk not in reported
        ),
        unsigned=unsigned,
        lacks_summary=bool(visits) and not unsigned and None not in reported,
    )
