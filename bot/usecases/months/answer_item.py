"""Answering one item of a form by a tap: a choice, a count, or "nothing"; and the rest at once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.domain.timetable import Timetable
from bot.errors import NotFoundError
from bot.scoring.asking import choices, chosen, counted, counters
from bot.scoring.facts import Fact
from bot.scoring.items import Item, Shortfall, Tier
from bot.storage.store import Store
from bot.usecases.months.form_cards import save_answers, writable_card
from bot.usecases.visit import Visit
from bot.views.facts import FormCard


@dataclass(frozen=True, slots=True)
class Grade:
    """One of the item's choices."""

    grade: str

    def facts(self, item: Item, _before: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The facts of this choice; it replaces an earlier one."""
        return (chosen(item, self.grade),)


@dataclass(frozen=True, slots=True)
class Count:
    """How often one of the item's acts happened; the other acts stay as they are."""

    act: str
    count: int

    def facts(self, item: Item, before: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The facts of all counters with this one set."""
        known = {counter.id: counter for counter in counters(item)}
        counter = known[self.act]
        if not 0 <= self.count <= counter.most:
            raise KeyError(self.act)
        only = next(iter(known))
        counts = {name: Decimal(0) for name in known}
        for fact in before:
            counts[fact.act or only] = fact.count
        counts[self.act] = Decimal(self.count)
        # A shortfall counted to zero is an answer of its own: nothing was there.
        if isinstance(item, Shortfall) and self.count == 0:
            return (Fact(item.id, count=Decimal(0)),)
        return counted(item, counts)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing happened under this item."""

    def facts(self, item: Item, _before: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """No facts; items with choices have no such answer."""
        if choices(item):
            raise KeyError(item.id)
        return (Fact(item.id, count=Decimal(0)),) if isinstance(item, Shortfall) else ()


class AnswerItem:
    """Saves one tap."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, form_id: int, item_id: str, answer: Grade | Count | Nothing) -> FormCard:
        """Replace the item's answer; absolute, so that the same tap twice is one answer."""
        async with self._store.write(visit.cause) as tx:
            card = await writable_card(tx, visit, form_id, self._zone)
            item = next((entry for entry in card.asked if entry.id == item_id), None)
            if item is None:
                raise NotFoundError
            try:
                facts = answer.facts(item, card.answers.get(item_id, ()))
            except KeyError as error:
                raise NotFoundError from error
            return await save_answers(tx, card, {**card.answers, item_id: facts})


class AnswerRest:
    """Answers everything still open as an ordinary month has it; the member says so, and sees it before he hands in."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, form_id: int) -> FormCard:
        """Answer every open item as an ordinary month has it."""
        async with self._store.write(visit.cause) as tx:
            card = await writable_card(tx, visit, form_id, self._zone)
            usual = {item.id: usual_answer(item) for item in card.unanswered}
            return await save_answers(tx, card, {**card.answers, **usual})


def usual_answer(item: Item) -> tuple[Fact, ...]:
    """What an ordinary month holds: a graded duty as the rules have it when nobody speaks, a target met, no more."""
    if isinstance(item, Tier) and item.when_silent:
        return (chosen(item, item.when_silent),)
    if isinstance(item, Shortfall):
        return (Fact(item.id, count=item.target),)
    return ()
