"""Drawing the branches of the group, and drawing again for a recorded reason."""

from __future__ import annotations

from bot.domain.draw import DRAWN, REPEATED, draw, seed_of
from bot.domain.may import Deed, Subject
from bot.domain.people import MemberStatus, Person, Role
from bot.domain.periods import Quarter
from bot.domain.review import Body, Draw, SeatKind
from bot.domain.timetable import Timetable
from bot.errors import AlreadyDecidedError, LeadMissingError, StaleCardError
from bot.outbox.letters import BranchesDrawn
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.months.return_form import clean_reason
from bot.usecases.review.announce_draw import tell_leaders
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
from bot.views.review_facts import BodyCard


class DrawBranches:
    """Carries the announced draw out."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, number: int) -> BodyCard:
        """Draw as announced; LeadMissingError without a lead, AlreadyDecidedError where somebody drew before."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.FORM_BODY, Subject())
            which = await quarter_of_body(tx, quarter)
            found = await drawn_or_announced(tx, which, held=True)
            if found.drawn_at is not None:
                await _drawn_before(tx, found)
            if found.number != number:
                raise StaleCardError
            body = await tx.reviews.body(which)
            if body.holder(SeatKind.LEAD) is None:
                raise LeadMissingError
            await _carry_out(tx, self._timetable, body, found, person.member_id)
            return await body_card(tx, which, self._timetable.zone)


class RedrawBranches:
    """Draws again, with a reason that everybody who leads is told."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def asking(self, visit: Visit, quarter: str, number: int, action: str, message_id: int) -> BodyCard:
        """The card of somebody who is about to draw again; the next text is the reason."""
        async with self._store.write(visit.cause) as tx:
            which = await self._checked(tx, await visit.enter(tx), quarter, number)
            await tx.accounts.await_text(visit.telegram_id, action, message_id)
            return await body_card(tx, which, self._timetable.zone)

    async def __call__(self, visit: Visit, quarter: str, number: int, reason: str) -> BodyCard:
        """Announce and carry out the next draw among the same candidates; the drawn seats are given anew."""
        reason = clean_reason(reason)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            which = await self._checked(tx, person, quarter, number)
            before = await drawn_or_announced(tx, which)
            source = await tx.ledger.head_at(before.source_seq)
            seed = seed_of(source.hash, which, number + 1)
            await tx.reviews.announce(
                which, number + 1, source_seq=before.source_seq, seed=seed, candidates=before.candidates,
                places=before.places, now=tx.now, reason=reason,
            )  # fmt: skip
            await tx.ledger.append(
                REPEATED, period=quarter, actor=person.member_id, free_text=reason, number=number + 1, seed=seed,
                candidates=list(before.candidates),
            )  # fmt: skip
            await tx.accounts.await_text(visit.telegram_id, None)
            body = await tx.reviews.body(which)
            await _carry_out(tx, self._timetable, body, await drawn_or_announced(tx, which), person.member_id)
            return await body_card(tx, which, self._timetable.zone)

    async def _checked(self, tx: Tx, person: Person, quarter: str, number: int) -> Quarter:
        must(person, Deed.FORM_BODY, Subject())
        which = await quarter_of_body(tx, quarter)
        found = await drawn_or_announced(tx, which, held=True)
        if found.number != number or found.drawn_at is None:
            raise StaleCardError
        return which


async def _drawn_before(tx: Tx, found: Draw) -> None:
    by = (await tx.people.get(found.drawn_by)).name if found.drawn_by is not None else ""
    raise AlreadyDecidedError(by, "drawn", found.drawn_at or found.announced_at)


async def _carry_out(tx: Tx, timetable: Timetable, body: Body, found: Draw, by: int) -> None:
    drawn = draw(found.seed, found.candidates, found.places)
    if not await tx.reviews.carry_out(found, drawn, by, tx.now):
        await _drawn_before(tx, await drawn_or_announced(tx, found.quarter))
    await tx.ledger.append(
        DRAWN, period=str(found.quarter), actor=by, number=found.number, seed=found.seed, drawn=list(drawn)
    )
    remaining = [seat for seat in body.drawn_seats if seat.branch_id in drawn]
    for seat in body.drawn_seats:
        if seat not in remaining:
            await leave_seat(tx, found.quarter, seat, by)
    seated = {seat.member_id for seat in body.seats if seat.kind is not SeatKind.DRAWN or seat in remaining}
    for branch_id in drawn:
        if all(seat.branch_id != branch_id for seat in remaining):
            await _seat_branch(tx, found.quarter, branch_id, seated, by)
    after = await tx.reviews.body(found.quarter)
    kept = {seat.seat_id for seat in body.seats} if found.number else set()
    await tell_seated(tx, timetable, found.quarter, [seat for seat in after.seats if seat.seat_id not in kept])
    key = f"branches_drawn:{found.quarter}:{found.number}"
    await tell_leaders(tx, timetable, key, BranchesDrawn(str(found.quarter), found.number))
    if body.tasks:
        await give_out(tx, timetable, found.quarter, by)


async def _seat_branch(tx: Tx, quarter: Quarter, branch_id: int, seated: set[int], by: int) -> None:
    """The secretary sits for his branch; where he has another seat, the next of the branch does."""
    members = [one for one in await tx.people.in_branch(branch_id) if one.status is MemberStatus.ACTIVE]
    order = sorted(members, key=lambda one: (not one.holds(Role.SECRETARY), not one.holds(Role.COMMISSIONER)))
    chosen = next((one for one in order if one.member_id not in seated), None)
    if chosen is not None:
        seated.add(chosen.member_id)
        await take_seat(tx, quarter, SeatKind.DRAWN, chosen, by, branch_id=branch_id)
