"""A sheet on which a picture is noted down in phone units, before `render` makes pixels of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal

from bot.charts import font, style

Point = tuple[float, float]
Align = Literal["left", "center", "right"]

_CIRCLE = tuple((cos(step * pi / 12), sin(step * pi / 12)) for step in range(24))


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    corners: tuple[Point, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `dashes` are lengths on, off, on…, none for a solid line."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dashes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text that begins at x and whose capitals have their middle at y."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool

    @property
    def width(self) -> float:
        """How far it reaches to the right."""
        return font.width(self.text, self.size)


class Canvas:
    """One picture as wide as a phone; x runs right and y runs down. `height` is set by whoever writes last."""

    def __init__(self) -> None:
        self.height: float = 0
        self.areas: list[Area] = []
        self.strokes: list[Stroke] = []
        self.words: list[Word] = []

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose left upper corner is at x, y."""
        self.areas.append(Area(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), colour))

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a circle."""
        self.areas.append(Area(tuple((x + radius * dx, y + radius * dy) for dx, dy in _CIRCLE), colour))

    def line(self, points: Sequence[Point], colour: str, width: float = 1, dashes: tuple[float, ...] = ()) -> None:
        """Draw a line through the points, above all areas."""
        self.strokes.append(Stroke(tuple(points), colour, width, dashes))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str = style.INK,
        align: Align = "left",
        *,
        bold: bool = False,
    ) -> None:
        """Write one line, above all else; what the font cannot write gets a substitute."""
        text = font.writable(text)
        before = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        self.words.append(Word(x - before * font.width(text, size), y, text, size, colour, bold))
