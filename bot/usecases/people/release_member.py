"""Loosening a person's account from outside the chat, when no administrator can."""

from __future__ import annotations

from bot.domain.people import Person
from bot.errors import NotFoundError
from bot.storage.store import Store


class ReleaseMember:
    """The operator looks a person up by staff number and loosens his account."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, staff_no: str) -> tuple[Person, bool]:
        """The person, and whether he was bound; NotFoundError for a number that is not on the roster."""
        async with self._store.write() as tx:
            person = await tx.people.find_by_staff_no(staff_no)
            if person is None:
                raise NotFoundError
            was_bound = await tx.accounts.unbind(person.member_id) is not None
            if was_bound:
                await tx.ledger.append("account_unbound", subject=person.member_id)
            return person, was_bound
