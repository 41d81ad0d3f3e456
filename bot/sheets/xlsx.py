"""An XLSX workbook becomes the table of its first visible sheet with content."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Final

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.grid import Cell, CellKind, Table
from bot.sheets.markup import check_claims, sheet_part
from bot.sheets.outline import Outline, outline
from bot.sheets.package import repack, unpack

_STYLES_PART: Final = "xl/styles.xml"


def read_xlsx(data: bytes) -> Table:
    """Read the first visible worksheet that is not empty; a cell merged downwards stands in each of its rows.

    Raises SheetError.
    """
    parts = unpack(data)
    for content in parts.values():
        check_claims(content)
    with told_as_broken():
        return _read(parts)


@contextlib.contextmanager
def told_as_broken() -> Iterator[None]:
    """Turn whatever the fast reader says of a damaged workbook into a SheetError."""
    try:
        yield
    except (CalamineError, ValueError, OverflowError) as error:
        raise SheetError(SheetCode.BROKEN) from error
    except BaseException as error:
        # A panic of the Rust reader (a time span of 1e300 days, say) is no Exception in Python.
        if type(error).__name__ == "PanicException":
            raise SheetError(SheetCode.BROKEN) from error
        raise


def _read(parts: dict[str, bytes]) -> Table:
    with load_workbook(BytesIO(repack(parts))) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
                marks = outline(parts[sheet_part(parts, sheet.name)], parts.get(_STYLES_PART, b""))
                if rows := _rows(workbook.get_sheet_by_name(sheet.name), marks):
                    return Table(sheet.name, rows)
    return Table("", ())


def _rows(sheet: CalamineSheet, marks: Outline) -> tuple[dict[int, Cell], ...]:
    rows: dict[int, dict[int, Cell]] = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = (_cell(row, column, value, marks) for column, value in enumerate(values, start=1))
        if kept := {cell.column: cell for cell in cells if cell.kind is not CellKind.EMPTY}:
            rows[row] = kept
    _fill_down(rows, sheet.merged_cell_ranges or ())
    return tuple(rows.values())


def _fill_down(rows: dict[int, dict[int, Cell]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeat a merged cell in the rows below it that hold anything else (a branch written once beside its members).

    Ranges that overlap are a damaged file's; the first of them counts.
    """
    filled: dict[int, int] = {}
    for (top, left), (bottom, _right) in sorted(merged):
        anchor = rows.get(top + 1, {}).get(left + 1)
        if anchor is None or top <= filled.get(left, -1):
            continue
        filled[left] = bottom
        for row in range(top + 2, min(bottom + 1, max(rows)) + 1):
            if row in rows:
                rows[row][anchor.column] = Cell(row, anchor.column, anchor.kind, anchor.value)


def _cell(row: int, column: int, value: object, marks: Outline) -> Cell:
    if (row, column) in marks.formulas:
        return Cell(row, column, CellKind.FORMULA, str(value))
    match value:
        case "" | None:
            return Cell(row, column, CellKind.EMPTY, None)
        case bool():
            return Cell(row, column, CellKind.TEXT, str(value).upper())
        case int() | float():
            return _number(row, column, value, marks.padded.get((row, column)))
        case datetime():
            return Cell(row, column, CellKind.DATE, value.date())
        case date():
            return Cell(row, column, CellKind.DATE, value)
        case _:
            return Cell(row, column, CellKind.TEXT, str(value))


def _number(row: int, column: int, value: float, digits: int | None) -> Cell:
    """A number with the fifteen digits that Excel keeps; one that is shown as 007 is the text 007."""
    exact = Decimal(f"{value:.15g}")
    if digits is not None and value >= 0 and value.is_integer():
        return Cell(row, column, CellKind.TEXT, f"{exact:f}".zfill(digits))
    return Cell(row, column, CellKind.NUMBER, exact)
