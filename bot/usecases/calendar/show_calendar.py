"""The calendar: what is coming for a person, and all dates of a quarter."""

from __future__ import annotations

from datetime import datetime

from bot.domain.agenda import DateKind, Entry, QuarterDates, month_entries, planned_dates, quarter_entries
from bot.domain.calendar import calendar_is_known
from bot.domain.forms import BranchState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Month, Quarter
from bot.domain.switches import Publication
from bot.domain.timetable import Timetable
from bot.storage.periods import OpenedQuarter
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.objections.show_objections import waiting_for
from bot.usecases.publicity.show_publicity import USUAL_PUBLICITY_DAYS
from bot.usecases.rating.show_queue import parsed
from bot.usecases.visit import Visit, must
from bot.views.calendar_facts import CalendarPage

_EVERYBODYS = {DateKind.FORM_OPENS, DateKind.FORM_CLOSES, DateKind.PUBLICATION, DateKind.PUBLICITY_ENDS}
_RATERS = {DateKind.RATING_OPENS, DateKind.RATING_DUE, DateKind.SENT_BACK_DUE}
_PERSONAL = {DateKind.SENT_BACK_DUE, DateKind.ANSWER_DUE}


class ShowCalendar:
    """What is coming, for everybody; whole quarters for those who keep the timetable."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str = "") -> CalendarPage:
        """The visitor's calendar, or all dates of this quarter."""
        which = parsed(quarter)
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            if which is not None:
                must(person, Deed.SEE_TIMETABLE, Subject())
                page = await quarter_page(tx, self._timetable, which, person)
            else:
                page = await self._coming(tx, person)
        await stop_waiting(self._store, visit)
        return page

    async def for_operator(self, quarter: Quarter | None = None) -> CalendarPage:
        """The same on the command line: without a quarter what is coming for everybody."""
        async with self._store.read() as tx:
            if quarter is not None:
                return await quarter_page(tx, self._timetable, quarter, None)
            return _page(tx, self._timetable, [], await _coming_entries(tx, self._timetable))

    async def _coming(self, tx: Tx, person: Person) -> CalendarPage:
        entries = [*await _coming_entries(tx, self._timetable), *await _personal(tx, self._timetable, person)]
        concerned = await _kinds_of(tx, person)
        own = [entry for entry in entries if entry.kind in concerned]
        others = [entry for entry in entries if entry.kind not in concerned]
        quarters = tuple(await _quarters(tx, self._timetable)) if may(person, Deed.SEE_TIMETABLE, Subject()) else ()
        return _page(tx, self._timetable, own, others, quarters=quarters)


async def quarter_page(tx: Tx, timetable: Timetable, quarter: Quarter, person: Person | None) -> CalendarPage:
    """All dates of a quarter, those behind included."""
    opened = await tx.periods.find_quarter(quarter)
    entries = []
    for month in quarter.months:
        entries += month_entries(timetable, month, *await _window(tx, timetable, month))
    entries += await _of_quarter(tx, timetable, quarter, opened)
    waiting = {one.answer_due_at for one in await tx.objections.in_quarter(quarter) if one.state.waits_for_answer}
    entries += [Entry(at, DateKind.ANSWER_DUE, str(quarter)) for at in waiting]
    return _page(
        tx, timetable, [], entries, quarter=quarter, quarters=tuple(await _quarters(tx, timetable)),
        may_move=person is not None and opened is not None and may(person, Deed.MOVE_TIMETABLE, Subject())
        and not all(stand.state.is_published for stand in await tx.periods.branch_quarters(quarter)),
    )  # fmt: skip


async def _coming_entries(tx: Tx, timetable: Timetable) -> list[Entry]:
    """What lies ahead of this month and the next, and of the quarters that are not final."""
    entries: list[Entry] = []
    this_month = Month.of(timetable.day_of(tx.now))
    unclosed = [opened.month for opened in await tx.periods.unclosed_months()]
    for month in sorted({*unclosed, this_month, this_month.next}):
        entries += month_entries(timetable, month, *await _window(tx, timetable, month))
    for quarter in await _quarters(tx, timetable):
        entries += await _of_quarter(tx, timetable, quarter, await tx.periods.find_quarter(quarter))
    return [entry for entry in entries if entry.at > tx.now]


async def _personal(tx: Tx, timetable: Timetable, person: Person) -> list[Entry]:
    """Deadlines of this person's own branch, and of the answers that he owes."""
    entries = [
        Entry(card.objection.answer_due_at, DateKind.ANSWER_DUE, str(card.objection.quarter))
        for card in await waiting_for(tx, person, timetable.zone)
    ]
    if may(person, Deed.SEE_DESK, Subject(branch_id=person.branch_id)):
        for opened in await tx.periods.unfinished_quarters():
            stand = await tx.periods.find_branch_quarter(person.branch_id, opened.quarter)
            if stand is not None and stand.was_sent_back and stand.state is BranchState.RATING:
                entries.append(Entry(stand.rating_due_at, DateKind.SENT_BACK_DUE, str(opened.quarter)))
    return entries


async def _of_quarter(tx: Tx, timetable: Timetable, quarter: Quarter, opened: OpenedQuarter | None) -> list[Entry]:
    """The quarter's dates as planned or moved, and, once it is shown, when that really ends."""
    dates = dates_of(opened) if opened else planned_dates(timetable, quarter)
    closes_at = (await _window(tx, timetable, quarter.months[2]))[1]
    opens_at = opened.opened_at if opened else timetable.rating_opens_at(closes_at)
    at_close = (await tx.settings.switches()).publication is Publication.AT_CLOSE
    days = None if at_close else await _publicity_days(tx, opened)
    entries = quarter_entries(timetable, quarter, dates, opens_at, days)
    ends = {stand.publicity_ends_at for stand in await tx.periods.branch_quarters(quarter)} - {None}
    if ends:
        entries = [entry for entry in entries if entry.kind is not DateKind.PUBLICITY_ENDS]
        entries += [Entry(at, DateKind.PUBLICITY_ENDS, str(quarter)) for at in ends if at is not None]
    return entries


def dates_of(opened: OpenedQuarter) -> QuarterDates:
    """The dates of an opened quarter that can be moved."""
    return QuarterDates(opened.rating_due_at, opened.review_due_at, opened.publishes_at)


async def _publicity_days(tx: Tx, opened: OpenedQuarter | None) -> int:
    if opened is None:
        return USUAL_PUBLICITY_DAYS
    return (await tx.periods.rules(opened.ruleset_id)).policies.publicity_days or USUAL_PUBLICITY_DAYS


async def _window(tx: Tx, timetable: Timetable, month: Month) -> tuple[datetime, datetime]:
    opened = await tx.periods.find_month(month)
    if opened is None:
        return timetable.month_opens_at(month), timetable.month_closes_at(month)
    return opened.opens_at, opened.closes_at


async def _quarters(tx: Tx, timetable: Timetable) -> list[Quarter]:
    """Those that are not final, and the present one."""
    unfinished = {opened.quarter for opened in await tx.periods.unfinished_quarters()}
    return sorted({*unfinished, Quarter.of(timetable.day_of(tx.now))})


async def _kinds_of(tx: Tx, person: Person) -> set[DateKind]:
    """What this person has to do with."""
    kinds = _EVERYBODYS | _PERSONAL
    if may(person, Deed.SEE_DESK, Subject(branch_id=person.branch_id)):
        kinds |= _RATERS
    newest = await tx.periods.newest_quarter()
    seated = newest is not None and (await tx.reviews.body(newest.quarter)).seat_for(person.member_id) is not None
    if seated or may(person, Deed.PUBLISH, Subject()):
        kinds |= {DateKind.DRAW, DateKind.REVIEW_DUE}
    return kinds


def _page(
    tx: Tx, timetable: Timetable, own: list[Entry], others: list[Entry], *, quarter: Quarter | None = None,
    quarters: tuple[Quarter, ...] = (), may_move: bool = False,
) -> CalendarPage:  # fmt: skip
    order = list(DateKind)
    found = [sorted(set(entries), key=lambda one: (one.at, order.index(one.kind))) for entries in (own, others)]
    days = {entry.day(timetable.zone) for entries in found for entry in entries}
    unknown = sorted({day.year for day in days if not calendar_is_known(day)})
    return CalendarPage(
        tuple(found[0]), tuple(found[1]), tx.now, timetable.zone, tuple(unknown), quarter, quarters, may_move
    )
