"""The ranking of a branch: rank, name, a bar split by part, points; who is not rated stands apart, without a bar."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.charts.facts import Standing, Standings
from bot.charts.frame import Scale, footer, heading, legend, shown

_ROW = 28
_RANK_RIGHT = 40
_NAME_LEFT = 50
_NAME_WIDEST = 124
_POINTS_LEFT = 326
_RIGHT = style.WIDTH - style.MARGIN


def draw_standings(facts: Standings) -> bytes:
    """The ranking as a PNG."""
    return compose(facts).png()


def compose(facts: Standings) -> Canvas:
    """The ranking as a sheet that is ready to be drawn."""
    canvas = Canvas()
    rated = [row for row in facts.rows if row.points is not None]
    apart = [row for row in facts.rows if row.points is None]
    y = heading(canvas, facts.title, facts.subtitle)
    if rated:
        y = _ranking(canvas, y, facts, rated)
    if apart:
        y = _apart(canvas, y, facts.words.not_rated, apart)
    footer(canvas, y, facts.footer)
    return canvas


def _ranking(canvas: Canvas, y: float, facts: Standings, rows: list[Standing]) -> float:
    """The rows with bars under the legend, and the line through them."""
    if any(row.parts for row in rows):
        y = legend(canvas, y + 4, facts.parts, style.PARTS)
    scale = _scale(facts, rows)
    y += 14
    if facts.line is not None:
        x = scale.x(facts.line)
        canvas.text(x, y - 8, facts.words.line, 11, style.RED, "center")
        canvas.line([(x, y), (x, y + _ROW * len(rows))], style.RED, 1, (3, 2))
    for row in rows:
        _rated_row(canvas, y + _ROW / 2, row, scale)
        y += _ROW
    return y


def _scale(facts: Standings, rows: list[Standing]) -> Scale:
    """Bars begin right of the widest name and end at the full points, or at the highest where a bonus passes them."""
    widest = max(font.width(font.writable(row.name), style.BODY) for row in rows)
    left = _NAME_LEFT + min(max(widest, 46), _NAME_WIDEST) + 10
    highest = max(row.points for row in rows if row.points is not None)
    return Scale(left, _POINTS_LEFT - left, Decimal(0), max(facts.full, highest))


def _rated_row(canvas: Canvas, y: float, row: Standing, scale: Scale) -> None:
    if row.points is None:
        return
    _own(canvas, y, row)
    if row.rank is not None:
        canvas.text(_RANK_RIGHT, y, str(row.rank), style.BODY, style.MUTED, "right")
    _name(canvas, y, row, scale.left - 10 - _NAME_LEFT)
    canvas.bar(scale.left, y - 6, scale.width, 12, style.TRACK)
    for left, right, colour in _segments(row, row.points, scale):
        canvas.bar(left, y - 6, right - left, 12, colour)
    canvas.text(_RIGHT, y, shown(row.points), style.BODY, style.INK, "right")


def _segments(row: Standing, points: Decimal, scale: Scale) -> Iterator[tuple[float, float, str]]:
    """Left edge, right edge and colour of each part; what a cap has cut off the points is cut off the last parts."""
    reached = Decimal(0)
    for part, colour in zip(row.parts or (points,), style.PARTS, strict=False):
        until = min(reached + max(part, Decimal(0)), max(points, Decimal(0)))
        if until > reached:
            yield scale.x(reached), scale.x(until), colour
        reached = until


def _own(canvas: Canvas, y: float, row: Standing) -> None:
    """The reader's own row lies on a band with a red edge."""
    if row.own:
        canvas.bar(8, y - _ROW / 2, style.WIDTH - 16, _ROW, style.OWN_BAND)
        canvas.bar(8, y - _ROW / 2, 4, _ROW, style.RED)


def _name(canvas: Canvas, y: float, row: Standing, room: float) -> None:
    """The name; a long one in smaller type on two lines, and a note takes the second line."""
    name = font.writable(row.name)
    if row.note:
        canvas.text(_NAME_LEFT, y - 6, font.shortened(name, 13, room), 13)
        canvas.text(_NAME_LEFT, y + 8, font.shortened(font.writable(row.note), 11, room), 11, style.MUTED)
    elif font.width(name, style.BODY) <= room:
        canvas.text(_NAME_LEFT, y, name, style.BODY)
    else:
        lines = font.wrapped(name, style.SMALL, room, 2)
        for number, line in enumerate(lines):
            canvas.text(_NAME_LEFT, y + 13 * (number - (len(lines) - 1) / 2), line, style.SMALL)


def _apart(canvas: Canvas, y: float, title: str, rows: list[Standing]) -> float:
    """Those who are not rated, under a heading of their own."""
    y += 22
    canvas.text(style.MARGIN, y, title, style.SMALL, style.MUTED)
    y += 8
    for row in rows:
        y += _ROW
        middle = y - _ROW / 2
        _own(canvas, middle, row)
        note = font.writable(row.note)
        name = font.shortened(
            font.writable(row.name), style.BODY, _RIGHT - _NAME_LEFT - 12 - font.width(note, style.SMALL)
        )
        canvas.text(_NAME_LEFT, middle, name, style.BODY, style.INK)
        canvas.text(_RIGHT, middle, note, style.SMALL, style.MUTED, "right")
    return y
