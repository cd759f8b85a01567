"""The charts of the citywide summary, each after the section that it belongs to."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from reports import vocabulary
from reports.chinese import score_text
from reports.figures import RoundFigures, RoundRecord
from reports.snapshots import Chart, ChartKind, ChartRow


def build_charts(
    record: RoundRecord, figures: RoundFigures, sections: Collection[str]
) -> tuple[Chart, ...]:
    """Charts with something to show, for the parts and sections with these keys."""
    drawn = (_totals(record, figures), _fields(figures), _groups(figures))
    return tuple(chart for chart in drawn if chart is not None and chart.placed_after in sections)


def _totals(record: RoundRecord, figures: RoundFigures) -> Chart | None:
    scores = figures.scores
    if scores.scored.value < 2:
        return None
    levels = {grade.key: grade.level for grade in record.grades}
    rows = tuple(
        ChartRow(
            label=record.short_label(record.project_by_pk[visit.project]),
            values=(visit.total_percent or Decimal(0),),
            text=score_text(visit.total_percent or Decimal(0)),
            level=levels[visit.grade_key],
            median=scores.median.value,
        )
        for visit in scores.ranking
    )
    listed = "，".join(f"{row.label}{row.text}分" for row in rows)
    median = "" if scores.median.value is None else f"；中位数{scores.median.text}"
    return Chart(
        key="totals",
        kind=ChartKind.BARS,
        title="各项目总分",
        series=("总分",),
        rows=rows,
        maximum=Decimal(100),
        alternative=f"各项目总分由高到低：{listed}{median}。",
        placed_after="overall",
    )


def _fields(figures: RoundFigures) -> Chart | None:
    team = figures.team
    if not team.staff.value:
        return None
    fields = [(vocabulary.FIELDS[field], figure.value) for field, figure in team.by_field.items()]
    listed = "，".join(f"{name}{count}人" for name, count in fields)
    return Chart(
        key="fields",
        kind=ChartKind.STACKED,
        title="人员专业背景",
        series=tuple(name for name, _count in fields),
        rows=(
            ChartRow(
                label="全市",
                values=tuple(Decimal(count) for _name, count in fields),
                text=f"{team.staff.value}人",
            ),
        ),
        maximum=Decimal(team.staff.value),
        alternative=f"{listed}。",
        placed_after="team",
    )


def _groups(figures: RoundFigures) -> Chart | None:
    groups = figures.findings.problem_groups
    if len(groups) < 2:
        return None
    listed = "，".join(
        f"{group.category.short_name}{group.count.text}、涉及{group.project_count.text}项目"
        for group in groups
    )
    return Chart(
        key="problems",
        kind=ChartKind.BARS,
        title="各类问题数量",
        series=("问题",),
        rows=tuple(
            ChartRow(
                label=group.category.short_name,
                values=(Decimal(group.count.value),),
                text=f"{group.count.text}，{group.project_count.text}项目",
            )
            for group in groups
        ),
        maximum=Decimal(max(group.count.value for group in groups)),
        alternative=f"{listed}。",
        placed_after="problems",
    )
