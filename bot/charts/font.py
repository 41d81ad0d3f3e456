"""The one font, Noto Sans SC as the package `zhplot` ships it: where it is, what it can write, how wide words are."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.metadata import files
from pathlib import Path

from matplotlib.ft2font import FT2Font, LoadFlags

SUBSTITUTE = "〓"
"""What stands for a character that the font lacks: the printers' own sign for "a character is missing here"."""


@cache
def font_path() -> Path:
    """The font file; importing the package itself is banned, for it changes settings of everybody."""
    for file in files("zhplot") or ():
        if file.name == "NotoSansSC-Regular.ttf":
            return Path(str(file.locate()))
    raise FileNotFoundError("the package zhplot holds no NotoSansSC-Regular.ttf")


@cache
def _face() -> FT2Font:
    return FT2Font(str(font_path()))


@cache
def covered() -> frozenset[int]:
    """The code points that the font can write, some 30,000."""
    return frozenset(_face().get_charmap())


@lru_cache(maxsize=8192)
def writable(text: str) -> str:
    """The text as it can be drawn on one line: no control or direction marks, and 〓 for what the font lacks."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    kept = (char for char in line if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Mn", "Me"})
    return "".join(char if ord(char) in covered() else SUBSTITUTE for char in kept)


@lru_cache(maxsize=8192)
def _advance(char: str) -> float:
    face = _face()
    return float(face.load_char(ord(char), LoadFlags.NO_SCALE).horiAdvance) / face.units_per_EM


def width(text: str, size: float) -> float:
    """How wide a writable text is at this size, in the unit of the size."""
    return size * sum(map(_advance, text))


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of its beginning as fits in the room with an ellipsis."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """The text on at most so many lines of this room; the last is shortened if it must be. Breaks at blanks if it can."""
    if lines == 1 or width(text, size) <= room:
        return (shortened(text, size, room),)
    fit = next(end for end in range(len(text), 0, -1) if end == 1 or width(text[:end], size) <= room)
    blank = text.rfind(" ", 0, fit + 1)
    cut = blank if blank > 0 else fit
    return text[:cut].rstrip(), *wrapped(text[cut:].lstrip(), size, room, lines - 1)
