"""The one field that waits for a text or a picture from a person."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import NothingAwaitedError, ReplayedUpdateError
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
            if await tx.was_handled(visit.cause.key):
                raise ReplayedUpdateError
            await visit.enter(tx)
        if visit.account.awaiting is None:
            raise NothingAwaitedError
        return Awaited(visit.account.awaiting, visit.account.awaiting_message_id or 0)


class StopWaiting:
    """The person went on to something else: what he types from now on is not meant for the old field."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, telegram_id: int) -> None:
        """Forget the awaited field."""
        async with self._store.write() as tx:
            await tx.accounts.await_text(telegram_id, None)


async def stop_waiting(store: Store, visit: Visit) -> None:
    """The person went on to another page: what was asked for on the old one is not awaited any more."""
    if visit.account.awaiting is not None:
        async with store.write() as tx:
            await tx.accounts.await_text(visit.telegram_id, None)
