"""What the fast reader of workbooks does not say: which cells are computed, and which are shown with leading zeros.

How far the sheet reaches is checked here too, for that reader reserves the whole rectangle up to the last cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.limits import MAX_COLUMNS, MAX_ROWS
from bot.sheets.markup import Attributes, Place, number, parse, place

_CONTENT: Final = frozenset({"v", "is", "f"})
_SPREADING: Final = frozenset({"array", "dataTable"})
_MOST_FORMULAS: Final = 1_000_000
_ZEROS: Final = re.compile(r"0{2,15}")


@dataclass(slots=True)
class Outline:
    """The cells of a sheet that are computed (or hold an error), and those that show a number with leading zeros.

    Places are (row, column) from 1; `padded` gives the number of digits shown.
    """

    padded_styles: Mapping[str, int]
    formulas: set[Place] = field(default_factory=set)
    padded: dict[Place, int] = field(default_factory=dict)
    _row: int = 0
    _column: int = 0

    def enter(self, name: str, attributes: Attributes) -> None:
        """Take the next element of the sheet."""
        if name == "row":
            self._row = number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "c":
            self._enter_cell(attributes)
        elif name in _CONTENT:
            self._enter_content(name, attributes)

    def _enter_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            self._row, self._column = place(attributes["r"])
        else:
            self._column += 1
        if attributes.get("t") == "e":
            self.formulas.add((self._row, self._column))
        if digits := self.padded_styles.get(attributes.get("s", "")):
            self.padded[self._row, self._column] = digits

    def _enter_content(self, name: str, attributes: Attributes) -> None:
        if self._row > MAX_ROWS:
            raise SheetError(SheetCode.TOO_MANY_ROWS, MAX_ROWS)
        if self._column > MAX_COLUMNS:
            raise SheetError(SheetCode.TOO_MANY_COLUMNS, MAX_COLUMNS)
        if name == "f":
            self.formulas.add((self._row, self._column))
            if attributes.get("t") in _SPREADING:
                self._enter_range(attributes.get("ref", ""))

    def _enter_range(self, reference: str) -> None:
        """Only the first cell of an array formula says so; the others look like plain values."""
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = place(first), place(last or first)
        if len(self.formulas) + max(0, bottom - top + 1) * max(0, right - left + 1) > _MOST_FORMULAS:
            raise SheetError(SheetCode.BROKEN)
        self.formulas.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def outline(sheet: bytes, styles: bytes) -> Outline:
    """The outline of a worksheet; SheetError if it is broken or too large."""
    found = Outline(_padded_styles(styles))
    parse(sheet, found.enter)
    return found


def _padded_styles(content: bytes) -> Mapping[str, int]:
    """The styles, by their number, that show numbers like 007, and with how many digits."""
    digits: dict[str, int] = {}
    formats: list[str] = []
    inside = ""

    def enter(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name == "numFmt" and _ZEROS.fullmatch(code := attributes.get("formatCode", "")):
            digits[attributes.get("numFmtId", "")] = len(code)
        elif name in {"cellXfs", "cellStyleXfs"}:
            inside = name
        elif name == "xf" and inside == "cellXfs":
            formats.append(attributes.get("numFmtId", ""))

    if content:
        parse(content, enter)
    return {str(style): digits[name] for style, name in enumerate(formats) if name in digits}
