"""What the font can write, and how words are fitted in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts import font

lines = st.text(max_size=40).map(font.writable)
rooms = st.floats(20, 400)


@pytest.mark.parametrize("name", ["王喆", "李堃", "张䶮", "陈𬭎", "阿卜杜热合曼·麦麦提吐尔逊", "Aybek Yusup", "赵＊＊"])
def test_rare_names_are_written_as_they_are(name: str):
    """Names with rare characters and of every people are written in full."""
    assert font.writable(name) == name


@pytest.mark.parametrize(
    ("text", "written"), [("张\U00030000", "张〓"), ("王🎉芳", "王〓芳"), ("ئايبېك", "〓〓〓〓〓〓")]
)
def test_what_the_font_lacks_has_a_substitute(text: str, written: str):
    """A character that the font lacks is the printers' 〓 and never an empty box."""
    assert font.writable(text) == written


@pytest.mark.parametrize(
    ("text", "written"), [("王\u202e芳", "王芳"), ("王\x00芳", "王芳"), ("王\n\t芳 ", "王 芳"), ("王\ufe0f芳", "王芳")]
)
def test_marks_that_steer_text_are_dropped(text: str, written: str):
    """Direction marks, control characters, variation marks and line breaks cannot disturb a row."""
    assert font.writable(text) == written


@given(st.text())
def test_whatever_is_typed_can_be_written(text: str):
    """Any text whatever becomes one that the font covers, and stays as it is when it is asked again."""
    written = font.writable(text)
    assert {ord(char) for char in written} <= font.covered()
    assert font.writable(written) == written


@given(lines, rooms)
def test_a_shortened_text_fits(text: str, room: float):
    """What is shortened is no wider than its room and says by an ellipsis that something is missing."""
    short = font.shortened(text, 15, room)
    assert font.fits(short, 15, room)
    assert short == text or short.endswith("…")


@given(lines, rooms, st.integers(1, 3))
def test_a_wrapped_text_fits_and_loses_nothing_silently(text: str, room: float, most: int):
    """Wrapped text fits on its lines; unless an ellipsis says so, every character is still there."""
    wrapped = font.wrapped(text, 15, room, most)
    assert len(wrapped) <= most
    assert all(font.fits(line, 15, room) for line in wrapped)
    if not wrapped[-1].endswith("…"):
        assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")


def test_long_names_break_behind_a_middle_dot():
    """A name of several parts is broken between them if both lines then hold it."""
    assert font.wrapped("买买提艾力·麦麦提吐尔逊", 12, 100, 2) == ("买买提艾力·", "麦麦提吐尔逊")


def test_a_blank_near_the_beginning_is_no_place_to_break():
    """A line that would be mostly empty is filled instead."""
    assert font.wrapped("至 一二三四五六七八", 10, 81, 2) == ("至 一二三四五六", "七八")


def test_no_line_begins_with_a_comma():
    """A closing mark goes with the character before it."""
    assert font.wrapped("公示五个工作日，如有异议请提出", 10, 71, 3) == ("公示五个工作", "日，如有异议请", "提出")
