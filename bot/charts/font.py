"""The one font, Noto Sans SC as the package `zhplot` ships it: what it can write, how wide, and its outlines."""

from __future__ import annotations

import pathlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import files
from threading import Lock

import numpy as np
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from numpy.typing import NDArray

SUBSTITUTE = "〓"
"""What stands for a character that the font lacks: the printers' own sign for "a character is missing here"."""

_NEVER_FIRST = frozenset("，。、；：？！）》」』”’·,.;:?!)")
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character's outline and how far it moves the pen, both as shares of the type's size; y runs up."""

    points: NDArray[np.float64]
    codes: NDArray[np.uint8]
    advance: float


@cache
def font_path() -> pathlib.Path:
    """The font file; importing the package itself is banned, for it changes settings of everybody."""
    for file in files("zhplot") or ():
        if file.name == "NotoSansSC-Regular.ttf":
            return pathlib.Path(str(file.locate()))
    raise FileNotFoundError("the package zhplot holds no NotoSansSC-Regular.ttf")


@cache
def _face() -> FT2Font:
    return FT2Font(str(font_path()))


@cache
def covered() -> frozenset[int]:
    """The code points that the font can write, some 30,000."""
    return frozenset(_face().get_charmap())


@lru_cache(maxsize=8192)
def glyph(char: str) -> Glyph:
    """The outline of one character; its face can load only one glyph at a time."""
    face = _face()
    with _one_at_a_time:
        advance = face.load_char(ord(char), LoadFlags.NO_SCALE).horiAdvance
        points, codes = face.get_path()
    # The outline comes in 64ths of a font unit, the advance in font units.
    return Glyph(points * 64 / face.units_per_EM, codes.astype(Path.code_type), advance / face.units_per_EM)


@lru_cache(maxsize=8192)
def writable(text: str) -> str:
    """The text as it can be drawn on one line: no control or direction marks, and 〓 for what the font lacks."""
    kept = (char for char in unicodedata.normalize("NFC", text) if char.isspace() or _is_seen(char))
    line = " ".join("".join(kept).split())
    return "".join(char if ord(char) in covered() else SUBSTITUTE for char in line)


def _is_seen(char: str) -> bool:
    """Whether a character is more than a control, a direction mark, half a surrogate or an accent on its own."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Mn", "Me"}


def width(text: str, size: float) -> float:
    """How wide a writable text is at this size, in the unit of the size."""
    return size * sum(glyph(char).advance for char in text)


def fits(text: str, size: float, room: float) -> bool:
    """Whether a writable text is no wider than the room, allowing for what binary floats lose."""
    return width(text, size) <= room + 1e-6


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of its beginning as fits in the room with an ellipsis."""
    if fits(text, size, room):
        return text
    while text and not fits(text + "…", size, room):
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """The text on at most so many lines of this room; the last is shortened if it must be."""
    if lines == 1 or fits(text, size, room):
        return (shortened(text, size, room),)
    fit = max(1, sum(fits(text[:end], size, room) for end in range(1, len(text) + 1)))
    for cut in _breaks(text, fit):
        broken = text[:cut].rstrip(), *wrapped(text[cut:].lstrip(), size, room, lines - 1)
        if not broken[-1].endswith("…"):
            break
    return broken


def _breaks(text: str, fit: int) -> Iterator[int]:
    """Where a line may end on which so many characters fit, the best place first.

    That is behind a middle dot, else at a blank, unless half of the line stayed empty; else anywhere, but no line
    begins with a closing mark.
    """
    for last in (text.rfind("·", 0, fit) + 1, text.rfind(" ", 0, fit + 1)):
        if last > fit // 2:
            yield last
    while fit > 1 and text[fit] in _NEVER_FIRST:
        fit -= 1
    yield fit
