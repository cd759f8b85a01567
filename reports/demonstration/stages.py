"""Brings the demonstration to a stage, from wherever it stands."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import TYPE_CHECKING

from auditlog.context import set_actor
from django.db import transaction

from accounts.models import User
from inspections.actions.rounds import close_round
from inspections.enums import VisitStatus
from inspections.models import Round
from reports.actions import draft_city_summary, draft_project_report, publish_report
from reports.demonstration.accounts import load_accounts
from reports.demonstration.files import load
from reports.demonstration.planning import load_instrument, load_round
from reports.demonstration.reference import load_reference
from reports.demonstration.registry import load_registry
from reports.demonstration.scoring import (
    at_hour,
    declare_all,
    past_visits,
    record,
    score_visit,
    sign,
)
from reports.enums import ReportKind
from reports.models import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from inspections.models import Visit

# Visits whose sheets are still drafts at the stage `scoring`.
_STILL_SCORING = 3


class Stage(IntEnum):
    """How far the past round has come."""

    EMPTY = 0
    PLANNED = 1
    SCORING = 2
    SIGNED = 3
    PUBLISHED = 4


def reached() -> Stage:
    """How far the demonstration in this database has come; at most four queries."""
    if not Round.objects.exists():
        return Stage.EMPTY
    past = _past_round()
    if Report.objects.published().filter(round=past, kind=ReportKind.CITY).exists():
        return Stage.PUBLISHED
    if not past.visits.exclude(status=VisitStatus.SIGNED).exists():
        return Stage.SIGNED
    if past.visits.exclude(status=VisitStatus.PLANNED).exists():
        return Stage.SCORING
    return Stage.PLANNED


def bring_to(stage: Stage, *, say: Callable[[str], None]) -> None:
    """Load what is missing up to the stage, each stage in one transaction.

    `say` gets the name of each stage that is about to be loaded.
    """
    steps: dict[Stage, Callable[[Mapping[str, Any]], None]] = {
        Stage.PLANNED: _plan,
        Stage.SCORING: _score,
        Stage.SIGNED: _sign,
        Stage.PUBLISHED: _publish,
    }
    done = reached()
    data = load("rounds.toml")
    for step, carry_out in steps.items():
        if done < step <= stage:
            say(step.name.lower())
            with transaction.atomic():
                carry_out(data)


def _past_round() -> Round:
    return Round.objects.named("2016-2")


def _bureau() -> User:
    return User.objects.get(username="bureau")


def _plan(data: Mapping[str, Any]) -> None:
    registry = load_registry()
    load_reference(data)
    users = load_accounts(data["accounts"], registry)
    bureau = users["bureau"]
    with set_actor(bureau):
        instrument = load_instrument(by=bureau, at=at_hour(dt.date(2016, 5, 3), 10))
        for row in data["rounds"]:
            load_round(row, instrument=instrument, users=users, by=bureau)


def _score(data: Mapping[str, Any]) -> None:
    pasts = past_visits(data["rounds"][0])
    users = {user.username: user for user in User.objects.all()}
    visits = _visits()
    for number, visit in enumerate(visits, start=1):
        past = pasts[visit.project.short_name]
        declare_all(visit, past, users=users, by=users["bureau"])
        record(visit, past, by=users[past.row["panel"][0]])
        score_visit(visit, past, complete=number <= len(visits) - _STILL_SCORING)


def _sign(data: Mapping[str, Any]) -> None:
    pasts = past_visits(data["rounds"][0])
    for visit in _visits():
        past = pasts[visit.project.short_name]
        if visit.status == VisitStatus.SCORING:
            score_visit(visit, past)
            visit.refresh_from_db()
        sign(visit, past)


def _publish(data: Mapping[str, Any]) -> None:
    bureau = _bureau()
    with set_actor(bureau):
        _issue(data["rounds"][0], bureau=bureau)


def _issue(row: Mapping[str, Any], *, bureau: User) -> None:
    """Publish every report of the past round and close it."""
    at = at_hour(row["published_on"], 10)
    for visit in _visits():
        report = draft_project_report(visit=visit, by=bureau, at=at)
        publish_report(report=report, by=bureau, at=at)
    at = at_hour(row["issued_on"], 10)
    report = draft_city_summary(round=_past_round(), by=bureau, at=at)
    publish_report(report=report, by=bureau, at=at)
    close_round(round=_past_round(), by=bureau)


def _visits() -> list[Visit]:
    return list(
        _past_round()
        .visits.select_related("project", "round__instrument")
        .order_by("planned_on", "pk")
    )
