"""From a signed-off visit to the snapshot of its project report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from accounts.demonstration import is_demonstration_database
from inspections import scoring
from inspections.enums import FindingKind, VisitStatus
from inspections.models import VisitResult
from reports.building.errors import NotSignedOffError
from reports.building.explanation import build_explanation, build_result
from reports.building.facts import build_project, build_visit, build_warnings
from reports.building.findings import build_findings, build_photos, findings_of
from reports.building.head import project_title, round_head
from reports.narrative.project import appraise_section, what_to_rectify
from reports.queries.visits import load_visit
from reports.snapshots import (
    Appraisal,
    Explanation,
    FindingRow,
    ProjectReportSnapshot,
    Result,
    SectionAppraisal,
    Status,
)

if TYPE_CHECKING:
    from inspections.models import Visit
    from reports.queries.visits import VisitContent


REPORT_LANGUAGE = "zh-hans"


def build_project_report(
    visit: Visit, *, status: Status, name_members: bool = False
) -> ProjectReportSnapshot:
    """The report of a signed-off visit, everything in it as it stands now.

    The score is the stored one. `name_members` prints the inspectors' names beside their answers;
    without it they are 督导员甲, 督导员乙 there, so that nobody is made to answer for a single
    judgement of a panel. Service users are named nowhere. At most 21 queries.

    Raises NotSignedOffError, NothingScoredError and `scoring.InvalidExplanation`.
    """
    # Names of roles and the sentences of checks come from the interface: they are to be Chinese
    # whatever language the page is shown in.
    with translation.override(REPORT_LANGUAGE):
        return _build(_load(visit), status, name_members=name_members)


def _load(visit: Visit) -> VisitContent:
    if visit.status != VisitStatus.SIGNED:
        raise NotSignedOffError([visit])
    try:
        return load_visit(visit)
    except VisitResult.DoesNotExist as error:
        raise NotSignedOffError([visit]) from error


def _build(content: VisitContent, status: Status, *, name_members: bool) -> ProjectReportSnapshot:
    stored = scoring.Explanation.from_dict(content.result.explanation)
    loaded = content.visit
    # The database refuses a signed-off visit without its day.
    day = loaded.visited_on or content.result.signed_at.date()
    result = build_result(content, stored)
    explanation = build_explanation(content, stored, name_members=name_members)
    problems = build_findings(content, FindingKind.PROBLEM)
    strengths = build_findings(content, FindingKind.STRENGTH)
    return ProjectReportSnapshot(
        demonstration=is_demonstration_database(),
        title_lines=project_title(content.project.name, loaded.round),
        round=round_head(loaded.round),
        status=status,
        project=build_project(content, day),
        visit=build_visit(content, day),
        result=result,
        problems=problems,
        strengths=strengths,
        suggestions=build_findings(content, FindingKind.SUGGESTION),
        appraisal=Appraisal(
            overall=(*_lines(loaded.appraisal), *what_to_rectify(problems)),
            sections=_sections(content, result, explanation, problems, strengths),
        ),
        registry_warnings=build_warnings(content, day),
        photos=build_photos(content),
        explanation=explanation,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _sections(
    content: VisitContent,
    result: Result,
    explanation: Explanation,
    problems: tuple[FindingRow, ...],
    strengths: tuple[FindingRow, ...],
) -> tuple[SectionAppraisal, ...]:
    section_of = {
        str(finding.pk): finding.indicator.section.key
        for kind in (FindingKind.PROBLEM, FindingKind.STRENGTH)
        for finding in findings_of(content, kind)
        if finding.indicator
    }

    def within(findings: tuple[FindingRow, ...], key: str) -> list[FindingRow]:
        return [one for one in findings if section_of.get(one.key) == key]

    return tuple(
        SectionAppraisal(
            section_key=section.key,
            section_name=section.name,
            paragraphs=appraise_section(
                section,
                [one for one in explanation.indicators if one.section_key == section.key],
                problems=within(problems, section.key),
                strengths=within(strengths, section.key),
            ),
        )
        for section in result.sections
    )
