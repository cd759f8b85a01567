"""Plans the demonstration rounds: the instrument, rounds, visits and panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from inspections.actions.instruments import import_instrument, publish_instrument
from inspections.actions.panels import assign_member
from inspections.actions.rounds import Basis, RoundPlan, add_visit, open_round, plan_round
from inspections.models import InspectionMethod, Track
from projects.models import Project

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from typing import Any

    from accounts.models import User
    from inspections.models import Instrument, Round

INSTRUMENT_FILE = settings.BASE_DIR / "fixtures" / "instrument-starter.toml"
FINANCE_TRACK = "finance"


def load_instrument(*, by: User, at: dt.datetime) -> Instrument:
    """Import and publish the starter instrument."""
    instrument = import_instrument(text=INSTRUMENT_FILE.read_text(encoding="utf-8"), by=by)
    publish_instrument(instrument=instrument, by=by, at=at)
    instrument.refresh_from_db()
    return instrument


def load_round(
    data: Mapping[str, Any], *, instrument: Instrument, users: Mapping[str, User], by: User
) -> Round:
    """Plan one round of `rounds.toml` with its visits and panels, and open it."""
    plan = RoundPlan(
        instrument=instrument,
        **{name: data[name] for name in RoundPlan.__dataclass_fields__ if name in data},
    )
    documents = [Basis(row["title"], row.get("number", "")) for row in data["documents"]]
    round = plan_round(
        by=by, data=plan, basis_documents=documents, methods=InspectionMethod.objects.all()
    )
    projects = {project.short_name: project for project in Project.objects.all()}
    for row in (row for group in data["visits"] for row in group["rows"]):
        visit = add_visit(
            round=round, project=projects[row["project"]], planned_on=row["on"], by=by
        )
        for place, username in enumerate(row["panel"]):
            assign_member(
                visit=visit,
                user=users[username],
                tracks=tracks_of(instrument, username),
                is_lead=place == 0,
                by=by,
            )
    open_round(round=round, by=by)
    return round


def tracks_of(instrument: Instrument, username: str) -> list[Track]:
    """Finance experts score the finance track, the others the rest."""
    is_finance = username.startswith(FINANCE_TRACK)
    return [
        track for track in instrument.tracks.all() if (track.key == FINANCE_TRACK) == is_finance
    ]
