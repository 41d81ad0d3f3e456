"""公示海报: a branch's quarter on one A3 sheet for the wall, whether it has five members or sixty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from bot.charts.papers.typeset import Data, pdf, tenth

ROOM_MM = 246.0
"""How high the table may be, so that heading and notes keep their places."""
ROWS_A_COLUMN = 20
MOST_COLUMNS = 3
HIGHEST_ROW_MM = 18.0
FULL_BAR = Decimal(100)
"""How many points fill a bar, unless somebody has more."""


@dataclass(frozen=True, slots=True)
class PosterRow:
    """One member as the wall shows him; without a name he is nobody in particular."""

    rank: str
    name: str
    points: Decimal
    parts: tuple[Decimal, ...]
    on_red_list: bool


@dataclass(frozen=True, slots=True)
class PosterNote:
    """Something to know, under a heading of its own."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """One branch; all texts are in the reader's language."""

    title: str
    organisation: str
    heading: str
    """Such as "2026年第4季度积分公示"."""
    dates: str
    """From when to when it is on show."""
    end: str
    """Until when one may object, said largest."""
    red_list: str
    """What the mark of the red list says."""
    red_names: str
    """The red list in one line, where it is shown; empty otherwise."""
    columns: tuple[str, str, str]
    """What stands above rank, name and points."""
    parts: tuple[str, ...]
    rows: tuple[PosterRow, ...]
    not_rated: str
    notes: tuple[PosterNote, ...]
    footer: str


def posters(sheets: tuple[Poster, ...]) -> bytes:
    """The sheets as a PDF, one A3 page a branch."""
    return pdf("poster", {"title": sheets[0].heading, "sheets": [_sheet(one) for one in sheets]})


def _sheet(one: Poster) -> Data:
    columns = min(MOST_COLUMNS, max(1, math.ceil(len(one.rows) / ROWS_A_COLUMN)))
    high = max(1, math.ceil(len(one.rows) / columns))
    scale = max((row.points for row in one.rows), default=FULL_BAR)
    rows = [_row(row, max(scale, FULL_BAR)) for row in one.rows]
    return {
        "title": one.title, "organisation": one.organisation, "heading": one.heading, "dates": one.dates,
        "end": one.end, "red_list": one.red_list, "red_names": one.red_names, "columns": list(one.columns),
        "parts": list(one.parts),
        "row_um": round(min(HIGHEST_ROW_MM, ROOM_MM / (high + 1)) * 1000),
        "blocks": [rows[start : start + high] for start in range(0, len(rows), high)],
        "not_rated": one.not_rated,
        "notes": [{"heading": note.heading, "lines": list(note.lines)} for note in one.notes],
        "footer": one.footer,
    }  # fmt: skip


def _row(row: PosterRow, scale: Decimal) -> Data:
    return {
        "rank": row.rank, "name": row.name, "points": tenth(row.points), "red": row.on_red_list,
        "parts": [round(max(Decimal(0), part) / scale * 1000) for part in row.parts],
    }  # fmt: skip
