"""Looks through the XML of a workbook for what its fast reader does not say or would not survive.

That reader gives values only, without telling a formula from a number, and it reserves whatever memory the file claims
to need: a cell at XFD1048576 or a false count of strings takes the whole process with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import NoReturn
from xml.parsers import expat

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.limits import MAX_COLUMNS, MAX_ROWS
from bot.sheets.package import WORKBOOK_PART

Attributes = dict[str, str]
Place = tuple[int, int]

_RELATIONS_PART = "xl/_rels/workbook.xml.rels"
_COUNT = re.compile(r"\d{1,8}")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_CONTENT = frozenset({"v", "is", "f"})
_SPREADING = frozenset({"array", "dataTable"})
_MOST_FORMULAS = 1_000_000


@dataclass(slots=True)
class SheetOutline:
    """Which cells of a sheet are computed (or hold an error); places are (row, column) from 1."""

    formulas: set[Place] = field(default_factory=set)
    _row: int = 0
    _column: int = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the next element of the sheet."""
        tag = _local(name)
        if tag == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif tag == "c":
            self._enter_cell(attributes)
        elif tag in _CONTENT:
            self._enter_content(tag, attributes)

    def _enter_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])
        else:
            self._column += 1
        if attributes.get("t") == "e":
            self.formulas.add((self._row, self._column))

    def _enter_content(self, tag: str, attributes: Attributes) -> None:
        if self._row > MAX_ROWS:
            raise SheetError(SheetCode.TOO_MANY_ROWS, MAX_ROWS)
        if self._column > MAX_COLUMNS:
            raise SheetError(SheetCode.TOO_MANY_COLUMNS, MAX_COLUMNS)
        if tag == "f":
            self.formulas.add((self._row, self._column))
            if attributes.get("t") in _SPREADING:
                self._enter_range(attributes.get("ref", ""))

    def _enter_range(self, reference: str) -> None:
        """Only the first cell of an array formula says so; the others look like plain values."""
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if len(self.formulas) + max(0, bottom - top + 1) * max(0, right - left + 1) > _MOST_FORMULAS:
            raise SheetError(SheetCode.BROKEN)
        self.formulas.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def outline(content: bytes) -> SheetOutline:
    """Where a worksheet has formulas; SheetError if it is broken or too large."""
    found = SheetOutline()
    _parse(content, found.start)
    return found


def check_claims(content: bytes) -> None:
    """Refuse a part that claims more strings than it has bytes; SheetError.

    Only UTF-8 is let through, so that the claim cannot hide from the search for its name.
    """
    if b"\0" in content:
        raise SheetError(SheetCode.BROKEN)
    if b"uniqueCount" not in content:
        return

    def start(_name: str, attributes: Attributes) -> None:
        if _number(attributes.get("uniqueCount", "0")) > len(content):
            raise SheetError(SheetCode.BROKEN)

    _parse(content, start)


def sheet_part(parts: dict[str, bytes], sheet: str) -> str:
    """The name of the part that holds this sheet; SheetError if there is none."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def enter_sheet(name: str, attributes: Attributes) -> None:
        if _local(name) == "sheet":
            ids[attributes.get("name", "")] = next((v for k, v in attributes.items() if _local(k) == "id"), "")

    def enter_relation(name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(parts[WORKBOOK_PART], enter_sheet)
    _parse(parts.get(_RELATIONS_PART, b""), enter_relation)
    part = normpath(join("xl", targets.get(ids.get(sheet, ""), ""))).lstrip("/")
    if part not in parts:
        raise SheetError(SheetCode.BROKEN)
    return part


def _parse(content: bytes, start: Callable[[str, Attributes], None]) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise SheetError(SheetCode.BROKEN) from error


def _refuse_doctype(*_declaration: object) -> NoReturn:
    raise SheetError(SheetCode.BROKEN)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _number(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise SheetError(SheetCode.BROKEN)
    return int(text)


def _place(address: str) -> Place:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise SheetError(SheetCode.BROKEN)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
