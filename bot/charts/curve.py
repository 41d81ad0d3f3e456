"""The line of a portrait's months, broken where a month does not count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.charts import style
from bot.charts.canvas import Canvas, Point
from bot.charts.facts import Portrait
from bot.charts.frame import RIGHT, Scale, round_below, shown

_HEIGHT = 110
_LEFT = style.MARGIN + 28
_ROOM_BELOW = Decimal(5)


def draw_months(canvas: Canvas, y: float, facts: Portrait) -> float:
    """Draw the months' points from y down, with the line of the rule set; returns where the next thing may begin."""
    y += 16
    known = [month.points for month in facts.months if month.points is not None]
    up = _upwards(known, facts)
    bottom = y + _HEIGHT
    _grid(canvas, bottom, up, facts.line)
    step = (RIGHT - _LEFT) / len(facts.months)
    places: list[Point | None] = []
    for number, month in enumerate(facts.months):
        x = _LEFT + step * (number + 0.5)
        canvas.text(x, bottom + 15, month.label, style.TINY, style.MUTED, "center")
        places.append(None if month.points is None else (x, bottom - up.x(month.points)))
    _curve(canvas, places)
    drawn = [place for place in places if place]
    if drawn:
        x, height = drawn[-1]
        canvas.text(min(x, RIGHT - 14), height - 14, shown(known[-1]), 13, style.OWN, "center", bold=True)
    return bottom + 26


def _upwards(known: list[Decimal], facts: Portrait) -> Scale:
    """The scale from bottom to top: from a ten below the lowest of all that is drawn to the full points or more."""
    drawn = [*known, *([] if facts.line is None else [facts.line])]
    lowest = min(drawn, default=Decimal(0))
    room_below = _ROOM_BELOW if lowest > _ROOM_BELOW else Decimal(0)
    return Scale(0, _HEIGHT, round_below(lowest - room_below, Decimal(10)), max([facts.full, *known]))


def _grid(canvas: Canvas, bottom: float, up: Scale, line: Decimal | None) -> None:
    """The two ends of the scale, unless the number of the line needs their place, and the line."""
    for mark in (up.low, up.high):
        canvas.bar(_LEFT, bottom - up.x(mark) - 0.35, RIGHT - _LEFT, 0.7, style.HAIRLINE)
        if line is None or abs(up.x(mark) - up.x(line)) > style.TINY:
            canvas.text(_LEFT - 6, bottom - up.x(mark), f"{mark:.0f}", style.TINY, style.MUTED, "right")
    if line is not None:
        height = bottom - up.x(line)
        canvas.line([(_LEFT, height), (RIGHT, height)], style.RED, 1, (3, 2))
        canvas.text(_LEFT - 6, height, shown(line).removesuffix(".0"), style.TINY, style.RED, "right")


def _curve(canvas: Canvas, places: Sequence[Point | None]) -> None:
    """Dots, joined where month follows month, so that a lone month is seen as well."""
    run: list[Point] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
            canvas.dot(*place, 3.6, style.OWN)
            continue
        if len(run) > 1:
            canvas.line(run, style.OWN, 2)
        run = []
