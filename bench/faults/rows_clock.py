"""Time: missed ticks, jumps of the clock and of its zone, a calendar that ends, and every month's end until 2036."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta

import chinese_calendar

from bench.faults import checker
from bench.faults.figures import Bench, Figure, at_least, exactly, row
from bench.faults.world import OCTOBER, PEOPLE, SHANGHAI, at, world
from bot.domain.calendar import FIXED_HOLIDAYS, calendar_is_known, plus_working_days, working_day_from
from bot.domain.periods import Month, Quarter
from bot.domain.timetable import Timetable

REMINDED_AT = "2026-10-30 17:00"
_DAY = timedelta(days=1)


@row(
    "F26",
    "missed tick",
    injected="the bot is down over the opening, a reminder and the close: 1 min, 3 h, 3 d",
    holds="what had to be done is done once; nobody is nagged three days late",
)
async def missed_ticks(bench: Bench) -> list[Figure]:
    """Down over the deadline, for a while."""
    missed = doubled = nags = 0
    for down in (timedelta(minutes=1), timedelta(hours=3), timedelta(days=3)):
        async with world(bench) as here:
            for moment, kind, done in (
                ("2026-10-25 09:00", "month_opens", "select count(*) from month"),
                (REMINDED_AT, "", ""),
                ("2026-11-03 00:00", "month_closes", "select count(closed_at) from month"),
            ):
                await here.rest()
                await here.kill()
                here.clock.travel(max(at(moment) + down, here.clock.now()))
                await here.start()
                await here.rest()
                missed += bool(done) and not await here.value(done)
                doubled += bool(kind) and abs(await here.count("due", "kind = :kind", kind=kind) - 1)
            reminders = await here.count("letter", "kind = 'form_reminded' and written_at < :late",
                                         late=str(at("2026-11-02 08:00").astimezone(SHANGHAI))
                                         if bench.database == "sqlite" else at("2026-11-02 08:00"))  # fmt: skip
            late = down > timedelta(hours=12)
            missed += not late and reminders != len(PEOPLE)
            nags += reminders if late else 0
            doubled += await checker.twice_told(here)
    bench.counts["missed deadlines"] += missed
    return [exactly("missed", missed), exactly("done or said twice", doubled), exactly("late nags", nags)]


@row(
    "F27",
    "clock jump",
    injected="±1 h and ±1 d over the opening and the close; TZ of another continent",
    holds="nothing twice, no period reopens, days are Shanghai's",
)
async def clock_jumps(bench: Bench) -> list[Figure]:
    """Somebody sets the machine's clock, and it stands in New York."""
    doubled = reopened = wrong_days = 0
    for zone in ("America/New_York", "Pacific/Auckland") if bench.full else ("America/New_York",):
        async with world(bench, zone=zone) as here:
            await here.open_october()
            jumps = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)]
            bench.random.shuffle(jumps)
            for about in ("2026-10-25 09:00", "2026-11-03 00:00", "2026-11-03 09:00"):
                await here.travel(max(at(about), here.clock.now()))
                closed = await here.value("select count(closed_at) from month")
                for jump in jumps:
                    here.clock.travel(here.clock.now() + jump)
                    await here.rest()
                reopened += await here.value("select count(closed_at) from month") < closed
                here.clock.travel(max(at(about), here.clock.now()))
                await here.rest()
            doubled += await checker.twice_told(here)
            doubled += abs(await here.count("letter", "kind = 'form_opened'") - len(PEOPLE))
            async with here.core.store.read() as tx:
                month = await tx.periods.get_month(Month.parse(OCTOBER))
            wrong_days += month.opens_at != at("2026-10-25 09:00")
            wrong_days += month.closes_at != at("2026-11-03 00:00")
    return [exactly("told twice", doubled), exactly("reopened", reopened), exactly("wrong days", wrong_days)]


@row(
    "F28",
    "calendar unknown",
    injected="every day of the ten years after the state's data ends",
    holds="Monday to Friday but the fixed holidays, said to be a guess, never an exception",
)
async def unknown_calendar(bench: Bench) -> list[Figure]:
    """Nobody knows the make-up days of 2035 yet."""
    errors = wrong = unsaid = days = 0
    day = date(2027, 1, 1)
    while day < date(2037, 1, 1):
        try:
            found = working_day_from(day)
            wrong += not _oracle_works(found) or (_oracle_works(day) and found != day)
            plus_working_days(day, 5)
            unsaid += calendar_is_known(day) is not _is_published(day)
        except Exception:
            errors += 1
        day, days = day + _DAY, days + 1
    return [
        at_least("days", days, 3_650), exactly("exceptions", errors), exactly("wrong days", wrong),
        exactly("not said", unsaid),
    ]  # fmt: skip


def _is_published(day: date) -> bool:
    return bool(max(chinese_calendar.holidays).year >= day.year)


def _oracle_works(day: date) -> bool:
    """By the state's own list where there is one, worked out a second time."""
    if not _is_published(day):
        return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS
    if day in chinese_calendar.workdays:
        return True
    return day.weekday() < 5 and day not in chinese_calendar.holidays


@row(
    "F29",
    "month and quarter ends, leap days, turns of the year",
    injected="every month from 2024 to 2036",
    holds="the dates of a second, plain computation",
)
async def month_ends(bench: Bench) -> list[Figure]:
    """Each due date again, by a walk through the days."""
    timetable, wrong, dates = Timetable(SHANGHAI), 0, 0
    for year in range(2024, 2037):
        for number in range(1, 13):
            last = date(year, number, calendar.monthrange(year, number)[1])
            month = Month(year, number)
            wrong += timetable.month_opens_at(month) != datetime.combine(date(year, number, 25), time(9), SHANGHAI)
            wrong += timetable.month_closes_at(month) != _end_of(_walk(last))
            dates += 2
            if number % 3 == 0:
                quarter = Quarter(year, number // 3)
                wrong += timetable.rating_due_at(quarter) != _end_of(_walk(last + 7 * _DAY))
                wrong += timetable.review_due_at(quarter) != _end_of(_walk(last + 14 * _DAY))
                dates += 2
    return [at_least("dates", dates, 400), exactly("mismatches", wrong)]


def _walk(day: date) -> date:
    while not _oracle_works(day):
        day += _DAY
    return day


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _DAY, time.min, SHANGHAI)
