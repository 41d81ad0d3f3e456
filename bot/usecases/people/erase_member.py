"""Erasing somebody who has left: the operator proposes it, two different persons of the committee agree."""

from __future__ import annotations

from typing import Any, NoReturn

from bot.domain.erasing import Erasure, ErasureState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import MemberStatus, Person, Role
from bot.domain.timetable import Timetable
from bot.errors import (
    AlreadyDecidedError,
    NotFoundError,
    QuarterUnsettledError,
    SamePersonError,
    StaleCardError,
    StillMemberError,
)
from bot.outbox.addressed import Addressed
from bot.outbox.letters import ErasureProposed
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.people.delegation_cards import speak_with_one_voice
from bot.usecases.visit import Visit, must
from bot.views.erasure_facts import ErasureCard

_TRIES = 3


class ProposeErasure:
    """The operator puts an erasure before the committee, or takes it back."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, staff_no: str) -> ErasureCard:
        """The open proposal, an earlier one if there is one; StillMemberError for anybody who has not left."""
        async with self._store.write() as tx:
            person = await _of_number(tx, staff_no)
            await _require_erasable(tx, person)
            found = await tx.erasures.find_open(person.member_id)
            if found is None:
                found = await tx.erasures.propose(person.member_id, tx.now)
                await tx.ledger.append("erasure_proposed", subject=person.member_id, erasure=found.erasure_id)
                await self._tell_committee(tx, found)
            return await _card(tx, self._timetable, found, None)

    async def withdraw(self, staff_no: str) -> ErasureCard:
        """The proposal as it was taken back; NotFoundError without an open one."""
        async with self._store.write() as tx:
            person = await _of_number(tx, staff_no)
            found = await tx.erasures.find_open(person.member_id)
            if found is None:
                raise NotFoundError
            await _settle(tx, found, ErasureState.WITHDRAWN, None)
            await tx.ledger.append("erasure_withdrawn", subject=person.member_id, erasure=found.erasure_id)
            return await _card(tx, self._timetable, await tx.erasures.get(found.erasure_id), None)

    async def _tell_committee(self, tx: Tx, found: Erasure) -> None:
        letters: list[Addressed] = [
            Addressed(f"erasure:{found.erasure_id}:{one.member_id}", ErasureProposed(found.erasure_id), one.member_id)
            for one in await tx.people.holding(Role.COMMITTEE)
        ]
        await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))


class OpenErasure:
    """One proposal, for one of the committee."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, erasure_id: int) -> ErasureCard:
        """The card as the visitor sees it."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.CONFIRM_ERASURE, Subject())
            return await _card(tx, self._timetable, await tx.erasures.get(erasure_id), person)

    async def for_letter(self, erasure_id: int, member_id: int) -> ErasureCard:
        """The card for a letter to this member."""
        async with self._store.read() as tx:
            reader = await tx.people.get(member_id)
            return await _card(tx, self._timetable, await tx.erasures.get(erasure_id), reader)


class ConfirmErasure:
    """One more person agrees; with the second the data is gone."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, erasure_id: int) -> ErasureCard:
        """The proposal with this agreement; SamePersonError if he agreed before."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CONFIRM_ERASURE, Subject())
            for _ in range(_TRIES):
                found = await tx.erasures.get(erasure_id)
                await _require_open(tx, found)
                if await speak_with_one_voice(tx, found.confirmed_by, found.confirmed_at, person.member_id):
                    raise SamePersonError
                await _require_erasable(tx, await tx.people.get(found.member_id))
                # Whoever is second by a moment reads again and finds that he is the second.
                if await self._agree(tx, found, person):
                    return await _card(tx, self._timetable, await tx.erasures.get(erasure_id), person)
            raise StaleCardError

    async def _agree(self, tx: Tx, found: Erasure, person: Person) -> bool:
        facts: dict[str, Any] = {
            "subject": found.member_id, "actor": person.member_id, "erasure": found.erasure_id,
        }  # fmt: skip
        if found.confirmed_by is None:
            if not await tx.erasures.change(found, confirmed_by=person.member_id, confirmed_at=tx.now):
                return False
            await tx.ledger.append("erasure_confirmed", **facts)
            return True
        done = {"state": ErasureState.DONE, "decided_by": person.member_id, "decided_at": tx.now}
        if not await tx.erasures.change(found, **done):
            return False
        await tx.erasures.erase(found.member_id, tx.now)
        await tx.ledger.append("member_erased", first=found.confirmed_by, **facts)
        return True


class RejectErasure:
    """One of the committee is against it: nothing is erased."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, erasure_id: int) -> ErasureCard:
        """The proposal as it was turned down."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CONFIRM_ERASURE, Subject())
            found = await tx.erasures.get(erasure_id)
            await _require_open(tx, found)
            await _settle(tx, found, ErasureState.REJECTED, person)
            await tx.ledger.append(
                "erasure_rejected", subject=found.member_id, actor=person.member_id, erasure=erasure_id
            )
            return await _card(tx, self._timetable, await tx.erasures.get(erasure_id), person)


async def _of_number(tx: Tx, staff_no: str) -> Person:
    person = await tx.people.find_by_staff_no(staff_no)
    if person is None or await tx.erasures.is_erased(person.member_id):
        raise NotFoundError
    return person


async def _require_erasable(tx: Tx, person: Person) -> None:
    if person.status is not MemberStatus.LEFT:
        raise StillMemberError
    unsettled = await tx.erasures.unsettled_quarter(person.member_id)
    if unsettled is not None:
        raise QuarterUnsettledError(unsettled)


async def _require_open(tx: Tx, found: Erasure) -> None:
    if found.state is not ErasureState.OPEN:
        await _refuse_settled(tx, found)


async def _refuse_settled(tx: Tx, found: Erasure) -> NoReturn:
    raise AlreadyDecidedError(
        await _name(tx, found.decided_by), found.state.value, found.decided_at or found.proposed_at
    )


async def _settle(tx: Tx, found: Erasure, state: ErasureState, by: Person | None) -> None:
    columns = {"state": state, "decided_by": by.member_id if by else None, "decided_at": tx.now}
    if not await tx.erasures.change(found, **columns):
        raise StaleCardError


async def _card(tx: Tx, timetable: Timetable, found: Erasure, viewer: Person | None) -> ErasureCard:
    is_open = found.state is ErasureState.OPEN
    may_confirm = viewer is not None and is_open and may(viewer, Deed.CONFIRM_ERASURE, Subject())
    return ErasureCard(
        found, await tx.people.get(found.member_id), await _name(tx, found.confirmed_by),
        await _name(tx, found.decided_by), may_confirm, timetable.zone,
    )  # fmt: skip


async def _name(tx: Tx, member_id: int | None) -> str:
    return "" if member_id is None else (await tx.people.get(member_id)).name
