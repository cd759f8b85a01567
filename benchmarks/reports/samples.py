"""The reports that are measured: the demonstration round's where there is one, or made-up ones."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import django
from django.db import DatabaseError

from benchmarks.sample_snapshots import city_summary, photographs, project_report

if TYPE_CHECKING:
    from reports.rendering.layouts import Snapshot

ROUND = "2016-2"


@dataclass(frozen=True)
class Sample:
    """A snapshot with the bytes of its photographs by key."""

    name: str
    snapshot: Snapshot
    photos: dict[str, bytes]


@dataclass(frozen=True)
class Samples:
    """`project` and `city` are measured alone, `everything` is a whole round."""

    source: str
    project: Sample
    city: Sample
    everything: tuple[Sample, ...]


def set_up() -> None:
    """Django, with settings that need no environment of their own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()


def load() -> Samples:
    return _from_database() or _made_up()


def _made_up() -> Samples:
    projects = []
    for seed in range(14):
        snapshot = project_report(seed=seed)
        # As large as evidence is kept.
        projects.append(Sample(f"project {seed}", snapshot, photographs(snapshot, width=1600)))
    city = Sample("city", city_summary(), {})
    return Samples("made-up snapshots", projects[7], city, (*projects, city))


def _from_database() -> Samples | None:
    """The newest stored reports of the demonstration round; None where there are none."""
    from inspections.models import Round
    from reports.enums import ReportKind
    from reports.models import Report
    from reports.snapshots import SnapshotError
    from reports.stored import load_photos, read_snapshot

    newest: dict[int | None, Sample] = {}
    try:
        for report in Report.objects.filter(round=Round.objects.named(ROUND)).order_by("version"):
            snapshot = read_snapshot(report)
            key = None if report.kind == ReportKind.CITY else report.visit_id
            newest[key] = Sample(report.title, snapshot, load_photos(snapshot))
    except (DatabaseError, Round.DoesNotExist, SnapshotError, LookupError, ValueError):
        return None
    city = newest.pop(None, None)
    if not newest or city is None:
        return None
    projects = sorted(newest.values(), key=lambda sample: len(str(sample.snapshot.to_data())))
    # The longest is measured, so that no other takes longer than what is printed.
    return Samples(f"stored reports of {ROUND}", projects[-1], city, (*projects, city))
