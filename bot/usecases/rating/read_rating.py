"""What the rating's letters are made from: a branch's quarter as the letter's reader sees it."""

from __future__ import annotations

from bot.domain.forms import BranchState
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.usecases.rating.show_queue import branch_list, queue_of
from bot.views.rating_facts import BranchList, Queue


class ReadQueue:
    """A branch's queue for somebody who is written to."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, member_id: int, branch_id: int, quarter: str) -> Queue:
        """The queue as this member sees it."""
        async with self._store.read() as tx:
            reader = await tx.people.get(member_id)
            return await queue_of(tx, self._timetable, reader, branch_id, Quarter.parse(quarter))


class ReadLateBranches:
    """The branches that have not closed a quarter yet."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, member_id: int, quarter: str) -> BranchList:
        """Those still rating, with how far they are."""
        async with self._store.read() as tx:
            listed = await branch_list(tx, self._timetable, await tx.people.get(member_id), quarter)
        late = tuple(branch for branch in listed.branches if branch.state is BranchState.RATING)
        return BranchList(listed.quarter, late)
