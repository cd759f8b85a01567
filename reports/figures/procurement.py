"""How the projects of a round were bought: tenders, contracts, agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from projects.dates import chinese_date
from projects.enums import DatePrecision, Level, Procurement
from reports.chinese import join_and
from reports.figures.figure import Figure, Rows, Words
from reports.figures.record import ContractRow, ProjectRow, RoundRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """When a project's first contract by one method was signed; None where no date is known."""

    project: ProjectRow
    contracts: tuple[ContractRow, ...]
    signed_on: dt.date | None
    precision: DatePrecision

    @property
    def signed_text(self) -> str:
        return chinese_date(self.signed_on, self.precision) if self.signed_on else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeParty:
    """A project whose areas are served under three-party contracts.

    `areas` counts them in the unit that their names end with: 18个街道.
    """

    project: ProjectRow
    areas: Figure[int]
    agencies: Figure[int]
    first_signed: Signing
    last_signed: Signing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurementFigures:
    """`tenders` are the district projects bought by open tender, earliest signing first.

    Order: the first signing date as far as it is known, then the registry's order; projects
    whose signing date is unknown come last. `earliest` and `latest` are the districts that signed
    first and last; empty without any date, and equal when all signed at the same time.
    `direct` are projects without a contract whose team the purchaser employs itself.
    `city_projects_by_method` are the city projects by the method of their contracts.
    """

    agencies: Figure[int]
    contracts: Figure[int]
    tenders: tuple[Signing, ...]
    open_tender_districts: Figure[tuple[str, ...]]
    earliest: Figure[tuple[str, ...]]
    earliest_on: str
    latest: Figure[tuple[str, ...]]
    latest_on: str
    three_party: tuple[ThreeParty, ...]
    direct: tuple[ProjectRow, ...]
    direct_employment: Figure[tuple[str, ...]]
    district_projects_with_contracts: int
    city_projects_by_method: tuple[tuple[Procurement, tuple[ProjectRow, ...]], ...]


def compute_procurement(record: RoundRecord) -> ProcurementFigures:
    tenders = _signings(record, Level.DISTRICT, Procurement.OPEN_TENDER)
    days = [tender.signed_on for tender in tenders if tender.signed_on is not None]
    earliest = [tender for tender in tenders if days and tender.signed_on == min(days)]
    latest = [tender for tender in tenders if days and tender.signed_on == max(days)]
    direct = _directly_employing(record)
    with_contracts = {contract.project for contract in record.contracts}
    return ProcurementFigures(
        agencies=Figure(
            key="procurement.agencies",
            value=(agencies := len({contract.agency for contract in record.contracts})),
            unit="家",
            text=f"{agencies}家",
            how=_("Number of different agencies with a contract in the round's period."),
            rows=Rows(
                ids=tuple(dict.fromkeys(contract.agency for contract in record.contracts)),
                page="projects:agencies",
            ),
        ),
        contracts=Figure(
            key="procurement.contracts",
            value=len(record.contracts),
            unit="份",
            text=f"{len(record.contracts)}份",
            how=_("Number of contracts in the round's period."),
            rows=_rows(record.contracts),
        ),
        tenders=tenders,
        open_tender_districts=_districts(
            record,
            "procurement.open_tender_districts",
            tenders,
            _("Districts with a project bought by open tender, in the order of signing."),
        ),
        earliest=_districts(
            record,
            "procurement.earliest",
            earliest,
            _("Districts whose contract by open tender was signed first."),
        ),
        earliest_on=earliest[0].signed_text if earliest else "",
        latest=_districts(
            record,
            "procurement.latest",
            latest,
            _("Districts whose contract by open tender was signed last."),
        ),
        latest_on=latest[0].signed_text if latest else "",
        three_party=_three_party(record),
        direct=direct,
        direct_employment=Figure(
            key="procurement.direct_employment",
            value=(labels := tuple(record.label(project) for project in direct)),
            unit="",
            text=join_and(labels),
            how=_("Projects with a team and without a contract: the purchaser employs it."),
            rows=Rows(ids=tuple(project.pk for project in direct), page="projects:projects"),
        ),
        district_projects_with_contracts=sum(
            project.level == Level.DISTRICT and project.pk in with_contracts
            for project in record.projects
        ),
        city_projects_by_method=_by_method(record, Level.CITY),
    )


def _signings(record: RoundRecord, level: Level, procurement: Procurement) -> tuple[Signing, ...]:
    signings = [
        _signing(project, contracts)
        for project in record.projects
        if project.level == level
        and (
            contracts := [
                contract
                for contract in record.contracts
                if contract.project == project.pk and contract.procurement == procurement
            ]
        )
    ]
    return tuple(sorted(signings, key=lambda one: one.signed_on or dt.date.max))


def _signing(
    project: ProjectRow, contracts: Sequence[ContractRow], *, last: bool = False
) -> Signing:
    dated = sorted(
        (contract.signed_on, contract.signed_precision)
        for contract in contracts
        if contract.signed_on is not None
    )
    signed_on, precision = dated[-1 if last else 0] if dated else (None, DatePrecision.DAY)
    return Signing(
        project=project, contracts=tuple(contracts), signed_on=signed_on, precision=precision
    )


def _districts(
    record: RoundRecord, key: str, signings: Sequence[Signing], how: Words
) -> Figure[tuple[str, ...]]:
    names = tuple(dict.fromkeys(one.project.district_short_name for one in signings))
    return Figure(
        key=key,
        value=names,
        unit="",
        text=join_and(names),
        how=how,
        rows=_rows([contract for one in signings for contract in one.contracts]),
    )


def _three_party(record: RoundRecord) -> tuple[ThreeParty, ...]:
    found = []
    for project in record.projects:
        contracts = [
            contract
            for contract in record.contracts
            if contract.project == project.pk and contract.parties == 3
        ]
        if contracts:
            found.append(_three_party_of(project, contracts))
    return tuple(found)


def _three_party_of(project: ProjectRow, contracts: Sequence[ContractRow]) -> ThreeParty:
    areas = {contract.service_area for contract in contracts if contract.service_area}
    agencies = {contract.agency for contract in contracts}
    unit = area_unit(areas)
    return ThreeParty(
        project=project,
        areas=Figure(
            key=f"procurement.three_party_areas.{project.pk}",
            value=len(areas),
            unit=unit,
            text=f"{len(areas)}{unit}",
            how=_("Number of different service areas of the project's three-party contracts."),
            rows=_rows(contracts),
        ),
        agencies=Figure(
            key=f"procurement.three_party_agencies.{project.pk}",
            value=len(agencies),
            unit="个",
            text=f"{len(agencies)}个",
            how=_("Number of different agencies in the project's three-party contracts."),
            rows=Rows(ids=tuple(sorted(agencies)), page="projects:agencies"),
        ),
        first_signed=_signing(project, contracts),
        last_signed=_signing(project, contracts, last=True),
    )


def area_unit(areas: Iterable[str]) -> str:
    """The measure word for service areas, told by how their names end."""
    kinds = {_area_kind(area) for area in areas}
    if kinds == {"街"}:
        return "个街道"
    if kinds == {"镇"}:
        return "个镇"
    if kinds == {"街", "镇"}:
        return "个镇街"
    return "个服务区域"


def _area_kind(area: str) -> str:
    if area.endswith(("街道", "街")):
        return "街"
    return "镇" if area.endswith("镇") else ""


def _directly_employing(record: RoundRecord) -> tuple[ProjectRow, ...]:
    with_contracts = {contract.project for contract in record.contracts}
    with_team = {posting.project for posting in record.postings}
    return tuple(
        project
        for project in record.projects
        if project.pk in with_team and project.pk not in with_contracts
    )


def _by_method(
    record: RoundRecord, level: Level
) -> tuple[tuple[Procurement, tuple[ProjectRow, ...]], ...]:
    methods = [
        (
            procurement,
            tuple(signing.project for signing in _signings(record, level, procurement)),
        )
        for procurement in Procurement
    ]
    return tuple((procurement, projects) for procurement, projects in methods if projects)


def _rows(contracts: Iterable[ContractRow]) -> Rows:
    return Rows(ids=tuple(contract.pk for contract in contracts), page="projects:projects")
