"""What the calendar says of a date: by the rule, moved by days off, or by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agenda import DateKind, Movable, instant_on, month_entries, planned_dates, pushed, quarter_entries
from bot.domain.calendar import DayOff, calendar_is_known, day_off, is_working
from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Timetable

SHANGHAI = ZoneInfo("Asia/Shanghai")
TIMETABLE = Timetable(SHANGHAI)
QUARTERS = st.builds(Quarter, st.integers(2024, 2036), st.integers(1, 4))


def entries_of(quarter: Quarter) -> dict[DateKind, tuple[date, date | None, date | None]]:
    """Each date of the quarter: its day, and from where days off or a hand moved it."""
    opens_at = TIMETABLE.rating_opens_at(TIMETABLE.month_closes_at(quarter.months[2]))
    found = quarter_entries(TIMETABLE, quarter, planned_dates(TIMETABLE, quarter), opens_at, 5)
    return {one.kind: (one.day(SHANGHAI), one.moved_by_days_off(SHANGHAI), one.moved_by_hand(SHANGHAI))
            for one in found}  # fmt: skip


def test_after_the_national_day_the_rating_is_moved_and_says_so() -> None:
    """The 7th is a holiday; people work again from the 8th on."""
    dates = entries_of(Quarter(2026, 3))
    assert dates[DateKind.RATING_DUE] == (date(2026, 10, 8), date(2026, 10, 7), None)
    assert dates[DateKind.REVIEW_DUE] == (date(2026, 10, 14), None, None)
    assert day_off(date(2026, 10, 7)) is DayOff.NATIONAL


def test_a_month_whose_last_day_is_a_saturday_says_so() -> None:
    """31 October 2026: the forms can be handed in until Monday."""
    month = Month(2026, 10)
    closes = month_entries(TIMETABLE, month, TIMETABLE.month_opens_at(month), TIMETABLE.month_closes_at(month))[1]
    assert closes.day(SHANGHAI) == date(2026, 11, 2)
    assert closes.moved_by_days_off(SHANGHAI) == date(2026, 10, 31)


def test_what_a_hand_moved_is_not_said_to_be_moved_by_days_off() -> None:
    """Only one reason is told."""
    month = Month(2026, 10)
    later = TIMETABLE.month_closes_at(month) + timedelta(days=2)
    closes = month_entries(TIMETABLE, month, TIMETABLE.month_opens_at(month), later)[1]
    assert closes.moved_by_hand(SHANGHAI) == date(2026, 11, 2)
    assert closes.moved_by_days_off(SHANGHAI) is None


@given(QUARTERS, st.sampled_from(Movable), st.integers(0, 40))
def test_moving_a_date_later_keeps_the_order(quarter: Quarter, what: Movable, days: int) -> None:
    """What must follow on it is moved along."""
    dates = planned_dates(TIMETABLE, quarter)
    day = (dates.at(what).astimezone(SHANGHAI) - timedelta(microseconds=1)).date() + timedelta(days=days)
    moved = pushed(TIMETABLE, quarter, dates, what, instant_on(TIMETABLE, what, day))
    assert moved.disorder is None


def test_dates_out_of_order_are_found() -> None:
    """The review before the rating, the publication before the review."""
    dates = planned_dates(TIMETABLE, Quarter(2026, 4))
    assert dates.having(Movable.REVIEW, dates.rating_due_at).disorder == (Movable.RATING, Movable.REVIEW)
    assert dates.having(Movable.PUBLISH, dates.rating_due_at).disorder == (Movable.REVIEW, Movable.PUBLISH)


@given(st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_every_day_off_has_a_reason_and_no_other_day(day: date) -> None:
    """Also in years whose calendar is not known."""
    assert (day_off(day) is None) is is_working(day)


@pytest.mark.parametrize(("year", "known"), [(2025, True), (2026, True), (2030, False)])
def test_a_year_that_is_not_published_is_known_as_such(year: int, known: bool) -> None:
    """The state publishes each November."""
    assert calendar_is_known(date(year, 6, 1)) is known


def test_an_instant_is_the_end_of_its_day_or_a_morning() -> None:
    """Due dates are exclusive ends; a publication is at nine."""
    assert instant_on(TIMETABLE, Movable.RATING, date(2027, 1, 12)) == datetime(2027, 1, 13, tzinfo=SHANGHAI)
    assert instant_on(TIMETABLE, Movable.PUBLISH, date(2027, 1, 12)) == datetime(2027, 1, 12, 9, tzinfo=SHANGHAI)
