"""Part 一: what the inspection rested on, what it was for, what it looked at, whom it visited."""

from __future__ import annotations

from collections.abc import Sequence

from projects.enums import Level
from reports import vocabulary
from reports.chinese import chinese_count, chinese_number, join_and
from reports.figures import RoundFigures, RoundRecord
from reports.figures.record import PartRow
from reports.narrative.texts import RoundTexts
from reports.narrative.writing import (
    Piece,
    listed,
    paragraph,
    paragraphs,
    period,
    separated,
    subsection,
)
from reports.snapshots import BasisDocument, Paragraph, Part


def write_basics(record: RoundRecord, figures: RoundFigures, texts: RoundTexts) -> Part:
    written = (
        subsection("basis", "督导巡查依据", _basis(record, texts)),
        subsection("purpose", "督导巡查目的", *paragraphs(texts.purpose)),
        subsection("content", "督导巡查内容", _methods(record, texts), _sections(record)),
        subsection(
            "overall",
            "督导巡查整体情况",
            _visits(record, figures, texts),
            _scores(figures),
            _conclusion(record, figures, texts),
        ),
    )
    return Part(
        key="basics",
        heading="督导巡查的基本情况",
        paragraphs=(),
        subsections=tuple(one for one in written if one is not None),
    )


def _basis(record: RoundRecord, texts: RoundTexts) -> Paragraph:
    levels = levels_text(record)
    subject = f"{levels}{texts.service_name}项目"
    basis = join_and([_document(document) for document in texts.basis_documents])
    team = f"由{texts.led_by}牵头组成督导组" if texts.led_by else ""
    if basis and team:
        return paragraph(f"本次督导巡查依据{basis}开展，{team}，巡查对象为{subject}。")
    if basis:
        return paragraph(f"本次督导巡查依据{basis}开展，巡查对象为{subject}。")
    if team:
        return paragraph(f"本次督导巡查{team}，巡查对象为{subject}。")
    return paragraph(f"本次督导巡查的对象为{subject}。")


def _document(document: BasisDocument) -> str:
    title = f"《{document.title}》"
    return f"{title}（{document.number}）" if document.number else title


def levels_text(record: RoundRecord) -> str:
    """Who buys the round's projects: `市、区两级`, `市级` or `区级`."""
    planned = {visit.project for visit in record.visits}
    levels = {project.level for project in record.projects if project.pk in planned}
    if levels == {Level.CITY, Level.DISTRICT}:
        return "市、区两级"
    return "".join(vocabulary.LEVELS[level] for level in levels)


def _methods(record: RoundRecord, texts: RoundTexts) -> Paragraph | None:
    methods = _counted(texts.methods, "种方式")
    tracks = _counted([track.name for track in record.tracks], "个方面")
    if methods and tracks:
        return paragraph(f"督导组通过{methods}，围绕{tracks}对项目及承办机构进行督导巡查。")
    if methods:
        return paragraph(f"督导组通过{methods}对项目及承办机构进行督导巡查。")
    if tracks:
        return paragraph(f"督导组围绕{tracks}对项目及承办机构进行督导巡查。")
    return None


def _counted(names: Sequence[str], measure: str) -> str:
    """`A、B和C三种方式`; a single one is named without its number."""
    if len(names) < 2:
        return "".join(names)
    return f"{join_and(names)}{chinese_count(len(names))}{measure}"


def _sections(record: RoundRecord) -> Paragraph | None:
    sections: tuple[PartRow, ...] = record.sections
    if not sections:
        return None
    names = "；".join(section.name for section in sections)
    if len(sections) == 1:
        return paragraph(f"巡查内容为{names}。")
    return paragraph(f"巡查内容共{chinese_count(len(sections))}项：{names}。")


def _visits(record: RoundRecord, figures: RoundFigures, texts: RoundTexts) -> Paragraph:
    visits = figures.visits
    if not visits.carried_out.value:
        return paragraph("本次督导巡查尚未实地巡查项目。")
    days = period(visits.first_day, visits.last_day)
    levels = [figure for figure in (visits.district_projects, visits.city_projects) if figure.value]
    districts: Piece = ""
    if len(visits.districts.value) > 1:
        districts = ["先后走访", visits.districts, "，"]
    elif visits.districts.value:
        districts = ["走访", visits.districts, "，"]
    return paragraph(
        days,
        "，督导组",
        districts,
        "完成对",
        listed(levels),
        f"的第{chinese_number(texts.sequence)}次督导巡查",
        _reported(record, texts),
        "。",
        _left_out(figures),
    )


def _left_out(figures: RoundFigures) -> Piece:
    """Projects that run and were not in the round."""
    return [figures.visits.left_out, "未列入本次巡查。"] if figures.visits.left_out.value else ""


def _reported(record: RoundRecord, texts: RoundTexts) -> str:
    """That each project has its report, once all are published."""
    visits = {visit.pk for visit in record.carried_out}
    if not visits <= texts.published_visits:
        return ""
    return "，并形成项目报告" if len(visits) == 1 else "，并逐一形成项目报告"


def _scores(figures: RoundFigures) -> Paragraph | None:
    scores = figures.scores
    grades = [(grade, count) for grade, count in scores.by_grade if count.value]
    if not scores.scored.value:
        return None
    if scores.scored.value == 1:
        (grade, _count) = grades[0]
        return paragraph("经综合评分，该项目得分", scores.mean, f"，等次为{grade.name}。")
    distribution: Piece = f"等次均为{grades[0][0].name}"
    if len(grades) > 1:
        distribution = [
            "其中",
            separated([[grade.name, count] for grade, count in grades], "、"),
        ]
    median: Piece = "" if scores.median.value is None else ["，中位数", scores.median]
    return paragraph(
        "经综合评分，",
        scores.scored,
        "项目平均得分",
        scores.mean,
        median,
        "，最高",
        scores.highest,
        "，最低",
        scores.lowest,
        "；",
        distribution,
        "。",
        _tracks(figures),
    )


def _tracks(figures: RoundFigures) -> Piece:
    tracks = figures.scores.tracks
    if len(tracks) < 2:
        return ""
    return [
        "分方面看，",
        separated([[f"{track.part.name}平均", track.mean] for track in tracks], "，"),
        "。",
    ]


def _conclusion(record: RoundRecord, figures: RoundFigures, texts: RoundTexts) -> Paragraph | None:
    """How the round stands on the whole, judged by the lowest grade alone."""
    if not figures.scores.scored.value:
        return None
    lowest = record.grades[-1]
    failed = [visit for visit in record.visits if visit.grade_key == lowest.key]
    scheme = f"，《{texts.scheme_title}》的要求基本得到落实" if texts.scheme_title else ""
    if not failed:
        return paragraph(
            f"总体来看，{texts.service_short_name}项目稳步推进，"
            f"没有项目被评为{lowest.name}等次{scheme}。"
        )
    if len(failed) == figures.scores.scored.value:
        return paragraph(f"总体来看，参评项目均被评为{lowest.name}等次，须全面整改。")
    names = join_and([record.project_by_pk[visit.project].name for visit in failed])
    return paragraph(
        f"总体来看，除{names}被评为{lowest.name}等次、须重点整改外，"
        f"其他{texts.service_short_name}项目稳步推进{scheme}。"
    )
