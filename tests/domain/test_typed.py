"""Numbers and days as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.typed import day_of_number, number_of_day, read_day, read_points, read_ratio

TODAY = date(2027, 1, 5)


@pytest.mark.parametrize(
    ("text", "points"),
    [("3", "3"), ("2.5 分", "2.5"), ("４．５", "4.5"), ("−2", "-2"), (" 0 ", "0"), ("三分", None), ("1e3", None),
     ("2.555", None), ("", None), ("12345", None)],
)  # fmt: skip
def test_points(text: str, points: str | None) -> None:
    """Plain numbers with at most two decimals; anything else is asked again."""
    assert read_points(text) == (None if points is None else Decimal(points))


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("7/9", (7, 9)), ("７／９", (7, 9)), ("7 9", (7, 9)), ("7 of 9", (7, 9)), ("7-9", (7, 9)),
     ("7", None), ("a/b", None)],
)  # fmt: skip
def test_present_and_entitled(text: str, ratio: tuple[int, int] | None) -> None:
    """Present first, entitled second."""
    assert read_ratio(text) == ratio


@pytest.mark.parametrize(
    ("text", "day"),
    [("1月5日", date(2027, 1, 5)), ("12月30日", date(2026, 12, 30)), ("1.4", date(2027, 1, 4)),
     ("2026-12-30", date(2026, 12, 30)), ("2027年1月6日", date(2027, 1, 6)), ("2月30日", None), ("昨天", None)],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    """Without a year the newest such day that is not in the future."""
    assert read_day(text, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_survives_its_button(day: date) -> None:
    """The number on a button is the day."""
    assert day_of_number(number_of_day(day)) == day


@given(st.integers(-(2**53), 2**53))
def test_a_forged_number_is_a_day_or_nothing(number: int) -> None:
    """No number of a button breaks the reading."""
    found = day_of_number(number)
    assert found is None or number_of_day(found) == number
