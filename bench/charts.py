"""What a warm picture costs beside Pillow drawing the same elements: `python -m bench.charts [--json]`.

Both have the same layout and the same PNG coding, so that only the drawing differs. Pillow has its
faster text layout.
"""

from __future__ import annotations

import gc
import io
import json
import statistics
import sys
from collections.abc import Callable
from time import perf_counter

import psutil
from PIL import Image, ImageDraw, ImageFont

from bench import made_up
from bot.charts import font, overview, portrait, render, standings, style
from bot.charts.canvas import Canvas

_ROUNDS = 15
_LEAK_ROUNDS = 1000


def pillow_png(canvas: Canvas) -> bytes:
    """The same areas, lines and words, drawn by Pillow as one would by hand, coded as ours."""
    scale = render.scale_of(canvas)
    image = Image.new("RGB", (round(style.WIDTH * scale), round(canvas.height * scale)), style.PAPER)
    draw = ImageDraw.Draw(image)
    for area in canvas.areas:
        draw.polygon([(x * scale, y * scale) for x, y in area.corners], fill=area.colour)
    for stroke in canvas.strokes:
        points = [(x * scale, y * scale) for x, y in stroke.points]
        draw.line(points, fill=stroke.colour, width=round(stroke.width * scale))
    for word in canvas.words:
        place = word.x * scale, (word.y + word.size * render.BASELINE_EM) * scale
        draw.text(place, word.text, fill=word.colour, font=_type(round(word.size * scale)), anchor="ls")
    coded = io.BytesIO()
    image.quantize(palette=render.palette(), dither=Image.Dither.NONE).save(coded, "PNG", compress_level=1)
    return coded.getvalue()


_TYPES: dict[int, ImageFont.FreeTypeFont] = {}


def _type(size: int) -> ImageFont.FreeTypeFont:
    if size not in _TYPES:
        _TYPES[size] = ImageFont.truetype(str(font.font_path()), size, layout_engine=ImageFont.Layout.BASIC)
    return _TYPES[size]


def milliseconds(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Medians of two things done in turn, so that a busy machine is busy for both."""
    times: tuple[list[float], list[float]] = ([], [])
    first(), second()
    for _ in range(_ROUNDS):
        for action, taken in zip((first, second), times, strict=True):
            begun = perf_counter()
            action()
            taken.append(perf_counter() - begun)
    return statistics.median(times[0]) * 1000, statistics.median(times[1]) * 1000


def measure() -> dict[str, dict[str, float]]:
    """Ours, Pillow's, their ratio and the file's size for each picture."""
    composed: dict[str, Callable[[], Canvas]] = {
        "standings 24": lambda: standings.compose(made_up.all_standings()["24"]),
        "standings 60": lambda: standings.compose(made_up.all_standings()["60"]),
        "overview 24": lambda: overview.compose(made_up.all_overviews()["24"]),
        "portrait": lambda: portrait.compose(made_up.portrait()),
    }
    return {name: compare(compose) for name, compose in composed.items()}


def compare(compose: Callable[[], Canvas]) -> dict[str, float]:
    """One picture: ours and Pillow's in milliseconds, both with the layout, and how much of it the layout is."""
    ours, peer = milliseconds(lambda: render.png(compose()), lambda: pillow_png(compose()))
    layout, _ = milliseconds(compose, lambda: None)
    kilobytes = len(render.png(compose())) / 1024
    return {"ours_ms": ours, "pillow_ms": peer, "ratio": ours / peer, "layout_ms": layout, "kb": kilobytes}


def leak_mb() -> float:
    """How much resident memory grows over a thousand pictures, after a hundred to warm up."""
    facts = made_up.portrait()
    process = psutil.Process()
    for round_number in range(_LEAK_ROUNDS + 100):
        if round_number == 100:
            gc.collect()
            before = process.memory_info().rss
        portrait.draw_portrait(facts)
    gc.collect()
    return float(process.memory_info().rss - before) / 2**20


def main() -> None:
    results = measure()
    grown = leak_mb()
    if "--json" in sys.argv:
        print(json.dumps({"charts": results, "rss_growth_mb_per_1000": round(grown, 1)}))
        return
    print(f"{'picture':14} {'ours ms':>8} {'Pillow ms':>10} {'ratio':>6} {'layout ms':>10} {'KB':>6}")
    for name, row in results.items():
        print(
            f"{name:14} {row['ours_ms']:8.1f} {row['pillow_ms']:10.1f} {row['ratio']:6.2f} "
            f"{row['layout_ms']:10.1f} {row['kb']:6.0f}"
        )
    print(f"resident memory after 1,000 more portraits: {grown:+.1f} MB")


if __name__ == "__main__":
    main()
