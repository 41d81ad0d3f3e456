"""Telling the group what is due: reviewers their branches, the Party office what is late, the committee what waits."""

from __future__ import annotations

from bot.domain.forms import BranchState
from bot.domain.people import Department, Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Timetable
from bot.outbox.letters import BodyMissing, Letter, ReviewEscalated, ReviewReminded
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.review.show_reviews import review_list

Letters = list[tuple[str, Letter, int | None, int | None]]


class RemindReviewers:
    """Tells each reviewer with open branches how long there still is, or that they are late."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write the reminders of this moment; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            quarter = Quarter.parse(due.period)
            today = self._timetable.day_of(tx.now)
            letters: Letters = []
            for member_id in (await tx.reviews.body(quarter)).present:
                own = await review_list(tx, self._timetable, await tx.people.get(member_id), quarter)
                if own.waiting:
                    key = f"review_reminded:{quarter}:{today}:{member_id}"
                    letters.append((key, ReviewReminded(due.period), member_id, None))
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


class EscalateReview:
    """After two working days the Party office hears which branches still are with the group."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write to the Party office; returns how many letters."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            quarter, today = Quarter.parse(due.period), self._timetable.day_of(tx.now)
            office = await tx.people.holding(Role.DEPARTMENT, department=Department.OFFICE)
            letters: Letters = [
                (f"review_escalated:{quarter}:{today}:{person.member_id}", ReviewEscalated(due.period),
                 person.member_id, None)
                for person in office
                if await _some_wait(tx, quarter)
            ]  # fmt: skip
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


class RemindBody:
    """Each working morning while branches wait that nobody can review, the committee is asked for the group."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write to the committee; returns how many letters."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            quarter, today = Quarter.parse(due.period), self._timetable.day_of(tx.now)
            body = await tx.reviews.body(quarter)
            stands = await tx.periods.branch_quarters(quarter)
            waiting = [stand for stand in stands if stand.state is BranchState.REVIEW]
            letters: Letters = [
                (f"body_missing:{quarter}:{today}:{person.member_id}", BodyMissing(due.period), person.member_id, None)
                for person in await tx.people.holding(Role.COMMITTEE)
                if any(not body.deciders_on(stand.branch_id) for stand in waiting)
            ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


async def _some_wait(tx: Tx, quarter: Quarter) -> bool:
    return any(stand.state is BranchState.REVIEW for stand in await tx.periods.branch_quarters(quarter))
