"""Finds the header row of a table, wherever the office put it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.sheets.faults import Fault, FaultCode
from bot.sheets.grid import Cell, Table

_SEARCHED_ROWS = 20
_LEAST_KNOWN = 3
_NOISE = re.compile(r"[\s_*:：-]|\(.*?\)")

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header row: the number of each column by its own name, the rows below it, and what is wrong with it."""

    columns: Mapping[str, int]
    body: tuple[dict[int, Cell], ...]
    faults: tuple[Fault, ...]


def find_header(table: Table, words: Words) -> Header | None:
    """The first of the top rows that names at least three of the columns (title rows stand above it), or None.

    `words` gives each column's name and its other spellings; extra columns are left alone.
    """
    known = {plain_word(word): name for name, others in words.items() for word in (name, *others)}
    for index, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        named = [(known[plain], cell) for cell in row.values() if (plain := plain_word(cell.text)) in known]
        if len({name for name, _ in named}) >= min(_LEAST_KNOWN, len(words)):
            return _header(named, words, table.rows[index + 1 :])
    return None


def plain_word(text: str) -> str:
    """A word without what offices decorate it with: width, case, spaces, stars, colons, brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _header(named: list[tuple[str, Cell]], words: Words, body: tuple[dict[int, Cell], ...]) -> Header:
    places: dict[str, Cell] = {}
    faults = []
    for name, cell in named:
        first = places.setdefault(name, cell)
        if first is not cell:
            code = FaultCode.DUPLICATE_COLUMN
            faults.append(Fault(cell.row, name, cell.address, code, cell.text, first.address))
    row = named[0][1].row
    faults += [Fault(row, name, "", FaultCode.MISSING_COLUMN) for name in words if name not in places]
    return Header({name: cell.column for name, cell in places.items()}, body, tuple(faults))
