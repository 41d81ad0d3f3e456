"""When there will be something, for whoever asks before the first form, board or portrait."""

from __future__ import annotations

from datetime import date

from bot.domain.periods import Month
from bot.domain.switches import Publication
from bot.domain.timetable import Timetable
from bot.storage.tx import Tx


async def next_form_on(tx: Tx, timetable: Timetable) -> date:
    """The day on which the next form opens."""
    this_month, newest = Month.of(timetable.day_of(tx.now)), await tx.periods.newest_month()
    coming = newest.month.next if newest is not None and newest.month >= this_month else this_month
    return timetable.day_of(timetable.month_opens_at(coming))


async def next_results_on(tx: Tx, timetable: Timetable) -> date | None:
    """The day on which the newest quarter's boards and portraits are planned; None where that day is past."""
    opened, newest, today = await tx.periods.newest_quarter(), await tx.periods.newest_month(), timetable.day_of(tx.now)
    quarter = opened.quarter if opened else (newest.month if newest else Month.of(today)).quarter
    rating_due_at = opened.rating_due_at if opened else timetable.rating_due_at(quarter)
    if (await tx.settings.switches()).publication is Publication.AT_CLOSE:
        planned_at = rating_due_at
    else:
        planned_at = timetable.publishes_at(quarter, timetable.review_due_at(quarter, rating_due_at))
    planned_on = timetable.day_of(planned_at)
    return planned_on if planned_on > today else None
