"""When things open, are due and are said: the year's calendar of the scheme, computed from the working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.calendar import plus_working_days, working_day_from, working_day_until, working_days_between
from bot.domain.periods import Month, Quarter

FORM_OPENS_ON = 25
RATING_DUE_ON = 7
REVIEW_DUE_ON = 14
PUBLICITY_ON = 15
OPENS_AT = time(9, 0)
REMINDS_AT = time(17, 0)
LEADERS_ARE_TOLD_AT = time(9, 0)
COUNTS_AS_A_DAY_UNTIL = time(12, 0)
FORGETS_AT = time(3, 30)
QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 30)
ANSWER_DUE_WORKING_DAYS = 5
ESCALATES_AFTER_WORKING_DAYS = 2
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
"""What an exclusive end is put back by to stand on its last day."""


REMINDERS_STALE_AFTER = timedelta(hours=12)


class Moment(StrEnum):
    """What comes due by the clock; the name is stored, so it never changes."""

    MONTH_OPENS = "month_opens"
    FORM_T3 = "form_t3"
    FORM_T1 = "form_t1"
    FORM_LAST_DAY = "form_last_day"
    MONTH_CLOSES = "month_closes"
    MONTH_SUMMARY = "month_summary"
    RATING_OPENS = "rating_opens"
    RATING_T3 = "rating_t3"
    RATING_T1 = "rating_t1"
    RATING_T0 = "rating_t0"
    RATING_OVERDUE = "rating_overdue"
    RATING_ESCALATED = "rating_escalated"
    DRAW_OPENS = "review_draw_opens"
    REVIEW_T3 = "review_t3"
    REVIEW_T1 = "review_t1"
    REVIEW_T0 = "review_t0"
    REVIEW_OVERDUE = "review_overdue"
    REVIEW_ESCALATED = "review_escalated"
    BODY_MISSING = "review_body_missing"
    DATA_FORGOTTEN = "data_forgotten"
    NOTICE_TOLD = "notice_told"
    WORK_TOLD = "work_told"
    PUBLICITY_DUE = "publicity_due"
    PUBLICITY_OVERDUE = "publicity_overdue"
    PUBLICITY_ESCALATED = "publicity_escalated"
    PUBLICITY_ENDS = "publicity_ends"
    BULLETIN_DUE = "bulletin_due"
    OBJECTION_T1 = "objection_t1"
    OBJECTION_T0 = "objection_t0"
    OBJECTION_OVERDUE = "objection_overdue"
    OBJECTION_ESCALATED = "objection_escalated"
    ANSWER_STANDS = "answer_stands"
    NAMING_ENDS = "naming_ends"

    @property
    def is_reminder(self) -> bool:
        """Whether it only makes sense near its time: one that comes a day late would be a nag about the past."""
        return self not in {
            Moment.MONTH_OPENS, Moment.MONTH_CLOSES, Moment.MONTH_SUMMARY, Moment.DRAW_OPENS, Moment.RATING_OPENS,
            Moment.PUBLICITY_DUE, Moment.PUBLICITY_ENDS, Moment.BULLETIN_DUE, Moment.ANSWER_STANDS, Moment.NAMING_ENDS,
        }  # fmt: skip

    @classmethod
    def of_each_day(cls) -> tuple[Moment, ...]:
        """What is done every day, whatever the period; a day that was missed needs no catching up."""
        return cls.DATA_FORGOTTEN, cls.NOTICE_TOLD


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """One moment of the timetable; the period is "2026-11" or "2026Q4"."""

    at: datetime
    moment: Moment
    period: str

    @property
    def claim(self) -> tuple[str, str, str]:
        """The key under which the work is done once; a moved deadline makes its reminders new work."""
        return self.moment.value, self.period, f"{self.at:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Timetable:
    """All dates of the scheme in the organisation's zone; every instant it returns is aware."""

    zone: ZoneInfo

    def at(self, day: date, clock_time: time) -> datetime:
        """This wall-clock time on this day in the organisation's zone."""
        return datetime.combine(day, clock_time, self.zone)

    def days_left(self, now: datetime, ends_at: datetime) -> int:
        """Calendar days from today to the last day before an exclusive end; 0 on the last day, negative after it."""
        return (self.day_of(ends_at - _INSTANT) - self.day_of(now)).days

    def day_of(self, instant: datetime) -> date:
        """The organisation's calendar day of an instant."""
        return instant.astimezone(self.zone).date()

    def month_opens_at(self, month: Month) -> datetime:
        """The 25th, 09:00."""
        return self.at(date(month.year, month.number, FORM_OPENS_ON), OPENS_AT)

    def month_closes_at(self, month: Month) -> datetime:
        """The end of the last day (exclusive); a last day off moves to the next working day."""
        last_day = working_day_from(month.end_day - _DAY)
        return self.at(last_day + _DAY, time.min)

    def rating_opens_at(self, closed_at: datetime) -> datetime:
        """When a quarter whose last month closed then begins to be rated: at 09:00 of a working day, or later on it."""
        day = self.day_of(closed_at)
        return max(closed_at, self.at(working_day_from(day), LEADERS_ARE_TOLD_AT))

    def rating_due_at(self, quarter: Quarter) -> datetime:
        """The end of the 7th after the quarter (exclusive), moved to a working day."""
        due_day = working_day_from(quarter.end_day + timedelta(days=RATING_DUE_ON - 1))
        return self.at(due_day + _DAY, time.min)

    def review_due_at(self, quarter: Quarter, rating_due_at: datetime | None = None) -> datetime:
        """The end of the 14th after the quarter (exclusive), moved to a working day.

        A rating that is due later than planned leaves the group as long as an answer may take, from the day after it.
        """
        due_day = working_day_from(quarter.end_day + timedelta(days=REVIEW_DUE_ON - 1))
        planned_at = self.at(due_day + _DAY, time.min)
        if rating_due_at is None or rating_due_at <= self.rating_due_at(quarter):
            return planned_at
        return max(planned_at, self.answer_due_at(rating_due_at - _INSTANT))

    def publishes_at(self, quarter: Quarter, review_due_at: datetime) -> datetime:
        """The 15th after the quarter, 09:00, or the first working day on which the review is over."""
        planned = quarter.end_day + timedelta(days=PUBLICITY_ON - 1)
        return self.at(working_day_from(max(self.day_of(review_due_at), planned)), OPENS_AT)

    def publicity_ends_at(self, published_at: datetime, working_days: int) -> datetime:
        """The end (exclusive) of the last of these working days; the first is the day itself if shown before noon."""
        day = self.day_of(published_at)
        if published_at.astimezone(self.zone).time() >= COUNTS_AS_A_DAY_UNTIL:
            day += _DAY
        return self.at(plus_working_days(day, working_days - 1) + _DAY, time.min)

    def bulletin_due(self, quarter: Quarter, final_at: datetime) -> Due:
        """When the bulletin goes out of a quarter whose last branch became final then: a working day's morning."""
        morning = self.at(working_day_from(self.day_of(final_at)), LEADERS_ARE_TOLD_AT)
        return Due(max(final_at, morning), Moment.BULLETIN_DUE, str(quarter))

    def answer_due_at(self, asked_at: datetime, working_days: int = ANSWER_DUE_WORKING_DAYS) -> datetime:
        """The end (exclusive) of the last of these working days, the first being the one after the question."""
        return self.at(plus_working_days(self.day_of(asked_at) + _DAY, working_days - 1) + _DAY, time.min)

    def month_dues(self, month: Month, opens_at: datetime, closes_at: datetime) -> list[Due]:
        """Everything that comes due for one month's form, in order; `closes_at` may have been extended.

        Reminders fall on working days, never after the day they announce; of two on one day the first remains.
        """
        last_day = self.day_of(closes_at - _INSTANT)
        dues = [Due(opens_at, Moment.MONTH_OPENS, str(month))]
        taken: set[date] = {self.day_of(opens_at)}
        for moment, days_before in ((Moment.FORM_T3, 3), (Moment.FORM_T1, 1), (Moment.FORM_LAST_DAY, 0)):
            day = working_day_until(last_day - timedelta(days=days_before))
            if day not in taken and self.at(day, REMINDS_AT) > opens_at:
                taken.add(day)
                dues.append(Due(self.at(day, REMINDS_AT), moment, str(month)))
        dues.append(Due(closes_at, Moment.MONTH_CLOSES, str(month)))
        dues.append(Due(self.at(self.day_of(closes_at), OPENS_AT), Moment.MONTH_SUMMARY, str(month)))
        return dues

    def rating_dues(self, quarter: Quarter, opens_at: datetime, due_at: datetime) -> list[Due]:
        """What is said to those who rate, up to the day it is due."""
        moments = Moment.RATING_T3, Moment.RATING_T1, Moment.RATING_T0
        return [Due(opens_at, Moment.RATING_OPENS, str(quarter)), *self._countdown(quarter, opens_at, due_at, moments)]

    def review_dues(self, quarter: Quarter, opens_at: datetime, due_at: datetime) -> list[Due]:
        """The draw, which comes with the rating, and what is said to those who review, up to the day it is due."""
        moments = Moment.REVIEW_T3, Moment.REVIEW_T1, Moment.REVIEW_T0
        return [Due(opens_at, Moment.DRAW_OPENS, str(quarter)), *self._countdown(quarter, opens_at, due_at, moments)]

    def body_dues(self, quarter: Quarter, closed_at: datetime, now: datetime) -> list[Due]:
        """Today's question for a review group, if today is a working day and the branches waited by its morning."""
        asks_at = self.at(self.day_of(now), LEADERS_ARE_TOLD_AT)
        if working_day_from(self.day_of(now)) != self.day_of(now) or closed_at >= asks_at:
            return []
        return [Due(asks_at, Moment.BODY_MISSING, str(quarter))]

    def _countdown(
        self, quarter: Quarter, opens_at: datetime, due_at: datetime, moments: tuple[Moment, Moment, Moment]
    ) -> list[Due]:
        """Three days and one day before the day it is due, and that day, each on a working day and after the first."""
        dues = []
        due_day = self.day_of(due_at - _INSTANT)
        taken = {self.day_of(opens_at)}
        for moment, days_before in zip(moments, (3, 1, 0), strict=True):
            day = working_day_until(due_day - timedelta(days=days_before))
            if day not in taken and day > self.day_of(opens_at):
                taken.add(day)
                dues.append(Due(self.at(day, LEADERS_ARE_TOLD_AT), moment, str(quarter)))
        return dues

    def overdue_dues(
        self, quarter: Quarter, due_at: datetime, now: datetime,
        overdue: Moment = Moment.RATING_OVERDUE, escalated: Moment = Moment.RATING_ESCALATED,
    ) -> list[Due]:  # fmt: skip
        """Today's nags, if today is a working day after the due day: one a day, after two working days also upwards."""
        today = self.day_of(now)
        due_day = self.day_of(due_at - _INSTANT)
        late = working_days_between(due_day, today)
        nag_at = self.at(today, LEADERS_ARE_TOLD_AT)
        if late == 0 or working_day_from(today) != today:
            return []
        dues = [Due(nag_at, overdue, str(quarter))]
        if late > ESCALATES_AFTER_WORKING_DAYS:
            dues.append(Due(nag_at, escalated, str(quarter)))
        return dues

    def publicity_dues(self, quarter: Quarter, publishes_at: datetime, now: datetime) -> list[Due]:
        """When the quarter is to be shown, and today's nag if that day is past."""
        late = self.overdue_dues(quarter, publishes_at, now, Moment.PUBLICITY_OVERDUE, Moment.PUBLICITY_ESCALATED)
        return [Due(publishes_at, Moment.PUBLICITY_DUE, str(quarter)), *late]

    def answer_dues(self, quarter: Quarter, due_at: datetime, now: datetime) -> list[Due]:
        """What is said to who owes a member an answer: the day before, on the day, and today's nag if it is late."""
        due_day = self.day_of(due_at - _INSTANT)
        dues = [
            Due(self.at(working_day_until(due_day - before), LEADERS_ARE_TOLD_AT), moment, str(quarter))
            for moment, before in ((Moment.OBJECTION_T1, _DAY), (Moment.OBJECTION_T0, timedelta()))
        ]
        return dues + self.overdue_dues(quarter, due_at, now, Moment.OBJECTION_OVERDUE, Moment.OBJECTION_ESCALATED)

    def daily_dues(self, now: datetime) -> list[Due]:
        """Today's housekeeping, as soon as its hour has come."""
        today = self.day_of(now)
        hours = {Moment.DATA_FORGOTTEN: FORGETS_AT, Moment.NOTICE_TOLD: OPENS_AT}
        dues = [Due(self.at(today, hours[moment]), moment, today.isoformat()) for moment in Moment.of_each_day()]
        if working_day_from(today) == today:
            dues.append(Due(self.at(today, LEADERS_ARE_TOLD_AT), Moment.WORK_TOLD, today.isoformat()))
        return dues

    def polite(self, instant: datetime) -> datetime:
        """The same instant, or the end of the quiet hours (21:00 to 08:30) it falls into."""
        local = instant.astimezone(self.zone)
        if local.time() >= QUIET_FROM:
            return self.at(local.date() + _DAY, QUIET_UNTIL)
        if local.time() < QUIET_UNTIL:
            return self.at(local.date(), QUIET_UNTIL)
        return instant
