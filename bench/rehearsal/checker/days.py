"""The year's dates worked out a second time, from the State Council's notice for 2026 and the scheme's own words.

Every instant is aware, in Shanghai. A year that no notice covers has Monday to Friday, but for the fixed holidays.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
NOTICED_YEAR = 2026
_OFF = (
    ((1, 1), (1, 3)), ((2, 15), (2, 23)), ((4, 4), (4, 6)), ((5, 1), (5, 5)), ((6, 19), (6, 21)), ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
)  # fmt: skip
_MADE_UP = {(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)}
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


def works(day: date) -> bool:
    """Whether people work on this day."""
    key = (day.month, day.day)
    if day.year != NOTICED_YEAR:
        return day.weekday() < 5 and key not in _FIXED
    return key in _MADE_UP or (day.weekday() < 5 and not any(first <= key <= last for first, last in _OFF))


def working_from(day: date) -> date:
    """This day, or the next one on which people work."""
    return day if works(day) else working_from(day + DAY)


def working_until(day: date) -> date:
    """This day, or the last one before it on which people work."""
    return day if works(day) else working_until(day - DAY)


def working_after(day: date, count: int) -> date:
    """The working day that is so many working days after this day."""
    for _ in range(count):
        day = working_from(day + DAY)
    return day


def clock(day: date, hour: int, minute: int = 0) -> datetime:
    """This time of this day."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def end_of(day: date) -> datetime:
    """The first instant after this day."""
    return clock(day + DAY, 0)


def day_of(instant: datetime) -> date:
    """The day in Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def first_after(month: str) -> date:
    """The first day of the month that follows "2026-12"."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1)


def form_opens(month: str) -> datetime:
    """The 25th, 09:00."""
    return clock(first_after(month).replace(day=1) - DAY, 9).replace(day=25)


def last_day(month: str) -> date:
    """The last day on which the form takes answers: the month's last, moved on if it is off."""
    return working_from(first_after(month) - DAY)


def form_closes(month: str) -> datetime:
    """The end of the last day."""
    return end_of(last_day(month))


def reminder_days(month: str) -> list[date]:
    """Three days and one day before the last day and that day itself, none twice, none on the opening day."""
    found: list[date] = []
    for before in (3, 1, 0):
        day = working_until(last_day(month) - before * DAY)
        if day not in found and day > form_opens(month).date():
            found.append(day)
    return found


def rating_opens(months: tuple[str, ...]) -> datetime:
    """09:00 of the first working day after the last form closed."""
    return clock(working_from(form_closes(months[-1]).date()), 9)


def due_day(months: tuple[str, ...], number: int) -> date:
    """The 7th, 14th or 15th after the quarter, moved on if it is off."""
    return working_from(first_after(months[-1]).replace(day=number))


def countdown_days(opens: date, due: date) -> list[date]:
    """On which days whoever has to act is reminded before it is due: T-3, T-1, T-0, all after the opening day."""
    found: list[date] = []
    for before in (3, 1, 0):
        day = working_until(due - before * DAY)
        if day not in found and day > opens:
            found.append(day)
    return found


def working_days_of(first: date, last: date) -> list[date]:
    """All working days from the first to the last."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    return [day for day in days if works(day)]


def publicity_ends(published: datetime, days: int = 5) -> datetime:
    """The end of the last of five working days; the first is the day itself if shown before noon."""
    day = day_of(published)
    if published.astimezone(SHANGHAI).hour >= 12:
        day += DAY
    return end_of(working_after(working_from(day), days - 1))


def answer_due(asked: datetime, days: int = 5) -> datetime:
    """The end of the fifth working day after the question."""
    return end_of(working_after(day_of(asked), days))
