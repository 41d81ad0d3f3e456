"""The checker's own calendar agrees with the bot's in the year that both know, and with the notice by hand."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bench.rehearsal.checker import days
from bot.domain.calendar import is_working
from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Timetable

TABLE = Timetable(days.SHANGHAI)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),
        (date(2026, 2, 16), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
    ],
)
def test_days_of_the_notice_by_hand(day: date, works: bool) -> None:
    """Spring Festival, National Day, made-up Saturdays, and a year without a notice."""
    assert days.works(day) is works


def test_both_calendars_agree_on_every_day_of_the_year() -> None:
    """Two ways to the same 365 answers."""
    every = [date.fromordinal(number) for number in range(date(2026, 1, 1).toordinal(), date(2027, 2, 1).toordinal())]
    assert [day for day in every if days.works(day) is not is_working(day)] == []


@pytest.mark.parametrize("number", range(1, 13))
def test_a_months_moments(number: int) -> None:
    """Opening, closing and reminders of each month of the year."""
    month, name = Month(2026, number), f"2026-{number:02}"
    dues = TABLE.month_dues(month, TABLE.month_opens_at(month), TABLE.month_closes_at(month))
    reminders = [days.day_of(due.at) for due in dues if due.moment.value.startswith("form_")]
    assert (TABLE.month_opens_at(month), TABLE.month_closes_at(month)) == (
        days.form_opens(name), days.form_closes(name)
    )  # fmt: skip
    assert reminders == days.reminder_days(name)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_quarters_moments(number: int) -> None:
    """The 7th, the 14th, the 15th and five working days after each."""
    quarter = Quarter(2026, number)
    months = tuple(str(month) for month in quarter.months)
    assert TABLE.rating_opens_at(days.form_closes(months[-1])) == days.rating_opens(months)
    assert TABLE.rating_due_at(quarter) == days.end_of(days.due_day(months, 7))
    assert TABLE.review_due_at(quarter) == days.end_of(days.due_day(months, 14))
    shown: datetime = TABLE.publishes_at(quarter, TABLE.review_due_at(quarter))
    assert shown == days.clock(days.due_day(months, 15), 9)
    assert TABLE.publicity_ends_at(shown, 5) == days.publicity_ends(shown)
    assert TABLE.answer_due_at(shown) == days.answer_due(shown)
