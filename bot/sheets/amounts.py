"""What a cell of an export says as an amount: a number with or without its unit, or a stretch of time."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from bot.scoring.points import hundredths, round_half_up
from bot.sheets.faults import CellError, FaultCode
from bot.sheets.grid import Cell, CellKind
from bot.sheets.values import MAX_NAME, line_text

MOST: Final = Decimal(1_000_000)
_NOTHING: Final = {"-", "–", "—", "/", "无"}
_NUMBER = re.compile(r"(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s*(?:次|条|篇|门|个|分|积分|分钟)?")
_CLOCK = re.compile(r"(?:(\d+) days?, )?(\d+):(\d{2})(?::(\d{2})(?:\.\d+)?)?")
_SPOKEN = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:小时|时|h))?\s*(?:(\d+(?:\.\d+)?)\s*(?:分钟|分|min|m))?\s*(?:(\d+(?:\.\d+)?)\s*(?:秒|s))?"
)


def amount_centi(cell: Cell) -> int | None:
    """A number in hundredths; None for a dash. Raises CellError: not a number, below zero or above a million."""
    text = _plain(cell)
    if text in _NOTHING:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None or cell.kind is CellKind.DATE:
        raise CellError(FaultCode.NOT_A_NUMBER, text)
    return _within(Decimal(match[1].replace(",", "")), text)


def minutes_centi(cell: Cell, unit_s: int) -> int | None:
    """Minutes in hundredths, from 90, 1:30:00 or 1小时30分; a bare number is in units of `unit_s` seconds."""
    text = _plain(cell)
    if text in _NOTHING:
        return None
    if match := _CLOCK.fullmatch(text):
        days, hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
        return _within(days * 1440 + hours * 60 + minutes + seconds / 60, text)
    if (match := _SPOKEN.fullmatch(text)) and any(match.groups()):
        hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
        return _within(hours * 60 + minutes + seconds / 60, text)
    if (match := _NUMBER.fullmatch(text)) is None or cell.kind is CellKind.DATE:
        raise CellError(FaultCode.NOT_A_DURATION, text)
    return _within(Decimal(match[1].replace(",", "")) * unit_s / 60, text)


def _plain(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", line_text(cell, MAX_NAME)).strip()


def _within(amount: Decimal, text: str) -> int:
    if not 0 <= amount <= MOST:
        raise CellError(FaultCode.NUMBER_OUT_OF_RANGE, text, str(MOST))
    return hundredths(round_half_up(amount))
