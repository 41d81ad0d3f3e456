"""Looking at results: one's own points and portrait, the branch's board, all branches."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.may import Deed, Subject, may
from bot.domain.periods import Quarter, Year
from bot.domain.timetable import Timetable
from bot.errors import ChartsNotReadyError
from bot.storage.store import Store
from bot.usecases.months.beginnings import next_form_on, next_results_on
from bot.usecases.publicity.boards import board_of, side_by_side
from bot.usecases.publicity.naming_cards import may_name
from bot.usecases.publicity.personal_quarters import closed_quarters, running_quarter, year_so_far
from bot.usecases.visit import Visit, must
from bot.views.result_facts import Board, BranchesSideBySide, OwnPoints, PersonalQuarter


class ShowScore:
    """The running quarter, the closed ones and the year so far of whoever visits."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit) -> OwnPoints:
        """The visitor's own points."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_OWN, Subject.of(person))
            closed = await closed_quarters(tx, person, self._timetable.zone)
            running = await running_quarter(tx, person, self._timetable.zone)
            year = closed[-1].quarter.year if closed else tx.now.astimezone(self._timetable.zone).year
            begins_on = None if closed or running else await next_form_on(tx, self._timetable)
            return OwnPoints(
                person, running, tuple(closed), Year(year), await year_so_far(tx, person, closed), begins_on
            )


class ShowPortrait:
    """The visitor's own portrait."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: Quarter | None = None) -> PersonalQuarter:
        """A closed quarter (the newest without one); before the first one the running quarter."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_OWN, Subject.of(person))
            closed = await closed_quarters(tx, person, self._timetable.zone)
            found = next((one for one in reversed(closed) if quarter in {None, one.quarter}), None)
            if found is None and quarter is None:
                found = await running_quarter(tx, person, self._timetable.zone)
            if found is None:
                raise ChartsNotReadyError(await next_results_on(tx, self._timetable))
            return found


class ShowBoard:
    """A branch's board: the visitor's own branch, or any for the committee."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: Quarter | None = None, branch_id: int | None = None) -> Board:
        """The board of a closed quarter (the newest without one)."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            wanted = person.branch_id if branch_id is None else branch_id
            must(person, Deed.SEE_BOARD, Subject(branch_id=wanted))
            try:
                board = await board_of(tx, wanted, quarter, person, self._timetable.zone)
            except ChartsNotReadyError:
                raise ChartsNotReadyError(await next_results_on(tx, self._timetable)) from None
            stand = await tx.periods.get_branch_quarter(wanted, board.quarter)
            return replace(
                board,
                may_name=await may_name(tx, person, stand),
                may_print=may(person, Deed.PRINT_POSTER, Subject(branch_id=wanted)),
                sees_bulletin=may(person, Deed.SEE_BULLETIN, Subject()),
            )


class ShowOverview:
    """All branches side by side, for those who lead."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self._store = store
        self._timetable = timetable
        self._organisation = organisation

    async def __call__(self, visit: Visit, quarter: Quarter | None = None) -> BranchesSideBySide:
        """A quarter (the newest with results without one)."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_OVERVIEW, Subject())
            try:
                return await side_by_side(tx, person, quarter, self._organisation, self._timetable.zone)
            except ChartsNotReadyError:
                raise ChartsNotReadyError(await next_results_on(tx, self._timetable)) from None
