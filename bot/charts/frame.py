"""What all pictures share: heading, legend, names, footer, the reader's own row, and how points lie on a scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.scoring.points import round_half_up

ROW = 28
RIGHT = style.WIDTH - style.MARGIN
_ROOM = RIGHT - style.MARGIN
_TENTH = Decimal("0.1")


def shown(points: Decimal) -> str:
    """Points with exactly one decimal, half up, so that the numbers of a column stand under each other."""
    return f"{round_half_up(points, _TENTH):f}"


def round_below(points: Decimal, step: Decimal) -> Decimal:
    """The highest multiple of the step that is not above the points, which may be negative."""
    return floor(points / step) * step


@dataclass(frozen=True, slots=True)
class Scale:
    """Where points lie between x = `left` and `left + width`; what lies outside is drawn at the edge."""

    left: float
    width: float
    low: Decimal
    high: Decimal

    def x(self, points: Decimal) -> float:
        """The place of so many points."""
        share = (points - self.low) / (self.high - self.low) if self.high > self.low else Decimal(0)
        return self.left + self.width * float(min(max(share, Decimal(0)), Decimal(1)))

    def marks(self, step: Decimal) -> Iterator[Decimal]:
        """The marks of a grid, from the low end on."""
        mark = self.low
        while mark <= self.high:
            yield mark
            mark += step


def heading(canvas: Canvas, title: str, subtitle: str) -> float:
    """Write title and subtitle, each on two lines at most; returns where the next thing may begin."""
    canvas.bar(style.MARGIN, 20, 30, 3.5, style.RED)
    y = 43.0
    for line in font.wrapped(font.writable(title), style.TITLE, _ROOM, 2):
        canvas.text(style.MARGIN, y, line, style.TITLE, bold=True)
        y += style.TITLE * 1.35
    y -= 3
    for line in _paragraph(subtitle, 2):
        canvas.text(style.MARGIN, y, line, style.SMALL, style.MUTED)
        y += style.SMALL * 1.5
    return y + 6


def legend(canvas: Canvas, y: float, entries: Iterable[tuple[str, str]]) -> float:
    """Write a row of squares with their labels, on further rows where needed; returns where the next may begin."""
    x = float(style.MARGIN)
    for label, colour in entries:
        step = 31 + font.width(font.writable(label), style.SMALL)
        if x > style.MARGIN and x + step > RIGHT + 16:
            x, y = style.MARGIN, y + 19
        canvas.bar(x, y - 5, 10, 10, colour)
        canvas.text(x + 15, y, label, style.SMALL, style.MUTED)
        x += step
    return y + 19


def own_row(canvas: Canvas, y: float) -> None:
    """Mark the row whose middle is at y as the reader's own: a band with a red edge."""
    canvas.bar(8, y - ROW / 2, style.WIDTH - 16, ROW, style.OWN_BAND)
    canvas.bar(8, y - ROW / 2, 4, ROW, style.RED)


def name(canvas: Canvas, x: float, y: float, words: str, room: float, *, bold: bool = False) -> None:
    """Write a name; one that is too long goes on two lines in smaller type."""
    words = font.writable(words)
    if font.fits(words, style.BODY, room):
        canvas.text(x, y, words, style.BODY, bold=bold)
        return
    lines = font.wrapped(words, style.SMALL, room, 2)
    for number, line in enumerate(lines):
        canvas.text(x, y + 13 * (number - (len(lines) - 1) / 2), line, style.SMALL, bold=bold)


def name_room(names: Sequence[str], widest: float) -> float:
    """How much room a column of names needs, but no more than `widest`, and at least that of three characters."""
    needed = max((font.width(font.writable(words), style.BODY) for words in names), default=0)
    return min(max(needed, 3 * style.BODY), widest)


def footer(canvas: Canvas, y: float, words: str) -> None:
    """Write the footer under a hairline and close the sheet below it."""
    lines = _paragraph(words, 3)
    if lines:
        canvas.bar(style.MARGIN, y + 8, _ROOM, 0.7, style.HAIRLINE)
        y += 25
    for line in lines:
        canvas.text(style.MARGIN, y, line, style.SMALL, style.MUTED)
        y += style.SMALL * 1.5
    canvas.height = y + 10


def _paragraph(words: str, lines: int) -> tuple[str, ...]:
    writable = font.writable(words)
    return font.wrapped(writable, style.SMALL, _ROOM, lines) if writable else ()
