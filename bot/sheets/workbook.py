"""Writes workbooks as offices like them: real dates and numbers, a header that stays in sight, never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook

Value = str | int | Decimal | date | None

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_HEADER: Final = {"bold": True, "bg_color": "#F2F2F2", "bottom": 1, "align": "center", "valign": "vcenter"}
_TITLE: Final = {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
_NARROWEST, _WIDEST = 6, 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write, its name of 31 characters at most; a `title` stands merged above the header."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    title: str = ""


def write_workbook(sheets: Sequence[Sheet], created_on: date) -> bytes:
    """The sheets as an XLSX file; equal input gives equal bytes."""
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as workbook:
        workbook.set_properties({"created": datetime.combine(created_on, time(), UTC)})
        text = workbook.add_format({"num_format": "@"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        for sheet in sheets:
            _write_sheet(workbook, sheet, text, day)
    return buffer.getvalue()


def _write_sheet(workbook: Any, sheet: Sheet, text: Any, day: Any) -> None:
    page = workbook.add_worksheet(sheet.name)
    top = _write_title(workbook, page, sheet)
    page.write_row(top, 0, sheet.header, workbook.add_format(_HEADER))
    for row, values in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(values):
            _write_value(page, row, column, value, text, day)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, top + len(sheet.rows), len(sheet.header) - 1)
    for column, head in enumerate(sheet.header):
        cells = [head, *(str(row[column]) for row in sheet.rows if row[column] is not None)]
        page.set_column(column, column, min(_WIDEST, max(_NARROWEST, *map(_width, cells)) + 2))


def _write_title(workbook: Any, page: Any, sheet: Sheet) -> int:
    """Write the title, if there is one; the number of rows it takes."""
    if not sheet.title:
        return 0
    page.merge_range(0, 0, 0, len(sheet.header) - 1, sheet.title, workbook.add_format(_TITLE))
    page.set_row(0, 32)
    return 1


def _write_value(page: Any, row: int, column: int, value: Value, text: Any, day: Any) -> None:
    match value:
        case None:
            return
        case str():
            page.write_string(row, column, value, text)
        case date():
            page.write_datetime(row, column, value, day)
        case _:
            page.write_number(row, column, value)


def _width(text: str) -> int:
    """The columns a text takes; a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
