"""What has come due by the calendar, and what comes next."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.forms import BranchState
from bot.domain.objections import ObjectionState
from bot.domain.periods import Month
from bot.domain.switches import Publication
from bot.domain.timetable import REMINDERS_STALE_AFTER, Due, Moment, Timetable
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.review.review_dues import review_dues

LOOKS_BACK_MONTHS = 7
LOOKS_AHEAD_DAYS = 14
BULLETIN_STALE_AFTER = timedelta(days=31)


class ListDue:
    """Everything that is due now and was not done yet, in order."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self) -> list[Due]:
        """Due work; a reminder that is half a day late is left out, for it would nag about the past."""
        async with self._store.read() as tx:
            dues = [
                due
                for due in [*await timetable_around(tx, self._timetable), *self._timetable.daily_dues(tx.now)]
                if due.at <= tx.now and not (due.moment.is_reminder and tx.now - due.at > REMINDERS_STALE_AFTER)
            ]
            claimed = await tx.dues.claimed(due.period for due in dues)
            return [due for due in dues if due.claim not in claimed]


class ListComing:
    """The next moments of the timetable, for whoever wants to know what will happen."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self) -> list[Due]:
        """Moments after now, soonest first."""
        async with self._store.read() as tx:
            return [due for due in await timetable_around(tx, self._timetable) if due.at > tx.now]


async def timetable_around(tx: Tx, timetable: Timetable) -> list[Due]:
    """All moments of the months and quarters around now, as planned or as they were moved."""
    this_month = Month.of(timetable.day_of(tx.now))
    opened = {entry.month: entry for entry in await tx.periods.months_since(this_month.shifted(-LOOKS_BACK_MONTHS))}
    dues: list[Due] = []
    for month in (this_month.previous, this_month, this_month.next):
        if month not in opened:
            opens_at, closes_at = timetable.month_opens_at(month), timetable.month_closes_at(month)
            if tx.now < closes_at:
                dues += timetable.month_dues(month, opens_at, closes_at)
    for entry in opened.values():
        dues += [
            due
            for due in timetable.month_dues(entry.month, entry.opens_at, entry.closes_at)
            if due.moment is not Moment.MONTH_OPENS
        ]
    dues += await _publicity_dues(tx, timetable)
    dues += await _objection_dues(tx, timetable)
    dues += [Due(one.ends_at, Moment.NAMING_ENDS, str(one.quarter)) for one in await tx.namings.running()]
    dues += await review_dues(tx, timetable)
    finished = await tx.bulletins.finished_since(tx.now - BULLETIN_STALE_AFTER)
    dues += [timetable.bulletin_due(quarter, final_at) for quarter, final_at in finished]
    dues += await _rating_dues(tx, timetable, {month: entry.closes_at for month, entry in opened.items()}, this_month)
    return sorted(set(dues))


async def _rating_dues(tx: Tx, timetable: Timetable, closes_at: dict[Month, datetime], this_month: Month) -> list[Due]:
    opened = {entry.quarter: entry for entry in await tx.periods.opened_quarters()}
    dues: list[Due] = []
    for quarter in {month.quarter for month in (*closes_at, this_month)} - opened.keys():
        last = quarter.months[2]
        closed_at = closes_at.get(last, timetable.month_closes_at(last))
        # Where the last month was never opened (the bot was away), the quarter is rated by the others.
        if closed_at > tx.now or any(month in closes_at for month in quarter.months):
            begins_at = timetable.rating_opens_at(closed_at)
            dues += timetable.rating_dues(quarter, begins_at, timetable.rating_due_at(quarter))
    for entry in await tx.periods.unfinished_quarters():
        stands = await tx.periods.branch_quarters(entry.quarter)
        if not all(stand.is_rated for stand in stands):
            planned = timetable.rating_dues(entry.quarter, entry.opened_at, entry.rating_due_at)
            own = {stand.rating_due_at for stand in stands if stand.was_sent_back}
            for due_at in own:
                planned += timetable.rating_dues(entry.quarter, entry.opened_at, due_at)
            dues += [due for due in planned if due.moment is not Moment.RATING_OPENS]
            for due_at in {entry.rating_due_at, *own}:
                for days in range(LOOKS_AHEAD_DAYS + 1):
                    dues += timetable.overdue_dues(entry.quarter, due_at, tx.now + timedelta(days=days))
        ends = {stand.publicity_ends_at for stand in stands if stand.state is BranchState.PUBLIC}
        dues += [Due(at, Moment.PUBLICITY_ENDS, str(entry.quarter)) for at in ends if at is not None]
    return dues


async def _publicity_dues(tx: Tx, timetable: Timetable) -> list[Due]:
    """When the committee shows the quarters that wait for the review; without a group they are shown as they close."""
    if (await tx.settings.switches()).publication is Publication.AT_CLOSE:
        return []
    dues: list[Due] = []
    for entry in await tx.periods.unfinished_quarters():
        if all(stand.state.is_published for stand in await tx.periods.branch_quarters(entry.quarter)):
            continue
        for days in range(LOOKS_AHEAD_DAYS + 1):
            dues += timetable.publicity_dues(entry.quarter, entry.publishes_at, tx.now + timedelta(days=days))
    return dues


async def _objection_dues(tx: Tx, timetable: Timetable) -> list[Due]:
    dues: list[Due] = []
    for found in await tx.objections.unsettled():
        if found.escalates_until is not None and found.state is ObjectionState.ANSWERED:
            dues.append(Due(found.escalates_until, Moment.ANSWER_STANDS, str(found.quarter)))
        if found.state.waits_for_answer:
            for days in range(LOOKS_AHEAD_DAYS + 1):
                dues += timetable.answer_dues(found.quarter, found.answer_due_at, tx.now + timedelta(days=days))
    return dues
