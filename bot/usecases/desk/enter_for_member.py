"""The commissioner fills in a form for a member whom the bot cannot reach."""

from __future__ import annotations

from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError, StaleCardError
from bot.storage.store import Store
from bot.usecases.months.form_cards import card_of, require_writer
from bot.usecases.visit import Visit
from bot.views.facts import FormCard


class EnterForMember:
    """Opens the member's form for writing; what is handed in is marked as entered by another."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, form_id: int) -> FormCard:
        """The form's card, or what forbids it: a member with a phone answers himself."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            card = await card_of(tx, person, await tx.forms.get(form_id), self._zone)
            if not card.by_proxy:
                raise ForbiddenError
            await require_writer(tx, card)
            if not card.takes_answers:
                raise StaleCardError
            return card
