from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inspections.actions.errors import RefusedError
from inspections.actions.progress import has_work, lock_visit
from inspections.enums import RoundStatus, VisitStatus
from inspections.models import (
    BasisDocument,
    InspectionMethod,
    Instrument,
    PanelMember,
    Round,
    Scoresheet,
    Visit,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from accounts.models import User
    from projects.models import Project


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """What a round is and what its documents call things; `Round` says what each field means."""

    year: int
    sequence: int
    title: str
    instrument: Instrument
    city_name: str
    service_name: str
    service_short_name: str
    scheme_title: str = ""
    purpose: str = ""
    led_by: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None


@dataclass(frozen=True)
class Basis:
    """A document that a round rests on, as 《title》（number）; `number` may be empty."""

    title: str
    number: str = ""


class RoundExistsError(RefusedError):
    message = _("There is a round %(name)s already.")


class InstrumentNotPublishedError(RefusedError):
    message = _("A round needs a published instrument; %(instrument)s is a draft.")


class InstrumentInUseError(RefusedError):
    message = _("The instrument can't change any more: panels are assigned to its tracks.")


class RoundNameFixedError(RefusedError):
    message = _("Year and sequence can't change once the round has been opened.")


class RoundOpenError(RefusedError):
    message = _("This round is under way already.")


class RoundNotOpenError(RefusedError):
    message = _("This round is not under way.")


class RoundClosedError(RefusedError):
    message = _("This round is closed.")


class NoVisitsError(RefusedError):
    message = _("This round has no visits yet.")


class UnsignedVisitsError(RefusedError):
    message = _("Not signed off yet: %(projects)s.")


class ProjectInRoundError(RefusedError):
    message = _("%(project)s is in this round already.")


class VisitScoredError(RefusedError):
    message = _("%(project)s has been scored or has findings: the visit stays in the round.")


@transaction.atomic
def plan_round(
    *,
    by: User,
    data: RoundPlan,
    basis_documents: Sequence[Basis] = (),
    methods: Iterable[InspectionMethod] = (),
) -> Round:
    """Make a round without visits.

    Raises RoundExistsError and InstrumentNotPublishedError.
    """
    _check_plan(data, Round())
    round = Round(**_fields(data))
    round.save()
    round.methods.set(methods)
    _write_basis(round, basis_documents)
    return round


@transaction.atomic
def change_round(
    *,
    round: Round,
    by: User,
    data: RoundPlan,
    basis_documents: Sequence[Basis] = (),
    methods: Iterable[InspectionMethod] = (),
) -> Round:
    """Give a round other data, basis documents and methods in place of those it has.

    Raises RoundExistsError, InstrumentNotPublishedError, RoundNameFixedError (it was opened)
    and InstrumentInUseError (it has panels).
    """
    stored = Round.objects.select_for_update().get(pk=round.pk)
    _check_plan(data, stored)
    if stored.name != f"{data.year}-{data.sequence}" and stored.status != RoundStatus.PLANNING:
        raise RoundNameFixedError
    has_panels = PanelMember.objects.filter(visit__round=stored)
    if stored.instrument_id != data.instrument.pk and has_panels.exists():
        raise InstrumentInUseError
    for name, value in _fields(data).items():
        setattr(round, name, value)
    round.save()
    round.methods.set(methods)
    _write_basis(round, basis_documents)
    return round


@transaction.atomic
def open_round(*, round: Round, by: User) -> None:
    """Let the panels declare and score; a closed round is opened again.

    Raises RoundOpenError and NoVisitsError.
    """
    _lock_round(round)
    if round.status == RoundStatus.OPEN:
        raise RoundOpenError
    if not round.visits.exists():
        raise NoVisitsError
    round.status = RoundStatus.OPEN
    round.save(update_fields=["status"])


@transaction.atomic
def close_round(*, round: Round, by: User) -> None:
    """End a round of which every visit is signed off.

    Raises RoundNotOpenError and UnsignedVisitsError, which names the projects.
    """
    _lock_round(round)
    if round.status != RoundStatus.OPEN:
        raise RoundNotOpenError
    unsigned = round.visits.exclude(status=VisitStatus.SIGNED)
    names = list(unsigned.values_list("project__short_name", flat=True))
    if names:
        raise UnsignedVisitsError(projects="、".join(names))
    round.status = RoundStatus.CLOSED
    round.save(update_fields=["status"])


@transaction.atomic
def add_visit(*, round: Round, project: Project, planned_on: dt.date | None, by: User) -> Visit:
    """Put a project into the round.

    Raises RoundClosedError and ProjectInRoundError.
    """
    _lock_round(round)
    if round.status == RoundStatus.CLOSED:
        raise RoundClosedError
    if round.visits.filter(project=project).exists():
        raise ProjectInRoundError(project=project.short_name)
    return Visit.objects.create(round=round, project=project, planned_on=planned_on)


@transaction.atomic
def add_visits(
    *, round: Round, projects: Iterable[Project], planned_on: dt.date | None, by: User
) -> list[Visit]:
    """Put many projects into the round for one day, or none of them.

    Raises what `add_visit` raises.
    """
    return [
        add_visit(round=round, project=project, planned_on=planned_on, by=by)
        for project in projects
    ]


@transaction.atomic
def remove_visit(*, visit: Visit, by: User) -> None:
    """Take a project out of the round, with its panel and their empty sheets.

    Raises VisitSignedError, and VisitScoredError once anybody has answered or written anything.
    """
    lock_visit(visit)
    if has_work(PanelMember.objects.filter(visit=visit)):
        raise VisitScoredError(project=visit.project.short_name)
    Scoresheet.objects.filter(member__visit=visit).delete()
    visit.delete()


def _lock_round(round: Round) -> None:
    round.refresh_from_db(from_queryset=Round.objects.select_for_update())


def _check_plan(data: RoundPlan, stored: Round) -> None:
    others = Round.objects.exclude(pk=stored.pk)
    if others.filter(year=data.year, sequence=data.sequence).exists():
        raise RoundExistsError(name=f"{data.year}-{data.sequence}")
    if not data.instrument.is_frozen:
        raise InstrumentNotPublishedError(instrument=data.instrument)


def _fields(data: RoundPlan) -> dict[str, object]:
    return {name: getattr(data, name) for name in data.__dataclass_fields__}


def _write_basis(round: Round, documents: Sequence[Basis]) -> None:
    stored = [Basis(row.title, row.number) for row in round.basis_documents.all()]
    if stored == list(documents):
        return
    round.basis_documents.all().delete()
    for position, document in enumerate(documents, start=1):
        BasisDocument.objects.create(
            round=round, title=document.title, number=document.number, position=position
        )
