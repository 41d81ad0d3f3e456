"""What only a quarter's bulletin asks of the database: pure reads over all branches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.periods import Month, Quarter
from bot.outbox.prompts import PROMPTS
from bot.storage.schema import branch_quarter, form, ledger, letter, month

_ARRIVED = ("due", "sent", "unknown")


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

    async def prompts(self, months: Sequence[Month]) -> Counter[tuple[str, int]]:
        """How many prompts of each month's form each member had: (month, member) → number.

        The form is read from a letter's key, which is kept longer than what the letter spoke of.
        """
        named = [str(one) for one in months]
        begun_at = select(func.min(month.c.opens_at)).where(month.c.month.in_(named)).scalar_subquery()
        found = await self._connection.execute(select(form.c.id, form.c.month).where(form.c.month.in_(named)))
        month_of = {row.id: row.month for row in found}
        told = await self._connection.execute(
            select(letter.c.key, letter.c.member_id).where(
                letter.c.kind.in_(PROMPTS), letter.c.state.in_(_ARRIVED), letter.c.written_at >= begun_at
            )
        )
        prompts = ((month_of.get(int(row.key.split(":")[1])), row.member_id) for row in told)
        return Counter((which, who) for which, who in prompts if which is not None)
