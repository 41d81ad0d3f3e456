"""What one cell of a roster says: a text, a staff number, a day; or the fault that it carries."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from bot.sheets.faults import CellError, FaultCode
from bot.sheets.grid import Cell, CellKind

MAX_STAFF_NO: Final = 32
MAX_NAME: Final = 40
MAX_BRANCH: Final = 60
FIRST_DAY: Final = date(1921, 7, 1)

_SHOWN = 40
_EXCEL_DIGITS = 15
_PASTED = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))
_DOTS = dict.fromkeys(map(ord, "\u2022\u2027\u22c5\u30fb\uff65"), "·")
_LOST = re.compile("[?？\ufffd\ue000-\uf8ff]")
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ANY_HAN = re.compile(f"[{_HAN}]")
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_STAFF_NO = re.compile(r"\w[\w./-]*")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:[-./年]\d{1,2}月?|年|\d{2})?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


def line_text(cell: Cell, longest: int) -> str:
    """One line of text as a clerk sees it: blanks trimmed, those that align Chinese characters removed.

    Raises CellError: formula, control or direction character, a character lost in saving, more than `longest`.
    """
    if cell.kind is CellKind.FORMULA:
        raise CellError(FaultCode.FORMULA)
    text = unicodedata.normalize("NFC", " ".join(cell.text.translate(_PASTED).split()))
    hidden = next((char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}), None)
    if hidden is not None:
        raise CellError(FaultCode.FORBIDDEN_CHARACTER, other=f"U+{ord(hidden):04X}")
    if _LOST.search(text):
        raise CellError(FaultCode.UNREADABLE_CHARACTER, text[:_SHOWN])
    if len(text) > longest:
        raise CellError(FaultCode.TOO_LONG, text[:_SHOWN], str(longest))
    return _BETWEEN_HAN.sub("", text)


def name_text(cell: Cell) -> str:
    """A person's name; every kind of middle dot, with blanks or without, becomes ·. Raises CellError."""
    text = line_text(cell, MAX_NAME).translate(_DOTS).replace(" ·", "·").replace("· ", "·")
    return _needed(text, FaultCode.EMPTY_NAME)


def branch_text(cell: Cell) -> str:
    """A branch's name in one spelling: 第１支部 (东) is 第1支部（东）. Raises CellError."""
    text = unicodedata.normalize("NFKC", line_text(cell, MAX_BRANCH)).replace("(", "（").replace(")", "）")
    return _needed(text.replace(" ", "") if _ANY_HAN.search(text) else text, FaultCode.EMPTY_BRANCH)


def staff_number(cell: Cell) -> str:
    """A staff number as text: "007" stays "007", full-width digits become plain. Raises CellError."""
    text = _needed(unicodedata.normalize("NFKC", line_text(cell, MAX_STAFF_NO)), FaultCode.EMPTY_STAFF_NO)
    if isinstance(cell.value, Decimal) and len(cell.value.as_tuple().digits) + _zeros(cell.value) > _EXCEL_DIGITS:
        raise CellError(FaultCode.STAFF_NO_LOST_DIGITS, text)
    if cell.kind is CellKind.DATE or not _STAFF_NO.fullmatch(text) or _is_fraction(cell.value):
        raise CellError(FaultCode.INVALID_STAFF_NO, text)
    return text


def past_day(cell: Cell, today: date) -> date | None:
    """A day from July 1921 to `today`, or None if the cell is empty. Raises CellError."""
    shown = line_text(cell, MAX_NAME)
    day = cell.value if isinstance(cell.value, date) else _day(unicodedata.normalize("NFKC", shown))
    if day is not None and day > today:
        raise CellError(FaultCode.FUTURE_DATE, shown)
    if day is not None and day < FIRST_DAY:
        raise CellError(FaultCode.IMPOSSIBLE_DATE, shown)
    return day


def _day(text: str) -> date | None:
    if not text:
        return None
    bare = _TIME.sub("", text).replace(" ", "")
    match = _DAY.fullmatch(bare) or _PLAIN_DAY.fullmatch(bare)
    if match is None:
        raise CellError(FaultCode.INCOMPLETE_DATE if _MONTH.fullmatch(bare) else FaultCode.INVALID_DATE, text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise CellError(FaultCode.IMPOSSIBLE_DATE, text) from error


def _needed(text: str, code: FaultCode) -> str:
    if not text:
        raise CellError(code)
    return text


def _zeros(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) and exponent > 0 else 0


def _is_fraction(value: object) -> bool:
    return isinstance(value, Decimal) and value != value.to_integral_value()
