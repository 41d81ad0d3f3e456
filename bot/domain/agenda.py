"""What the calendar shows: each date of a month and a quarter, by the rule, moved by days off, or by a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.calendar import plus_working_days
from bot.domain.periods import Month, Quarter
from bot.domain.timetable import OPENS_AT, PUBLICITY_ON, RATING_DUE_ON, REVIEW_DUE_ON, Timetable

_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)


class DateKind(StrEnum):
    """What happens on a date, in the order of a quarter."""

    FORM_OPENS = "form_opens"
    FORM_CLOSES = "form_closes"
    RATING_OPENS = "rating_opens"
    DRAW = "draw"
    RATING_DUE = "rating_due"
    SENT_BACK_DUE = "sent_back_due"
    REVIEW_DUE = "review_due"
    PUBLICATION = "publication"
    PUBLICITY_ENDS = "publicity_ends"
    ANSWER_DUE = "answer_due"


class Movable(StrEnum):
    """The dates of a quarter that a person can move."""

    RATING = "rating"
    REVIEW = "review"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `planned_on` is the day before days off moved it, `by_rule_at` where it would be without a hand."""

    at: datetime
    kind: DateKind
    period: str
    planned_on: date | None = None
    by_rule_at: datetime | None = None

    def day(self, zone: ZoneInfo) -> date:
        """The day that people name: an end at midnight belongs to the day before."""
        return _day(self.at, zone)

    def moved_by_hand(self, zone: ZoneInfo) -> date | None:
        """The day on which it would be by the rule, if somebody moved it."""
        if self.by_rule_at is None or _day(self.by_rule_at, zone) == self.day(zone):
            return None
        return _day(self.by_rule_at, zone)

    def moved_by_days_off(self, zone: ZoneInfo) -> date | None:
        """The day on which it would be if people worked every day; None if somebody moved it."""
        if self.planned_on is None or self.moved_by_hand(zone) is not None or self.planned_on == self.day(zone):
            return None
        return self.planned_on


@dataclass(frozen=True, slots=True)
class QuarterDates:
    """The three dates of a quarter that can be moved; both dues are exclusive ends."""

    rating_due_at: datetime
    review_due_at: datetime
    publishes_at: datetime

    def at(self, what: Movable) -> datetime:
        """One of them."""
        return {
            Movable.RATING: self.rating_due_at, Movable.REVIEW: self.review_due_at, Movable.PUBLISH: self.publishes_at,
        }[what]  # fmt: skip

    def having(self, what: Movable, at: datetime) -> QuarterDates:
        """The same with one of them elsewhere; the order is not looked at."""
        match what:
            case Movable.RATING:
                return replace(self, rating_due_at=at)
            case Movable.REVIEW:
                return replace(self, review_due_at=at)
            case Movable.PUBLISH:
                return replace(self, publishes_at=at)

    @property
    def disorder(self) -> tuple[Movable, Movable] | None:
        """The first two that do not follow on each other."""
        if self.rating_due_at >= self.review_due_at:
            return Movable.RATING, Movable.REVIEW
        return (Movable.REVIEW, Movable.PUBLISH) if self.review_due_at > self.publishes_at else None

    @property
    def seal(self) -> int:
        """A checksum, so that a button means the dates that were seen."""
        return crc32(
            repr([at.timestamp() for at in (self.rating_due_at, self.review_due_at, self.publishes_at)]).encode()
        )


def planned_dates(timetable: Timetable, quarter: Quarter) -> QuarterDates:
    """The dates by the rule."""
    rating_due_at = timetable.rating_due_at(quarter)
    review_due_at = timetable.review_due_at(quarter, rating_due_at)
    return QuarterDates(rating_due_at, review_due_at, timetable.publishes_at(quarter, review_due_at))


def pushed(timetable: Timetable, quarter: Quarter, dates: QuarterDates, what: Movable, at: datetime) -> QuarterDates:
    """One date moved, and what must follow on it moved along."""
    moved = dates.having(what, at)
    if what is Movable.RATING:
        review_due_at = timetable.review_due_at(quarter, at)
        moved = replace(moved, review_due_at=max(dates.review_due_at, review_due_at))
    publishes_at = timetable.publishes_at(quarter, moved.review_due_at)
    return moved if what is Movable.PUBLISH else replace(moved, publishes_at=max(dates.publishes_at, publishes_at))


def instant_on(timetable: Timetable, what: Movable, day: date) -> datetime:
    """A due date ends with its day; publication is in the morning."""
    return timetable.at(day, OPENS_AT) if what is Movable.PUBLISH else timetable.at(day + _DAY, time.min)


def working_day_after(timetable: Timetable, at: datetime, now: datetime, working_days: int) -> date:
    """So many working days later than this date, or than today if it is past."""
    day = max(_day(at, timetable.zone), timetable.day_of(now))
    return plus_working_days(day + _DAY, working_days - 1)


def month_entries(timetable: Timetable, month: Month, opens_at: datetime, closes_at: datetime) -> list[Entry]:
    """The month's form as it was opened or will be."""
    by_rule_at = timetable.month_closes_at(month)
    return [
        Entry(opens_at, DateKind.FORM_OPENS, str(month), by_rule_at=timetable.month_opens_at(month)),
        Entry(closes_at, DateKind.FORM_CLOSES, str(month), month.end_day - _DAY, by_rule_at),
    ]


def quarter_entries(
    timetable: Timetable, quarter: Quarter, dates: QuarterDates, opens_at: datetime, publicity_days: int | None
) -> list[Entry]:
    """The quarter's dates; without a review group (`publicity_days` None) a branch is shown as soon as it closes."""
    by_rule, end = planned_dates(timetable, quarter), quarter.end_day
    opens_by_rule_at = timetable.rating_opens_at(timetable.month_closes_at(quarter.months[2]))
    entries = [
        Entry(opens_at, DateKind.RATING_OPENS, str(quarter), end, opens_by_rule_at),
        Entry(dates.rating_due_at, DateKind.RATING_DUE, str(quarter), end + (RATING_DUE_ON - 1) * _DAY,
              by_rule.rating_due_at),
    ]  # fmt: skip
    if publicity_days is None:
        return entries
    return [
        *entries,
        Entry(opens_at, DateKind.DRAW, str(quarter)),
        Entry(dates.review_due_at, DateKind.REVIEW_DUE, str(quarter), end + (REVIEW_DUE_ON - 1) * _DAY,
              by_rule.review_due_at),
        Entry(dates.publishes_at, DateKind.PUBLICATION, str(quarter), end + (PUBLICITY_ON - 1) * _DAY,
              by_rule.publishes_at),
        Entry(timetable.publicity_ends_at(dates.publishes_at, publicity_days), DateKind.PUBLICITY_ENDS, str(quarter)),
    ]  # fmt: skip


def _day(at: datetime, zone: ZoneInfo) -> date:
    return (at.astimezone(zone) - _MOMENT).date()
