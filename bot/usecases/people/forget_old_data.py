"""Forgetting, once a day, whatever has been kept for as long as the notice says."""

from __future__ import annotations

from datetime import time

from bot.domain import retention
from bot.domain.timetable import Due, Moment, Timetable
from bot.storage.retention import Retention
from bot.storage.store import Store


class ForgetOldData:
    """Carries out the figures of domain/retention.py; to be late or to run twice does no harm."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due | None = None) -> dict[str, int]:
        """Forget what is due; returns how many rows of each kind, without those of which there was none."""
        async with self._store.write() as tx:
            if due is not None and not await tx.dues.claim(*due.claim):
                return {}
            first_day = retention.forgets_before(self._timetable.day_of(tx.now))
            old = Retention(tx.connection)
            forgotten = {
                "update_keys": await old.update_keys(tx.now - retention.UPDATE_KEYS),
                "letters": await old.letters(self._timetable.at(first_day, time.min)),
                "letter_bodies": await old.letter_bodies(tx.now - retention.LETTER_BODIES),
                "invites": await old.invites(tx.now - retention.INVITES),
                "dead_letters": await old.dead_letters(tx.now - retention.DEAD_LETTERS),
                "imported_files": await old.imported_files(tx.now - retention.IMPORTED_FILES),
                "evidence": await old.evidence(first_day),
                "sending_slots": await old.sending_slots(tx.now - retention.SENDING_SLOTS),
                "claims": await old.claims(Moment.of_each_day(), tx.now - retention.CLAIMS_OF_EACH_DAY),
            }
            return {kind: count for kind, count in forgotten.items() if count}
