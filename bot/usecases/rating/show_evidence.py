"""The photos and files behind a member's claims, for those who may see his card."""

from __future__ import annotations

from bot.domain.forms import Form
from bot.domain.people import Person
from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.rating.rating_cards import rating_card
from bot.usecases.visit import Visit
from bot.views.rating_facts import EvidencePiece, RatingCard


class ShowEvidence:
    """All evidence of a quarter, by month and item."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, rating_id: int) -> tuple[RatingCard, list[EvidencePiece]]:
        """The card and its evidence; who may not see the card gets a ForbiddenError."""
        async with self._store.read() as tx:
            card = await rating_card(tx, await visit.enter(tx), await tx.ratings.get(rating_id), self._zone)
            forms = [month.form for month in card.months if month.form is not None]
            return card, [piece for form in forms for piece in await evidence_of(tx, card.owner, form)]


async def evidence_of(tx: Tx, owner: Person, form: Form) -> list[EvidencePiece]:
    """The evidence of one form with the words that belong to it, in the order of the table."""
    rules = await tx.periods.rules(form.ruleset_id)
    order = [item.id for item in (*rules.items, *rules.bonus.items)]
    return [
        EvidencePiece(owner.name, form.month, rules.item(piece.item).label, form.notes.get(piece.item, ""),
                      piece.kind, piece.file_id)
        for piece in sorted(form.evidence, key=lambda one: order.index(one.item))
    ]  # fmt: skip
