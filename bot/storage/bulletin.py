"""What only a quarter's bulletin asks of the database: pure reads over all branches."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.periods import Quarter
from bot.storage.schema import branch_quarter, ledger


class Bulletins:
    """Reads for the bulletin."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def finished_since(self, since: datetime) -> list[tuple[Quarter, datetime]]:
        """The quarters of which every branch is final, the last one since this instant; with when that was."""
        last = func.max(branch_quarter.c.final_at)
        rows = await self._connection.execute(
            select(branch_quarter.c.quarter, last)
            .group_by(branch_quarter.c.quarter)
            .having(func.count() == func.count(branch_quarter.c.final_at), last >= since)
            .order_by(branch_quarter.c.quarter)
        )
        return [(Quarter.parse(row[0]), row[1]) for row in rows]

    async def first_closings(self, which: Quarter) -> dict[int, datetime]:
        """When each branch first closed its rating, whatever the review group gave back to it afterwards."""
        rows = await self._connection.execute(
            select(ledger.c.at, ledger.c.body)
            .where(ledger.c.period == str(which), ledger.c.kind == "quarter_closed")
            .order_by(ledger.c.seq.desc())
        )
        return {json.loads(row.body)["branch"]: row.at for row in rows}
