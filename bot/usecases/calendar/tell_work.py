"""Each working morning: what became a person's since the last one is told him once, in one message with the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from bot.domain.timetable import Due, Timetable
from bot.domain.work import Work, WorkKind
from bot.outbox import letters
from bot.outbox.addressed import Addressed
from bot.outbox.letters import WorkWaiting
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.calendar.waiting_work import waiting_work
from bot.views.work_facts import WorkPage

_TOLD = "work_known"
_SAID_BY: Mapping[WorkKind, tuple[str, ...]] = {
    WorkKind.ANSWER: (letters.ObjectionFiled.kind, letters.ObjectionReminded.kind),
    WorkKind.QUESTION: (letters.BranchSentBack.kind,),
    WorkKind.FORM: (letters.FormReturned.kind,),
    WorkKind.RATING: (letters.RatingOpened.kind, letters.RatingReminded.kind),
    WorkKind.REVIEW: (letters.ReviewAssigned.kind, letters.ReviewReminded.kind, letters.ReviewAskedAgain.kind),
    WorkKind.PUBLICATION: (letters.PublicationDue.kind,),
}
"""Letters that speak of the same work: who gets one today is not told a second time."""


class TellWork:
    """Writes one letter to everybody for whom something new waits since before today."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write this morning's letters; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            today = self._timetable.day_of(tx.now)
            said = await tx.waiting.said_since(self._timetable.at(today, time.min))
            told = set()
            for one in await waiting_work(tx):
                is_new = self._timetable.day_of(one.since) < today and await _note(tx, one)
                if is_new and not any((one.member_id, kind) in said for kind in _SAID_BY[one.kind]):
                    told.add(one.member_id)
            reached = sorted(told & await tx.people.bound())
            await tx.letters.write_many(
                [Addressed(f"work:{today}:{who}", WorkWaiting(), who) for who in reached],
                due_at=self._timetable.polite(tx.now),
            )
            return len(reached)


class ReadWork:
    """What waits for one person, when his letter is delivered."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, member_id: int) -> WorkPage:
        """All of it, the most pressing first."""
        async with self._store.read() as tx:
            found = await waiting_work(tx, await tx.people.get(member_id))
            names = {branch.branch_id: branch.name for branch in await tx.people.branches()}
            return WorkPage(tuple(found), names, tx.now, self._timetable.zone)


async def _note(tx: Tx, one: Work) -> bool:
    """Note that the person knows of it from now on; False if he did before."""
    return await tx.dues.claim(_TOLD, one.key, str(one.member_id))
