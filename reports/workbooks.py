"""Sheets of an Excel workbook: columns with widths and formats, rows, a header that stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell import Cell
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


def fill_sheet(
    sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """Write the header and the rows; the header stays in sight and can filter and sort.

    Text is written as text, whatever it begins with: nothing that somebody typed becomes a formula.
    """
    for place, column in enumerate(columns, 1):
        head = sheet.cell(1, place)
        write(head, column.heading)
        head.font, head.fill = _HEADER_FONT, _HEADER_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        width = max(_NARROWEST, min(column.width, _WIDEST))
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = 1
    for last, row in enumerate(rows, 2):
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            cell = sheet.cell(last, place)
            write(cell, value, column.format)
            cell.border = _LINE
            cell.alignment = Alignment(vertical="top", wrap_text=column.format == TEXT)
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write(cell: Cell, value: Value, number_format: str = TEXT) -> None:
    """One value in its format; a text never becomes a formula and loses control characters."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        return
    cell.value = value
    cell.number_format = DAY if isinstance(value, dt.date) else number_format
