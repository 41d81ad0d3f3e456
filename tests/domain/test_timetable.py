"""The year's calendar of the scheme, against an oracle that walks day by day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import is_working
from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Moment, Timetable

SHANGHAI = ZoneInfo("Asia/Shanghai")
TIMETABLE = Timetable(SHANGHAI)
MONTHS = st.builds(Month, st.integers(2024, 2036), st.integers(1, 12))
QUARTERS = st.builds(Quarter, st.integers(2024, 2036), st.integers(1, 4))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("month", "closes_at"),
    [
        ("2026-09", "2026-10-01 00:00"),  # Wednesday 30 September 24:00
        ("2026-10", "2026-11-03 00:00"),  # 31 October is a Saturday: the end of Monday
        ("2026-02", "2026-03-01 00:00"),  # Saturday 28 February is a make-up day
        ("2024-02", "2024-03-01 00:00"),  # leap day, a Thursday
        ("2026-12", "2027-01-01 00:00"),
    ],
)
def test_a_month_closes_at_the_end_of_its_last_working_deadline(month: str, closes_at: str) -> None:
    """The last day, moved to the next working day, until midnight."""
    assert TIMETABLE.month_closes_at(Month.parse(month)) == at(closes_at)


@given(MONTHS)
def test_every_close_agrees_with_a_walk_through_the_days(month: Month) -> None:
    """An independent oracle: the first working day from the month's last day on, exclusive end."""
    day = month.end_day - timedelta(days=1)
    while not is_working(day):
        day = day + timedelta(days=1)
    assert TIMETABLE.month_closes_at(month) == datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)


@given(QUARTERS)
def test_every_rating_deadline_agrees_with_a_walk_through_the_days(quarter: Quarter) -> None:
    """The 7th after the quarter, moved on from a day off."""
    day = quarter.end_day + timedelta(days=6)
    while not is_working(day):
        day = day + timedelta(days=1)
    assert TIMETABLE.rating_due_at(quarter) == datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)


@given(MONTHS, st.integers(0, 10))
def test_reminders_come_in_order_on_working_days_and_never_twice_a_day(month: Month, extra_days: int) -> None:
    """Also where the close was moved by hand."""
    opens_at = TIMETABLE.month_opens_at(month)
    closes_at = TIMETABLE.month_closes_at(month) + timedelta(days=extra_days)
    dues = TIMETABLE.month_dues(month, opens_at, closes_at)
    assert dues == sorted(dues)
    days = [due.at.date() for due in dues if due.moment.is_reminder]
    assert len(days) == len(set(days))
    assert all(is_working(day) for day in days)
    assert all(opens_at < due.at < closes_at for due in dues if due.moment.is_reminder)


def test_november_2026_on_one_page() -> None:
    """The month that starts the README's example."""
    month = Month(2026, 11)
    dues = TIMETABLE.month_dues(month, TIMETABLE.month_opens_at(month), TIMETABLE.month_closes_at(month))
    assert [(due.moment, f"{due.at:%m-%d %H:%M}") for due in dues] == [
        (Moment.MONTH_OPENS, "11-25 09:00"),
        (Moment.FORM_T3, "11-27 17:00"),
        (Moment.FORM_LAST_DAY, "11-30 17:00"),
        (Moment.MONTH_CLOSES, "12-01 00:00"),
        (Moment.MONTH_SUMMARY, "12-01 09:00"),
    ]


@pytest.mark.parametrize(
    ("closed_at", "opens_at"),
    [
        ("2027-01-01 00:00", "2027-01-04 09:00"),  # New Year's Day 2027 is a Friday
        ("2026-10-01 00:00", "2026-10-08 09:00"),  # the National Day holidays
        ("2026-07-01 00:00", "2026-07-01 09:00"),
        ("2026-07-01 14:00", "2026-07-01 14:00"),  # the month was given more time by hand
    ],
)
def test_no_rating_opens_on_a_day_off(closed_at: str, opens_at: str) -> None:
    """The branches hear of it at nine on a working day."""
    assert TIMETABLE.rating_opens_at(at(closed_at)) == at(opens_at)


def test_after_the_national_day_the_rating_is_due_on_the_first_working_day() -> None:
    """The 7th falls into the holidays: due at the end of the 8th, unless the committee gives more time."""
    assert TIMETABLE.rating_due_at(Quarter(2026, 3)) == at("2026-10-09 00:00")


def test_overdue_is_said_once_a_working_day_and_upwards_after_two() -> None:
    """Due on Thursday 7 January 2027: late from Friday on, the Party office hears on the third working day."""
    quarter = Quarter(2026, 4)
    due_at = at("2027-01-08 00:00")

    def moments(day: str) -> list[Moment]:
        return [due.moment for due in TIMETABLE.overdue_dues(quarter, due_at, at(f"{day} 10:00"))]

    assert moments("2027-01-07") == []
    assert moments("2027-01-08") == [Moment.RATING_OVERDUE]
    assert moments("2027-01-09") == []
    assert moments("2027-01-11") == [Moment.RATING_OVERDUE]
    assert moments("2027-01-12") == [Moment.RATING_OVERDUE, Moment.RATING_ESCALATED]


@pytest.mark.parametrize(
    ("wanted", "polite"),
    [
        ("2026-11-25 20:59", "2026-11-25 20:59"),
        ("2026-11-25 21:00", "2026-11-26 08:30"),
        ("2026-11-26 03:00", "2026-11-26 08:30"),
        ("2026-11-26 08:30", "2026-11-26 08:30"),
    ],
)
def test_nothing_is_said_in_the_quiet_hours(wanted: str, polite: str) -> None:
    """21:00 to 08:30 is quiet."""
    assert TIMETABLE.polite(at(wanted)) == at(polite)


def test_days_left_counts_to_the_last_day() -> None:
    """On the last day nothing is left, after it the count is negative."""
    closes_at = at("2026-12-01 00:00")
    assert TIMETABLE.days_left(at("2026-11-27 17:00"), closes_at) == 3
    assert TIMETABLE.days_left(at("2026-11-30 23:59"), closes_at) == 0
    assert TIMETABLE.days_left(at("2026-12-02 00:00"), closes_at) == -2


def test_an_answer_is_due_on_the_fifth_working_day() -> None:
    """Asked on the Mid-Autumn holiday, 25 September 2026; the National Day holidays lie between."""
    assert TIMETABLE.answer_due_at(at("2026-09-25 15:00")) == at("2026-10-10 00:00")


def test_days_are_the_organisations_own() -> None:
    """An instant late on a UTC day is the next day in Shanghai."""
    assert TIMETABLE.day_of(datetime(2026, 9, 30, 17, 0, tzinfo=ZoneInfo("UTC"))) == date(2026, 10, 1)


def walk(day: date, working_days: int) -> date:
    """So many working days from this day on, itself included: step by step."""
    while True:
        working_days -= is_working(day)
        if working_days == 0:
            return day
        day = day + timedelta(days=1)


@given(QUARTERS)
def test_every_review_deadline_and_publication_agrees_with_a_walk(quarter: Quarter) -> None:
    """The 14th and the 15th after the quarter, moved on from days off; the publication never before the review."""
    review_on = walk(quarter.end_day + timedelta(days=13), 1)
    review_due_at = TIMETABLE.review_due_at(quarter)
    assert review_due_at == datetime.combine(review_on + timedelta(days=1), time.min, SHANGHAI)
    publish_on = walk(max(quarter.end_day + timedelta(days=14), review_on + timedelta(days=1)), 1)
    assert TIMETABLE.publishes_at(quarter, review_due_at) == datetime.combine(publish_on, time(9), SHANGHAI)


@given(QUARTERS, st.integers(1, 40))
def test_a_delayed_rating_leaves_the_group_just_five_working_days(quarter: Quarter, days_late: int) -> None:
    """The first is the day after the rating's last; only where that came before the planned day, the plan stays."""
    last = walk((TIMETABLE.rating_due_at(quarter) - timedelta(microseconds=1)).date() + timedelta(days=days_late), 1)
    due_at = TIMETABLE.review_due_at(quarter, datetime.combine(last + timedelta(days=1), time.min, SHANGHAI))
    fifth = datetime.combine(walk(last + timedelta(days=1), 5) + timedelta(days=1), time.min, SHANGHAI)
    assert due_at == max(fifth, TIMETABLE.review_due_at(quarter))


@given(QUARTERS, st.integers(1, 15))
def test_publicity_ends_after_just_so_many_working_days(quarter: Quarter, working_days: int) -> None:
    """The day of publication is the first."""
    shown_at = TIMETABLE.publishes_at(quarter, TIMETABLE.review_due_at(quarter))
    last = walk(shown_at.date(), working_days)
    ends_at = TIMETABLE.publicity_ends_at(shown_at, working_days)
    assert ends_at == datetime.combine(last + timedelta(days=1), time.min, SHANGHAI)


@given(QUARTERS)
def test_a_quarters_dates_follow_on_each_other_and_never_fall_on_a_day_off(quarter: Quarter) -> None:
    """Rating opens, is due, review is due, points are shown; also at the turn of the year and around holidays."""
    closed_at = TIMETABLE.month_closes_at(quarter.months[2])
    opens_at = TIMETABLE.rating_opens_at(closed_at)
    rating_due_at = TIMETABLE.rating_due_at(quarter)
    review_due_at = TIMETABLE.review_due_at(quarter, rating_due_at)
    shown_at = TIMETABLE.publishes_at(quarter, review_due_at)
    assert closed_at <= opens_at < rating_due_at < review_due_at <= shown_at
    moment = timedelta(microseconds=1)
    days = [opens_at.date(), *((due - moment).date() for due in (rating_due_at, review_due_at)), shown_at.date()]
    assert all(is_working(day) for day in days)


@given(st.dates(date(2024, 1, 1), date(2036, 12, 31)), st.times())
def test_work_is_told_in_the_morning_of_working_days_only(day: date, clock_time: time) -> None:
    """Nine o'clock, and never on a day off."""
    now = datetime.combine(day, clock_time, SHANGHAI)
    told = [due for due in TIMETABLE.daily_dues(now) if due.moment is Moment.WORK_TOLD]
    assert bool(told) is is_working(now.date())
    assert all(due.at == datetime.combine(now.date(), time(9), SHANGHAI) for due in told)
