"""Working days of the state, with its make-up days; a year not published yet falls back to Monday to Friday.

Also then nobody works on the holidays that the law ties to a date: New Year, Labour Day and the National Day.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

_DAY = timedelta(days=1)
# 全国年节及纪念日放假办法, as amended in 2024: (month, day) of the holidays that do not follow the moon.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class DayOff(StrEnum):
    """Why nobody works on a day."""

    WEEKEND = "weekend"
    NEW_YEAR = "new_years_day"
    SPRING = "spring_festival"
    QINGMING = "tomb_sweeping_day"
    LABOUR = "labour_day"
    DRAGON_BOAT = "dragon_boat_festival"
    MID_AUTUMN = "mid_autumn_festival"
    NATIONAL = "national_day"


_BY_LAW = {1: DayOff.NEW_YEAR, 5: DayOff.LABOUR, 10: DayOff.NATIONAL}


def day_off(day: date) -> DayOff | None:
    """Why nobody works on this day; None for a working day."""
    if is_working(day):
        return None
    if not calendar_is_known(day):
        return _BY_LAW[day.month] if (day.month, day.day) in FIXED_HOLIDAYS else DayOff.WEEKEND
    name = chinese_calendar.get_holiday_detail(day)[1]
    found = chinese_calendar.Holiday(name).name if name else DayOff.WEEKEND.value
    return DayOff(found) if found in set(DayOff) else DayOff.WEEKEND


def calendar_is_known(day: date) -> bool:
    """Whether the state's holidays and make-up days of this year are in our data."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def is_working(day: date) -> bool:
    """Whether people work on this day; in an unknown year Monday to Friday do, but for the fixed holidays."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def working_day_from(day: date) -> date:
    """This day if people work on it, else the next working day (a deadline on a day off moves on)."""
    while not is_working(day):
        day += _DAY
    return day


def working_day_until(day: date) -> date:
    """This day if people work on it, else the last working day before it (a reminder never comes too late)."""
    while not is_working(day):
        day -= _DAY
    return day


def plus_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`; 0 gives the first working day from `day` on."""
    day = working_day_from(day)
    for _ in range(count):
        day = working_day_from(day + _DAY)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; 0 if end is not later."""
    count = 0
    while start < end:
        start += _DAY
        count += is_working(start)
    return count
