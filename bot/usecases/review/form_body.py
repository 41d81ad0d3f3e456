"""The committee forms the quarter's review group: the lead, the departments' seats, and when the work is given out."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person, Role
from bot.domain.periods import Quarter
from bot.domain.review import DEPARTMENT_SEATS, SeatKind
from bot.domain.timetable import Timetable
from bot.errors import NotDrawnError, NotFoundError, SeatTakenError, StaleCardError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.review.body_cards import (
    body_card,
    drawn_or_announced,
    give_out,
    leave_seat,
    quarter_of_body,
    take_seat,
    tell_seated,
)
from bot.usecases.visit import Visit, must
from bot.views.review_facts import BodyCard, SeatChoice


class OpenBody:
    """The group's card, and for everybody its draw."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, quarter: str = "") -> BodyCard:
        """The group of this quarter (the newest), for whoever forms it and for all who recompute its draw."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_DRAW, Subject())
            card = await body_card(tx, await quarter_of_body(tx, quarter), self._zone)
        await stop_waiting(self._store, visit)
        return replace(card, forms=may(person, Deed.FORM_BODY, Subject()))

    async def choice(self, visit: Visit, quarter: str, seat: str) -> SeatChoice:
        """Who could take this seat."""
        async with self._store.read() as tx:
            must(await visit.enter(tx), Deed.FORM_BODY, Subject())
            which, kind = await quarter_of_body(tx, quarter), seat_kind(seat)
            await drawn_or_announced(tx, which)
            body = await tx.reviews.body(which)
            found = body.holder(kind)
            holder = (await tx.people.get(found.member_id)).name if found else ""
            people = [one for one in await _eligible(tx, kind) if body.seat_of(one.member_id) is None]
            return SeatChoice(which, kind, holder, tuple(people))


class NameSeat:
    """Names who leads, or who sits for a department."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, seat: str, member_id: int) -> BodyCard:
        """Seat this person; whoever had the seat leaves it, and his open work goes to others."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.FORM_BODY, Subject())
            which, kind = await quarter_of_body(tx, quarter), seat_kind(seat)
            draw = await drawn_or_announced(tx, which, held=True)
            body = await tx.reviews.body(which)
            named = next((one for one in await _eligible(tx, kind) if one.member_id == member_id), None)
            if named is None:
                raise NotFoundError
            taken, before = body.seat_of(member_id), body.holder(kind)
            if taken is not None:
                raise StaleCardError if taken == before else SeatTakenError
            if before is not None:
                await leave_seat(tx, which, before, person.member_id)
            await take_seat(tx, which, kind, named, person.member_id)
            if draw.drawn is not None:
                await self._follow(tx, which, kind, person.member_id, has_work=bool(body.tasks))
            return await body_card(tx, which, self._timetable.zone)

    async def _follow(self, tx: Tx, quarter: Quarter, kind: SeatKind, by: int, *, has_work: bool) -> None:
        """The group is at work already: the new one is told, and takes over."""
        seat = (await tx.reviews.body(quarter)).holder(kind)
        if seat is not None:
            await tell_seated(tx, self._timetable, quarter, [seat])
        if has_work:
            await give_out(tx, self._timetable, quarter, by)


class AssignReviews:
    """The committee gives out the branches without waiting for everybody's answer."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str) -> BodyCard:
        """Give every open branch its reviewers; what was given out stays."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.FORM_BODY, Subject())
            which = await quarter_of_body(tx, quarter)
            if (await drawn_or_announced(tx, which, held=True)).drawn is None:
                raise NotDrawnError
            await give_out(tx, self._timetable, which, person.member_id)
            return await body_card(tx, which, self._timetable.zone)


def seat_kind(seat: str) -> SeatKind:
    """The seat that a button names; a drawn one is not named by the committee."""
    if seat not in {kind.value for kind in (SeatKind.LEAD, *DEPARTMENT_SEATS)}:
        raise NotFoundError
    return SeatKind(seat)


async def _eligible(tx: Tx, kind: SeatKind) -> list[Person]:
    """The committee for the lead; for a department its holders first, then the committee in their place."""
    committee = await tx.people.holding(Role.COMMITTEE)
    if kind is SeatKind.LEAD:
        return committee
    holders = await tx.people.holding(Role.DEPARTMENT, department=kind.department)
    return [*holders, *(person for person in committee if person not in holders)]
