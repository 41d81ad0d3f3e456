"""One member's picture: total and rank large, four dimensions against the branch, the parts, twelve months as a line."""

from __future__ import annotations

from decimal import Decimal

from bot.charts import font, style
from bot.charts.canvas import Canvas, Point
from bot.charts.facts import DimensionPoints, MonthPoints, PartPoints, Portrait
from bot.charts.frame import Scale, footer, heading, shown

_RIGHT = style.WIDTH - style.MARGIN
_ROW = 30
_FIGURES_LEFT = 286
_LABEL_WIDEST = 110
_NOTHING = "–"


def draw_portrait(facts: Portrait) -> bytes:
    """The portrait as a PNG."""
    return compose(facts).png()


def compose(facts: Portrait) -> Canvas:
    """The portrait as a sheet that is ready to be drawn."""
    canvas = Canvas()
    y = heading(canvas, facts.name, facts.subtitle)
    y = _figures(canvas, y + 6, facts)
    y = _dimensions(canvas, y, facts)
    y = _parts(canvas, y, facts)
    y = _months(canvas, y, facts)
    footer(canvas, y, facts.footer)
    return canvas


def _figures(canvas: Canvas, y: float, facts: Portrait) -> float:
    """The total on the left and the rank on the right, as large as the phone allows."""
    middle = style.WIDTH / 2 + 20
    canvas.text(style.MARGIN, y + 6, facts.words.total, style.SMALL, style.MUTED)
    canvas.text(middle, y + 6, facts.words.rank, style.SMALL, style.MUTED)
    if facts.total is None:
        canvas.text(style.MARGIN, y + 42, facts.words.not_rated, 30, style.MUTED)
    else:
        canvas.text(style.MARGIN, y + 42, shown(facts.total), 46)
    if facts.rank is None:
        canvas.text(middle, y + 42, _NOTHING, 46, style.MUTED)
    else:
        rank = str(facts.rank)
        canvas.text(middle, y + 42, rank, 46)
        canvas.text(middle + font.width(rank, 46) + 6, y + 50, f"/ {facts.rated}", 20, style.MUTED)
    if facts.vetoed:
        canvas.text(style.MARGIN, y + 76, facts.words.vetoed, style.BODY, style.RED)
        return y + 90
    return y + 70


def _section(canvas: Canvas, y: float, title: str) -> float:
    canvas.bar(style.MARGIN, y, _RIGHT - style.MARGIN, 0.7, style.HAIRLINE)
    canvas.text(style.MARGIN, y + 19, title, style.HEADING)
    return y + 34


def _labels_end(labels: list[str]) -> float:
    """Where the bars of a section begin: right of its widest label."""
    widest = max((font.width(font.writable(label), 14) for label in labels), default=0)
    return style.MARGIN + min(widest, _LABEL_WIDEST) + 12


def _dimensions(canvas: Canvas, y: float, facts: Portrait) -> float:
    if not facts.dimensions:
        return y
    top = y + 19
    y = _section(canvas, y, facts.words.dimensions)
    _pair_legend(canvas, top, facts)
    left = _labels_end([dimension.label for dimension in facts.dimensions])
    for dimension in facts.dimensions:
        _dimension(canvas, y + _ROW / 2, dimension, Scale(left, _FIGURES_LEFT - left, Decimal(0), dimension.full))
        y += _ROW
    return y + 10


def _pair_legend(canvas: Canvas, y: float, facts: Portrait) -> None:
    """What bar and mark mean, at the right end of the heading's line."""
    mean, own = font.writable(facts.words.branch_mean), font.writable(facts.words.own)
    x = _RIGHT - font.width(mean, style.SMALL)
    canvas.text(x, y, mean, style.SMALL, style.MUTED)
    canvas.bar(x - 9, y - 7, 3, 14, style.INK)
    x -= 9 + 16 + font.width(own, style.SMALL)
    canvas.text(x, y, own, style.SMALL, style.MUTED)
    canvas.bar(x - 15, y - 5, 10, 10, style.NAVY)


def _dimension(canvas: Canvas, y: float, dimension: DimensionPoints, scale: Scale) -> None:
    _bar(canvas, y, dimension.label, dimension.points, dimension.full, scale, style.NAVY)
    if dimension.branch_mean is not None:
        x = scale.x(dimension.branch_mean)
        canvas.bar(x - 2.5, y - 10, 5, 20, style.PAPER)
        canvas.bar(x - 1.5, y - 9, 3, 18, style.INK)


def _bar(
    canvas: Canvas, y: float, label: str, points: Decimal | None, full: Decimal | None, scale: Scale, colour: str
) -> None:
    """Label, bar on its track, and "points / full"."""
    room = scale.left - 12 - style.MARGIN
    canvas.text(style.MARGIN, y, font.shortened(font.writable(label), 14, room), 14)
    if full is not None:
        canvas.bar(scale.left, y - 6, scale.width, 12, style.TRACK)
    if points is not None and points > 0:
        canvas.bar(scale.left, y - 6, scale.x(points) - scale.left, 12, colour)
    out_of = "" if full is None else f" / {shown(full).removesuffix('.0')}"
    canvas.text(_RIGHT, y, out_of, style.SMALL, style.MUTED, "right")
    figure = _NOTHING if points is None else shown(points)
    canvas.text(_RIGHT - font.width(" / 100", style.SMALL), y, figure, style.BODY, style.INK, "right")


def _parts(canvas: Canvas, y: float, facts: Portrait) -> float:
    if not facts.parts:
        return y
    y = _section(canvas, y, facts.words.parts)
    left = _labels_end([part.label for part in facts.parts])
    for part, colour in zip(facts.parts, style.PARTS, strict=False):
        _bar(canvas, y + _ROW / 2, part.label, part.points, part.full, _part_scale(part, left), colour)
        y += _ROW
    return y + 10


def _part_scale(part: PartPoints, left: float) -> Scale:
    """A part without a limit is drawn against ten points, so that a bonus is seen and not overrated."""
    return Scale(left, _FIGURES_LEFT - left, Decimal(0), part.full or max(Decimal(10), part.points or Decimal(0)))


def _months(canvas: Canvas, y: float, facts: Portrait) -> float:
    if not facts.months:
        return y
    y = _section(canvas, y, facts.words.months) + 12
    height, left = 110, style.MARGIN + 26
    known = [month.points for month in facts.months if month.points is not None]
    marks = [*known, *([] if facts.line is None else [facts.line])]
    low = max(Decimal(0), (min(marks, default=Decimal(0)) - 5) // 10 * 10)
    across = Scale(0, height, low, max([facts.full, *known]))

    def down(points: Decimal) -> float:
        return y + height - across.x(points)

    for mark in (across.low, across.high):
        canvas.bar(left, down(mark), _RIGHT - left, 0.7, style.HAIRLINE)
        canvas.text(left - 6, down(mark), str(round(mark)), 11, style.MUTED, "right")
    if facts.line is not None:
        canvas.line([(left, down(facts.line)), (_RIGHT, down(facts.line))], style.RED, 1, (3, 2))
        canvas.text(left - 6, down(facts.line), shown(facts.line).removesuffix(".0"), 11, style.RED, "right")
    step = (_RIGHT - left) / len(facts.months)
    places = [left + step * (number + 0.5) for number in range(len(facts.months))]
    for month, x in zip(facts.months, places, strict=True):
        canvas.text(x, y + height + 14, month.label, 11, style.MUTED, "center")
    points = [
        None if month.points is None else (x, down(month.points)) for month, x in zip(facts.months, places, strict=True)
    ]
    _curve(canvas, points)
    _last_value(canvas, points, facts.months)
    return y + height + 24


def _curve(canvas: Canvas, points: list[Point | None]) -> None:
    """A line that is broken where a month does not count; each month is a dot, so that a lone one is seen."""
    run: list[Point] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
            canvas.dot(*point, 3.6, style.NAVY)
            continue
        if len(run) > 1:
            canvas.line(run, style.NAVY, 2)
        run = []


def _last_value(canvas: Canvas, points: list[Point | None], months: tuple[MonthPoints, ...]) -> None:
    """The newest month's points beside its dot."""
    known = [
        (point, month.points) for point, month in zip(points, months, strict=True) if point and month.points is not None
    ]
    if known:
        (x, y), value = known[-1]
        canvas.text(min(x, _RIGHT - 14), y - 13, shown(value), 13, style.NAVY, "center")
