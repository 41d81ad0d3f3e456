"""Rows of text in columns that stand straight in a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def columns(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines; the last column is not padded."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        _GAP.join(
            [text + " " * (width - cells(text)) for text, width in zip(row[:-1], widths, strict=False)] + [row[-1]]
        )
        for row in rows
    )


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text if not unicodedata.combining(char))
