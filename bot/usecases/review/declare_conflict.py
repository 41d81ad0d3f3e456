"""Whoever sits in the group says which branches he stays away from; when all have, the work is given out."""

from __future__ import annotations

from typing import Any

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Quarter
from bot.domain.review import Body, ConflictKind, Seat, SeatKind
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError, NotFoundError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.review.body_cards import drawn_or_announced, give_out, quarter_to_review
from bot.usecases.visit import Visit
from bot.views.review_facts import SeatCard

NOTHING = "none"


class OpenSeat:
    """The visitor's seat; a secretary whose branch sends somebody else sees whom."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, quarter: str = "") -> SeatCard:
        """The seat's card, or a ForbiddenError for whoever has none."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            which = await quarter_to_review(tx, person, quarter)
            await drawn_or_announced(tx, which)
            card = await seat_card(tx, person, await tx.reviews.body(which))
        await stop_waiting(self._store, visit)
        return card


class DeclareConflict:
    """Stays away from a branch, or takes that back."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, branch_id: int, conflict: str) -> SeatCard:
        """`conflict` is a ConflictKind or "none"; a branch given to him before goes to somebody else."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            which, body, _ = await _seated(tx, person, quarter)
            branch = await tx.people.get_branch(branch_id)
            kind = _kind(conflict)
            await tx.reviews.end_conflict(person.member_id, branch.branch_id, tx.now)
            if kind is not None:
                await tx.reviews.declare(person.member_id, branch.branch_id, kind, tx.now)
            await tx.ledger.append(
                "conflict_declared" if kind else "conflict_ended", period=str(which), subject=person.member_id,
                actor=person.member_id, branch=branch.branch_id, conflict=conflict,
            )  # fmt: skip
            if body.tasks:
                await give_out(tx, self._timetable, which, person.member_id)
            return await seat_card(tx, person, await tx.reviews.body(which))


class AnswerSeat:
    """Says that there is nothing (more) to declare; the last answer gives out the work."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str) -> SeatCard:
        """The seat's card after it."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            which, _, seat = await _seated(tx, person, quarter)
            if seat.answered_at is None:
                await tx.reviews.answer_seat(seat.seat_id, tx.now)
                await tx.ledger.append(
                    "seat_answered", period=str(which), subject=person.member_id, actor=person.member_id,
                    seat=seat.kind.value, **_for_whom(seat, person),
                )  # fmt: skip
            body = await tx.reviews.body(which)
            if body.is_formed and body.have_answered and not body.tasks:
                await give_out(tx, self._timetable, which, person.member_id)
            return await seat_card(tx, person, await tx.reviews.body(which))


async def _seated(tx: Tx, person: Person, quarter: str) -> tuple[Quarter, Body, Seat]:
    """The group, held, in which this person has a seat; ForbiddenError without one."""
    which = await quarter_to_review(tx, person, quarter)
    await drawn_or_announced(tx, which, held=True)
    body = await tx.reviews.body(which)
    seat = body.seat_for(person.member_id)
    if seat is None:
        raise ForbiddenError
    return which, body, seat


def _for_whom(seat: Seat, person: Person) -> dict[str, Any]:
    return {"for": seat.member_id} if seat.member_id != person.member_id else {}


def _kind(conflict: str) -> ConflictKind | None:
    try:
        return None if conflict == NOTHING else ConflictKind(conflict)
    except ValueError as error:
        raise NotFoundError from error


async def seat_card(tx: Tx, person: Person, body: Body) -> SeatCard:
    """The seat as its holder, or the secretary of its branch, sees it."""
    seat = body.seat_for(person.member_id)
    sends = may(person, Deed.SEND_DELEGATE, Subject(branch_id=person.branch_id))
    drawn = next((one for one in body.drawn_seats if one.branch_id == person.branch_id), None) if sends else None
    if seat is None and drawn is None:
        raise ForbiddenError
    lead = body.holder(SeatKind.LEAD)
    branches = {branch.branch_id: branch.name for branch in await tx.people.branches()}
    speaks_for = seat if seat is not None else drawn
    stands_in = seat is not None and seat.member_id != person.member_id
    return SeatCard(
        quarter=body.quarter, viewer=person, seat=seat,
        lead=(await tx.people.get(lead.member_id)).name if lead is not None else "",
        represents=branches.get((speaks_for.branch_id if speaks_for else None) or 0, ""),
        conflicts=tuple(one for one in body.conflicts if one.member_id == person.member_id),
        branches=branches, may_send=drawn is not None,
        principal=(await tx.people.get(seat.member_id)).name if seat is not None and stands_in else "",
        seat_of=(await tx.people.get(drawn.member_id)).name if drawn is not None else "",
    )  # fmt: skip
