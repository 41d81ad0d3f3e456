"""One member's picture: total and rank large, the dimensions against the branch, the parts, twelve months as a line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.charts import font, style
from bot.charts.canvas import Canvas
from bot.charts.curve import draw_months
from bot.charts.facts import DimensionPoints, Portrait
from bot.charts.frame import RIGHT, Scale, footer, heading, shown
from bot.charts.render import png

_ROW = 30
_BAR = 12
_LABEL = 14
_LABEL_WIDEST = 110
_GAP = 12
_HUGE = 46
_RANK_LEFT = style.WIDTH / 2 + 20
_NOTHING = "–"
_BONUS_TRACK = Decimal(10)
"""A part without a limit is drawn against ten points, so that a bonus is seen and not overrated."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the bars of a section begin and end, and where its points end."""

    bar_left: float
    bar_right: float
    figures_right: float


def draw_portrait(facts: Portrait) -> bytes:
    """The portrait as a PNG."""
    return png(compose(facts))


def compose(facts: Portrait) -> Canvas:
    """The portrait as a sheet that is ready to be rendered."""
    canvas = Canvas()
    y = heading(canvas, facts.name, facts.subtitle)
    y = _figures(canvas, y + 8, facts)
    if facts.dimensions:
        y = _dimensions(canvas, y, facts)
    if facts.parts:
        y = _parts(canvas, y, facts)
    if facts.months:
        y = draw_months(canvas, _section(canvas, y, facts.words.months), facts)
    footer(canvas, y, facts.footer)
    return canvas


def _figures(canvas: Canvas, y: float, facts: Portrait) -> float:
    """The total on the left and the rank on the right, as large as the phone allows."""
    canvas.text(style.MARGIN, y + 6, facts.words.total, style.SMALL, style.MUTED)
    canvas.text(_RANK_LEFT, y + 6, facts.words.rank, style.SMALL, style.MUTED)
    if facts.total is None:
        words = font.shortened(font.writable(facts.words.not_rated), 30, _RANK_LEFT - style.MARGIN - 10)
        canvas.text(style.MARGIN, y + 42, words, 30, style.MUTED)
    else:
        canvas.text(style.MARGIN, y + 42, shown(facts.total), _HUGE, bold=True)
    if facts.rank is None:
        canvas.text(_RANK_LEFT, y + 42, _NOTHING, 30, style.MUTED)
    else:
        rank = str(facts.rank)
        canvas.text(_RANK_LEFT, y + 42, rank, _HUGE, bold=True)
        canvas.text(_RANK_LEFT + font.width(rank, _HUGE) + 6, y + 50, f"/ {facts.rated}", 20, style.MUTED)
    if facts.vetoed:
        canvas.text(style.MARGIN, y + 80, facts.words.vetoed, style.BODY, style.RED, bold=True)
        return y + 102
    return y + 82


def _section(canvas: Canvas, y: float, title: str) -> float:
    canvas.bar(style.MARGIN, y, RIGHT - style.MARGIN, 0.7, style.HAIRLINE)
    canvas.text(style.MARGIN, y + 20, title, style.HEADING, bold=True)
    return y + 36


def _dimensions(canvas: Canvas, y: float, facts: Portrait) -> float:
    _legend(canvas, y + 20, facts)
    y = _section(canvas, y, facts.words.dimensions)
    columns = _columns([(dimension.label, dimension.points, dimension.full) for dimension in facts.dimensions])
    for dimension in facts.dimensions:
        _dimension(canvas, y + _ROW / 2, dimension, columns)
        y += _ROW
    return y + 12


def _legend(canvas: Canvas, y: float, facts: Portrait) -> None:
    """What bar and mark mean, at the right end of the heading's line; nothing where there is no mean to compare."""
    if all(dimension.branch_mean is None for dimension in facts.dimensions):
        return
    x = RIGHT - font.width(font.writable(facts.words.branch_mean), style.SMALL)
    canvas.text(x, y, facts.words.branch_mean, style.SMALL, style.MUTED)
    canvas.bar(x - 9, y - 7, 3, 14, style.INK)
    x -= 25 + font.width(font.writable(facts.words.own), style.SMALL)
    canvas.text(x, y, facts.words.own, style.SMALL, style.MUTED)
    canvas.bar(x - 15, y - 5, 10, 10, style.OWN)


def _dimension(canvas: Canvas, y: float, dimension: DimensionPoints, columns: _Columns) -> None:
    """The member's bar, and the branch's mean as a mark across it."""
    scale = _bar(canvas, y, dimension.label, dimension.points, dimension.full, columns, style.OWN)
    if dimension.branch_mean is not None:
        x = scale.x(dimension.branch_mean)
        canvas.bar(x - 2.5, y - 10, 5, 20, style.PAPER)
        canvas.bar(x - 1.5, y - 9, 3, 18, style.INK)


def _parts(canvas: Canvas, y: float, facts: Portrait) -> float:
    y = _section(canvas, y, facts.words.parts)
    columns = _columns([(part.label, part.points, part.full) for part in facts.parts])
    for part, colour in zip(facts.parts, style.PARTS, strict=False):
        _bar(canvas, y + _ROW / 2, part.label, part.points, part.full, columns, colour)
        y += _ROW
    return y + 12


def _columns(rows: list[tuple[str, Decimal | None, Decimal | None]]) -> _Columns:
    """Columns as wide as the widest label, points and full points of a section need."""
    labels = max(font.width(font.writable(label), _LABEL) for label, _, _ in rows)
    figures = max(font.width(_points(points), style.BODY) for _, points, _ in rows)
    fulls = max(font.width(_out_of(full), style.SMALL) for _, _, full in rows)
    left, figures_right = style.MARGIN + min(labels, _LABEL_WIDEST) + _GAP, RIGHT - fulls
    return _Columns(left, figures_right - figures - _GAP, figures_right)


def _points(points: Decimal | None) -> str:
    return _NOTHING if points is None else shown(points)


def _out_of(full: Decimal | None) -> str:
    return "" if full is None else f" / {shown(full).removesuffix('.0')}"


def _bar(
    canvas: Canvas, y: float, label: str, points: Decimal | None, full: Decimal | None, columns: _Columns, colour: str
) -> Scale:
    """Label, bar on its track, and "points / full"; returns the scale of the bar."""
    left, known = columns.bar_left, points or Decimal(0)
    high = max(_BONUS_TRACK, known) if full is None else full
    scale = Scale(left, columns.bar_right - left, Decimal(0), high)
    canvas.text(style.MARGIN, y, font.shortened(font.writable(label), _LABEL, left - _GAP - style.MARGIN), _LABEL)
    if full is not None:
        canvas.bar(left, y - _BAR / 2, scale.width, _BAR, style.TRACK)
        canvas.text(RIGHT, y, _out_of(full), style.SMALL, style.MUTED, "right")
    if known > 0:
        canvas.bar(left, y - _BAR / 2, scale.x(known) - left, _BAR, colour)
    canvas.text(columns.figures_right, y, _points(points), style.BODY, style.INK, "right")
    return scale
