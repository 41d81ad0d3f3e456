"""All branches of the organisation: for each the mean, the spread round it, and how many are rated."""

from __future__ import annotations

from decimal import Decimal

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.charts.facts import BranchStanding, Overview
from bot.charts.frame import RIGHT, ROW, Scale, footer, heading, name, name_room, own_row, round_below, shown
from bot.charts.render import png

_NAME_WIDEST = 122
_PLOT_RIGHT = 266
_MEAN_RIGHT = 321
_STEPS = tuple(Decimal(step) for step in (5, 10, 20, 25, 50, 100, 250))


def draw_overview(facts: Overview) -> bytes:
    """The overview as a PNG."""
    return png(compose(facts))


def compose(facts: Overview) -> Canvas:
    """The overview as a sheet that is ready to be rendered."""
    canvas = Canvas()
    top = _legend(canvas, heading(canvas, facts.title, facts.subtitle) + 4, facts) + 14
    bottom = top + ROW * len(facts.branches)
    scale = _plot(canvas, top, bottom, facts)
    canvas.text(_MEAN_RIGHT, top - 8, facts.words.mean, style.TINY, style.MUTED, "right")
    canvas.text(RIGHT, top - 8, facts.words.completion, style.TINY, style.MUTED, "right")
    for number, branch in enumerate(facts.branches):
        _row(canvas, top + ROW * (number + 0.5), branch, scale, facts.words.not_rated)
    footer(canvas, bottom, facts.footer)
    return canvas


def _legend(canvas: Canvas, y: float, facts: Overview) -> float:
    canvas.dot(style.MARGIN + 5, y, 4.2, style.NAVY)
    x = _label(canvas, style.MARGIN + 15, y, facts.words.mean)
    canvas.bar(x, y - 4, 22, 8, style.BLUE)
    x = _label(canvas, x + 27, y, facts.words.spread)
    if facts.mean is not None:
        canvas.line([(x, y), (x + 20, y)], style.RED, 1, (3, 2))
        _label(canvas, x + 25, y, facts.words.organisation_mean)
    return y + 19


def _label(canvas: Canvas, x: float, y: float, words: str) -> float:
    canvas.text(x, y, words, style.SMALL, style.MUTED)
    return x + font.width(font.writable(words), style.SMALL) + 16


def _plot(canvas: Canvas, top: float, bottom: float, facts: Overview) -> Scale:
    """The grid of points and the line of the mean, from a round number under the lowest to full or the highest."""
    lowest = min((branch.low for branch in facts.branches if branch.low is not None), default=Decimal(0))
    highest = max([facts.full, *(branch.high for branch in facts.branches if branch.high is not None)])
    step = next((step for step in _STEPS if (highest - lowest) / step <= 4), _STEPS[-1])
    left = style.MARGIN + name_room([branch.name for branch in facts.branches], _NAME_WIDEST) + 14
    scale = Scale(left, _PLOT_RIGHT - left, round_below(lowest, step), highest)
    for mark in scale.marks(step):
        canvas.bar(scale.x(mark) - 0.35, top, 0.7, bottom - top, style.HAIRLINE)
        canvas.text(scale.x(mark), top - 8, str(mark), style.TINY, style.MUTED, "center")
    if facts.mean is not None:
        canvas.line([(scale.x(facts.mean), top), (scale.x(facts.mean), bottom)], style.RED, 1, (3, 2))
    return scale


def _row(canvas: Canvas, y: float, branch: BranchStanding, scale: Scale, not_rated: str) -> None:
    if branch.own:
        own_row(canvas, y)
    name(canvas, style.MARGIN, y, branch.name, scale.left - 14 - style.MARGIN, bold=branch.own)
    complete = branch.rated >= branch.entitled
    colour = style.MUTED if complete else style.CLAY
    canvas.text(RIGHT, y, f"{branch.rated}/{branch.entitled}", 13, colour, "right", bold=not complete)
    if branch.mean is None or branch.low is None or branch.high is None:
        canvas.text(_MEAN_RIGHT, y, not_rated, style.SMALL, style.MUTED, "right")
        return
    left, right = scale.x(branch.low), scale.x(branch.high)
    canvas.bar(left, y - 4, max(right - left, 1), 8, style.BLUE)
    canvas.dot(scale.x(branch.mean), y, 5.4, style.PAPER)
    canvas.dot(scale.x(branch.mean), y, 4.2, style.NAVY)
    canvas.text(_MEAN_RIGHT, y, shown(branch.mean), style.BODY, style.INK, "right", bold=branch.own)
