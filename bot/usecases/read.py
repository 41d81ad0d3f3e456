"""What letters and pictures are made from: read for the system itself, not for somebody who asks."""

from __future__ import annotations

from bot.domain.people import Person
from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.usecases.months.form_cards import card_of
from bot.views.facts import FormCard


class ReadPerson:
    """One person."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, member_id: int) -> Person:
        """The person of this id, or NotFoundError."""
        async with self._store.read() as tx:
            return await tx.people.get(member_id)


class ReadForm:
    """One form, as its own member sees it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, form_id: int) -> FormCard:
        """The form's card, or NotFoundError."""
        async with self._store.read() as tx:
            form = await tx.forms.get(form_id)
            return await card_of(tx, await tx.people.get(form.member_id), form, self._zone)
