"""Loads the demonstration's registry: districts, agencies, projects, teams and money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle
from typing import TYPE_CHECKING, Any

from projects.enums import DatePrecision, Employment, FundingSource, Level, PostingRole
from projects.models import (
    Agency,
    BudgetLine,
    Contract,
    District,
    FundingAllocation,
    Instalment,
    Posting,
    Project,
    Qualification,
    ServiceKind,
    ServiceTarget,
    StaffMember,
)
from reports.demonstration.files import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model

# The highest degree first: the first person of a team leads it.
_DEGREES = ("doctor", "master", "bachelor", "college", "secondary")
_CERTIFICATES = ("senior_social_worker", "social_worker", "assistant_social_worker")
_YUAN_PER_WAN = 10_000
_HOURS_PER_HEAD = 1_500


@dataclass
class Registry:
    """What has been loaded, by the names that the files use."""

    districts: dict[str, District] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    services: dict[str, ServiceKind] = field(default_factory=dict)
    people: dict[str, list[StaffMember]] = field(default_factory=dict)


def keep[M: Model](row: M) -> M:
    """Save a row the way a form does: only after its validators and constraints have agreed."""
    row.full_clean()
    row.save()
    return row


def load_registry() -> Registry:
    """Load `registry.toml` into an empty registry."""
    data = load("registry.toml")
    registry = Registry()
    _load_reference(registry, data)
    _load_projects(registry, data)
    for group in data["contracts"]:
        _load_contracts(registry, group, data)
    for team in data["teams"]:
        _load_team(registry, team)
    _share_staff(registry, data["shared_staff"])
    _load_money(registry, data)
    _load_targets(registry, data["service_targets"])
    return registry


def _load_reference(registry: Registry, data: Mapping[str, Any]) -> None:
    for row in data["districts"]["rows"]:
        registry.districts[row["short_name"]] = keep(District(**row))
    agencies = data["agencies"]
    invented = (
        agencies["illustrative"].format(number)
        for number in range(1, agencies["illustrative_count"] + 1)
    )
    for name in [*invented, *agencies["named"]]:
        registry.agencies[name] = keep(Agency(name=name))
    services = [row for group in data["services"] for row in group["rows"]]
    for position, row in enumerate(services, start=1):
        registry.services[row["key"]] = keep(ServiceKind(position=position, **row))


def _load_projects(registry: Registry, data: Mapping[str, Any]) -> None:
    for row in data["projects"]:
        district = registry.districts.get(row.get("district", ""))
        registry.projects[row["short_name"]] = keep(
            Project(
                name=row["name"],
                short_name=row["short_name"],
                level=Level.DISTRICT if district else Level.CITY,
                district=district,
                contracted_headcount=row.get("headcount"),
                service_focus=row.get("service_focus", ""),
                service_model=row.get("service_model", ""),
                partners=row.get("partners", ""),
            )
        )


def _load_contracts(registry: Registry, group: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    project = registry.projects[group["project"]]
    year, month = map(int, group["signed"].split("-"))
    starts_on = dt.date(year + month // 12, month % 12 + 1, 1)
    share = len(group["rows"])
    money = next(row for row in data["allocations"]["rows"] if row["project"] == group["project"])
    total = (Decimal(money["city"]) + Decimal(money.get("district", "0"))) * _YUAN_PER_WAN
    for row in group["rows"]:
        keep(
            Contract(
                project=project,
                agency=registry.agencies[row["agency"]],
                service_area=row.get("area", ""),
                parties=group.get("parties", 2),
                procurement=group["procurement"],
                signed_on=dt.date(year, month, 1),
                signed_precision=DatePrecision.MONTH,
                starts_on=starts_on,
                ends_on=starts_on.replace(year=starts_on.year + 1) - dt.timedelta(days=1),
                term_precision=DatePrecision.MONTH,
                amount_yuan=(total / share).quantize(Decimal("0.01")),
                service_hours_min=(project.contracted_headcount or 0) * _HOURS_PER_HEAD // share,
            )
        )


def _expand(counts: Mapping[str, int], order: Sequence[str] = ()) -> list[str]:
    """Each key as often as its number says; keys of `order` first, in that order."""
    keys = [*(key for key in order if key in counts), *(key for key in counts if key not in order)]
    return [key for key in keys for _ in range(counts[key])]


def _load_team(registry: Registry, team: Mapping[str, Any]) -> None:
    """Draw a team's people in turn from its lists, the lead first."""
    project = registry.projects[team["project"]]
    contracts = [
        contract
        for contract in project.contracts.all()
        if contract.service_area == team.get("area", contract.service_area)
    ]
    employment = team.get("employment", Employment.FULL_TIME)
    places = cycle([c for c in contracts for _ in range(team.get("each_contract", 1))] or [None])
    fields = _expand(team["fields"])
    degrees = _expand(team["degrees"], _DEGREES)
    certificates = _expand(team["certified"], _CERTIFICATES)
    if not team.get("lead_certified", True):
        certificates.insert(0, "")
    also = _expand(team.get("also", {}))
    for place in range(team["count"]):
        contract = next(places)
        leads = place == 0 and not team.get("no_lead", False)
        person = keep(
            StaffMember(
                name=f"示例社工{StaffMember.objects.count() + 1:03d}",
                agency=contract.agency if contract else None,
                employment=employment,
                education=degrees[place],
                field_of_study=fields[place],
                in_field_since=_month(team["lead_since"]) if leads else None,
                formerly_government=place >= team["count"] - team.get("formerly_government", 0),
            )
        )
        registry.people.setdefault(team["project"], []).append(person)
        kinds = [*certificates[place : place + 1], *also[place : place + 1]]
        for kind in filter(None, kinds):
            keep(Qualification(staff=person, kind=kind, issued_on=dt.date(2014, 9, 1)))
        keep(
            Posting(
                staff=person,
                project=project,
                contract=contract,
                role=PostingRole.LEAD if leads else PostingRole.WORKER,
                station=_station(project, contract, place),
                full_time=employment != Employment.PART_TIME,
                starts_on=contract.starts_on if contract else dt.date(2016, 1, 1),
            )
        )


def _station(project: Project, contract: Contract | None, place: int) -> str:
    if project.level == Level.CITY:
        return "项目办公室（示例）"
    if contract and contract.service_area.endswith("街道"):
        return f"{contract.service_area.removesuffix('街道')}司法所"
    return f"示例司法所{place % 10 + 1:02d}"


def _month(text: str) -> dt.date:
    year, month = map(int, text.split("-"))
    return dt.date(year, month, 1)


def _share_staff(registry: Registry, group: Mapping[str, Any]) -> None:
    for row in group["rows"]:
        project = registry.projects[row["to"]]
        for person in registry.people[row["from"]][-row["people"] :]:
            keep(
                Posting(
                    staff=person,
                    project=project,
                    contract=project.contracts.first(),
                    role=PostingRole.WORKER,
                    station="项目办公室（示例）",
                    full_time=True,
                    starts_on=dt.date(2016, 6, 1),
                )
            )


def _load_money(registry: Registry, data: Mapping[str, Any]) -> None:
    year = data["allocations"]["fiscal_year"]
    budget = data["budget"]
    for row in data["allocations"]["rows"]:
        project = registry.projects[row["project"]]
        plan = data["instalments"].get(row["project"], data["instalments"]["default"])["rows"]
        total = Decimal(0)
        for source in FundingSource.values:
            if source not in row:
                continue
            amount = Decimal(row[source]) * _YUAN_PER_WAN
            total += amount
            allocation = keep(
                FundingAllocation(
                    project=project, fiscal_year=year, source=source, amount_yuan=amount
                )
            )
            for sequence, part in enumerate(plan, start=1):
                due = amount * part["percent"] / 100
                arrived = dt.date.fromisoformat(part["received"]) if part["received"] else None
                keep(
                    Instalment(
                        allocation=allocation,
                        sequence=sequence,
                        due_on=dt.date.fromisoformat(part["due"]),
                        due_yuan=due,
                        received_on=arrived,
                        received_yuan=due if arrived else Decimal(0),
                    )
                )
        spent = budget["exceptions"].get(row["project"], budget["spent_percent"])
        for category, share in budget["shares"].items():
            budgeted = total * share / 100
            keep(
                BudgetLine(
                    project=project,
                    fiscal_year=year,
                    category=category,
                    budgeted_yuan=budgeted,
                    spent_yuan=(budgeted * spent / 100).quantize(Decimal("0.01")),
                    as_of=dt.date.fromisoformat(budget["as_of"]),
                )
            )


def _load_targets(registry: Registry, group: Mapping[str, Any]) -> None:
    for name, project in registry.projects.items():
        heads = project.contracted_headcount or len(registry.people[name])
        done = group["exceptions"].get(name, {})
        for key in group["only"].get(name, group["per_head"]):
            target = group["per_head"][key] * heads
            keep(
                ServiceTarget(
                    project=project,
                    kind=registry.services[key],
                    year=group["year"],
                    target=target,
                    completed=target * done.get(key, group["completed_percent"]) // 100,
                    as_of=dt.date.fromisoformat(group["as_of"]),
                )
            )
