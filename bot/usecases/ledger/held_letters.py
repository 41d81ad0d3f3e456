"""Letters that may have arrived or not: held after a restore, shown to the operator, released or dropped by him."""

from __future__ import annotations

from datetime import datetime

from bot.domain.held import HeldLetters
from bot.storage.store import Store


class HoldLetters:
    """Holds what a bot that ran after the backup may have said already."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, written_since: datetime) -> int:
        """Hold what is due by now or was written since then; returns how many."""
        async with self._store.write() as tx:
            return await tx.held.hold(written_since)


class ListHeld:
    """What waits for a decision."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self) -> list[HeldLetters]:
        """How many of each kind."""
        async with self._store.read() as tx:
            return await tx.held.counts()


class ReleaseHeld:
    """They did not arrive: they go out now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, kind: str = "") -> int:
        """Release all, or those of one kind; returns how many."""
        async with self._store.write() as tx:
            released = await tx.held.release(kind)
            if released:
                await tx.ledger.append("letters_released", letters=released, letter_kind=kind)
            return released


class DropHeld:
    """They did arrive, or matter no more: they are never sent."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, kind: str = "") -> int:
        """Drop all, or those of one kind; returns how many."""
        async with self._store.write() as tx:
            dropped = await tx.held.drop(kind)
            if dropped:
                await tx.ledger.append("letters_dropped", letters=dropped, letter_kind=kind)
            return dropped
