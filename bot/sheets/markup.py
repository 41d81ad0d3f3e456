"""Reads the XML of a workbook element by element, with nothing in it that could do harm."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import join, normpath
from typing import Final, NoReturn
from xml.parsers import expat

from bot.sheets.faults import SheetCode, SheetError
from bot.sheets.package import WORKBOOK_PART

Attributes = dict[str, str]
Place = tuple[int, int]

_RELATIONS_PART: Final = "xl/_rels/workbook.xml.rels"
_NUMBER: Final = re.compile(r"\d{1,8}")
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def parse(content: bytes, start: Callable[[str, Attributes], None]) -> None:
    """Call `start` with the name, without its prefix, and the attributes of each element; SheetError if broken."""
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise SheetError(SheetCode.BROKEN) from error


def check_claims(content: bytes) -> None:
    """Refuse a part that claims more strings than it has bytes; SheetError.

    The fast reader reserves the memory that is claimed, and takes the whole process with it when there is not so much.
    It reads UTF-8 only, so the claim cannot hide from the search for its name.
    """
    if b"uniqueCount" not in content:
        return

    def start(_name: str, attributes: Attributes) -> None:
        if number(attributes.get("uniqueCount", "0")) > len(content):
            raise SheetError(SheetCode.BROKEN)

    parse(content, start)


def sheet_part(parts: dict[str, bytes], sheet: str) -> str:
    """The name of the part that holds this sheet; SheetError if there is none."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def enter_sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            ids[attributes.get("name", "")] = relation

    def enter_relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parse(parts[WORKBOOK_PART], enter_sheet)
    parse(parts.get(_RELATIONS_PART, b""), enter_relation)
    part = normpath(join("xl", targets.get(ids.get(sheet, ""), ""))).lstrip("/")
    if part not in parts:
        raise SheetError(SheetCode.BROKEN)
    return part


def number(text: str) -> int:
    """A count or an index of at most eight digits; SheetError."""
    if not _NUMBER.fullmatch(text):
        raise SheetError(SheetCode.BROKEN)
    return int(text)


def place(address: str) -> Place:
    """The row and the column, from 1, of an address such as B7; SheetError."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise SheetError(SheetCode.BROKEN)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _refuse_doctype(*_declaration: object) -> NoReturn:
    raise SheetError(SheetCode.BROKEN)
