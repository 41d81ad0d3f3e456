"""The secretary of a drawn branch sends a member in his place, or comes himself after all."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.people import MemberStatus, Person
from bot.domain.periods import Quarter
from bot.domain.review import Body, Seat, SeatKind
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError, NotFoundError, SeatTakenError, StaleCardError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.review.body_cards import (
    drawn_or_announced,
    give_out,
    leave_seat,
    quarter_of_body,
    take_seat,
    tell_seated,
)
from bot.usecases.review.declare_conflict import seat_card
from bot.usecases.visit import Visit, must
from bot.views.review_facts import DelegateChoice, SeatCard


class SendDelegate:
    """Names who represents the branch in the group."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def choice(self, visit: Visit, quarter: str) -> DelegateChoice:
        """Whom the branch could send: its members who have no other seat."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            which, body, seat = await self._found(tx, person, quarter)
            free = [
                one for one in await tx.people.in_branch(person.branch_id)
                if one.status is MemberStatus.ACTIVE and body.seat_of(one.member_id) is None
            ]  # fmt: skip
            return DelegateChoice(which, person.branch, (await tx.people.get(seat.member_id)).name, tuple(free))

    async def __call__(self, visit: Visit, quarter: str, member_id: int) -> SeatCard:
        """Seat this member for the branch; open work of the one before goes on without a gap."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            which, body, seat = await self._found(tx, person, quarter, held=True)
            named = next(
                (one for one in await tx.people.in_branch(person.branch_id) if one.member_id == member_id), None
            )
            if named is None or named.status is not MemberStatus.ACTIVE:
                raise NotFoundError
            if body.seat_of(member_id) is not None:
                raise StaleCardError if seat.member_id == member_id else SeatTakenError
            await leave_seat(tx, which, seat, person.member_id)
            await take_seat(tx, which, SeatKind.DRAWN, named, person.member_id, branch_id=person.branch_id)
            after = await tx.reviews.body(which)
            await tell_seated(
                tx, self._timetable, which, [one for one in after.drawn_seats if one.member_id == member_id]
            )
            if body.tasks:
                await give_out(tx, self._timetable, which, person.member_id)
            return await seat_card(tx, person, await tx.reviews.body(which))

    async def _found(
        self, tx: Tx, person: Person, quarter: str, *, held: bool = False
    ) -> tuple[Quarter, Body, Seat]:  # fmt: skip
        must(person, Deed.SEND_DELEGATE, Subject(branch_id=person.branch_id))
        which = await quarter_of_body(tx, quarter)
        await drawn_or_announced(tx, which, held=held)
        body = await tx.reviews.body(which)
        seat = next((one for one in body.drawn_seats if one.branch_id == person.branch_id), None)
        if seat is None:
            raise ForbiddenError
        return which, body, seat
