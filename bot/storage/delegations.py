"""Delegations: who holds an office for whom, and since when not any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delegation import Delegation
from bot.domain.people import Department, Office, Role
from bot.errors import NotFoundError
from bot.storage.schema import delegation, member


class Delegations:
    """Reads and writes delegations; one that was given is only ever ended."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def get(self, delegation_id: int) -> Delegation:
        """The delegation of this id, or NotFoundError."""
        row = (await self._connection.execute(select(delegation).where(delegation.c.id == delegation_id))).first()
        if row is None:
            raise NotFoundError
        return _delegation(row)

    async def unended(self, member_id: int) -> list[Delegation]:
        """What this member gave or was given that holds or will hold, by its first day."""
        his = or_(delegation.c.principal_id == member_id, delegation.c.delegate_id == member_id)
        rows = await self._connection.execute(
            select(delegation)
            .where(his, delegation.c.ends_at > self._now, delegation.c.ended_at.is_(None))
            .order_by(delegation.c.starts_at, delegation.c.id)
        )
        return [_delegation(row) for row in rows]

    async def hold(self, member_id: int) -> None:
        """Nobody else gives an office of this member to somebody before this transaction ends."""
        # SQLite has one writer anyway and leaves the clause out.
        await self._connection.execute(select(member.c.id).where(member.c.id == member_id).with_for_update())

    async def add(
        self, principal_id: int, delegate_id: int, office: Office, starts_at: datetime, ends_at: datetime,
        by: int | None,
    ) -> int:  # fmt: skip
        """Store a new one; returns its id."""
        added = await self._connection.execute(
            insert(delegation)
            .values(
                principal_id=principal_id, delegate_id=delegate_id, role=office.role, department=office.department,
                starts_at=starts_at, ends_at=ends_at, given_by=by, given_at=self._now,
            )
            .returning(delegation.c.id)
        )  # fmt: skip
        return int(added.scalar_one())

    async def end(self, delegation_id: int, by: int | None) -> bool:
        """It holds no more from now on; False if it was over already."""
        outcome = await self._connection.execute(
            update(delegation)
            .where(
                delegation.c.id == delegation_id, delegation.c.ended_at.is_(None), delegation.c.ends_at > self._now
            )
            .values(ended_at=self._now, ended_by=by)
        )  # fmt: skip
        return outcome.rowcount == 1

    async def standing_in_for(self, principal_id: int) -> list[int]:
        """Who holds an office of this member's now."""
        found = await self._connection.scalars(
            select(delegation.c.delegate_id)
            .where(
                delegation.c.principal_id == principal_id,
                delegation.c.starts_at <= self._now,
                delegation.c.ends_at > self._now,
                delegation.c.ended_at.is_(None),
            )
            .distinct()
            .order_by(delegation.c.delegate_id)
        )
        return list(found)

    async def given_by(self, principal_ids: Iterable[int]) -> list[Delegation]:
        """All that these members ever gave to others, the newest first."""
        rows = await self._connection.execute(
            select(delegation)
            .where(delegation.c.principal_id.in_(set(principal_ids)))
            .order_by(delegation.c.starts_at.desc(), delegation.c.id.desc())
        )
        return [_delegation(row) for row in rows]

    async def covering(self, delegate_ids: Iterable[int]) -> list[Delegation]:
        """All that these members ever held for others, the newest first."""
        rows = await self._connection.execute(
            select(delegation)
            .where(delegation.c.delegate_id.in_(set(delegate_ids)))
            .order_by(delegation.c.starts_at.desc(), delegation.c.id.desc())
        )
        return [_delegation(row) for row in rows]


def _delegation(row: Row[Any]) -> Delegation:
    office = Office(Role(row.role), Department(row.department) if row.department else None)
    return Delegation(
        row.id, row.principal_id, row.delegate_id, office, row.starts_at, row.ends_at, row.given_by, row.given_at,
        row.ended_at,
    )  # fmt: skip
