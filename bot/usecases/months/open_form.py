"""Looking at a form: the current one of whoever visits, or one by its id."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.timetable import Timetable
from bot.errors import NoFormYetError
from bot.storage.store import Store
from bot.usecases.months.beginnings import next_form_on
from bot.usecases.months.form_cards import card_of
from bot.usecases.visit import Visit, must
from bot.views.facts import FormCard


class OpenForm:
    """One form, for its member or for those who lead his branch."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, form_id: int) -> FormCard:
        """The form's card; any text that was awaited for it no longer is."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            card = await card_of(tx, person, await tx.forms.get(form_id), self._zone)
            must(person, Deed.SEE_DESK if card.by_proxy else Deed.SEE_OWN, Subject.of(card.owner))
            return card


class OpenCurrentForm:
    """The newest month's form of whoever visits."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit) -> FormCard:
        """The form's card, or NoFormYetError where there is none."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            newest = await tx.periods.newest_month()
            form = await tx.forms.find(person.member_id, newest.month) if newest else None
            if form is None:
                raise NoFormYetError(await next_form_on(tx, self._timetable))
            return await card_of(tx, person, form, self._timetable.zone)
