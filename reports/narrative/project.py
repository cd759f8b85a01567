"""Drafts what a project report says of each section, and what is to be put right.

The overall appraisal is the panel lead's own; these are the sentences around it. They say only
what the scores and findings show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from projects.dates import chinese_date
from reports.chinese import as_clause, join_and, score_text
from reports.snapshots import FindingRow, IndicatorScore, SectionScore

WEAKEST = 3
"""So many indicators of a section are named, those that lost most of their points."""


def appraise_section(
    section: SectionScore,
    indicators: Sequence[IndicatorScore],
    *,
    problems: Sequence[FindingRow],
    strengths: Sequence[FindingRow],
) -> tuple[str, ...]:
    """One paragraph on a section: its score, where points were lost, what was found.

    `indicators` and findings are those of the section.
    """
    pieces = [_score(section), _losses(indicators), _strengths(strengths), _problems(problems)]
    text = "".join(piece for piece in pieces if piece)
    return (text,) if text else ()


def _score(section: SectionScore) -> str:
    if section.percent is None:
        return "本部分指标均不适用，不计分。"
    text = f"本部分得{score_text(section.percent)}分"
    median = section.median_percent
    if median is None:
        return f"{text}。"
    if section.percent == median:
        return f"{text}，与本轮中位数持平。"
    direction = "高于" if section.percent > median else "低于"
    difference = abs(section.percent - median)
    return f"{text}，{direction}本轮中位数{score_text(difference)}分。"


def _losses(indicators: Sequence[IndicatorScore]) -> str:
    """The indicators that lost the largest share of their points."""
    scored = [(one, one.value) for one in indicators if one.value is not None]
    lost = sorted(
        ((value / one.max_points, one) for one, value in scored if value < one.max_points),
        key=lambda pair: pair[0],
    )
    if not scored:
        return ""
    if not lost:
        return "各项指标均得满分。" if len(scored) > 1 else "该项指标得满分。"
    named = [
        f"“{one.name}”（{_points(one.value)}/{_points(one.max_points)}）"
        for _share, one in lost[:WEAKEST]
    ]
    if len(lost) > WEAKEST:
        return f"失分较多的指标是{join_and(named)}。"
    return f"失分的指标是{join_and(named)}。"


def _points(points: Decimal | None) -> str:
    if points is None:
        return ""
    return f"{points.quantize(Decimal('0.01')).normalize():f}"


def _strengths(findings: Sequence[FindingRow]) -> str:
    return f"亮点：{_quoted(findings)}。" if findings else ""


def _problems(findings: Sequence[FindingRow]) -> str:
    if not findings:
        return ""
    numbers = "、".join(str(finding.number) for finding in findings)
    return f"存在的问题见问题{numbers}。"


def _quoted(findings: Iterable[FindingRow]) -> str:
    return "；".join(as_clause(finding.text) for finding in findings)


def what_to_rectify(problems: Sequence[FindingRow]) -> tuple[str, ...]:
    """Who is to put right which problems by when; nothing when there are no problems."""
    if not problems:
        return ("本次巡查未发现需要整改的问题，请继续保持。",)
    by_party: dict[str, dict[dt.date | None, list[int]]] = {}
    for problem in problems:
        days = by_party.setdefault(problem.responsible_party, {})
        days.setdefault(problem.due_on, []).append(problem.number)
    sentences = [_duty(party, days) for party, days in by_party.items()]
    return (f"针对上述问题，{'；'.join(sentences)}。整改完成后，请提交整改报告和佐证材料。",)


def _duty(party: str, days: Mapping[dt.date | None, Sequence[int]]) -> str:
    known = sorted(
        ((day, numbers) for day, numbers in days.items() if day is not None),
        key=lambda pair: pair[0],
    )
    unknown = [numbers for day, numbers in days.items() if day is None]
    duties = [
        f"于{chinese_date(day)}前完成问题{'、'.join(map(str, numbers))}的整改"
        for day, numbers in known
    ] + [f"尽快完成问题{'、'.join(map(str, numbers))}的整改" for numbers in unknown]
    return f"请{party or '有关方面'}{'，'.join(duties)}"
