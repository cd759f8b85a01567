"""Part 二: procurement, money, teams, services and what they have achieved."""

from __future__ import annotations

from projects.enums import Level
from reports import vocabulary
from reports.chinese import as_clause, join_and
from reports.figures import CategoryFigures, RoundFigures, RoundRecord
from reports.figures.record import ProjectRow
from reports.figures.services import ServiceFigures, compute_services
from reports.narrative.funding import write_funding
from reports.narrative.procurement import write_procurement
from reports.narrative.team import write_team
from reports.narrative.texts import RoundTexts
from reports.narrative.writing import Piece, listed, paragraph, separated, subsection
from reports.snapshots import Paragraph, Part

MANY_GROUPS = 6
"""So many kinds of strength are named; the rest is in the project reports."""


def write_progress(record: RoundRecord, figures: RoundFigures, texts: RoundTexts) -> Part | None:
    opening = _opening(figures, texts)
    written = (
        write_procurement(figures),
        write_funding(record, figures),
        write_team(record, figures, texts),
        subsection(
            "results",
            "项目推进情况及所取得的成效",
            _strengths(figures),
            _services(texts),
            _city_projects(record),
            *_district_projects(record),
        ),
    )
    subsections = tuple(one for one in written if one is not None)
    if opening is None and not subsections:
        return None
    return Part(
        key="progress",
        heading=f"{texts.service_name}项目的推进情况",
        paragraphs=(opening,) if opening else (),
        subsections=subsections,
    )


def _opening(figures: RoundFigures, texts: RoundTexts) -> Paragraph | None:
    procurement = figures.procurement
    since = f"按照《{texts.scheme_title}》，" if texts.scheme_title else ""
    total, contracted = procurement.projects, procurement.contracted
    direct = procurement.direct_employment
    if not total.value:
        return None
    if not direct.value:
        all_of = "均" if total.value > 1 else ""
        return paragraph(
            f"{since}全市共实施{texts.service_short_name}项目",
            total,
            f"，{all_of}以政府购买服务方式委托承办机构实施。",
        )
    if not contracted.value:
        return paragraph(
            f"{since}全市共实施{texts.service_short_name}项目",
            total,
            "，由购买方直接聘用人员实施。",
        )
    return paragraph(
        f"{since}全市共实施{texts.service_short_name}项目",
        total,
        "。其中，",
        contracted,
        "以政府购买服务方式委托承办机构实施，",
        direct,
        "由购买方直接聘用人员实施。",
    )


def _strengths(figures: RoundFigures) -> Paragraph | None:
    groups = figures.findings.strength_groups
    if not groups:
        return None
    named: list[Piece] = [_strength(group) for group in groups[:MANY_GROUPS]]
    more = "等" if len(groups) > MANY_GROUPS else ""
    return paragraph(
        "巡查共记录亮点",
        figures.findings.strengths,
        "，主要体现在：",
        separated(named, "；"),
        f"{more}。",
    )


def _strength(group: CategoryFigures) -> Piece:
    return [as_clause(group.category.title), "（", group.project_count, "项目）"]


def _services(texts: RoundTexts) -> Paragraph | None:
    services = compute_services(texts.services)
    reached = [service for service in services if service.is_reached]
    behind = [service for service in services if not service.is_reached]
    if not services:
        return None
    if not behind:
        every = "均" if len(services) > 1 else ""
        return paragraph("服务指标方面，", _names(reached), f"{every}完成年度目标。")
    if not reached:
        return paragraph("服务指标方面，", _shares(behind), "。")
    every = "均" if len(reached) > 1 else ""
    return paragraph(
        "服务指标方面，", _names(reached), f"{every}完成年度目标，", _shares(behind), "。"
    )


def _names(services: list[ServiceFigures]) -> str:
    return join_and([service.total.name for service in services])


def _shares(services: list[ServiceFigures]) -> Piece:
    respectively = "分别" if len(services) > 1 else ""
    return [
        f"{_names(services)}{respectively}完成年度目标的",
        listed([service.percent for service in services]),
    ]


def _city_projects(record: RoundRecord) -> Paragraph | None:
    described = [
        project
        for project in record.projects
        if project.level == Level.CITY and project.service_focus.strip()
    ]
    if not described:
        return None
    if len(described) == 1:
        (project,) = described
        return paragraph(f"{project.name}的服务重点为：{as_clause(project.service_focus)}。")
    focuses = "；".join(
        f"{project.name}为{as_clause(project.service_focus)}" for project in described
    )
    return paragraph(f"{vocabulary.LEVELS[Level.CITY]}项目各有侧重，服务重点分别是：{focuses}。")


def _district_projects(record: RoundRecord) -> tuple[Paragraph, ...]:
    described = [
        project
        for project in record.in_visit_order({one.pk for one in record.projects})
        if project.level == Level.DISTRICT and (project.service_model or project.partners)
    ]
    if not described:
        return ()
    if len(described) == 1:
        return (paragraph(_model(described[0])),)
    opening = f"{vocabulary.LEVELS[Level.DISTRICT]}项目结合本地实际，形成各具特点的运作模式。"
    return (paragraph(opening, *(_model(project) for project in described)),)


def _model(project: ProjectRow) -> str:
    """What a project says of how it works, after its name."""
    model, partners = as_clause(project.service_model), as_clause(project.partners)
    if not model:
        return f"{project.name}：合作单位有{partners}。"
    if not partners:
        return f"{project.name}：{model}。"
    return f"{project.name}：{model}；合作单位有{partners}。"
