"""What the panels of a round found: problems and strengths by category."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from inspections.enums import FindingKind, FindingStatus, Severity
from reports.figures.figure import Figure, Rows, Words
from reports.figures.record import CategoryRow, FindingRow, ProjectRow, RoundRecord

_WORST_FIRST = (Severity.SERIOUS, Severity.MODERATE, Severity.MINOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFigures:
    """Findings of one category; `projects` in the order of the visits, `findings` worst first."""

    category: CategoryRow
    count: Figure[int]
    project_count: Figure[int]
    projects: tuple[ProjectRow, ...]
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFigures:
    """`problem_groups` are the categories with a problem, in their order; `strength_groups` those
    with a strength, the one seen in the most projects first.
    """

    problems: Figure[int]
    verified: Figure[int]
    by_severity: Mapping[Severity, Figure[int]]
    strengths: Figure[int]
    suggestions: Figure[int]
    projects_with_problems: Figure[int]
    problem_groups: tuple[CategoryFigures, ...]
    strength_groups: tuple[CategoryFigures, ...]


def compute_findings(record: RoundRecord) -> FindingFigures:
    problems = _of_kind(record, FindingKind.PROBLEM)
    strengths = _of_kind(record, FindingKind.STRENGTH)
    suggestions = _of_kind(record, FindingKind.SUGGESTION)
    strength_groups = _groups(record, FindingKind.STRENGTH, strengths)
    return FindingFigures(
        problems=_count(
            record,
            "findings.problems",
            problems,
            _("Number of problems found in the round."),
            kind=FindingKind.PROBLEM,
        ),
        verified=_count(
            record,
            "findings.verified",
            [one for one in problems if one.status == FindingStatus.VERIFIED],
            _("Number of the round's problems verified as put right."),
            kind=FindingKind.PROBLEM,
            status=FindingStatus.VERIFIED,
        ),
        by_severity={
            severity: _count(
                record,
                f"findings.{severity.value}",
                [one for one in problems if one.severity == severity],
                _("Number of the round's problems of this severity."),
                kind=FindingKind.PROBLEM,
                severity=severity,
            )
            for severity in _WORST_FIRST
        },
        strengths=_count(
            record,
            "findings.strengths",
            strengths,
            _("Number of strengths found in the round."),
            kind=FindingKind.STRENGTH,
        ),
        suggestions=_count(
            record,
            "findings.suggestions",
            suggestions,
            _("Number of suggestions made in the round."),
            kind=FindingKind.SUGGESTION,
        ),
        projects_with_problems=_project_count(
            record,
            "findings.projects_with_problems",
            problems,
            _("Number of projects in which a problem was found."),
            kind=FindingKind.PROBLEM,
        ),
        problem_groups=_groups(record, FindingKind.PROBLEM, problems),
        strength_groups=tuple(
            sorted(strength_groups, key=lambda group: -group.project_count.value)
        ),
    )


def _of_kind(record: RoundRecord, kind: FindingKind) -> list[FindingRow]:
    return [finding for finding in record.findings if finding.kind == kind]


def _groups(
    record: RoundRecord, kind: FindingKind, findings: list[FindingRow]
) -> tuple[CategoryFigures, ...]:
    return tuple(
        _group(record, category, chosen)
        for category in record.categories
        if category.kind == kind
        and (chosen := [one for one in findings if one.category == category.key])
    )


def _group(
    record: RoundRecord, category: CategoryRow, findings: list[FindingRow]
) -> CategoryFigures:
    query = {"kind": category.kind, "category": category.key}
    return CategoryFigures(
        category=category,
        count=_count(
            record,
            f"findings.{category.key}.count",
            findings,
            _("Number of findings in this category."),
            **query,
        ),
        project_count=_project_count(
            record,
            f"findings.{category.key}.projects",
            findings,
            _("Number of projects with a finding in this category."),
            **query,
        ),
        projects=record.in_visit_order({one.project for one in findings}),
        findings=worst_first(record, findings),
    )


def worst_first(record: RoundRecord, findings: list[FindingRow]) -> tuple[FindingRow, ...]:
    """Serious ones first; among equals in the order of the visits, then as written."""
    order = {
        project.pk: place
        for place, project in enumerate(record.in_visit_order({one.project for one in findings}))
    }
    return tuple(
        sorted(
            findings,
            key=lambda one: (
                _WORST_FIRST.index(one.severity) if one.severity else len(_WORST_FIRST),
                order[one.project],
            ),
        )
    )


def _count(
    record: RoundRecord, key: str, findings: list[FindingRow], how: Words, **query: str
) -> Figure[int]:
    return Figure(
        key=key,
        value=len(findings),
        unit="项",
        text=f"{len(findings)}项",
        how=how,
        rows=_rows(record, findings, query),
    )


def _project_count(
    record: RoundRecord, key: str, findings: list[FindingRow], how: Words, **query: str
) -> Figure[int]:
    projects = len({one.project for one in findings})
    return Figure(
        key=key,
        value=projects,
        unit="个",
        text=f"{projects}个",
        how=how,
        rows=_rows(record, findings, query),
    )


def _rows(record: RoundRecord, findings: list[FindingRow], query: Mapping[str, str]) -> Rows:
    return Rows(
        ids=tuple(one.pk for one in findings),
        page="inspections:findings",
        query=(("round", record.name), *((key, str(value)) for key, value in query.items())),
    )
