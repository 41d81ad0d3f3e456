"""The one field that waits for a text or a picture from a person."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import NothingAwaitedError
from bot.storage.store import Store
from bot.usecases.visit import Visit


@dataclass(frozen=True, slots=True)
class Awaited:
    """The packed action that the next text completes, and the card on which it was asked."""

    action: str
    message_id: int


class FindAwaited:
    """What the person was asked to type, if anything."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit) -> Awaited:
        """The awaited field, or NothingAwaitedError."""
        async with self._store.read() as tx:
            await visit.enter(tx)
        if visit.account.awaiting is None:
            raise NothingAwaitedError
        return Awaited(visit.account.awaiting, visit.account.awaiting_message_id or 0)


class AwaitText:
    """Remember what the next text is for; asking something else replaces it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, visit: Visit, action: str | None, message_id: int = 0) -> None:
        """Wait for this packed action's text on this card; None stops waiting."""
        async with self._store.write(visit.cause) as tx:
            await visit.enter(tx)
            await tx.accounts.await_text(visit.telegram_id, action, message_id or None)
