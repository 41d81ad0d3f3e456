"""Reads the QR codes printed on a paper, as a phone would, but for the correction of smudges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.charts.paper_reader import streams

Dots = set[tuple[int, int]]

_LINES = re.compile(rb"(?:[\d.]+ [\d.]+ m [\d.]+ [\d.]+ l\s){50,}[BS]")
_LINE = re.compile(rb"([\d.]+) ([\d.]+) m ([\d.]+) [\d.]+ l")
_MARGIN = 2
_TIMING = 6
_FINDER = 9
_ALIGNMENT = 2
_FORMAT_MASK = 0b101010000010010
# Data codewords of each block by version, at correction level M (ISO/IEC 18004, table 9).
_BLOCKS_M = {1: (16,), 2: (28,), 3: (44,), 4: (32, 32), 5: (43, 43), 6: (27,) * 4}
_MASKS = (
    lambda y, x: (y + x) % 2, lambda y, _: y % 2, lambda _, x: x % 3, lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2, lambda y, x: y * x % 2 + y * x % 3, lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)  # fmt: skip


def codes(content: bytes) -> list[str]:
    """What each code on the paper says, in the order in which they are drawn."""
    return [_text(_dots(found[0])) for stream in streams(content) for found in _LINES.finditer(stream)]


def _dots(drawn: bytes) -> Dots:
    """The dark modules as (row, column), from the horizontal strokes that draw them."""
    return {
        (int(float(row)) - _MARGIN, column)
        for begin, row, end in _LINE.findall(drawn)
        for column in range(round(float(begin)) - _MARGIN, round(float(end)) - _MARGIN)
    }


def _text(dots: Dots) -> str:
    side = 1 + max(column for _, column in dots)
    version = (side - 17) // 4
    bits = "".join(str(bit) for bit in _read(dots, side))
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    told = "".join(f"{word:08b}" for word in _in_order(words, _BLOCKS_M[version]))
    assert told[:4] == "0100", "a code of bytes"
    length = int(told[4:12], 2)
    return bytes(int(told[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode()


def _read(dots: Dots, side: int) -> Iterator[int]:
    """The data modules without their mask: two columns at a time, upwards and downwards in turn, from the right."""
    told = int("".join(str(int((8, column) in dots)) for column in (0, 1, 2, 3, 4, 5, 7, 8)), 2) << 7
    mask = _MASKS[((told ^ _FORMAT_MASK) >> 10) & 0b111]
    right_edges = [edge for edge in range(side - 1, 0, -2) if edge > _TIMING] + [5, 3, 1]
    for turn, edge in enumerate(right_edges):
        rows = range(side) if turn % 2 else reversed(range(side))
        for row in rows:
            for column in (edge, edge - 1):
                if not _is_pattern(row, column, side):
                    yield int(((row, column) in dots) ^ (mask(row, column) == 0))


def _is_pattern(row: int, column: int, side: int) -> bool:
    """Whether this module belongs to a pattern that every code of this size has, or to the format beside it."""
    near, far = _FINDER, side - _FINDER + 1
    finder = (row < near and (column < near or column >= far)) or (row >= far and column < near)
    middle = side - 7
    aligned = side > 21 and abs(row - middle) <= _ALIGNMENT and abs(column - middle) <= _ALIGNMENT
    return finder or aligned or _TIMING in {row, column}


def _in_order(words: list[int], blocks: tuple[int, ...]) -> Iterator[int]:
    """The data codewords, block after block; in the code they lie in turns."""
    assert all(one == other for one, other in pairwise(blocks)), "blocks of one length"
    for block in range(len(blocks)):
        yield from words[block : sum(blocks) : len(blocks)]
