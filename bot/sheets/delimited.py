"""CSV and "Unicode text" as Excel saves them become a table."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.grid import Cell, CellKind, Table
from bot.sheets.limits import MAX_COLUMNS, MAX_ROWS

DELIMITERS = ",;\t"
_SAMPLE_ROWS = 20
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?\r?\n', re.IGNORECASE)


def read_delimited(data: bytes) -> Table:
    """Read comma, semicolon or tab separated text; a cell that begins with = is a formula, as Excel would take it.

    Raises SheetError.
    """
    text = decode(data)
    announced = _SEPARATOR_LINE.match(text)
    delimiter = announced[1] if announced else _guess_delimiter(text)
    skipped = 1 if announced else 0
    rows: list[dict[int, Cell]] = []
    for number, record in enumerate(_records(text, delimiter), start=1):
        if len(rows) >= MAX_ROWS:
            raise SheetError(SheetCode.TOO_MANY_ROWS, MAX_ROWS)
        if number > skipped and (cells := _cells(number, record)):
            rows.append(cells)
    return Table("", tuple(rows))


def decode(data: bytes) -> str:
    """The text of a file from Excel: a byte order mark decides, else UTF-8, else GB18030."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif data.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise SheetError(SheetCode.UNREADABLE_TEXT)


def _guess_delimiter(text: str) -> str:
    """The delimiter that cuts most of the top rows to one width; a comma if none does."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> int:
    """How many cuts the commonest width among the top rows accounts for."""
    try:
        widths = Counter(len(record) for record in islice(_records(text, delimiter), _SAMPLE_ROWS))
    except SheetError:
        return 0
    return max(((width - 1) * rows for width, rows in widths.items() if width), default=0)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SheetError(SheetCode.BROKEN) from error


def _cells(row: int, record: list[str]) -> dict[int, Cell]:
    if len(record) > MAX_COLUMNS and any(text.strip() for text in record[MAX_COLUMNS:]):
        raise SheetError(SheetCode.TOO_MANY_COLUMNS, MAX_COLUMNS)
    return {
        column: Cell(row, column, CellKind.FORMULA if text.startswith("=") else CellKind.TEXT, text)
        for column, text in enumerate(record[:MAX_COLUMNS], start=1)
        if text.strip()
    }
