"""A rule set as an Excel workbook with a sheet a list, and as a workbook edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO

from python_calamine import SheetTypeEnum, load_workbook

from bot.errors import XianfengError
from bot.scoring.errors import RuleSetError
from bot.scoring.rows import ruleset_from_rows, ruleset_to_rows
from bot.scoring.ruleset import load_ruleset
from bot.scoring.table import RuleSet
from bot.scoring.writing import ruleset_to_yaml
from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.limits import MAX_BYTES, MAX_COLUMNS, MEBIBYTE
from bot.sheets.markup import check_claims
from bot.sheets.package import repack, unpack
from bot.sheets.workbook import Sheet, write_workbook
from bot.sheets.xlsx import told_as_broken

_ZIP = b"PK\x03\x04"
MAX_TEXT_BYTES = MEBIBYTE
_MOST_ROWS = 5_000


class TableFaultsError(XianfengError):
    """The file is no table; `cause` names every fault."""

    def __init__(self, cause: RuleSetError) -> None:
        super().__init__(str(cause))
        self.cause = cause


def read_ruleset(content: bytes, name: str) -> tuple[RuleSet, str]:
    """A table from YAML or a workbook, and its YAML (as it was written, where it was YAML).

    TableFaultsError or SheetError if it is none.
    """
    try:
        if is_workbook(content):
            rules = ruleset_from_workbook(content, name)
            return rules, ruleset_to_yaml(rules)
        text = _decoded(content)
        return load_ruleset(text, name), text
    except RuleSetError as error:
        raise TableFaultsError(error) from error


def _decoded(content: bytes) -> str:
    if len(content) > MAX_TEXT_BYTES:
        raise SheetError(SheetCode.TOO_LARGE, MAX_TEXT_BYTES // MEBIBYTE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(SheetCode.UNREADABLE_TEXT) from error


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are a workbook and not text."""
    return content.startswith(_ZIP)


def ruleset_to_workbook(rules: RuleSet, created_on: date) -> bytes:
    """The rule set as an XLSX file; every cell is text, so that Excel changes nothing by itself."""
    sheets = [
        Sheet(name, tuple(rows[0]), [[cell or None for cell in row] for row in rows[1:]])
        for name, rows in ruleset_to_rows(rules).items()
    ]
    return write_workbook(sheets, created_on)


def ruleset_from_workbook(content: bytes, name: str) -> RuleSet:
    """The rule set of such a workbook; SheetError if it is no workbook, RuleSetError with row and column otherwise."""
    if len(content) > MAX_BYTES:
        raise SheetError(SheetCode.TOO_LARGE, MAX_BYTES // MEBIBYTE)
    if not is_workbook(content):
        raise SheetError(SheetCode.UNKNOWN_FORMAT)
    parts = unpack(content)
    for part in parts.values():
        check_claims(part)
    return ruleset_from_rows(_sheets(parts), name)


def _sheets(parts: Mapping[str, bytes]) -> dict[str, list[list[object]]]:
    with told_as_broken(), load_workbook(BytesIO(repack(dict(parts)))) as workbook:
        names = [one.name for one in workbook.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        sheets = {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    for rows in sheets.values():
        if len(rows) > _MOST_ROWS:
            raise SheetError(SheetCode.TOO_MANY_ROWS, _MOST_ROWS)
        if rows and len(rows[0]) > MAX_COLUMNS:
            raise SheetError(SheetCode.TOO_MANY_COLUMNS, MAX_COLUMNS)
    return {name: [[_plain(cell) for cell in row] for row in rows] for name, rows in sheets.items()}


def _plain(cell: object) -> object:
    """A cell with the fifteen digits that Excel keeps, so that 0.1 is a tenth."""
    return Decimal(f"{cell:.15g}") if isinstance(cell, float) and not cell.is_integer() else cell
