"""Known bugs that can be planted into a bot, to see that the rehearsal's checker catches them."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import Form
from bot.storage import handled_updates, store
from bot.storage.dues import Dues
from bot.storage.forms import Forms
from bot.storage.letters import Letters
from bot.storage.schema import form
from bot.telegram.poller import Poller


def _plant(place: object, name: str, bug: object) -> None:
    setattr(place, name, bug)


def ack_before_commit() -> None:
    """Confirm updates to Telegram as soon as they are fetched, as aiogram's own polling does."""
    begin = Poller._begin  # noqa: SLF001 - a planted bug reaches inside

    def advance(poller: Poller) -> None:
        seen = poller._under_way | poller._done  # noqa: SLF001
        if seen:
            poller._offset = max(seen) + 1  # noqa: SLF001
        poller._done.clear()  # noqa: SLF001

    def begin_and_confirm(poller: Poller, *arguments: Any) -> None:
        begin(poller, *arguments)
        advance(poller)

    _plant(Poller, "_begin", begin_and_confirm)
    _plant(Poller, "_advance", advance)


def no_cas() -> None:
    """Write forms without comparing them first, and on SQLite each statement in a transaction of its own."""
    prepare = store.Store.__init__

    async def change(forms: Forms, found: Form, **columns: Any) -> bool:
        written = {"revision": found.revision + 1, **columns}
        await forms._connection.execute(update(form).where(form.c.id == found.form_id).values(**written))  # noqa: SLF001
        return True

    def begin_nothing(_connection: Any) -> None:
        """SQLite commits each statement by itself when nobody begins."""

    def without_queue(self: store.Store, *arguments: Any, **named: Any) -> None:
        prepare(self, *arguments, **named)
        self._writers = contextlib.nullcontext()

    _plant(Forms, "change", change)
    _plant(store, "_begin_sqlite", begin_nothing)
    _plant(store.Store, "__init__", without_queue)


def no_dedupe() -> None:
    """Forget what was handled, claimed and written before: every repetition is taken for something new."""
    numbers = itertools.count()
    write_many = Letters.write_many

    async def remember(_connection: AsyncConnection, _key: str, _now: datetime) -> bool:
        return True

    async def claim(_dues: Dues, _kind: str, _period: str, _subject: str = "") -> bool:
        return True

    async def claimed(_dues: Dues, _periods: Iterable[str]) -> set[tuple[str, str, str]]:
        return set()

    async def write_again(letters: Letters, entries: Iterable[tuple[Any, ...]], **named: Any) -> None:
        again: list[Any] = [(f"{key}:{next(numbers)}", *rest) for key, *rest in entries]
        await write_many(letters, again, **named)

    _plant(handled_updates, "remember", remember)
    _plant(Dues, "claim", claim)
    _plant(Dues, "claimed", claimed)
    _plant(Letters, "write_many", write_again)


PLANTS: dict[str, Callable[[], None]] = {plant.__name__: plant for plant in (ack_before_commit, no_cas, no_dedupe)}
