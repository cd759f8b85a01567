"""The project report: what matters first, then how it came about, then the proof."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from projects.dates import chinese_date
from reports.charts import BarValue, bar_chart, grade_level
from reports.chinese import (
    as_clause,
    as_sentence,
    chinese_number,
    join_and,
    period_text,
    score_text,
)
from reports.rendering.official.blocks import (
    Block,
    Figure,
    Panel,
    PanelItem,
    PhotoGrid,
    PrintedPhoto,
    emphasis,
    heading,
    paragraph,
    table,
)
from reports.rendering.official.explanation import explanation_blocks
from reports.rendering.official.frame import Page, label_annexes, page
from reports.rendering.official.numerals import (
    UNKNOWN,
    difference_text,
    percent_cell,
    points_text,
    wan_yuan,
)
from reports.snapshots import (
    Align,
    Cell,
    Column,
    FindingRow,
    Photo,
    ProjectFacts,
    ProjectReportSnapshot,
    Result,
)

PHOTO_COLUMNS = 2


def project_page(snapshot: ProjectReportSnapshot) -> Page:
    """Chapters are numbered as they come: what a report has nothing to say of is left out."""
    chapters = (
        ("巡查结论", _conclusion(snapshot)),
        ("存在的主要问题", _problems(snapshot)),
        ("项目基本情况", _facts(snapshot.project)),
        ("巡查依据和经过", _course(snapshot)),
        ("综合评价", _appraisal(snapshot)),
        ("主要亮点", _numbered(snapshot.strengths)),
        ("工作建议", _numbered(snapshot.suggestions)),
    )
    blocks: list[Block] = []
    number = 0
    for title, content in chapters:
        inside = list(content)
        if inside:
            number += 1
            blocks += [heading(2, f"{chinese_number(number)}、", title), *inside]
    return page(snapshot, blocks, label_annexes(list(_annexes(snapshot))))


def photo_name(photo: Photo, photos: Sequence[Photo]) -> str:
    """The name under which a photograph's bytes are served to the document."""
    return f"photo-{photos.index(photo) + 1}"


def _conclusion(snapshot: ProjectReportSnapshot) -> Iterator[Block]:
    result = snapshot.result
    yield paragraph(
        f"{_team(snapshot)}于"
        f"{period_text(snapshot.visit.started_on, snapshot.visit.ended_on)}对"
        f"{snapshot.project.name}进行了{snapshot.round.title}。"
        f"项目总分{score_text(result.total_percent)}分，等次为{result.grade.name}{_standing(result)}。"
        f"{_counts(snapshot)}"
    )
    if result.grade_before_cap:
        yield paragraph(
            f"按得分应为{result.grade_before_cap.name}，"
            f"因{as_clause(result.cap_reason)}，等次限定为{result.grade.name}，得分不变。"
        )
    yield _panel(result)
    yield _section_chart(snapshot)
    yield _score_table(result)


def _team(snapshot: ProjectReportSnapshot) -> str:
    """Who came; a round may name nobody who led the panels."""
    led_by = snapshot.round.led_by
    return f"{led_by}牵头组成督导组，" if led_by else "督导组"


def _standing(result: Result) -> str:
    text = ""
    if result.round_rank and result.round_size:
        text += f"，在本轮{result.round_size}个项目中列第{result.round_rank}位"
    if result.round_median_percent is not None:
        text += "，" + _against_median(result.total_percent, result.round_median_percent)
    return text


def _against_median(value: Decimal, median: Decimal) -> str:
    if value == median:
        return f"与本轮中位数{score_text(median)}分持平"
    direction = "高" if value > median else "低"
    return f"比本轮中位数{score_text(median)}分{direction}{score_text(abs(value - median))}分"


def _counts(snapshot: ProjectReportSnapshot) -> str:
    counted = [
        f"{name}{len(rows)}{unit}"
        for name, rows, unit in (
            ("问题", snapshot.problems, "项"),
            ("亮点", snapshot.strengths, "项"),
            ("建议", snapshot.suggestions, "条"),
        )
        if rows
    ]
    return f"本次巡查共记录{join_and(counted)}。" if counted else ""


def _panel(result: Result) -> Panel:
    def median(value: Decimal | None) -> str:
        return "" if value is None else f"本轮中位数{score_text(value)}"

    place = ""
    if result.round_rank and result.round_size:
        place = f"本轮第{result.round_rank}位，共{result.round_size}个"
    return Panel(
        (
            PanelItem("总分", score_text(result.total_percent), "分",
                      median(result.round_median_percent)),
            PanelItem("等次", result.grade.name, "",
                      "等次受限" if result.grade_before_cap else place,
                      f"grade g{result.grade.level}"),
            *(
                PanelItem(track.name, percent_cell(track.percent),
                          "" if track.percent is None else "分", median(track.median_percent))
                for track in result.tracks
            ),
        )
    )  # fmt: skip


def _section_chart(snapshot: ProjectReportSnapshot) -> Figure:
    result = snapshot.result
    edges = [grade.lower_percent for grade in snapshot.explanation.grades]
    title = "各部分得分与本轮中位数" if _has_medians(result) else "各部分得分"
    return Figure(
        bar_chart(
            [
                BarValue(
                    label=section.short_name,
                    value=section.percent,
                    text=percent_cell(section.percent),
                    level=grade_level(section.percent, edges),
                    median=section.median_percent,
                )
                for section in result.sections
            ],
            maximum=Decimal(100),
            title=title,
            alternative="；".join(
                f"{section.name}{percent_cell(section.percent)}"
                + (
                    ""
                    if section.median_percent is None
                    else f"（中位数{score_text(section.median_percent)}）"
                )
                for section in result.sections
            ),
            median_text="竖线为本轮各项目的中位数",
        ),
        f"图1　{title}",
    )


def _has_medians(result: Result) -> bool:
    """Whether the round had enough scores to compare with."""
    medians = [
        result.round_median_percent,
        *(section.median_percent for section in result.sections),
        *(track.median_percent for track in result.tracks),
    ]
    return any(median is not None for median in medians)


def _score_row(
    name: str,
    points: Decimal | None,
    maximum: Decimal | None,
    percent: Decimal | None,
    median: Decimal | None,
) -> tuple[Cell, ...]:
    return (
        Cell(text=name),
        Cell(text="" if points is None else points_text(points)),
        Cell(text="" if maximum is None else points_text(maximum)),
        Cell(text=percent_cell(percent)),
        Cell(text=UNKNOWN if median is None else score_text(median)),
        Cell(text=difference_text(percent, median)),
    )


def _score_table(result: Result) -> Block:
    labels = ["得分", "满分", "百分制"]
    if _has_medians(result):
        labels += ["中位数", "相差"]
    wide = 1 + len(labels)
    return table(
        (
            Column(label="内容", share=42),
            *(Column(label=label, share=12, align=Align.RIGHT) for label in labels),
        ),
        groups=(
            (
                "按内容",
                [
                    _score_row(
                        part.name, part.points, part.max_points, part.percent, part.median_percent
                    )[:wide]
                    for part in result.sections
                ],
            ),
            (
                "按专业",
                [
                    _score_row(
                        f"{track.name}（权重{points_text(track.weight)}）",
                        track.points,
                        track.max_points,
                        track.percent,
                        track.median_percent,
                    )[:wide]
                    for track in result.tracks
                ],
            ),
        ),
        total=_score_row("总分", None, None, result.total_percent, result.round_median_percent)[
            :wide
        ],
        caption="表1　得分情况",
    )


def _problems(snapshot: ProjectReportSnapshot) -> Iterator[Block]:
    order = {photo.key: place for place, photo in enumerate(snapshot.photos, start=1)}
    for finding in snapshot.problems:
        title = finding.category + (f"（{finding.severity}）" if finding.severity else "")
        yield paragraph(
            f"{finding.number}. ",
            emphasis(as_sentence(title)),
            as_sentence(finding.text) + _reference(finding, order),
        )
        if advice := _advice(finding):
            yield paragraph(emphasis("整改要求："), advice)


def _reference(finding: FindingRow, order: dict[str, int]) -> str:
    parts = []
    if finding.indicator_number:
        parts.append(f"指标{finding.indicator_number} {finding.indicator_name}".strip())
    if numbers := [str(order[key]) for key in finding.photo_keys if key in order]:
        parts.append(f"照片{'、'.join(numbers)}")
    return f"（{'；'.join(parts)}）" if parts else ""


def _advice(finding: FindingRow) -> str:
    text = as_sentence(finding.recommendation)
    due = f"于{chinese_date(finding.due_on)}前" if finding.due_on else ""
    if finding.responsible_party:
        text += f"由{finding.responsible_party}{due}完成。"
    elif due:
        text += f"请{due}完成。"
    return text


def _numbered(findings: Sequence[FindingRow]) -> Iterator[Block]:
    for finding in findings:
        title = [emphasis(as_sentence(finding.category))] if finding.category else []
        yield paragraph(f"{finding.number}. ", *title, as_sentence(finding.text))


def _facts(project: ProjectFacts) -> Iterator[Block]:
    by = f"，由{join_and(project.agencies)}承办" if project.agencies else ""
    text = f"{project.name}属{project.level_text}{by}。"
    for more in (project.staffing_note, project.service_model, project.service_focus):
        text += as_sentence(more)
    if project.staff:
        counted = join_and([f"{row.label}{row.count}{row.unit}" for row in project.staff])
        text += f"人员配置为{counted}。"
    yield paragraph(text)
    if project.contracts:
        yield table(
            (
                Column(label="承办机构", share=30),
                Column(label="服务范围", share=26),
                Column(label="合同方", share=11, align=Align.CENTRE),
                Column(label="采购方式", share=17, align=Align.CENTRE),
                Column(label="签订时间", share=20, align=Align.CENTRE),
                Column(label="金额（万元）", share=20, align=Align.RIGHT),
            ),
            [
                (
                    Cell(text=row.agency),
                    Cell(text=row.service_area),
                    Cell(text=row.parties_text),
                    Cell(text=row.procurement_text),
                    Cell(text=row.signed_on_text),
                    Cell(text=wan_yuan(row.amount_yuan)),
                )
                for row in project.contracts
            ],
            caption="表2　合同情况",
        )
    if project.funding:
        yield _funding_table(project, 3 if project.contracts else 2)


def _funding_table(project: ProjectFacts, number: int) -> Block:
    rows = project.funding
    allocated = sum((row.allocated_yuan for row in rows), Decimal(0))
    received = sum((row.received_yuan for row in rows), Decimal(0))
    on_time = {True: "是", False: "否", None: "未到期"}
    return table(
        (
            Column(label="年度", share=12, align=Align.CENTRE),
            Column(label="来源", share=18),
            Column(label="安排（万元）", share=20, align=Align.RIGHT),
            Column(label="到位（万元）", share=20, align=Align.RIGHT),
            Column(label="按期到位", share=15, align=Align.CENTRE),
            Column(label="备注", share=34),
        ),
        [
            (
                Cell(text=str(row.fiscal_year)),
                Cell(text=row.source),
                Cell(text=wan_yuan(row.allocated_yuan)),
                Cell(text=wan_yuan(row.received_yuan)),
                Cell(text=on_time[row.on_time]),
                Cell(text=row.note),
            )
            for row in rows
        ],
        total=(
            tuple(
                Cell(text=text)
                for text in ("合计", "", wan_yuan(allocated), wan_yuan(received), "", "")
            )
            if len(rows) > 1
            else ()
        ),
        caption=f"表{number}　资金安排和到位情况",
    )


def _course(snapshot: ProjectReportSnapshot) -> Iterator[Block]:
    head, visit = snapshot.round, snapshot.visit
    if head.basis_documents:
        documents = join_and(
            [
                f"《{document.title}》（{document.number}）"
                if document.number
                else f"《{document.title}》"
                for document in head.basis_documents
            ]
        )
        yield paragraph(f"本次督导巡查依据{documents}进行。")
    text = f"督导组于{period_text(visit.started_on, visit.ended_on)}到项目实地巡查"
    text += f"，采用{'、'.join(visit.methods)}的方式。" if visit.methods else "。"
    if visit.panel:
        members = "、".join(
            f"{person.name}（{'组长，' if person.is_lead else ''}{person.track_name}）"
            for person in visit.panel
        )
        text += f"督导组成员为{members}。"
    text += (
        f"评分使用《{snapshot.explanation.instrument_name}》"
        f"第{snapshot.explanation.instrument_version}版，成员各自独立评分。"
    )
    yield paragraph(text)


def _appraisal(snapshot: ProjectReportSnapshot) -> Iterator[Block]:
    for text in snapshot.appraisal.overall:
        yield paragraph(as_sentence(text))
    for number, section in enumerate(snapshot.appraisal.sections, start=1):
        yield heading(3, f"（{chinese_number(number)}）", section.section_name)
        for text in section.paragraphs:
            yield paragraph(as_sentence(text))


def _annexes(
    snapshot: ProjectReportSnapshot,
) -> Iterator[tuple[str, Sequence[Block], bool]]:
    yield "得分说明", list(explanation_blocks(snapshot)), False
    if snapshot.photos:
        yield "现场照片", [_photo_grid(snapshot.photos)], False
    if snapshot.registry_warnings:
        yield "项目登记信息核查提示", list(_warnings(snapshot)), False


def _photo_grid(photos: Sequence[Photo]) -> PhotoGrid:
    printed = [
        PrintedPhoto(
            source=f"app:{photo_name(photo, photos)}",
            caption=f"照片{number}　{photo.caption}"
            + (f"（{chinese_date(photo.taken_on)}）" if photo.taken_on else ""),
        )
        for number, photo in enumerate(photos, start=1)
    ]
    return PhotoGrid(
        tuple(
            tuple(printed[start : start + PHOTO_COLUMNS])
            for start in range(0, len(printed), PHOTO_COLUMNS)
        )
    )


def _warnings(snapshot: ProjectReportSnapshot) -> Iterator[Block]:
    yield paragraph("以下为评分确认时系统对登记信息的核查提示，供核实，不计入得分。")
    for number, warning in enumerate(snapshot.registry_warnings, start=1):
        rows = f"涉及：{'；'.join(map(as_clause, warning.rows))}。" if warning.rows else ""
        yield paragraph(f"{number}. ", emphasis(as_sentence(warning.text)), rows)
