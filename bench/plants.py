"""Known bugs that can be planted into a bot, to see that the rehearsal's checker catches them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import handled_updates
from bot.storage.dues import Dues
from bot.storage.letters import Letters
from bot.telegram.poller import Poller

# Long enough for others to come between reading and writing.
MOMENT_S = 0.05


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


PLANTS: dict[str, Callable[[], None]] = {plant.__name__: plant for plant in (ack_before_commit, no_dedupe)}
