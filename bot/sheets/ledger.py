"""The ledger 台账 as a workbook: a cover that says what it is, then one line an entry, written as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

# A tuple of the heading in both languages, and the width of the column in characters.
COLUMNS: Final = (
    ("序号\nNo.", 8), ("时间\nTime", 20), ("事项\nEvent", 18), ("期间\nPeriod", 14), ("支部\nBranch", 18),
    ("党员\nMember", 12), ("工号\nStaff no.", 12), ("经办\nBy", 12), ("项目\nItem", 20), ("原分值\nPoints before", 10),
    ("现分值\nPoints after", 10), ("理由\nReason", 40), ("说明\nDetails", 48), ("积分细则版本\nRule version", 20),
    ("哈希\nHash", 68),
)  # fmt: skip
_MOST_ROWS: Final = 1_000_000
_OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEADER: Final = {"bold": True, "bg_color": "#F2F2F2", "bottom": 1, "align": "center", "valign": "vcenter",
                  "text_wrap": True}  # fmt: skip
COVER_NAME, SHEET_NAME = "说明 About", "台账 Ledger"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry in words, in the order of the columns; `at` is the wall-clock time of the organisation's zone."""

    seq: int
    at: datetime | None
    event: str
    period: str
    branch: str
    member: str
    staff_no: str
    by: str
    item: str
    before: Decimal | None
    after: Decimal | None
    reason: str
    details: str
    rules: str
    hash: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first sheet says: a title, lines of a name and a value, and whether the chain is whole."""

    title: str
    lines: Sequence[tuple[str, str | int | datetime]]
    verdict: str
    whole: bool


class LedgerBook:
    """Takes rows as they come and keeps none of them; what people wrote stays text and is never computed."""

    def __init__(self, target: Path | BytesIO, created_at: datetime) -> None:
        self._book = Workbook(target if isinstance(target, BytesIO) else str(target), _OPTIONS)
        self._book.set_properties({"created": created_at})
        self._cover = self._book.add_worksheet(COVER_NAME)
        self._text = self._book.add_format({"num_format": "@", "valign": "top"})
        self._wrapped = self._book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._instant = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top", "align": "left"})
        self._points = self._book.add_format({"num_format": "0.00", "valign": "top"})
        self._whole = self._book.add_format({"num_format": "0", "valign": "top", "align": "left"})
        self._sheets: list[Any] = []
        self._row = _MOST_ROWS
        self.rows = 0

    def add(self, rows: Iterable[LedgerRow]) -> None:
        """Write these rows below the ones before; a full sheet is followed by another."""
        for row in rows:
            if self._row >= _MOST_ROWS:
                self._next_sheet()
            self._row += 1
            self.rows += 1
            for column, value in enumerate(astuple(row)):
                self._write(self._sheets[-1], self._row, column, value)

    def finish(self, cover: Cover) -> None:
        """Write the cover and end the file."""
        if not self._sheets:
            self._next_sheet()
        self._end_sheet()
        self._write_cover(cover)
        self._book.close()

    def _next_sheet(self) -> None:
        if self._sheets:
            self._end_sheet()
        page = self._book.add_worksheet(SHEET_NAME if not self._sheets else f"{SHEET_NAME} {len(self._sheets) + 1}")
        page.freeze_panes(1, 1)
        page.set_row(0, 34)
        header = self._book.add_format(_HEADER)
        for column, (heading, width) in enumerate(COLUMNS):
            page.set_column(column, column, width)
            page.write_string(0, column, heading, header)
        self._sheets.append(page)
        self._row = 0

    def _end_sheet(self) -> None:
        self._sheets[-1].autofilter(0, 0, self._row, len(COLUMNS) - 1)

    def _write(self, page: Any, row: int, column: int, value: object) -> None:
        match value:
            case None | "":
                return
            case str():
                page.write_string(row, column, value, self._text)
            case datetime():
                page.write_datetime(row, column, value, self._instant)
            case Decimal():
                page.write_number(row, column, value, self._points)
            case int():
                page.write_number(row, column, value, self._whole)

    def _write_cover(self, cover: Cover) -> None:
        page = self._cover
        page.hide_gridlines(2)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 84)
        page.write_string(0, 0, cover.title, self._book.add_format({"bold": True, "font_size": 16}))
        for row, (name, value) in enumerate(cover.lines, start=2):
            page.write_string(row, 0, name, self._text)
            match value:
                case str():
                    page.write_string(row, 1, value, self._wrapped)
                case _:
                    self._write(page, row, 1, value)
        colour = "#1B7F3B" if cover.whole else "#C00000"
        verdict = self._book.add_format({"bold": True, "font_color": colour, "text_wrap": True, "valign": "top"})
        page.write_string(len(cover.lines) + 3, 1, cover.verdict, verdict)
