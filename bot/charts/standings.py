"""The ranking of a branch: rank, name, a bar split by part, points; who is not rated stands apart, without a bar."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.charts.facts import Standing, Standings
from bot.charts.frame import RIGHT, ROW, Scale, footer, heading, legend, name, name_room, own_row, shown
from bot.charts.render import png

_RANK_RIGHT = 40
_NAME_LEFT = 50
_NAME_WIDEST = 124
_GAP = 10
_BAR = 12


def draw_standings(facts: Standings) -> bytes:
    """The ranking as a PNG."""
    return png(compose(facts))


def compose(facts: Standings) -> Canvas:
    """The ranking as a sheet that is ready to be rendered."""
    canvas = Canvas()
    rated = [(row, row.points) for row in facts.rows if row.points is not None]
    apart = [row for row in facts.rows if row.points is None]
    y = heading(canvas, facts.title, facts.subtitle)
    if rated:
        y = _ranking(canvas, y, facts, rated)
    if apart:
        y = _apart(canvas, y, facts.words.not_rated, apart)
    footer(canvas, y, facts.footer)
    return canvas


def _ranking(canvas: Canvas, y: float, facts: Standings, rated: list[tuple[Standing, Decimal]]) -> float:
    """The rows with their bars, under the legend of the parts that somebody has points in, and the line."""
    columns = zip_longest(*(row.parts for row, _ in rated), fillvalue=Decimal(0))
    used = [(part, colour) for part, colour, sums in zip(facts.parts, style.PARTS, columns, strict=False) if any(sums)]
    if used:
        y = legend(canvas, y + 4, used)
    scale = _scale(facts.full, rated)
    y += 14
    if facts.line is not None:
        x = scale.x(facts.line)
        canvas.text(x, y - 8, facts.words.line, style.TINY, style.RED, "center")
        canvas.line([(x, y), (x, y + ROW * len(rated))], style.RED, 1, (3, 2))
    for row, points in rated:
        _row(canvas, y + ROW / 2, row, points, scale)
        y += ROW
    return y


def _scale(full: Decimal, rated: list[tuple[Standing, Decimal]]) -> Scale:
    """The bars lie between the widest name and the widest points, and end at full or, with a bonus, at the highest."""
    left = _NAME_LEFT + name_room([row.name for row, _ in rated], _NAME_WIDEST) + _GAP
    right = RIGHT - max(font.width(shown(points), style.BODY) for _, points in rated) - _GAP
    return Scale(left, right - left, Decimal(0), max(full, *(points for _, points in rated)))


def _row(canvas: Canvas, y: float, row: Standing, points: Decimal, scale: Scale) -> None:
    if row.own:
        own_row(canvas, y)
    if row.rank is not None:
        canvas.text(_RANK_RIGHT, y, str(row.rank), style.BODY, style.MUTED, "right")
    _name(canvas, y, row, scale.left - _GAP - _NAME_LEFT)
    canvas.bar(scale.left, y - _BAR / 2, scale.width, _BAR, style.TRACK)
    for left, right, colour in _segments(row.parts or (points,), points, scale):
        canvas.bar(left, y - _BAR / 2, right - left, _BAR, colour)
    canvas.text(RIGHT, y, shown(points), style.BODY, style.INK, "right", bold=row.own)


def _segments(parts: tuple[Decimal, ...], points: Decimal, scale: Scale) -> Iterator[tuple[float, float, str]]:
    """Left edge, right edge and colour of each part; what a cap has cut off the points is cut off the last parts."""
    reached = Decimal(0)
    for part, colour in zip(parts, style.PARTS, strict=False):
        until = max(reached, min(reached + part, points))
        if until > reached:
            yield scale.x(reached), scale.x(until), colour
        reached = until


def _name(canvas: Canvas, y: float, row: Standing, room: float) -> None:
    """The name, and a note in smaller type under it."""
    if not row.note:
        name(canvas, _NAME_LEFT, y, row.name, room, bold=row.own)
        return
    called, note = font.writable(row.name), font.writable(row.note)
    canvas.text(_NAME_LEFT, y - 6, font.shortened(called, 13, room), 13, bold=row.own)
    canvas.text(_NAME_LEFT, y + 8, font.shortened(note, style.TINY, room), style.TINY, style.MUTED)


def _apart(canvas: Canvas, y: float, title: str, rows: list[Standing]) -> float:
    """Those who are not rated, under a heading of their own."""
    y += 24
    canvas.text(_NAME_LEFT, y, title, style.SMALL, style.MUTED)
    canvas.bar(_NAME_LEFT, y + 11, RIGHT - _NAME_LEFT, 0.7, style.HAIRLINE)
    y += 14
    for row in rows:
        if row.own:
            own_row(canvas, y + ROW / 2)
        note = font.shortened(font.writable(row.note), style.SMALL, 110)
        taken = font.width(note, style.SMALL)
        name(canvas, _NAME_LEFT, y + ROW / 2, row.name, RIGHT - _NAME_LEFT - 12 - taken, bold=row.own)
        canvas.text(RIGHT, y + ROW / 2, note, style.SMALL, style.MUTED, "right")
        y += ROW
    return y
