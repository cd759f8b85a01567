"""招标完成情况: which projects were bought by open tender, and when contracts were signed."""

from __future__ import annotations

from projects.enums import Level, Procurement
from reports import vocabulary
from reports.chinese import chinese_count
from reports.figures import RoundFigures
from reports.figures.procurement import ByMethod
from reports.narrative.writing import Piece, paragraph, separated, subsection
from reports.snapshots import Paragraph, Subsection


def write_procurement(figures: RoundFigures) -> Subsection | None:
    procurement = figures.procurement
    if not procurement.contracts.value:
        return None
    return subsection(
        "procurement", "招标完成情况", _tenders(figures), _other_districts(figures), _city(figures)
    )


def _tenders(figures: RoundFigures) -> Paragraph | None:
    procurement = figures.procurement
    districts = procurement.open_tender_districts
    if not districts.value:
        if not any(one.level == Level.DISTRICT for one in procurement.by_method):
            return None
        return paragraph("区级项目均未采用公开招标方式。")
    if len(districts.value) == 1:
        return paragraph(
            districts, "区的项目通过政府采购公开招标确定承办机构", _signing(figures), "。"
        )
    return paragraph(
        districts,
        f"{chinese_count(len(districts.value))}个区的项目均通过政府采购公开招标确定承办机构",
        _signing(figures),
        "。",
    )


def _signing(figures: RoundFigures) -> Piece:
    """When the contracts were signed, as far as it is known."""
    procurement = figures.procurement
    if not procurement.earliest.value:
        return ""
    if procurement.earliest_on.value == procurement.latest_on.value:
        every = "均" if len(procurement.tenders) > 1 else ""
        return [f"，合同{every}于", procurement.earliest_on, "签订"]
    return [
        "。其中，",
        procurement.earliest,
        "进度最快，",
        _all(procurement.earliest.value),
        "于",
        procurement.earliest_on,
        "完成招标并签订合同；",
        procurement.latest,
        "最晚，",
        _all(procurement.latest.value),
        "于",
        procurement.latest_on,
        "签订合同",
    ]


def _all(names: tuple[str, ...]) -> str:
    return "均" if len(names) > 1 else ""


def _other_districts(figures: RoundFigures) -> Paragraph | None:
    others = [
        one
        for one in figures.procurement.by_method
        if one.level == Level.DISTRICT and one.procurement != Procurement.OPEN_TENDER
    ]
    if not others:
        return None
    beside = "其他区级项目中，" if figures.procurement.open_tender_districts.value else ""
    return paragraph(beside, separated([_by_method(one) for one in others], "，"), "。")


def _by_method(one: ByMethod) -> Piece:
    every = _all(one.projects.value)
    return [one.projects, f"{every}采用{vocabulary.PROCUREMENTS[one.procurement]}方式"]


def _city(figures: RoundFigures) -> Paragraph | None:
    methods = [one for one in figures.procurement.by_method if one.level == Level.CITY]
    if not methods:
        return None
    if len(methods) == 1:
        (one,) = methods
        return paragraph(
            f"市级项目{_all(one.projects.value)}采用"
            f"{vocabulary.PROCUREMENTS[one.procurement]}方式确定承办机构。"
        )
    return paragraph("市级项目中，", separated([_by_method(one) for one in methods], "，"), "。")
