"""Proposed tables, from the draft to the decision; every change is a compare-and-set."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.rulemaking import Proposal, ProposalState
from bot.errors import NotFoundError
from bot.storage.schema import ruleset_proposal as proposal


class Proposals:
    """Reads and writes proposals."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, *, name: str, version: str, text: str, effective_on: date, state: ProposalState,
        proposed_by: int | None, now: datetime,
    ) -> Proposal:  # fmt: skip
        """Store a new proposal."""
        values = {
            "name": name, "version": version, "text": text, "effective_on": effective_on, "state": state,
            "proposed_by": proposed_by, "proposed_at": now,
        }  # fmt: skip
        result = await self._connection.execute(insert(proposal).values(values).returning(proposal.c.id))
        return await self.get(int(result.scalar_one()))

    async def get(self, proposal_id: int) -> Proposal:
        """The proposal of this id, or NotFoundError."""
        row = (await self._connection.execute(select(proposal).where(proposal.c.id == proposal_id))).first()
        if row is None:
            raise NotFoundError
        return _proposal(row)

    async def open_ones(self) -> list[Proposal]:
        """Those that wait for agreement, the newest first."""
        rows = await self._connection.execute(
            select(proposal).where(proposal.c.state == ProposalState.OPEN).order_by(proposal.c.id.desc())
        )
        return [_proposal(row) for row in rows]

    async def change(self, found: Proposal, **columns: Any) -> bool:
        """Write columns if nobody else changed the proposal since it was read; False if somebody did."""
        result = await self._connection.execute(
            update(proposal)
            .where(
                proposal.c.id == found.proposal_id,
                proposal.c.state == found.state,
                proposal.c.revision == found.revision,
            )
            .values(revision=found.revision + 1, **columns)
        )
        return result.rowcount == 1


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        row.id, row.name, row.version, row.text, row.effective_on, ProposalState(row.state), row.revision,
        row.proposed_by, row.proposed_at, row.confirmed_by, row.confirmed_at, row.decided_by, row.decided_at,
        row.reason, row.ruleset_id,
    )  # fmt: skip
