"""A sheet becomes a small PNG.

Three artists on a bare Figure hold the whole picture: areas, lines, words. Axes would cost as much again, and a Text
artist asks the font three times for each glyph; outlines from a cache are five times cheaper, and need no hinting at a
phone's resolution. The colours are those of the style, so coding as a palette loses nothing.
"""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.charts import font, style
from bot.charts.canvas import Canvas, Word

TALLEST_PIXELS = 2560
"""Telegram keeps at most so many pixels a side; more would only be sent to be thrown away."""
SHARPEST, COARSEST = 3.0, 2.0
"""Pixels a phone unit: today's screens have 3, and under 2 small type breaks up when a reader zooms in."""
LONGEST_SIDES_PIXELS, STEEPEST = 9_900, 19.5
"""Width and height together, and height by width, with a little air: Telegram refuses more than 10,000 and 20."""
BASELINE_EM = 0.37
"""How far the baseline lies under the middle of a Chinese character or a capital, as a share of the size."""
_BOLD_EM = 0.035
"""How much thicker the strokes of bold words are; the package ships one weight only."""


def scale_of(canvas: Canvas) -> float:
    """Pixels a phone unit: fewer for a tall picture; ValueError for one that Telegram would refuse at any size."""
    if canvas.height > style.WIDTH * STEEPEST:
        raise ValueError(f"a picture of {canvas.height:.0f} units is too tall for a photo {style.WIDTH} units wide")
    allowed = LONGEST_SIDES_PIXELS / (style.WIDTH + canvas.height)
    return min(SHARPEST, max(COARSEST, TALLEST_PIXELS / canvas.height), allowed)


def png(canvas: Canvas) -> bytes:
    """The picture, coded with the colours of the style, which makes the file small and its coding cheap."""
    drawn = figure(canvas)
    width, height = (round(side) for side in drawn.bbox.size)
    # A FigureCanvasAgg would hold on to its pixels until the next garbage collection: 10 MB a picture.
    agg = RendererAgg(width, height, drawn.dpi)  # type: ignore[no-untyped-call]
    drawn.draw(agg)
    image = Image.frombuffer("RGBA", (width, height), agg.buffer_rgba(), "raw", "RGBA", 0, 1)  # type: ignore[no-untyped-call]
    coded = io.BytesIO()
    image.convert("RGB").quantize(palette=palette(), dither=Image.Dither.NONE).save(coded, "PNG", compress_level=1)
    return coded.getvalue()


def figure(canvas: Canvas) -> Figure:
    """The picture as three artists."""
    scale = scale_of(canvas)
    dpi = 72 * scale
    width, height = round(style.WIDTH * scale), round(canvas.height * scale)
    drawn = Figure(figsize=(width / dpi, height / dpi), dpi=dpi, facecolor=style.PAPER)
    to_pixels = Affine2D().scale(scale, -scale).translate(0, height)
    for layer, artist in enumerate((_areas(canvas), _strokes(canvas), _words(canvas))):
        artist.set(transform=to_pixels, zorder=layer)
        drawn.add_artist(artist)
    return drawn


@cache
def palette() -> Image.Image:
    """The colours of the style as Pillow wants them."""
    image = Image.new("P", (1, 1))
    image.putpalette(style.palette())
    return image


def _areas(canvas: Canvas) -> Collection:
    corners = [area.corners for area in canvas.areas]
    return PolyCollection(corners, facecolors=[area.colour for area in canvas.areas], linewidths=0)


def _strokes(canvas: Canvas) -> Collection:
    return LineCollection(
        [stroke.points for stroke in canvas.strokes],
        colors=[stroke.colour for stroke in canvas.strokes],
        linewidths=[stroke.width for stroke in canvas.strokes],
        linestyles=[(0, stroke.dashes) if stroke.dashes else "solid" for stroke in canvas.strokes],
    )


def _words(canvas: Canvas) -> Collection:
    colours = [word.colour for word in canvas.words]
    thicker = [word.size * _BOLD_EM if word.bold else 0 for word in canvas.words]
    return PathCollection(
        [_written(word) for word in canvas.words], facecolors=colours, edgecolors=colours, linewidths=thicker
    )


def _written(word: Word) -> Path:
    """The outlines of a word's glyphs, one after the other on their baseline."""
    x, baseline = word.x, word.y + word.size * BASELINE_EM
    points, codes = [np.empty((0, 2))], [np.empty(0, Path.code_type)]
    for glyph in map(font.glyph, word.text):
        points.append(glyph.points * (word.size, -word.size) + (x, baseline))
        codes.append(glyph.codes)
        x += glyph.advance * word.size
    return Path(np.concatenate(points), np.concatenate(codes))
