"""Part 三: what needs improving, one section for each group of problems that was found."""

from __future__ import annotations

from reports import vocabulary
from reports.chinese import as_clause, chinese_count, join_and
from reports.figures import CategoryFigures, RoundFigures, RoundRecord
from reports.figures.record import FindingRow
from reports.narrative.texts import RoundTexts
from reports.narrative.writing import Piece, paragraph, paragraphs, separated
from reports.snapshots import Paragraph, Part, Subsection

EXAMPLES = 3
"""So many problems of a group are quoted, the worst, each of another project."""
NAMED_PROJECTS = 6
"""So many projects of a group are named; of more, only their number is told."""


def write_problems(record: RoundRecord, figures: RoundFigures, texts: RoundTexts) -> Part:
    groups = figures.findings.problem_groups
    return Part(
        key="problems",
        heading="需要完善的地方",
        paragraphs=(_opening(figures),),
        subsections=tuple(_group(record, group, texts) for group in groups),
    )


def _opening(figures: RoundFigures) -> Paragraph:
    findings = figures.findings
    if not findings.problems.value:
        return paragraph("本次督导巡查未发现需要整改的问题。")
    severities = [
        (vocabulary.SEVERITIES[severity], figure)
        for severity, figure in findings.by_severity.items()
        if figure.value
    ]
    spread: Piece = ["，其中", separated(severities, "、")]
    if len(severities) == 1:
        every = "均" if findings.problems.value > 1 else ""
        spread = f"，程度{every}为{severities[0][0]}"
    groups = len(findings.problem_groups)
    return paragraph(
        "本次督导巡查共发现问题",
        findings.problems,
        "，涉及",
        findings.projects_with_problems,
        "项目",
        spread,
        f"。归纳起来，需要从以下{chinese_count(groups)}个方面加以完善：",
    )


def _group(record: RoundRecord, group: CategoryFigures, texts: RoundTexts) -> Subsection:
    described = paragraphs(texts.descriptions.get(group.category.key, ""))
    return Subsection(
        key=f"problems-{group.category.key}",
        heading=as_clause(group.category.title),
        paragraphs=(*described, paragraph(_extent(record, group), _examples(record, group))),
    )


def _extent(record: RoundRecord, group: CategoryFigures) -> Piece:
    names = [record.label(project) for project in group.projects]
    if len(names) == 1:
        every = "均" if group.count.value > 1 else ""
        return ["此类问题", group.count, f"，{every}见于{names[0]}"]
    if len(names) > NAMED_PROJECTS:
        return ["此类问题", group.count, "，涉及", group.project_count, "项目"]
    return ["此类问题", group.count, f"，涉及{join_and(names)}共", group.project_count, "项目"]


def _examples(record: RoundRecord, group: CategoryFigures) -> str:
    """The worst problems of the group in the panel's own words."""
    if len(group.projects) == 1:
        mark = "，如" if group.count.value > 1 else "："
        return f"{mark}{as_clause(group.findings[0].text)}。"
    chosen: dict[int, FindingRow] = {}
    for finding in group.findings:
        chosen.setdefault(finding.project, finding)
    quoted = "；".join(
        f"{record.label(record.project_by_pk[one.project])}：{as_clause(one.text)}"
        for one in list(chosen.values())[:EXAMPLES]
    )
    return f"。如，{quoted}。"
