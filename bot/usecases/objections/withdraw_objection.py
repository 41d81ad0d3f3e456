"""The member takes his objection back, as long as nobody has answered it."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.objections import ObjectionState
from bot.domain.timetable import Timetable
from bot.storage.store import Store
from bot.usecases.objections.objection_cards import as_seen, objection_card, settle, too_late
from bot.usecases.publicity.publish_quarter import finish_ended
from bot.usecases.visit import Visit, must
from bot.views.objection_facts import ObjectionCard


class WithdrawObjection:
    """Ends an open objection without an answer."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, objection_id: int, revision: int) -> ObjectionCard:
        """Withdraw it; one that was answered meanwhile stays answered."""
        async with self._store.write(visit.cause) as tx:
            person, found = await as_seen(tx, visit, objection_id, revision)
            must(person, Deed.OBJECT, Subject(found.branch_id, found.member_id))
            if found.state is not ObjectionState.OPEN:
                await too_late(tx, found)
            found = await settle(tx, found, ObjectionState.WITHDRAWN, closed_at=tx.now)
            await tx.ledger.append(
                "objection_withdrawn", period=str(found.quarter), subject=person.member_id, actor=person.member_id,
                objection=objection_id,
            )  # fmt: skip
            await finish_ended(tx, found.quarter)
            return await objection_card(tx, person, found, self._zone)
