"""Who would move by a new table: for each member a line from the points that were to the points that would be."""

from __future__ import annotations

from decimal import Decimal

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.charts.facts import Moved, Moves
from bot.charts.frame import RIGHT, ROW, Scale, footer, heading, name, name_room, round_below, shown
from bot.charts.render import png

_NAME_WIDEST = 150
_CHANGE = 52
_STEPS = tuple(Decimal(step) for step in (2, 5, 10, 20, 50))
_MOST_MARKS = 6


def draw_moves(facts: Moves) -> bytes:
    """The moves as a PNG."""
    return png(compose(facts))


def compose(facts: Moves) -> Canvas:
    """The moves as a sheet that is ready to be rendered."""
    canvas = Canvas()
    top = _legend(canvas, heading(canvas, facts.title, facts.subtitle) + 4, facts) + 14
    bottom = top + ROW * len(facts.rows)
    scale = _plot(canvas, top, bottom, facts)
    for number, row in enumerate(facts.rows):
        _row(canvas, top + ROW * (number + 0.5), row, scale)
    footer(canvas, bottom, facts.footer)
    return canvas


def _legend(canvas: Canvas, y: float, facts: Moves) -> float:
    x = float(style.MARGIN)
    for label, colour in ((facts.words.before, style.BLUE), (facts.words.after, style.NAVY)):
        canvas.dot(x + 5, y, 4.2, colour)
        canvas.text(x + 15, y, label, style.SMALL, style.MUTED)
        x += 31 + font.width(font.writable(label), style.SMALL)
    return y + 19


def _plot(canvas: Canvas, top: float, bottom: float, facts: Moves) -> Scale:
    """The grid under the rows, from a round number to the highest points, and the line."""
    values = [points for row in facts.rows for points in (row.before, row.after)]
    least, most = min(values, default=Decimal(0)), max(values, default=facts.line or Decimal(0))
    step = next((step for step in _STEPS if (most - least) / step < _MOST_MARKS), _STEPS[-1])
    lowest, highest = round_below(least, step), max(most, round_below(least, step) + step)
    left = style.MARGIN + name_room([row.name for row in facts.rows], _NAME_WIDEST) + 16
    scale = Scale(left, RIGHT - _CHANGE - left, lowest, highest)
    for mark in scale.marks(step):
        canvas.bar(scale.x(mark) - 0.35, top, 0.7, bottom - top, style.HAIRLINE)
        canvas.text(scale.x(mark), top - 8, str(mark), style.TINY, style.MUTED, "center")
    if facts.line is not None and lowest <= facts.line <= highest:
        x = scale.x(facts.line)
        canvas.line([(x, top), (x, bottom)], style.RED, 1, (3, 2))
    return scale


def _row(canvas: Canvas, y: float, row: Moved, scale: Scale) -> None:
    name(canvas, style.MARGIN, y, row.name, scale.left - 16 - style.MARGIN)
    before, after = scale.x(row.before), scale.x(row.after)
    canvas.bar(min(before, after), y - 1.5, max(abs(after - before), 0.5), 3, style.HAIRLINE)
    canvas.dot(before, y, 4.2, style.BLUE)
    canvas.dot(after, y, 5.4, style.PAPER)
    canvas.dot(after, y, 4.2, style.NAVY)
    change = row.after - row.before
    sign = "+" if change > 0 else "−" if change < 0 else ""
    colour = style.CLAY if change < 0 else style.INK
    canvas.text(RIGHT, y, f"{sign}{shown(abs(change))}", style.BODY, colour, "right")
