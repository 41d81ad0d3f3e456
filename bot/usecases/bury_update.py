"""Keeping an update that always fails, so that the others go on and nothing is lost."""

from __future__ import annotations

from bot.storage import handled_updates
from bot.storage.store import Store


class BuryUpdate:
    """Writes the dead-letter table."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, update_id: int, raw: str, error: str) -> None:
        """Keep the update's raw form and the name of what it failed with; once, however often it comes."""
        async with self._store.write() as tx:
            if await handled_updates.remember(tx.connection, f"buried{update_id}", tx.now):
                await handled_updates.bury(tx.connection, update_id, raw, error, tx.now)
