"""The words of a roster's cells become offices, categories and states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from bot.domain.people import Category, MemberStatus, Office
from bot.sheets.faults import CellError, FaultCode
from bot.sheets.grid import Cell
from bot.sheets.header import plain_word
from bot.sheets.values import line_text
from bot.sheets.words import CATEGORIES, OFFICES, STATUSES

T = TypeVar("T")

_MAX_WORDS: Final = 100
_SEPARATORS = re.compile(r"[、，,;；/+＋兼]")


def _index(words: Mapping[T, tuple[str, ...]]) -> Mapping[str, T]:
    return {plain_word(word): meaning for meaning, spellings in words.items() for word in spellings}


_OFFICES: Final = _index(OFFICES)
_CATEGORIES: Final = _index(CATEGORIES)
_STATUSES: Final = _index(STATUSES)


def offices_of(cell: Cell) -> tuple[Office, ...]:
    """The offices a cell names, each once, in its order; offices without a part in the scoring are left out.

    Raises CellError at the first unknown word.
    """
    words = [word.strip() for word in _SEPARATORS.split(line_text(cell, _MAX_WORDS))]
    meanings = [_meaning(word, _OFFICES, FaultCode.UNKNOWN_OFFICE) for word in words if plain_word(word)]
    return tuple(dict.fromkeys(office for office in meanings if office is not None))


def category_of(cell: Cell) -> Category:
    """The category a cell names, STAFF if it is empty. Raises CellError."""
    word = line_text(cell, _MAX_WORDS)
    return _meaning(word, _CATEGORIES, FaultCode.UNKNOWN_CATEGORY) if word else Category.STAFF


def status_of(cell: Cell) -> MemberStatus:
    """The state a cell names, ACTIVE if it is empty. Raises CellError."""
    word = line_text(cell, _MAX_WORDS)
    return _meaning(word, _STATUSES, FaultCode.UNKNOWN_STATUS) if word else MemberStatus.ACTIVE


def _meaning(word: str, known: Mapping[str, T], code: FaultCode) -> T:
    try:
        return known[plain_word(word)]
    except KeyError as error:
        raise CellError(code, word) from error
