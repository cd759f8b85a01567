"""The annex that lets anybody recompute the score by hand."""

from collections.abc import Iterator
from decimal import Decimal

from reports.chinese import as_clause, as_sentence, join_and, score_text
from reports.rendering.official.blocks import Block, paragraph, table
from reports.rendering.official.numerals import NOT_APPLICABLE, UNKNOWN, points_text
from reports.snapshots import (
    Align,
    Cell,
    Column,
    IndicatorScore,
    ProjectReportSnapshot,
    ValueSource,
)


def explanation_blocks(snapshot: ProjectReportSnapshot) -> Iterator[Block]:
    """How the total comes about, then every indicator with every answer."""
    explanation = snapshot.explanation
    yield paragraph(
        f"评分使用《{explanation.instrument_name}》第{explanation.instrument_version}版。"
        + as_sentence(explanation.source_note)
    )
    yield paragraph(
        "每项指标取各成员评分的平均值；成员对是否适用认定不一，或者最高分与最低分之差达到满分的"
        f"{points_text(explanation.spread_limit * 100)}%的，由组长说明理由后裁定。"
        "标*的为关键指标。不适用的指标不计入得分，也不计入满分。"
        f"表中的成员评分依次为{join_and(explanation.members)}的评分，"
        f"记为“{UNKNOWN}”的不评此项。"
    )
    yield from _computation(snapshot)
    yield _answers(snapshot)


def _computation(snapshot: ProjectReportSnapshot) -> Iterator[Block]:
    result = snapshot.result
    for track in result.tracks:
        if track.percent is None:
            yield paragraph(f"{track.name}：没有适用的指标，不计入总分。")
            continue
        yield paragraph(
            f"{track.name}：指标{track.indicator_count}项，适用{track.applicable_count}项，"
            f"得分合计{points_text(track.points)}，满分合计{points_text(track.max_points)}，"
            f"百分制得分＝100×{points_text(track.points)}÷{points_text(track.max_points)}"
            f"＝{score_text(track.percent)}。"
        )
    counted = [track for track in result.tracks if track.percent is not None]
    terms = "＋".join(
        f"{points_text(track.weight)}×{points_text(track.points)}÷{points_text(track.max_points)}"
        for track in counted
    )
    weights = sum((track.weight for track in counted), Decimal(0))
    yield paragraph(
        f"总分＝100×（{terms}）÷{points_text(weights)}＝{score_text(result.total_percent)}，"
        "计算过程不取舍，最后按四舍五入保留两位小数。"
    )
    bands = "，".join(
        f"{grade.name}{points_text(grade.lower_percent)}分以上"
        for grade in snapshot.explanation.grades[:-1]
    )
    last = snapshot.explanation.grades[-1]
    text = f"等次分界：{bands}，其余为{last.name}，均含下限。本项目为{result.grade.name}。"
    if result.grade_before_cap:
        text += (
            f"按得分为{result.grade_before_cap.name}，因{as_clause(result.cap_reason)}，"
            f"限定为{result.grade.name}。"
        )
    yield paragraph(text)


def _answers(snapshot: ProjectReportSnapshot) -> Block:
    """Every indicator; the members' points share a column, so that any panel finds room."""
    indicators = snapshot.explanation.indicators
    members = snapshot.explanation.members
    return table(
        (
            Column(label="指标", share=28),
            Column(label="满分", share=6, align=Align.RIGHT),
            Column(label="成员评分", share=5 + 4 * len(members), align=Align.CENTRE),
            Column(label="取值", share=9, align=Align.RIGHT),
            Column(label="扣分和裁定说明", share=40),
        ),
        groups=[
            (
                section.name,
                [_row(each, members) for each in indicators if each.section_key == section.key],
            )
            for section in snapshot.result.sections
        ],
        caption="各项指标评分明细",
        small=True,
    )


def _row(indicator: IndicatorScore, members: tuple[str, ...]) -> tuple[Cell, ...]:
    points = {
        answer.member: NOT_APPLICABLE if answer.points is None else points_text(answer.points)
        for answer in indicator.answers
    }
    given = [points.get(member, UNKNOWN) for member in members]
    agreed = set(given) - {UNKNOWN} == {NOT_APPLICABLE}
    star = "*" if indicator.is_critical else ""
    return (
        Cell(text=f"{indicator.number}{star} {indicator.name}"),
        Cell(text=points_text(indicator.max_points)),
        Cell(text=NOT_APPLICABLE if agreed else "、".join(given)),
        Cell(text=NOT_APPLICABLE if indicator.value is None else points_text(indicator.value)),
        Cell(text=_reasons(indicator)),
    )


def _reasons(indicator: IndicatorScore) -> str:
    """The lead's reason, then the members' reasons; a reason shared by several once."""
    parts = []
    if indicator.source is ValueSource.MODERATED:
        parts.append(f"组长裁定：{as_clause(indicator.source_reason)}")
    shared: dict[str, list[str]] = {}
    for answer in indicator.answers:
        if answer.reason:
            shared.setdefault(as_clause(answer.reason), []).append(answer.member)
    parts += [f"{'、'.join(names)}：{reason}" for reason, names in shared.items()]
    return as_sentence("；".join(parts)) if parts else ""
