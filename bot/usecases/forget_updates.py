"""Forgetting the keys of updates that Telegram can no longer deliver again."""

from __future__ import annotations

from datetime import timedelta

from bot.storage import handled_updates
from bot.storage.store import Store

KEPT = timedelta(days=3)


class ForgetUpdates:
    """Keeps the table small: Telegram keeps an update for a day, and may number them anew after a quiet week."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self) -> int:
        """Drop keys older than three days; returns how many."""
        async with self._store.write() as tx:
            return await handled_updates.forget_before(tx.connection, tx.now - KEPT)
