"""Proving that the ledger is whole: every entry fits the one before it."""

from __future__ import annotations

from bot.domain.chain import Head, Proof
from bot.storage.store import Store


class VerifyLedger:
    """Recomputes the chain from its beginning."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, published: Head | None = None) -> Proof:
        """The proof; a tail that was cut off or written anew shows only beside a head that was published before."""
        async with self._store.read() as tx:
            return await tx.ledger.prove(published)
