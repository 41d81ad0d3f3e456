"""Makes spreadsheets for the tests, as an office and its programs would."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from bot.sheets.faults import Fault, RosterFaults
from bot.sheets.roster import Roster, RosterRow, read_roster
from bot.sheets.table import read_table

TODAY = date(2026, 1, 15)
HEADER = ("工号", "姓名", "支部", "党内职务", "人员类别", "入党日期", "状态")
SHEET_PART = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is computed; `shown` is what Excel stored as its value."""

    text: str
    shown: object = 0


def person(**changes: object) -> list[object]:
    """A faultless row, with these columns changed."""
    usual = dict(
        zip(HEADER, ("000101", "张伟", "公司业务部党支部", "党员", "在职", date(2005, 7, 1), "在册"), strict=True)
    )
    return list((usual | changes).values())


def xlsx(rows: Sequence[Sequence[object]], edit: Callable[[Workbook, object], None] | None = None) -> bytes:
    """A workbook of one sheet; `edit` may do more to it."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy/m/d"})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                match value:
                    case Formula():
                        sheet.write_formula(row, column, value.text, None, value.shown)
                    case date():
                        sheet.write_datetime(row, column, value, day)
                    case _:
                        sheet.write(row, column, value)
        if edit is not None:
            edit(workbook, sheet)
    return buffer.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one of its parts rewritten by hand."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return buffer.getvalue()


def csv_text(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    """The rows as Excel writes them to a CSV file."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def read(*rows: Sequence[object], header: Sequence[object] = HEADER) -> Roster:
    """The roster of a workbook with these rows under the header."""
    return read_roster(read_table(xlsx([header, *rows]), "党员名册.xlsx"), TODAY)


def read_one(**changes: object) -> RosterRow:
    """The one person of a workbook with this row."""
    (row,) = read(person(**changes)).rows
    return row


def faults_of(*rows: Sequence[object], header: Sequence[object] = HEADER) -> tuple[Fault, ...]:
    """What the reader has against a workbook with these rows under the header."""
    try:
        read(*rows, header=header)
    except RosterFaults as refusal:
        return refusal.faults
    return ()


def fault_of(**changes: object) -> Fault:
    """The one fault of a workbook with this row in row 2."""
    (fault,) = faults_of(person(**changes))
    return fault
