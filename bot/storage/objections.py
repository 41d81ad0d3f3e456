"""异议: what members object to within publicity, and the answers they were given."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.periods import Quarter
from bot.storage.schema import objection


class Objections:
    """Reads and writes objections."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def branches_with_open(self, which: Quarter) -> set[int]:
        """The branches in which an objection to this quarter waits for its answer."""
        found = await self._connection.scalars(
            select(objection.c.branch_id)
            .where(objection.c.quarter == str(which), objection.c.state.in_(("open", "escalated")))
            .distinct()
        )
        return set(found)
