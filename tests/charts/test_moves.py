"""Who would move by a new table, as a picture."""

from decimal import Decimal

import pytest

from bot.charts import style
from bot.charts.facts import Moved, Moves, MovesWords
from bot.charts.moves import compose, draw_moves


def _moves(*rows: tuple[str, str, str], line: str = "70") -> Moves:
    listed = tuple(Moved(name, Decimal(before), Decimal(after)) for name, before, after in rows)
    return Moves(
        "新积分表推演", "2027.1 版对照 2026.1 版", "不作任何认定", listed, MovesWords("现行表", "新表"), Decimal(line)
    )


def test_each_row_says_by_how_much_and_in_which_direction(look):
    """A rise has a plus, a fall a minus and another colour."""
    sheet = look(compose(_moves(("张伟", "68", "71.25"), ("赵敏", "74", "69.9"), ("孙喆", "80", "80"))))
    assert sheet.word("+3.3").colour == style.INK
    assert sheet.word("−4.1").colour == style.CLAY
    assert "0.0" in sheet.texts
    sheet.is_well_set()


def test_the_bar_is_as_long_as_the_move(look):
    """Twice as far is twice as long, up or down."""
    bars = look(compose(_moves(("张伟", "70", "74"), ("赵敏", "78", "70")))).widths(style.HAIRLINE)
    long, short = sorted(bars, reverse=True)[1:3]  # the footer's line is the longest
    assert round(long / short, 6) == 2


@pytest.mark.parametrize(
    "rows",
    [(), (("张伟", "0", "0"),), (("张伟", "-5", "120"),), tuple((f"某某{n}", "60", str(60 + n)) for n in range(30))],
    ids=["nobody", "zero", "wide", "thirty"],
)
def test_any_moves_can_be_drawn(look, rows):
    """Nobody, nothing but zero, a wide range, and as many as fit."""
    look(compose(_moves(*rows))).is_well_set()
    assert draw_moves(_moves(*rows)).startswith(b"\x89PNG")


def test_a_line_that_lies_outside_is_not_drawn(look):
    """Where everybody is far above it."""
    assert not any(stroke.colour == style.RED for stroke in compose(_moves(("张伟", "90", "95"))).strokes)
