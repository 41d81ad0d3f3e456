"""A sheet to draw on in phone units from the top left, and its way into a small PNG.

What is drawn is only noted down; `figure` then makes few artists of it on a bare Figure: one for all areas, one for all
lines, one for each word. Axes would cost as much again as the picture. A sheet is drawn once and thrown away.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from typing import Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform
from PIL import Image

from bot.charts import font, style

Point = tuple[float, float]
Align = Literal["left", "center", "right"]

_TALLEST_PIXELS = 2560
"""Telegram keeps at most so many pixels a side; more would only be sent to be thrown away."""
_SHARPEST, _COARSEST = 3.0, 2.0
"""Pixels a phone unit: today's screens have 3, and under 2 small type breaks up when a reader zooms in."""
_MIDDLE_EM = 0.37
"""How far the baseline lies under the middle of a Chinese character or a capital, as a share of the size."""
_CIRCLE = [(cos(step * pi / 12), sin(step * pi / 12)) for step in range(24)]


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text whose capitals have their middle at y."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    align: Align


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `dashes` are lengths on, off, on…, none for a solid line."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dashes: tuple[float, ...]


class Canvas:
    """One picture as wide as a phone; x runs right and y runs down. Set `height` before it is drawn."""

    def __init__(self) -> None:
        self.height: float = 0
        self.areas: list[tuple[tuple[Point, ...], str]] = []
        self.strokes: list[Stroke] = []
        self.words: list[Word] = []

    @property
    def scale(self) -> float:
        """Pixels a phone unit."""
        return min(_SHARPEST, max(_COARSEST, _TALLEST_PIXELS / self.height))

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose left upper corner is at x, y."""
        self.areas.append((((x, y), (x + width, y), (x + width, y + height), (x, y + height)), colour))

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a circle."""
        self.areas.append((tuple((x + radius * dx, y + radius * dy) for dx, dy in _CIRCLE), colour))

    def line(self, points: Sequence[Point], colour: str, width: float = 1, dashes: tuple[float, ...] = ()) -> None:
        """Draw a line through the points, above all areas."""
        self.strokes.append(Stroke(tuple(points), colour, width, dashes))

    def text(self, x: float, y: float, words: str, size: float, colour: str = style.INK, align: Align = "left") -> None:
        """Write one line, above all else; what the font cannot write gets a substitute."""
        self.words.append(Word(x, y, font.writable(words), size, colour, align))

    def figure(self) -> Figure:
        """The picture as artists in pixels, ready to be drawn."""
        size, dpi = self._pixels(), 72 * self.scale
        figure = Figure(figsize=(size[0] / dpi, size[1] / dpi), dpi=dpi, facecolor=style.PAPER)
        if self.areas:
            figure.add_artist(self._filled())
        if self.strokes:
            figure.add_artist(self._drawn())
        for word in self.words:
            figure.add_artist(self._written(word))
        return figure

    def png(self) -> bytes:
        """The picture in the palette of the style, which makes the file small and its coding cheap."""
        canvas = FigureCanvasAgg(self.figure())
        canvas.draw()
        pixels = Image.frombuffer("RGBA", self._pixels(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
        coded = io.BytesIO()
        drawn = pixels.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
        drawn.save(coded, "PNG", compress_level=1)
        return coded.getvalue()

    def _pixels(self) -> tuple[int, int]:
        return round(style.WIDTH * self.scale), round(self.height * self.scale)

    def _at(self, point: Point) -> Point:
        return point[0] * self.scale, (self.height - point[1]) * self.scale

    def _filled(self) -> PolyCollection:
        corners = [[self._at(point) for point in points] for points, _ in self.areas]
        colours = [colour for _, colour in self.areas]
        return PolyCollection(corners, facecolors=colours, linewidths=0, transform=IdentityTransform(), zorder=1)

    def _drawn(self) -> LineCollection:
        return LineCollection(
            [[self._at(point) for point in stroke.points] for stroke in self.strokes],
            colors=[stroke.colour for stroke in self.strokes],
            linewidths=[stroke.width for stroke in self.strokes],
            linestyles=[(0, stroke.dashes) if stroke.dashes else "solid" for stroke in self.strokes],
            transform=IdentityTransform(),
            zorder=2,
        )

    def _written(self, word: Word) -> Text:
        x, y = self._at((word.x, word.y + word.size * _MIDDLE_EM))
        return Text(
            x,
            y,
            word.text,
            color=word.colour,
            fontproperties=_properties(word.size),
            horizontalalignment=word.align,
            verticalalignment="baseline",
            parse_math=False,
            transform=IdentityTransform(),
            zorder=3,
        )


@cache
def _properties(size: float) -> FontProperties:
    return FontProperties(fname=str(font.font_path()), size=size)


@cache
def _palette() -> Image.Image:
    image = Image.new("P", (1, 1))
    image.putpalette(style.palette())
    return image
