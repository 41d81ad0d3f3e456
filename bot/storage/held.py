"""Letters of which nobody knows whether they arrived: held after a restore or a lost answer, until somebody decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.held import HeldLetters
from bot.outbox.letters import LETTERS
from bot.storage.schema import letter

RESTORED = "restored"
_HARMLESS = [kind for kind, one in LETTERS.items() if one.twice_is_harmless]


class Held:
    """Holds, counts, releases and drops letters in the state `unknown`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def hold(self, written_since: datetime | None = None) -> int:
        """Hold what was due by now (or written since then), unless reading it twice does no harm; returns how many."""
        perhaps_sent = letter.c.due_at <= self._now
        if written_since is not None:
            perhaps_sent = or_(perhaps_sent, letter.c.written_at >= written_since)
        result = await self._connection.execute(
            update(letter)
            .where(letter.c.state == "due", letter.c.kind.not_in(_HARMLESS), perhaps_sent)
            .values(state="unknown", error=RESTORED, claimed_until=None)
        )
        return result.rowcount

    async def counts(self) -> list[HeldLetters]:
        """What is held, by kind."""
        rows = await self._connection.execute(
            select(letter.c.kind, func.count(), func.min(letter.c.due_at))
            .where(letter.c.state == "unknown")
            .group_by(letter.c.kind)
            .order_by(letter.c.kind)
        )
        return [HeldLetters(*row) for row in rows]

    async def release(self, kind: str = "") -> int:
        """They did not arrive: let them go out now; returns how many."""
        return await self._decide(kind, state="due", due_at=self._now, attempts=0, error=None)

    async def drop(self, kind: str = "") -> int:
        """They did arrive, or matter no more: never send them; returns how many."""
        return await self._decide(kind, state="moot")

    async def _decide(self, kind: str, **columns: object) -> int:
        wanted: ColumnElement[bool] = letter.c.state == "unknown"
        if kind:
            wanted = and_(wanted, letter.c.kind == kind)
        result = await self._connection.execute(update(letter).where(wanted).values(**columns))
        return result.rowcount
