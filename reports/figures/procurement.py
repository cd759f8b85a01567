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
class ByMethod:
    """The projects of a level whose contracts came about by one method."""

    level: Level
    procurement: Procurement
    projects: Figure[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurementFigures:
    """How projects came to their agencies.

    `tenders` are the district projects bought by open tender, earliest signing first: by the
    first signing date as far as it is known, then in the registry's order, those without a date
    last. `open_tender_districts` names their districts in that order. `earliest` and `latest` are
    the districts that signed first and last; both are empty when no date is known, and the same
    when all signed at once. `direct` are projects with a team and without a contract: the
    purchaser employs the team itself. `by_method` leaves out methods that nobody used.
    """

    projects: Figure[int]
    contracted: Figure[int]
    agencies: Figure[int]
    contracts: Figure[int]
    tenders: tuple[Signing, ...]
    open_tender_districts: Figure[tuple[str, ...]]
    earliest: Figure[tuple[str, ...]]
    earliest_on: Figure[str]
    latest: Figure[tuple[str, ...]]
    latest_on: Figure[str]
    by_method: tuple[ByMethod, ...]
    three_party: tuple[ThreeParty, ...]
    direct: tuple[ProjectRow, ...]
    direct_employment: Figure[tuple[str, ...]]


def compute_procurement(record: RoundRecord) -> ProcurementFigures:
    tenders = _signings(record, Level.DISTRICT, Procurement.OPEN_TENDER)
    days = [tender.signed_on for tender in tenders if tender.signed_on is not None]
    earliest = [tender for tender in tenders if days and tender.signed_on == min(days)]
    latest = [tender for tender in tenders if days and tender.signed_on == max(days)]
    direct = _directly_employing(record)
    with_contracts = {contract.project for contract in record.contracts}
    contracted = [project for project in record.projects if project.pk in with_contracts]
    return ProcurementFigures(
        projects=_projects(
            "procurement.projects",
            [*contracted, *direct],
            _("Number of projects with a contract or a team in the round's period."),
        ),
        contracted=_projects(
            "procurement.contracted",
            contracted,
            _("Number of projects with a contract in the round's period."),
        ),
        agencies=_agencies(record),
        contracts=Figure(
            key="procurement.contracts",
            value=len(record.contracts),
            unit="份",
            text=f"{len(record.contracts)}份",
            how=_("Number of contracts in the round's period."),
            rows=_rows(record.contracts),
        ),
        tenders=tenders,
        open_tender_districts=_names(
            "procurement.open_tender_districts",
            [tender.project.district_short_name for tender in tenders],
            tenders,
            _("Districts with a project bought by open tender, in the order of signing."),
        ),
        earliest=_names(
            "procurement.earliest",
            [tender.project.district_name for tender in earliest],
            earliest,
            _("Districts whose contract by open tender was signed first."),
        ),
        earliest_on=_signing_day("procurement.earliest_on", earliest),
        latest=_names(
            "procurement.latest",
            [tender.project.district_name for tender in latest],
            latest,
            _("Districts whose contract by open tender was signed last."),
        ),
        latest_on=_signing_day("procurement.latest_on", latest),
        by_method=tuple(
            _by_method(record, level, procurement, signings)
            for level in Level
            for procurement in Procurement
            if (signings := _signings(record, level, procurement))
        ),
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


def _projects(key: str, projects: Sequence[ProjectRow], how: Words) -> Figure[int]:
    return Figure(
        key=key,
        value=len(projects),
        unit="个",
        text=f"{len(projects)}个",
        how=how,
        rows=Rows(ids=tuple(project.pk for project in projects), page="projects:projects"),
    )


def _agencies(record: RoundRecord) -> Figure[int]:
    agencies = tuple(dict.fromkeys(contract.agency for contract in record.contracts))
    return Figure(
        key="procurement.agencies",
        value=len(agencies),
        unit="家",
        text=f"{len(agencies)}家",
        how=_("Number of different agencies with a contract in the round's period."),
        rows=Rows(ids=agencies, page="projects:agencies"),
    )


def _names(
    key: str, names: Iterable[str], signings: Sequence[Signing], how: Words
) -> Figure[tuple[str, ...]]:
    distinct = tuple(dict.fromkeys(names))
    return Figure(
        key=key,
        value=distinct,
        unit="",
        text=join_and(distinct),
        how=how,
        rows=_rows([contract for one in signings for contract in one.contracts]),
    )


def _signing_day(key: str, signings: Sequence[Signing]) -> Figure[str]:
    text = signings[0].signed_text if signings else ""
    return Figure(
        key=key,
        value=text,
        unit="",
        text=text,
        how=_("The first and the last date on which a contract by open tender was signed."),
        rows=_rows([contract for one in signings for contract in one.contracts]),
    )


def _by_method(
    record: RoundRecord, level: Level, procurement: Procurement, signings: Sequence[Signing]
) -> ByMethod:
    return ByMethod(
        level=level,
        procurement=procurement,
        projects=_names(
            f"procurement.{level.value}.{procurement.value}",
            [record.label(one.project) for one in signings],
            signings,
            _("Projects of this level with a contract by this method, in the order of signing."),
        ),
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


def _rows(contracts: Iterable[ContractRow]) -> Rows:
    return Rows(ids=tuple(contract.pk for contract in contracts), page="projects:projects")
