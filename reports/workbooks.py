"""Sheets of an Excel workbook: columns with widths and formats, rows, a header that stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    type Value = str | int | Decimal | dt.date | None

SCORE = "0.00"
MONEY = "#,##0.00"
SHARE = "0.0%"
WHOLE = "0"
DAY = "yyyy-mm-dd"
TEXT = "@"

_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", start_color="14506B")
_LINE = Border(bottom=Side(style="hair", color="CFCABF"))
_NARROWEST, _WIDEST = 8, 60


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the format of the cells below it, and a width in characters of Latin text."""

    heading: str
    format: str = TEXT
    width: int = 14


def mark_pages(sheet: Worksheet, *, foot: str, head: str) -> None:
    """What stands on every printed page: `foot` with the page's number below, `head` above."""
    # "&" begins a code there.
    footer = HeaderFooterItem()
    footer.left.text = foot.replace("&", "&&")
    footer.right.text = "&P / &N"
    sheet.oddFooter = footer
    if head:
        header = HeaderFooterItem()
        header.center.text = head.replace("&", "&&")
        sheet.oddHeader = header


def fill_sheet(
    sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """Write the header and the rows; the header stays in sight and can filter and sort.

    Text is written as text, whatever it begins with: nothing that somebody typed becomes a formula.
    """
    for place, column in enumerate(columns, 1):
        head = write(sheet, 1, place, column.heading)
        head.font, head.fill = _HEADER_FONT, _HEADER_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        width = max(_NARROWEST, min(column.width, _WIDEST))
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = 1
    for last, row in enumerate(rows, 2):
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            cell = write(sheet, last, place, value, column.format)
            cell.border = _LINE
            cell.alignment = Alignment(vertical="top", wrap_text=column.format == TEXT)
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write(sheet: Worksheet, row: int, column: int, value: Value, number_format: str = TEXT) -> Cell:
    """One value in its format; a text never becomes a formula and loses control characters."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is part of a merged cell")
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        return cell
    cell.value = value
    cell.number_format = DAY if isinstance(value, dt.date) else number_format
    return cell
