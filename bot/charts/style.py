"""The one visual language: colours that a colour-blind reader can tell apart, and sizes in phone units.

A phone unit is 1/390 of the width of a phone's screen, so a size here is what the reader sees.
Colours differ in lightness before they differ in hue; red is kept for the line, the reader and a veto.
"""

from __future__ import annotations

from itertools import product

PAPER = "#fdfbf7"
INK = "#26211c"
MUTED = "#6b635a"
HAIRLINE = "#ddd6cb"
TRACK = "#efeae1"
RED = "#b3261e"
OWN_BAND = "#fbeae3"
NAVY = "#2b4a70"
BLUE = "#6a98c4"
GOLD = "#eac15f"
TEAL = "#2a7167"
CLAY = "#99503a"

PARTS = (NAVY, BLUE, GOLD, CLAY, MUTED)
"""Colours of the parts in their order; base is the darkest, so that the bar rests on it."""
OWN = TEAL
"""The colour of one member where others are beside him."""

WIDTH = 390
MARGIN = 18
TITLE = 21
HEADING = 15
BODY = 15
SMALL = 12
TINY = 11


def rgb(colour: str) -> tuple[int, int, int]:
    """The red, green and blue of "#rrggbb", each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _blend(ink: str, ground: str, share: float) -> tuple[int, ...]:
    return tuple(round(a * share + b * (1 - share)) for a, b in zip(rgb(ink), rgb(ground), strict=True))


def palette() -> list[int]:
    """All colours of a picture, flat as Pillow wants them: each ink on each ground, its edge in seven steps."""
    inks, grounds = (INK, MUTED, RED, NAVY, BLUE, GOLD, CLAY, TEAL, HAIRLINE), (PAPER, OWN_BAND, TRACK)
    steps = [step / 7 for step in range(8)]
    colours = dict.fromkeys(_blend(ink, ground, step) for ink, ground, step in product(inks, grounds, steps))
    return [channel for colour in colours for channel in colour]
