"""The annex tables and charts of the made-up citywide summary."""

import random
from decimal import Decimal

from benchmarks.sample_texts import TEXTS
from reports.snapshots import (
    Align,
    AnnexTable,
    Cell,
    Chart,
    ChartKind,
    ChartRow,
    Column,
    Grade,
)

GRADES = tuple(
    Grade(key=key, name=name, level=level, lower_percent=Decimal(lower))
    for level, (key, name, lower) in enumerate(
        (
            ("excellent", "优秀", 90),
            ("good", "良好", 80),
            ("pass", "合格", 60),
            ("fail", "不合格", 0),
        ),
        start=1,
    )
)

type Rows = tuple[tuple[Cell, ...], ...]


def grade_of(percent: Decimal) -> Grade:
    return next(grade for grade in GRADES if percent >= grade.lower_percent)


def cells(*parts: object) -> tuple[Cell, ...]:
    return tuple(Cell(text=str(part)) for part in parts)


def columns(*labels: str, wide: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """A number column, the project, then columns of figures or, `wide`, of text."""
    return (
        Column(label="序号", share=4, align=Align.CENTRE),
        Column(label="项目", share=12),
        *(Column(label=label, share=7, align=Align.RIGHT) for label in labels),
        *(Column(label=label, share=9 + 22 * place) for place, label in enumerate(wide)),
    )


def project_scores() -> list[tuple[str, Decimal, list[Decimal]]]:
    """Project, total and sections' percentages, best first."""
    chance = random.Random(3)  # noqa: S311 - made-up scores
    rows = []
    for place, name in enumerate(TEXTS["projects"]):
        sections = [
            Decimal(chance.randint(7000, 9700) - 120 * place) / 100 for _ in TEXTS["sections"]
        ]
        rows.append((name, (sum(sections) / 6).quantize(Decimal("0.01")), sections))
    return sorted(rows, key=lambda row: -row[1])


def annexes() -> tuple[AnnexTable, ...]:
    projects, problems = TEXTS["projects"], TEXTS["problems"]
    scores = tuple(
        (
            *cells(place, name, total),
            Cell(text=grade_of(total).name, level=grade_of(total).level),
            *(Cell(text=f"{value}", level=grade_of(value).level) for value in sections),
        )
        for place, (name, total, sections) in enumerate(project_scores(), start=1)
    )
    funding = tuple(
        cells(place, name, "72.20", "72.20", "144.40", "144.40", "按期")
        for place, name in enumerate(projects, start=1)
    )
    staff = tuple(
        cells(n, name, 10 + n, n % 4, 8 + n % 5, n % 3, 6 + n % 4, 3 + n % 3)
        for n, name in enumerate(projects, start=1)
    )
    findings = tuple(
        cells(n + 1, projects[n % 14], *problems[n % len(problems)]) for n in range(34)
    )
    shorts = tuple(short for _key, _name, short in TEXTS["sections"])
    return (
        AnnexTable(
            key="scores",
            title="各项目得分情况表",
            columns=columns("总分", "等次", *shorts),
            rows=scores,
            note="得分为百分制。",
            landscape=True,
        ),
        AnnexTable(
            key="funding",
            title="各项目资金安排及到位情况表",
            columns=columns("市级安排", "区级安排", "合计", "到位", wide=("是否按期",)),
            rows=funding,
            total=cells("", "合计", "1010.80", "1011.26", "2022.06", "1998.66", ""),
            note="单位：万元。",
        ),
        AnnexTable(
            key="staff",
            title="各项目人员配置情况表",
            columns=columns("专职", "兼职", "持证", "硕士以上", "社工专业", "法学专业"),
            rows=staff,
            total=cells("", "合计", 245, 21, 138, 14, 104, 56),
        ),
        AnnexTable(
            key="findings",
            title="督导巡查发现的主要问题",
            columns=columns(wide=("类别", "问题")),
            rows=findings,
        ),
    )


def charts() -> tuple[Chart, ...]:
    return (
        Chart(
            key="totals",
            kind=ChartKind.BARS,
            title="各项目总分",
            series=("总分",),
            rows=tuple(
                ChartRow(
                    label=name,
                    values=(total,),
                    text=f"{total}",
                    level=grade_of(total).level,
                    median=Decimal("84.20"),
                )
                for name, total, _sections in project_scores()
            ),
            maximum=Decimal(100),
            alternative="各项目总分由高到低，竖线为中位数84.20。",
            placed_after="part-1-4",
        ),
        Chart(
            key="fields",
            kind=ChartKind.STACKED,
            title="社工专业背景",
            series=("社会工作", "法学", "社会学", "其他"),
            rows=(
                ChartRow(label="全市", values=tuple(map(Decimal, (94, 49, 40, 30))), text="213人"),
            ),
            maximum=Decimal(213),
            alternative="社会工作94人，法学49人，社会学40人，其他30人。",
            placed_after="part-2-3",
        ),
    )
