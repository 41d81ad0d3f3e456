"""Proving that the ledger is whole: every entry fits the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.storage.store import Store


@dataclass(frozen=True, slots=True)
class LedgerProof:
    """How many entries there are and the hash of the last; `first_bad` is the number of the first that does not fit."""

    entries: int
    head: str
    newest_at: datetime | None
    first_bad: int | None


class VerifyLedger:
    """Recomputes the chain from its beginning."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self) -> LedgerProof:
        """The proof; a tail that was cut off shows only beside a head that was published before."""
        async with self._store.read() as tx:
            head = await tx.ledger.head()
            newest_at = await tx.ledger.newest_at()
            return LedgerProof(head.seq, head.hash, newest_at, await tx.ledger.first_bad())
