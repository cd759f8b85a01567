"""Loads one signed-off visit with everything that its project report says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import CharField, Value

from inspections.models import (
    Answer,
    Finding,
    PanelMember,
    Photo,
    Section,
    SectionScore,
    TrackScore,
    VisitMethod,
    VisitResult,
)
from projects.models import Project
from projects.queries import build_project_record, load_standards, with_registry

if TYPE_CHECKING:
    from inspections.models import Visit
    from projects.records import ProjectRecord
    from projects.standards import Standards


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundScores:
    """Percents of the round's signed-off visits: totals, and those of parts by their key."""

    totals: tuple[Decimal, ...]
    tracks: Mapping[str, tuple[Decimal, ...]]
    sections: Mapping[str, tuple[Decimal, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitContent:
    """A signed-off visit and what its report is made from.

    `visit` has its round, instrument and result loaded, `project` everything of the registry.
    `panel` are the members without a conflict of interest, the lead first. `reasons` are the
    reasons for deductions by member and indicator key.
    """

    visit: Visit
    result: VisitResult
    project: Project
    record: ProjectRecord
    standards: Standards
    methods: Sequence[VisitMethod]
    panel: Sequence[PanelMember]
    findings: Sequence[Finding]
    photos: Sequence[Photo]
    reasons: Mapping[tuple[str, str], str]
    sections: Mapping[str, Section]
    scores: RoundScores


def load_visit(visit: Visit) -> VisitContent:
    """Everything for the report of a visit that is signed off; at most 19 queries."""
    result = VisitResult.objects.select_related(
        "visit__round__instrument", "visit__project", "instrument", "grade", "signed_by"
    ).get(visit=visit)
    loaded = result.visit
    project = with_registry(Project.objects.filter(pk=loaded.project_id)).get()
    return VisitContent(
        visit=loaded,
        result=result,
        project=project,
        record=build_project_record(project),
        standards=load_standards(),
        methods=list(VisitMethod.objects.filter(visit=loaded).select_related("method")),
        panel=list(
            PanelMember.objects.without_conflict()
            .filter(visit=loaded)
            .select_related("user")
            .prefetch_related("tracks")
            .order_by("-is_lead", "pk")
        ),
        findings=list(
            Finding.objects.filter(visit=loaded)
            .select_related("category", "indicator__section")
            .order_by("category__position", "created_at", "pk")
        ),
        photos=list(
            Photo.objects.filter(sheet__member__visit=loaded)
            .select_related("indicator")
            .order_by("uploaded_at", "pk")
        ),
        reasons={
            (str(member), key): reason
            for member, key, reason in Answer.objects.filter(sheet__member__visit=loaded)
            .exclude(reason="")
            .values_list("sheet__member", "indicator__key", "reason")
        },
        sections={one.key: one for one in Section.objects.filter(instrument=result.instrument)},
        scores=_round_scores(loaded),
    )


def _round_scores(visit: Visit) -> RoundScores:
    """All percents of the round in one query."""
    results = VisitResult.objects.filter(visit__round=visit.round_id, total_percent__isnull=False)
    tracks = TrackScore.objects.filter(result__visit__round=visit.round_id, percent__isnull=False)
    sections = SectionScore.objects.filter(
        result__visit__round=visit.round_id, percent__isnull=False
    )
    rows = (
        results.order_by()
        .values_list(Value("total", CharField()), Value("", CharField()), "total_percent")
        .union(
            tracks.order_by().values_list(Value("track", CharField()), "track__key", "percent"),
            sections.order_by().values_list(
                Value("section", CharField()), "section__key", "percent"
            ),
            all=True,
        )
        .order_by()
    )
    found: dict[str, dict[str, list[Decimal]]] = {"total": {"": []}, "track": {}, "section": {}}
    for table, key, percent in rows:
        found[table].setdefault(key, []).append(percent)
    return RoundScores(
        totals=tuple(found["total"][""]),
        tracks={key: tuple(values) for key, values in found["track"].items()},
        sections={key: tuple(values) for key, values in found["section"].items()},
    )
