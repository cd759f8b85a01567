"""What a project report says of the project: contracts, money, team, warnings, the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects.arrival import Arrival, ArrivalState, arrival
from projects.checks import TEAM_ROLES, check_project, staff_in_post
from projects.enums import Employment, FieldOfStudy, FundingSource, Level, Procurement
from projects.queries import build_allocation_record
from reports import vocabulary
from reports.figures.team import is_certified, is_master
from reports.snapshots import (
    ContractRow,
    FundingRow,
    PanelMember,
    ProjectFacts,
    RegistryWarning,
    StaffFigure,
    VisitFacts,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from projects.models import Contract, FundingAllocation
    from projects.records import StaffRecord
    from reports.queries.visits import VisitContent

NAMED_ROWS = 5

_LATE = {
    ArrivalState.LATE: "迟延到位",
    ArrivalState.SHORT: "部分到位",
    ArrivalState.OVERDUE: "逾期未到位",
}
_PARTIES = {2: "双方", 3: "三方"}


def build_project(content: VisitContent, day: dt.date) -> ProjectFacts:
    """The project as the registry has it; what depends on a day as it stood on `day`."""
    project = content.project
    contracts = list(project.contracts.all())
    people = team(content, day)
    year = content.visit.round.year
    return ProjectFacts(
        name=project.name,
        level_text=f"{vocabulary.LEVELS[Level(project.level)]}项目",
        district=project.district.name if project.district else "",
        agencies=tuple(dict.fromkeys(contract.agency.name for contract in contracts)),
        contracts=tuple(_contract(contract) for contract in contracts),
        service_model=project.service_model,
        service_focus=project.service_focus,
        funding=tuple(
            _funding(content, allocation, day)
            for allocation in project.allocations.all()
            if allocation.fiscal_year == year
        ),
        staff=_staff(people, day),
        staffing_note=(
            "项目未委托承办机构，由购买方直接聘用人员实施" if people and not contracts else ""
        ),
    )


def _contract(row: Contract) -> ContractRow:
    return ContractRow(
        agency=row.agency.name,
        service_area=row.service_area or "整个项目",
        parties_text=_PARTIES[row.parties],
        procurement_text=vocabulary.PROCUREMENTS[Procurement(row.procurement)],
        signed_on_text=row.signed_text,
        amount_yuan=row.amount_yuan,
    )


def _funding(content: VisitContent, row: FundingAllocation, day: dt.date) -> FundingRow:
    record = build_allocation_record(row)
    stands = arrival(
        record.instalments,
        today=day,
        grace_days=content.standards.arrival_grace_days.value,
    )
    nothing_due = stands.state is ArrivalState.NOTHING_DUE
    return FundingRow(
        fiscal_year=row.fiscal_year,
        source=vocabulary.FUNDING_SOURCES[FundingSource(row.source)],
        allocated_yuan=row.amount_yuan,
        received_yuan=stands.received_yuan,
        on_time=None if nothing_due else stands.is_on_time,
        note=arrival_text(stands) if stands.is_late else "",
    )


def arrival_text(stands: Arrival) -> str:
    """What did not come in time: `迟延到位（最长125天）；逾期未到位（最长36天）`."""
    days: dict[ArrivalState, int] = {}
    for each in stands.instalments:
        days[each.state] = max(each.days_late, days.get(each.state, 0))
    return "；".join(
        f"{words}（最长{days[state]}天）" for state, words in _LATE.items() if state in days
    )


def team(content: VisitContent, day: dt.date) -> tuple[StaffRecord, ...]:
    """Who is in post that day, each once; supervisors from outside are not counted."""
    postings = staff_in_post(content.record, day)
    people = {one.staff.pk: one.staff for one in postings if one.role in TEAM_ROLES}
    return tuple(people.values())


def _staff(people: tuple[StaffRecord, ...], day: dt.date) -> tuple[StaffFigure, ...]:
    """Counted facts of the team; what nobody has is left out, but never certificates."""
    if not people:
        return ()
    kinds = [
        StaffFigure(label=label, count=count)
        for kind, label in vocabulary.EMPLOYMENTS.items()
        if (count := sum(one.employment == Employment(kind) for one in people))
    ]
    masters = sum(is_master(one) for one in people)
    social_work = sum(one.field_of_study == FieldOfStudy.SOCIAL_WORK for one in people)
    return (
        *kinds,
        StaffFigure(label="持有社会工作师类证书", count=sum(is_certified(p, day) for p in people)),
        StaffFigure(label="社会工作专业背景", count=social_work),
        *([StaffFigure(label="硕士研究生及以上学历", count=masters)] if masters else []),
    )


def build_visit(content: VisitContent, day: dt.date) -> VisitFacts:
    """When, how and by whom; `day` is the visit's own."""
    days = [day, *(method.used_on for method in content.methods)]
    return VisitFacts(
        started_on=min(days),
        ended_on=max(days),
        methods=tuple(dict.fromkeys(used.method.name for used in content.methods)),
        panel=tuple(
            PanelMember(
                name=str(member.user),
                track_name="、".join(track.name for track in member.tracks.all()),
                is_lead=member.is_lead,
            )
            for member in content.panel
        ),
    )


def build_warnings(content: VisitContent, day: dt.date) -> tuple[RegistryWarning, ...]:
    """What the registry checks say of the day of the visit, in the language that is active."""
    found = check_project(content.record, standards=content.standards, today=day)
    return tuple(
        RegistryWarning(text=warning.sentence, rows=_some([row.label for row in warning.rows]))
        for warning in found
    )


def _some(labels: Iterable[str]) -> tuple[str, ...]:
    """The rows behind a warning by their names; of many only the first, and how many there are."""
    names = tuple(dict.fromkeys(label for label in labels if label))
    if len(names) <= NAMED_ROWS:
        return names
    return (*names[:NAMED_ROWS], f"等共{len(names)}条记录")
