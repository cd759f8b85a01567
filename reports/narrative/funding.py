"""资金落实情况: how much money there was, from whom, and whether it came in time."""

from __future__ import annotations

from projects.dates import chinese_date
from reports import vocabulary
from reports.chinese import as_clause
from reports.figures import ProjectArrival, RoundFigures, RoundRecord
from reports.narrative.writing import Piece, paragraph, separated, subsection
from reports.snapshots import Paragraph, Subsection

DETAILED = 5
"""Details are told of up to so many late projects; of more, the annex has them."""


def write_funding(record: RoundRecord, figures: RoundFigures) -> Subsection | None:
    if not figures.funding.projects:
        return None
    return subsection(
        "funding",
        "资金落实情况",
        paragraph(_sum(record, figures), _arrival(record, figures)),
        *_late(record, figures),
    )


def _sum(record: RoundRecord, figures: RoundFigures) -> Piece:
    sources = [
        (source, figure) for source, figure in figures.funding.by_source.items() if figure.value
    ]
    if len(sources) == 1:
        (source, figure) = sources[0]
        return [
            f"{record.year}年，{vocabulary.FUNDING_SOURCES[source]}共投入项目经费",
            figure,
            "。",
        ]
    if not sources:
        return ""
    return [
        f"{record.year}年，市、区两级财政共投入项目经费",
        figures.funding.total,
        "，其中",
        separated(
            [[vocabulary.FUNDING_SOURCES[source], figure] for source, figure in sources], "、"
        ),
        "。",
    ]


def _arrival(record: RoundRecord, figures: RoundFigures) -> Piece:
    """Whether the money due so far came in time, exceptions first."""
    funding = figures.funding
    judged, late = funding.judged_projects.value, len(funding.late)
    if not judged:
        return f"截至{chinese_date(record.as_of)}，尚无到期应拨资金。"
    if not late:
        return "各项目资金均按期到位。" if judged > 1 else "项目资金按期到位。"
    if late == judged:
        return "各项目资金均未按期到位。" if judged > 1 else "项目资金未按期到位。"
    if 2 * late > judged:
        return ["仅", funding.on_time_projects, "资金按期到位，其他项目资金均未按期到位。"]
    return ["除", funding.late_projects, "外，其他项目资金均按期到位。"]


def _late(record: RoundRecord, figures: RoundFigures) -> list[Paragraph]:
    late = figures.funding.late
    if not late or len(late) > DETAILED:
        return []
    return [_late_project(record, one) for one in late]


def _late_project(record: RoundRecord, one: ProjectArrival) -> Paragraph:
    notes = "".join(f"{as_clause(note)}。" for note in dict.fromkeys(one.notes))
    return paragraph(
        f"{one.project.name}截至{chinese_date(record.as_of)}到期应拨",
        one.due,
        "，已到位",
        one.received,
        "，最长迟延",
        one.days_late,
        f"。{notes}",
    )
