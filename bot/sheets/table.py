"""The bytes of a spreadsheet become a table, whichever of the usual programs wrote them."""

from __future__ import annotations

from bot.sheets.delimited import read_delimited
from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.grid import Cell, CellKind, Table
from bot.sheets.limits import MAX_BYTES, MEBIBYTE
from bot.sheets.xlsx import read_xlsx

__all__ = ["Cell", "CellKind", "Table", "read_table"]

_ZIP = b"PK\x03\x04"
_OLD_OR_PROTECTED = b"\xd0\xcf\x11\xe0"
_TEXT_NAMES = (".csv", ".txt", ".tsv")


def read_table(data: bytes, filename: str) -> Table:
    """Read XLSX by its content, and CSV, TXT or TSV by their name.

    Raises SheetError: 5 MB, 100,000 rows and 64 columns are the most.
    """
    if not data:
        raise SheetError(SheetCode.EMPTY_FILE)
    if len(data) > MAX_BYTES:
        raise SheetError(SheetCode.TOO_LARGE, MAX_BYTES // MEBIBYTE)
    if data.startswith(_ZIP):
        return read_xlsx(data)
    if data.startswith(_OLD_OR_PROTECTED):
        raise SheetError(SheetCode.OLD_OR_PROTECTED)
    if filename.lower().endswith(_TEXT_NAMES):
        return read_delimited(data)
    raise SheetError(SheetCode.UNKNOWN_FORMAT)
