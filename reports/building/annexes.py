"""The tables behind the citywide summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from projects.arrival import ArrivalState
from projects.dates import chinese_date
from projects.enums import Employment, FieldOfStudy, FundingSource
from projects.money import in_wan
from projects.records import StaffRecord
from reports import vocabulary
from reports.building.facts import arrival_text
from reports.chinese import score_text
from reports.figures import ProjectArrival, RoundFigures, RoundRecord
from reports.figures.findings import worst_first
from reports.figures.record import PartScoreRow
from reports.figures.team import is_certified, is_master
from reports.snapshots import Align, AnnexTable, Cell, Column

NOT_APPLICABLE = "不适用"

_NUMBER = Column(label="序号", share=4, align=Align.CENTRE)
_PROJECT = Column(label="项目", share=14)


def build_annexes(record: RoundRecord, figures: RoundFigures) -> tuple[AnnexTable, ...]:
    """Scores, money, teams and problems; a table without rows is left out."""
    tables = (
        _scores(record, figures),
        _funding(record, figures),
        _staff(record, figures),
        _findings(record, figures),
    )
    return tuple(table for table in tables if table.rows)


def _cells(*texts: object) -> tuple[Cell, ...]:
    return tuple(Cell(text=str(text)) for text in texts)


def _right(label: str, share: int = 8) -> Column:
    return Column(label=label, share=share, align=Align.RIGHT)


def _scores(record: RoundRecord, figures: RoundFigures) -> AnnexTable:
    scores = figures.scores
    parts = [
        *((part, _by_visit(record.track_scores, part.part.key)) for part in scores.tracks),
        *((part, _by_visit(record.section_scores, part.part.key)) for part in scores.sections),
    ]
    grades = {grade.key: grade for grade in record.grades}
    rows = tuple(
        (
            *_cells(
                place,
                record.short_label(record.project_by_pk[visit.project]),
                score_text(visit.total_percent or Decimal(0)),
            ),
            Cell(text=grades[visit.grade_key].name, level=grades[visit.grade_key].level),
            *(_percent(record, percents.get(visit.pk)) for _part, percents in parts),
        )
        for place, visit in enumerate(scores.ranking, start=1)
    )
    return AnnexTable(
        key="scores",
        title="各项目得分情况表",
        columns=(
            _NUMBER,
            _PROJECT,
            _right("总分", 7),
            Column(label="等次", share=7, align=Align.CENTRE),
            *(_right(part.part.short_name) for part, _percents in parts),
        ),
        rows=rows,
        total=(
            *_cells("", "中位数", _score(scores.median.value), ""),
            *_cells(*(_score(part.median.value) for part, _percents in parts)),
        )
        if scores.median.value is not None
        else (),
        note="得分均为百分制，按总分由高到低排列。",
        landscape=True,
    )


def _by_visit(scores: Sequence[PartScoreRow], key: str) -> Mapping[int, Decimal | None]:
    return {score.visit: score.percent for score in scores if score.key == key}


def _percent(record: RoundRecord, percent: Decimal | None) -> Cell:
    """A score tinted by the grade that it would earn by itself."""
    if percent is None:
        return Cell(text=NOT_APPLICABLE)
    level = next(grade.level for grade in record.grades if percent >= grade.lower_percent)
    return Cell(text=score_text(percent), level=level)


def _score(score: Decimal | None) -> str:
    return NOT_APPLICABLE if score is None else score_text(score)


def _funding(record: RoundRecord, figures: RoundFigures) -> AnnexTable:
    funding = figures.funding
    by_source: dict[tuple[int, FundingSource], Decimal] = {}
    for allocation in record.allocations:
        place = (allocation.project, allocation.source)
        by_source[place] = by_source.get(place, Decimal(0)) + allocation.amount_yuan
    rows = tuple(
        _cells(
            place,
            record.short_label(one.project),
            *(
                in_wan(yuan) if (yuan := by_source.get((one.project.pk, source))) else "—"
                for source in FundingSource
            ),
            in_wan(one.allocated_yuan),
            in_wan(one.arrival.due_yuan),
            in_wan(one.arrival.received_yuan),
            _arrival(one),
        )
        for place, one in enumerate(funding.projects, start=1)
    )
    due = sum((one.arrival.due_yuan for one in funding.projects), Decimal(0))
    received = sum((one.arrival.received_yuan for one in funding.projects), Decimal(0))
    return AnnexTable(
        key="funding",
        title="各项目资金安排及到位情况表",
        columns=(
            replace(_NUMBER, share=5),
            Column(label="项目", share=9),
            *(_right(vocabulary.FUNDING_SOURCES[source], 9) for source in FundingSource),
            _right("安排合计", 9),
            _right("到期应拨", 9),
            _right("已到位", 9),
            Column(label="到位情况", share=18),
        ),
        rows=rows,
        total=_cells(
            "",
            "合计",
            *(in_wan(funding.by_source[source].value) for source in FundingSource),
            in_wan(funding.total.value),
            in_wan(due),
            in_wan(received),
            "",
        ),
        note=f"单位：万元。{record.year}年度安排，到位情况截至{chinese_date(record.as_of)}。",
    )


def _arrival(one: ProjectArrival) -> str:
    if one.arrival.is_late:
        return arrival_text(one.arrival)
    return "未到期" if one.arrival.state is ArrivalState.NOTHING_DUE else "按期到位"


def _staff(record: RoundRecord, figures: RoundFigures) -> AnnexTable:
    team = figures.team
    people = {person.pk: person for one in team.projects for person in one.staff}
    return AnnexTable(
        key="staff",
        title="各项目人员配置情况表",
        columns=(
            _NUMBER,
            Column(label="项目", share=9),
            *(
                _right(label, 6)
                for label in (
                    "在岗",
                    "专职",
                    "兼职",
                    "政府雇员",
                    "持证",
                    "硕士以上",
                    "社会工作",
                    "法学",
                    "社会学",
                )
            ),
        ),
        rows=tuple(
            _cells(place, record.short_label(one.project), *_counts(record, one.staff))
            for place, one in enumerate(team.projects, start=1)
        ),
        total=_cells("", "合计", *_counts(record, tuple(people.values()))),
        note=(
            f"单位：人，截至{chinese_date(record.as_of)}。持证指持有社会工作师类证书；"
            "一人在多个项目任职的，合计只计一次。"
        ),
    )


def _counts(record: RoundRecord, staff: Sequence[StaffRecord]) -> list[int]:
    def employed(kind: Employment) -> int:
        return sum(person.employment == kind for person in staff)

    def studied(field: FieldOfStudy) -> int:
        return sum(person.field_of_study == field for person in staff)

    return [
        len(staff),
        employed(Employment.FULL_TIME),
        employed(Employment.PART_TIME),
        employed(Employment.GOVERNMENT),
        sum(is_certified(person, record.as_of) for person in staff),
        sum(is_master(person) for person in staff),
        studied(FieldOfStudy.SOCIAL_WORK),
        studied(FieldOfStudy.LAW),
        studied(FieldOfStudy.SOCIOLOGY),
    ]


def _findings(record: RoundRecord, figures: RoundFigures) -> AnnexTable:
    """Problems by group, in the groups' order, the worst of each first."""
    problems = [
        (group, finding)
        for group in figures.findings.problem_groups
        for finding in worst_first(record, list(group.findings))
    ]
    return AnnexTable(
        key="findings",
        title="督导巡查发现问题一览表",
        columns=(
            _NUMBER,
            Column(label="项目", share=7),
            Column(label="类别", share=11),
            Column(label="程度", share=5, align=Align.CENTRE),
            Column(label="问题", share=34),
            Column(label="责任方", share=8),
            Column(label="整改期限", share=12),
        ),
        rows=tuple(
            _cells(
                place,
                record.short_label(record.project_by_pk[finding.project]),
                group.category.short_name,
                vocabulary.SEVERITIES[finding.severity] if finding.severity else "",
                finding.text,
                vocabulary.PARTIES[finding.party] if finding.party else "",
                chinese_date(finding.due_on) if finding.due_on else "",
            )
            for place, (group, finding) in enumerate(problems, start=1)
        ),
        landscape=True,
    )
