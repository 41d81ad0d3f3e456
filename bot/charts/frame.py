"""What all pictures share: heading, legend, footer, and how points are written and laid on a scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.scoring.points import round_half_up

_TENTH = Decimal("0.1")


def shown(points: Decimal) -> str:
    """Points with exactly one decimal, half up, so that the numbers of a column stand under each other."""
    return f"{round_half_up(points, _TENTH):f}"


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


def heading(canvas: Canvas, title: str, subtitle: str) -> float:
    """Write title and subtitle, each on two lines at most; returns where the next thing may begin."""
    room = style.WIDTH - 2 * style.MARGIN
    canvas.bar(style.MARGIN, 20, 30, 3.5, style.RED)
    y = 43.0
    for line in font.wrapped(font.writable(title), style.TITLE, room, 2):
        canvas.text(style.MARGIN, y, line, style.TITLE)
        y += style.TITLE * 1.35
    y -= 3
    for line in font.wrapped(font.writable(subtitle), style.SMALL, room, 2) if subtitle else ():
        canvas.text(style.MARGIN, y, line, style.SMALL, style.MUTED)
        y += style.SMALL * 1.5
    return y + 4


def legend(canvas: Canvas, y: float, labels: Sequence[str], colours: Iterable[str]) -> float:
    """Write a row of coloured squares with labels, going on to further rows where needed; returns where it ends."""
    x = float(style.MARGIN)
    for label, colour in zip(labels, colours, strict=False):
        words = font.writable(label)
        step = 15 + font.width(words, style.SMALL)
        if x > style.MARGIN and x + step > style.WIDTH - style.MARGIN:
            x, y = style.MARGIN, y + 19
        canvas.bar(x, y - 5, 10, 10, colour)
        canvas.text(x + 15, y, words, style.SMALL, style.MUTED)
        x += step + 16
    return y + 19


def footer(canvas: Canvas, y: float, words: str) -> None:
    """Write the footer under a hairline and close the sheet below it."""
    room = style.WIDTH - 2 * style.MARGIN
    y += 8
    if words:
        canvas.bar(style.MARGIN, y, room, 0.7, style.HAIRLINE)
        y += 16
    for line in font.wrapped(font.writable(words), style.SMALL, room, 3) if words else ():
        canvas.text(style.MARGIN, y, line, style.SMALL, style.MUTED)
        y += style.SMALL * 1.5
    canvas.height = y + 8
