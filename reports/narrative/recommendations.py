"""Part 四: what the bureau recommends against the problems that were found."""

from __future__ import annotations

from reports.chinese import as_clause, chinese_count, chinese_number
from reports.figures import RoundFigures
from reports.narrative.texts import RecommendationText, RoundTexts
from reports.narrative.writing import paragraph, paragraphs
from reports.snapshots import Paragraph, Part, Subsection


def write_recommendations(figures: RoundFigures, texts: RoundTexts) -> Part | None:
    """Recommendations against groups that were found, and those made against none in particular."""
    order = [group.category.key for group in figures.findings.problem_groups]
    fitting = [
        one
        for one in texts.recommendations
        if not one.categories or set(one.categories) & set(order)
    ]
    if not fitting:
        return None
    return Part(
        key="recommendations",
        heading="对策建议",
        paragraphs=(_opening(len(order), len(fitting)),),
        subsections=tuple(
            Subsection(
                key=f"recommendation-{place}",
                heading=as_clause(one.title),
                paragraphs=(*paragraphs(one.text), *_against(one, order)),
            )
            for place, one in enumerate(fitting, start=1)
        ),
    )


def _opening(groups: int, recommendations: int) -> Paragraph:
    count = chinese_count(recommendations)
    if not groups:
        return paragraph(f"结合本次督导巡查情况，提出以下{count}点建议：")
    if groups == 1:
        return paragraph(f"针对督导巡查中发现的上述问题，提出以下{count}点建议：")
    return paragraph(
        f"针对督导巡查中发现的上述{chinese_count(groups)}个方面问题，提出以下{count}点建议："
    )


def _against(one: RecommendationText, order: list[str]) -> tuple[Paragraph, ...]:
    """Which of the groups of the part before the recommendation is made against."""
    places = [place for place, key in enumerate(order, start=1) if key in one.categories]
    if not places or len(order) == 1:
        return ()
    numbers = "".join(f"（{chinese_number(place)}）" for place in places)
    return (paragraph(f"此项建议针对第三部分{numbers}所列问题。"),)
