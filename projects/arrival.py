"""Whether money arrived in time: one definition for pages, checks and reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.records import InstalmentRecord


class ArrivalState(models.TextChoices):
    """Worst first: the state of several instalments is the worst among them."""

    OVERDUE = "overdue", pgettext_lazy("money", "Overdue")
    SHORT = "short", pgettext_lazy("money", "Arrived in part")
    LATE = "late", pgettext_lazy("money", "Arrived late")
    ON_TIME = "on_time", pgettext_lazy("money", "On time")
    NOTHING_DUE = "nothing_due", _("Nothing due yet")


@dataclass(frozen=True, slots=True)
class InstalmentArrival:
    """How one instalment stands on a day.

    `days_late` is 0 when on time or nothing is due; days from the due day to the day on which the
    money arrived when late, to the day asked about when overdue or short.
    """

    instalment: InstalmentRecord
    state: ArrivalState
    days_late: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """How several instalments stand together on a day.

    `state` is the worst of them and `days_late` the most days among those in that state.
    `due_yuan` and `received_yuan` sum the instalments that can be judged: those that have arrived
    in full by the day, and those whose due day and grace have passed.
    """

    state: ArrivalState
    days_late: int
    due_yuan: Decimal
    received_yuan: Decimal
    instalments: tuple[InstalmentArrival, ...]

    @property
    def is_on_time(self) -> bool:
        """Nothing is late, short or overdue, and something has arrived."""
        return self.state is ArrivalState.ON_TIME

    @property
    def is_late(self) -> bool:
        """Something came late, came in part, or has not come: what the `late` filter lists."""
        return self.state in LATE_STATES

    @property
    def received_percent(self) -> Decimal | None:
        """Received in percent of due, 0 to 100 unless more came; None when nothing is due."""
        return 100 * self.received_yuan / self.due_yuan if self.due_yuan else None


LATE_STATES = frozenset({ArrivalState.OVERDUE, ArrivalState.SHORT, ArrivalState.LATE})


def arrival(
    instalments: Iterable[InstalmentRecord], *, today: dt.date, grace_days: int | Decimal
) -> Arrival:
    """Judge instalments, of one allocation or of a whole project, as they stood on `today`.

    What was received after `today` had not arrived then, so a past day can be asked about.
    An instalment is

    - on time: all of it had arrived no more than `grace_days` after its due day, or before it;
    - late: all of it had arrived, but later than that;
    - short: its due day and grace have passed, and only a part had arrived;
    - overdue: its due day and grace have passed, and nothing had arrived;
    - nothing due: its due day and grace have not passed and it has not arrived in full, or its
      amount is 0.

    Without instalments nothing is due. `FundingQuerySet.with_late_money` says the same in SQL.
    """
    judged = tuple(
        judge_instalment(instalment, today=today, grace_days=grace_days)
        for instalment in instalments
    )
    state = min((each.state for each in judged), key=_SEVERITY.index, default=_SEVERITY[-1])
    counted = [each for each in judged if each.state is not ArrivalState.NOTHING_DUE]
    return Arrival(
        state=state,
        days_late=max((each.days_late for each in judged if each.state is state), default=0),
        due_yuan=sum((each.instalment.due_yuan for each in counted), Decimal(0)),
        received_yuan=sum((received_by(each.instalment, today) for each in counted), Decimal(0)),
        instalments=judged,
    )


def judge_instalment(
    instalment: InstalmentRecord, *, today: dt.date, grace_days: int | Decimal
) -> InstalmentArrival:
    """One instalment by the rules of `arrival`."""
    if instalment.due_yuan == 0:
        return InstalmentArrival(instalment, ArrivalState.NOTHING_DUE, 0)
    received = received_by(instalment, today)
    if instalment.received_on is not None and received >= instalment.due_yuan:
        days = (instalment.received_on - instalment.due_on).days
        if days > grace_days:
            return InstalmentArrival(instalment, ArrivalState.LATE, days)
        return InstalmentArrival(instalment, ArrivalState.ON_TIME, 0)
    days = (today - instalment.due_on).days
    if days <= grace_days:
        return InstalmentArrival(instalment, ArrivalState.NOTHING_DUE, 0)
    state = ArrivalState.SHORT if received else ArrivalState.OVERDUE
    return InstalmentArrival(instalment, state, days)


def received_by(instalment: InstalmentRecord, day: dt.date) -> Decimal:
    """What of the instalment had arrived by the end of that day."""
    if instalment.received_on is None or instalment.received_on > day:
        return Decimal(0)
    return instalment.received_yuan


_SEVERITY = tuple(ArrivalState)
