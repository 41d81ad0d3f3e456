"""A delegation ends before its last day: the principal is back, or the delegate gives it back."""

from __future__ import annotations

from bot.domain.delegation import Delegation
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError, NotFoundError, StaleCardError
from bot.outbox.addressed import Addressed
from bot.outbox.letters import DelegationEnded, MenuChanged
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.people.delegate_office import own_office
from bot.usecases.people.delegation_cards import card_of, delegation_page
from bot.usecases.visit import Visit
from bot.views.delegation_facts import DelegationCard, DelegationPage


class EndDelegation:
    """The office is the principal's alone again."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, delegation_id: int) -> DelegationPage:
        """End it now; only the two whom it binds can."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            found = await tx.delegations.get(delegation_id)
            if person.member_id not in {found.principal_id, found.delegate_id}:
                raise ForbiddenError
            await self._end(tx, found, person.member_id)
            return await delegation_page(tx, await visit.enter(tx), self._timetable)

    async def by_admin(self, staff_no: str, office: str) -> DelegationCard:
        """The same by who runs the bot; what is given away next if nothing is at present."""
        async with self._store.write() as tx:
            principal = await tx.people.find_by_staff_no(staff_no)
            if principal is None:
                raise NotFoundError
            held = own_office(principal, office)
            given = [
                one for one in await tx.delegations.unended(principal.member_id)
                if one.principal_id == principal.member_id and one.office == held
            ]  # fmt: skip
            if not given:
                raise NotFoundError
            await self._end(tx, given[0], None)
            return await card_of(tx, given[0], self._timetable)

    async def _end(self, tx: Tx, found: Delegation, by: int | None) -> None:
        if not await tx.delegations.end(found.delegation_id, by):
            raise StaleCardError
        key = f"menu:{found.delegate_id}:{found.delegation_id}:{tx.now.isoformat()}"
        await tx.letters.write(key, MenuChanged(), to_member=found.delegate_id)
        await tx.letters.write_many(
            [
                Addressed(f"delegation_ended:{found.delegation_id}:{who}", DelegationEnded(found.delegation_id), who)
                for who in (found.principal_id, found.delegate_id)
                if who != by
            ],
            due_at=self._timetable.polite(tx.now),
        )
        await tx.ledger.append(
            "delegation_ended", subject=found.principal_id, actor=by, to=found.delegate_id, role=found.office.role,
            department=found.office.department,
        )  # fmt: skip


class ReadDelegation:
    """One delegation, for the letter that speaks of it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, delegation_id: int) -> DelegationCard:
        """The delegation of this id, or NotFoundError."""
        async with self._store.read() as tx:
            return await card_of(tx, await tx.delegations.get(delegation_id), self._timetable)
