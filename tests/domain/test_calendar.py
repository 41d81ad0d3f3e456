"""Working days of the state, checked against what was published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import (
    calendar_is_known,
    is_working,
    plus_working_days,
    working_day_from,
    working_day_until,
    working_days_between,
)

DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday made up for it
        (date(2026, 2, 28), True),  # a Saturday made up for the Spring Festival
        (date(2026, 2, 17), False),  # Spring Festival
        (date(2026, 11, 28), False),  # an ordinary Saturday
        (date(2026, 11, 30), True),  # an ordinary Monday
    ],
)
def test_holidays_and_make_up_days_are_the_states(day: date, working: bool) -> None:
    """Make-up days on a weekend are working days, holidays in the week are not."""
    assert is_working(day) is working


def test_an_unknown_year_falls_back_to_the_week() -> None:
    """2030 is not published: Monday to Friday, and it says that it does not know."""
    assert not calendar_is_known(date(2030, 5, 6))
    assert is_working(date(2030, 5, 6))
    assert not is_working(date(2030, 5, 4))


@pytest.mark.parametrize(("month", "number"), [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
@pytest.mark.parametrize("year", [2027, 2030, 2034])
def test_in_an_unknown_year_nobody_works_on_the_holidays_of_a_fixed_date(year: int, month: int, number: int) -> None:
    """New Year, Labour Day and the National Day are free whether the year's calendar is published or not."""
    assert not is_working(date(year, month, number))


@given(DAYS)
def test_a_moved_deadline_lands_on_the_nearest_working_day(day: date) -> None:
    """Forwards for deadlines, backwards for reminders, never over a working day."""
    later, earlier = working_day_from(day), working_day_until(day)
    assert is_working(later)
    assert is_working(earlier)
    assert not any(is_working(day + timedelta(days=n)) for n in range((later - day).days))
    assert not any(is_working(day - timedelta(days=n)) for n in range((day - earlier).days))


@given(DAYS, st.integers(1, 15))
def test_adding_working_days_can_be_counted_back(day: date, count: int) -> None:
    """Five working days later, five working days lie between."""
    start = working_day_from(day)
    assert working_days_between(start, plus_working_days(start, count)) == count
