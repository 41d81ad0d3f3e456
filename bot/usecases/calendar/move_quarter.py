"""Moving a quarter's dates: rating, review, publication; their order stays, and those concerned are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.agenda import Movable, QuarterDates, instant_on, pushed
from bot.domain.forms import BranchState
from bot.domain.may import Deed, Subject
from bot.domain.people import Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.errors import DatePastError, NotFoundError, StaleCardError, TimetableOrderError
from bot.outbox.addressed import Addressed
from bot.outbox.letters import QuarterMoved
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.calendar.show_calendar import dates_of, quarter_page
from bot.usecases.rating.open_quarter import raters_of
from bot.usecases.rating.show_queue import parsed
from bot.usecases.visit import Visit, must
from bot.views.calendar_facts import CalendarPage, MovePage

_BEFORE: Mapping[Movable, frozenset[BranchState]] = {
    Movable.RATING: frozenset({BranchState.RATING}),
    Movable.REVIEW: frozenset({BranchState.RATING, BranchState.REVIEW}),
    Movable.PUBLISH: frozenset({BranchState.RATING, BranchState.REVIEW, BranchState.REVIEWED}),
}
"""While a branch is in one of these, the date still means something."""


class ProposeMove:
    """The dates as they are, and as they would be."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(
        self, visit: Visit, quarter: str, what: Movable | None = None, day: date | None = None
    ) -> MovePage:
        """Which dates can be moved; with one and a day, all of them as they would be."""
        async with self._store.read() as tx:
            must(await visit.enter(tx), Deed.MOVE_TIMETABLE, Subject())
            page = await _page(tx, self._timetable, _quarter(quarter))
            if what is None or day is None:
                return page
            proposed = _moved(tx, self._timetable, page, what, day)
            return MovePage(page.quarter, page.dates, page.movable, page.now, page.zone, what, proposed)


class MoveQuarter:
    """Moves one date (and what must follow on it), or by the command line several."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, what: Movable, day: date, seal: int) -> CalendarPage:
        """Move it, if the dates are those that were seen."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.MOVE_TIMETABLE, Subject())
            which = _quarter(quarter)
            await tx.periods.lock_quarter(which)
            page = await _page(tx, self._timetable, which)
            if page.dates.seal != seal:
                raise StaleCardError
            await self._move(tx, page, _moved(tx, self._timetable, page, what, day), person.member_id)
            return await quarter_page(tx, self._timetable, which, person)

    async def by_admin(self, quarter: Quarter, wanted: Mapping[Movable, datetime]) -> QuarterDates:
        """Move just these; what does not follow in order is a TimetableOrderError."""
        async with self._store.write() as tx:
            await tx.periods.lock_quarter(quarter)
            page = await _page(tx, self._timetable, quarter)
            dates = page.dates
            for what, at in wanted.items():
                _require_movable(tx, page, what, at)
                dates = dates.having(what, at)
            if dates.disorder is not None:
                raise TimetableOrderError(*(one.value for one in dates.disorder))
            await self._move(tx, page, dates, None)
            return dates

    async def _move(self, tx: Tx, page: MovePage, dates: QuarterDates, actor: int | None) -> None:
        changed = [what for what in Movable if dates.at(what) != page.dates.at(what)]
        if not changed:
            return
        await tx.periods.move_quarter(
            page.quarter, rating_due_at=dates.rating_due_at, review_due_at=dates.review_due_at,
            publishes_at=dates.publishes_at,
        )  # fmt: skip
        facts: dict[str, Any] = {f"{what}_before": page.dates.at(what).isoformat() for what in changed}
        facts |= {f"{what}_after": dates.at(what).isoformat() for what in changed}
        await tx.ledger.append("quarter_moved", period=str(page.quarter), actor=actor, **facts)
        letter = QuarterMoved(str(page.quarter))
        concerned = sorted(await _concerned(tx, page.quarter, changed) - {actor})
        await tx.letters.write_many(
            [Addressed(f"quarter_moved:{page.quarter}:{tx.now.isoformat()}:{who}", letter, who) for who in concerned],
            due_at=self._timetable.polite(tx.now),
        )


class ReadDates:
    """A quarter's dates, for the letter that says that they were moved."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, quarter: str) -> MovePage:
        """The dates that still mean something."""
        async with self._store.read() as tx:
            return await _page(tx, self._timetable, _quarter(quarter))


async def _page(tx: Tx, timetable: Timetable, quarter: Quarter) -> MovePage:
    """The dates, and those of them that still mean something to some branch."""
    dates = dates_of(await tx.periods.get_quarter(quarter))
    states = {stand.state for stand in await tx.periods.branch_quarters(quarter)}
    movable = tuple(what for what in Movable if states & _BEFORE[what])
    return MovePage(quarter, dates, movable, tx.now, timetable.zone)


def _moved(tx: Tx, timetable: Timetable, page: MovePage, what: Movable, day: date) -> QuarterDates:
    at = instant_on(timetable, what, day)
    _require_movable(tx, page, what, at)
    dates = pushed(timetable, page.quarter, page.dates, what, at)
    if dates.disorder is not None:
        raise TimetableOrderError(*(one.value for one in dates.disorder))
    return dates


def _require_movable(tx: Tx, page: MovePage, what: Movable, at: datetime) -> None:
    if what not in page.movable or at <= tx.now:
        raise DatePastError(what.value)


async def _concerned(tx: Tx, quarter: Quarter, changed: list[Movable]) -> set[int]:
    """Who rates a branch that is not closed, who reviews, and the committee."""
    found = {person.member_id for person in await tx.people.holding(Role.COMMITTEE)}
    if Movable.RATING in changed:
        for stand in await tx.periods.branch_quarters(quarter):
            if stand.state is BranchState.RATING:
                found |= {person.member_id for person in await raters_of(tx, stand.branch_id)}
    if Movable.REVIEW in changed:
        found |= set((await tx.reviews.body(quarter)).present)
    return found & await tx.people.bound()


def _quarter(text: str) -> Quarter:
    which = parsed(text)
    if which is None:
        raise NotFoundError
    return which
