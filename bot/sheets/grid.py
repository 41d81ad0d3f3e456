"""A sheet as cells that know their place, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CellKind(StrEnum):
    """What a cell holds; FORMULA also stands for an error value, for neither can be trusted."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `row` and `column` count from 1, `value` is of the kind's type (None if EMPTY)."""

    row: int
    column: int
    kind: CellKind
    value: str | Decimal | date | None

    @property
    def address(self) -> str:
        """Its place as Excel writes it: B7."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The value as a person would read it; numbers plainly, dates as 2005-07-01."""
        if isinstance(self.value, Decimal):
            return f"{self.value:f}"
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet that hold anything, each as its non-empty cells by column number."""

    name: str
    rows: tuple[dict[int, Cell], ...]


def column_letters(column: int) -> str:
    """Excel's letters of a column counted from 1: 2 is B, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
