"""What the group's letters are made from, as their reader sees it."""

from __future__ import annotations

from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.usecases.rating.show_queue import queue_of
from bot.usecases.review.body_cards import body_card
from bot.usecases.review.declare_conflict import seat_card
from bot.usecases.review.review_cards import review_card
from bot.usecases.review.show_reviews import review_list, review_progress
from bot.views.rating_facts import Queue
from bot.views.review_facts import BodyCard, ReviewCard, ReviewList, ReviewProgress, SeatCard


class ReadReviews:
    """Reads for somebody who is written to; what he may not see any more is a ForbiddenError."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def body(self, quarter: str) -> BodyCard:
        """The quarter's group."""
        async with self._store.read() as tx:
            return await body_card(tx, Quarter.parse(quarter), self._timetable.zone)

    async def seat(self, member_id: int, quarter: str) -> SeatCard:
        """The reader's own seat."""
        async with self._store.read() as tx:
            person = await tx.people.get(member_id)
            return await seat_card(tx, person, await tx.reviews.body(Quarter.parse(quarter)))

    async def own(self, member_id: int, quarter: str) -> ReviewList:
        """What the reader reviews."""
        async with self._store.read() as tx:
            person = await tx.people.get(member_id)
            return await review_list(tx, self._timetable, person, Quarter.parse(quarter))

    async def progress(self, quarter: str) -> ReviewProgress:
        """How far all branches are."""
        async with self._store.read() as tx:
            return await review_progress(tx, self._timetable, Quarter.parse(quarter))

    async def card(self, member_id: int, quarter: str, branch_id: int) -> ReviewCard:
        """One branch as the reader checks it."""
        async with self._store.read() as tx:
            stand = await tx.periods.get_branch_quarter(branch_id, Quarter.parse(quarter))
            return await review_card(tx, await tx.people.get(member_id), stand, self._timetable.zone)

    async def queue(self, member_id: int, quarter: str, branch_id: int) -> Queue:
        """A branch that was sent back, as the reader rates it."""
        async with self._store.read() as tx:
            reader = await tx.people.get(member_id)
            return await queue_of(tx, self._timetable, reader, branch_id, Quarter.parse(quarter))
