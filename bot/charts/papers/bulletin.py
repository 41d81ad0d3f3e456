"""一季一通报 on one A4 page: figures, the spread of points, branches × dimensions as a heat map, and how to verify."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.charts import style
from bot.charts.papers.typeset import Data, pdf, tenth

ROOM_MM = 150.0
"""How high the heat map may be."""
HIGHEST_ROW_MM = 7.0
ROWS_A_BLOCK = 30
DARK_FROM = 0.74
"""From this shade on a value is written in white, before it in black: either stands out from every shade."""
_LIGHT = "#f2f5f9"


@dataclass(frozen=True, slots=True)
class Figure:
    """A heading with its most important number, and lines that say more."""

    heading: str
    value: str
    unit: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """The points of all members of one quarter: lowest, lower quartile, median, upper quartile, highest."""

    label: str
    low: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One branch: its mean in each dimension, its mean in all, and how that changed; None where nothing is rated."""

    branch: str
    values: tuple[Decimal | None, ...]
    mean: Decimal | None
    change: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The whole page; all texts are in the reader's language."""

    title: str
    organisation: str
    subtitle: str
    figures: tuple[Figure, ...]
    spread_heading: str
    spread_note: str
    spread: tuple[SpreadLine, ...]
    heat_heading: str
    heat_note: str
    columns: tuple[str, ...]
    """Above branch, each dimension, mean and change."""
    rows: tuple[HeatRow, ...]
    proof_heading: str
    proof: tuple[str, ...]


def bulletin(page: Bulletin) -> bytes:
    """The page as a PDF."""
    blocks = max(1, math.ceil(len(page.rows) / ROWS_A_BLOCK))
    high = max(1, math.ceil(len(page.rows) / blocks))
    rows = _rows(page.rows)
    return pdf(
        "bulletin",
        {
            "title": page.title, "organisation": page.organisation, "subtitle": page.subtitle,
            "figures": [
                {"heading": one.heading, "value": one.value, "unit": one.unit, "lines": list(one.lines)}
                for one in page.figures
            ],
            "spread_heading": page.spread_heading, "spread_note": page.spread_note, "spread": _spread(page.spread),
            "heat_heading": page.heat_heading, "heat_note": page.heat_note, "columns": list(page.columns),
            "row_um": round(min(HIGHEST_ROW_MM, ROOM_MM / (high + 1)) * 1000),
            "blocks": [rows[start : start + high] for start in range(0, len(rows), high)],
            "proof_heading": page.proof_heading, "proof": list(page.proof),
        },
    )  # fmt: skip


def _spread(lines: Sequence[SpreadLine]) -> list[Data]:
    """Each line with its five numbers, and where they stand between the lowest and the highest of all lines."""
    low = min((one.low for one in lines), default=Decimal(0))
    span = max((one.high for one in lines), default=Decimal(0)) - low
    found: list[Data] = []
    for one in lines:
        numbers = (one.low, one.lower, one.median, one.upper, one.high)
        at: list[Data] = [round((number - low) / span * 1000) if span else 500 for number in numbers]
        found.append({"label": one.label, "numbers": [tenth(number) for number in numbers], "at": at})
    return found


def _rows(rows: Sequence[HeatRow]) -> list[Data]:
    """Each value with its shade, from the lowest to the highest of its own column."""
    columns = list(zip(*((*row.values, row.mean) for row in rows), strict=True))
    ends = [_ends(column) for column in columns]
    return [
        {
            "branch": row.branch,
            "change": row.change,
            "cells": [_cell(value, *end) for value, end in zip((*row.values, row.mean), ends, strict=True)],
        }
        for row in rows
    ]


def _ends(column: Sequence[Decimal | None]) -> tuple[Decimal, Decimal]:
    rated = [value for value in column if value is not None]
    return min(rated, default=Decimal(0)), max(rated, default=Decimal(0))


def _cell(value: Decimal | None, low: Decimal, high: Decimal) -> Data:
    if value is None:
        return {"text": "–", "fill": style.PAPER, "ink": style.MUTED}
    share = float((value - low) / (high - low)) if high > low else 0.0
    ink = "#ffffff" if share >= DARK_FROM else "#000000"
    return {"text": tenth(value), "fill": shade(share), "ink": ink}


def shade(share: float) -> str:
    """The colour of a share from 0 to 1: from nearly white to navy, darker the higher, so that hue says nothing."""
    ends = zip(style.rgb(_LIGHT), style.rgb(style.NAVY), strict=True)
    return "#" + "".join(f"{round(light + (dark - light) * share):02x}" for light, dark in ends)
