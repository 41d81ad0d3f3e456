"""Work of the clock: claimed by a unique row, so that it is done once whatever the clock or other processes do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.dialects import insert_once
from bot.storage.schema import due


class Dues:
    """Claims of (kind, period, subject)."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def claim(self, kind: str, period: str, subject: str = "") -> bool:
        """Claim the work within this transaction; False if it was claimed before."""
        values = {"kind": kind, "period": period, "subject": subject, "claimed_at": self._now}
        result = await self._connection.execute(insert_once(due, self._connection), values)
        return result.rowcount == 1

    async def claimed(self, periods: Iterable[str]) -> set[tuple[str, str, str]]:
        """Everything claimed for these periods, as (kind, period, subject)."""
        rows = await self._connection.execute(
            select(due.c.kind, due.c.period, due.c.subject).where(due.c.period.in_(set(periods)))
        )
        return {(row.kind, row.period, row.subject) for row in rows}
