"""What the tests of the pictures ask of any sheet."""

from itertools import combinations

import pytest

from bot.charts import font, style
from bot.charts.canvas import Canvas, Word


class Look:
    """A reader's eye on a sheet."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    @property
    def texts(self) -> list[str]:
        """All lines of text from top to bottom, then from left to right."""
        return [word.text for word in sorted(self.canvas.words, key=lambda word: (word.y, word.x))]

    def word(self, text: str) -> Word:
        """The only line with exactly this text."""
        (found,) = [word for word in self.canvas.words if word.text == text]
        return found

    def widths(self, colour: str) -> list[float]:
        """The widths of all bars of one colour, from top to bottom, legend squares left out."""
        bars = [area.corners for area in self.canvas.areas if area.colour == colour and len(area.corners) == 4]
        wide = sorted((bar[0][1], bar[1][0] - bar[0][0]) for bar in bars)
        return [width for _, width in wide if width != 10]

    def is_well_set(self) -> None:
        """Every character can be written, all text is on the sheet, and no two lines lie on each other."""
        for word in self.canvas.words:
            assert {ord(char) for char in word.text} <= font.covered(), word.text
            left, top, right, bottom = _box(word)
            assert left >= 0, word
            assert right <= style.WIDTH, word
            assert top >= 0, word
            assert bottom <= self.canvas.height, word
        for one, other in combinations(self.canvas.words, 2):
            assert not _touch(one, other), (one, other)


def _box(word: Word) -> tuple[float, float, float, float]:
    return word.x, word.y - word.size * 0.45, word.x + word.width, word.y + word.size * 0.45


def _touch(one: Word, other: Word) -> bool:
    left, top, right, bottom = _box(one)
    other_left, other_top, other_right, other_bottom = _box(other)
    return (
        min(right, other_right) - max(left, other_left) > 0.5 and min(bottom, other_bottom) - max(top, other_top) > 0.5
    )


@pytest.fixture(scope="session")
def look() -> type[Look]:
    return Look
