"""All branches of the organisation: for each the mean, the spread round it, and how many are rated."""

from __future__ import annotations

from decimal import Decimal

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.charts.facts import BranchStanding, Overview
from bot.charts.frame import Scale, footer, heading, shown

_ROW = 28
_NAME_WIDEST = 112
_PLOT_RIGHT = 274
_MEAN_RIGHT = 322
_RIGHT = style.WIDTH - style.MARGIN
_STEPS = (Decimal(5), Decimal(10), Decimal(20), Decimal(25), Decimal(50), Decimal(100), Decimal(250))


def draw_overview(facts: Overview) -> bytes:
    """The overview as a PNG."""
    return compose(facts).png()


def compose(facts: Overview) -> Canvas:
    """The overview as a sheet that is ready to be drawn."""
    canvas = Canvas()
    y = heading(canvas, facts.title, facts.subtitle)
    y = _legend(canvas, y + 4, facts)
    scale, step = _scale(facts)
    y += 14
    _columns(canvas, y - 8, facts, scale, step)
    bottom = y + _ROW * len(facts.branches)
    _grid(canvas, y, bottom, scale, step)
    if facts.mean is not None:
        x = scale.x(facts.mean)
        canvas.line([(x, y), (x, bottom)], style.RED, 1, (3, 2))
    for number, branch in enumerate(facts.branches):
        _row(canvas, y + _ROW * (number + 0.5), branch, scale, facts.words.not_rated)
    footer(canvas, bottom, facts.footer)
    return canvas


def _scale(facts: Overview) -> tuple[Scale, Decimal]:
    """From a round number under the lowest to the full points, or over the highest; with the step of its grid."""
    lows = [branch.low for branch in facts.branches if branch.low is not None]
    highs = [branch.high for branch in facts.branches if branch.high is not None]
    lowest, highest = min(lows, default=Decimal(0)), max([facts.full, *highs])
    step = next((step for step in _STEPS if (highest - lowest) / step <= 4), _STEPS[-1])
    names = max((font.width(font.writable(branch.name), style.BODY) for branch in facts.branches), default=0)
    left = style.MARGIN + min(max(names, 46), _NAME_WIDEST) + 14
    low, high = lowest // step * step, -(-highest // step) * step
    return Scale(left, _PLOT_RIGHT - left, low, high), step


def _legend(canvas: Canvas, y: float, facts: Overview) -> float:
    x = float(style.MARGIN)
    canvas.dot(x + 5, y, 4.5, style.NAVY)
    x = _label(canvas, x + 15, y, facts.words.mean)
    canvas.bar(x, y - 4, 22, 8, style.BLUE)
    x = _label(canvas, x + 27, y, facts.words.spread)
    if facts.mean is not None:
        canvas.line([(x, y), (x + 20, y)], style.RED, 1.2, (3, 2))
        _label(canvas, x + 25, y, facts.words.organisation_mean)
    return y + 19


def _label(canvas: Canvas, x: float, y: float, words: str) -> float:
    canvas.text(x, y, words, style.SMALL, style.MUTED)
    return x + font.width(font.writable(words), style.SMALL) + 16


def _columns(canvas: Canvas, y: float, facts: Overview, scale: Scale, step: Decimal) -> None:
    """The numbers of the grid and the names of the two columns of figures."""
    mark = scale.low
    while mark <= scale.high:
        canvas.text(scale.x(mark), y, str(mark), 11, style.MUTED, "center")
        mark += step
    canvas.text(_MEAN_RIGHT, y, facts.words.mean, 11, style.MUTED, "right")
    canvas.text(_RIGHT, y, facts.words.completion, 11, style.MUTED, "right")


def _grid(canvas: Canvas, top: float, bottom: float, scale: Scale, step: Decimal) -> None:
    mark = scale.low
    while mark <= scale.high:
        canvas.bar(scale.x(mark) - 0.35, top, 0.7, bottom - top, style.HAIRLINE)
        mark += step


def _row(canvas: Canvas, y: float, branch: BranchStanding, scale: Scale, not_rated: str) -> None:
    if branch.own:
        canvas.bar(8, y - _ROW / 2, style.WIDTH - 16, _ROW, style.OWN_BAND)
        canvas.bar(8, y - _ROW / 2, 4, _ROW, style.RED)
    name = font.shortened(font.writable(branch.name), style.BODY, scale.left - 14 - style.MARGIN)
    canvas.text(style.MARGIN, y, name, style.BODY)
    canvas.text(_RIGHT, y, f"{branch.rated}/{branch.entitled}", 13, style.MUTED, "right")
    if branch.mean is None or branch.low is None or branch.high is None:
        canvas.text(_MEAN_RIGHT, y, not_rated, style.SMALL, style.MUTED, "right")
        return
    left, right = scale.x(branch.low), scale.x(branch.high)
    canvas.bar(left, y - 4, max(right - left, 1), 8, style.BLUE)
    canvas.dot(scale.x(branch.mean), y, 5.2, style.PAPER)
    canvas.dot(scale.x(branch.mean), y, 4.2, style.NAVY)
    canvas.text(_MEAN_RIGHT, y, shown(branch.mean), style.BODY, style.INK, "right")
