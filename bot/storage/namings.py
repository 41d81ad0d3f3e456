"""黑榜公布: whom a branch decided to name in its group, by which meeting and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import Meeting, MeetingKind
from bot.domain.naming import Naming
from bot.domain.periods import Quarter
from bot.storage.schema import naming


class Namings:
    """Reads and writes who is named; a member is named at most once a quarter."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, which: Quarter, branch_id: int, member_ids: Iterable[int], meeting: Meeting, by: int, now: datetime,
        ends_at: datetime,
    ) -> None:  # fmt: skip
        """Name these members from now until this instant."""
        document = {
            "kind": meeting.kind, "held_on": meeting.held_on.isoformat(),
            "present": meeting.present, "entitled": meeting.entitled,
        }  # fmt: skip
        rows = [
            {
                "branch_id": branch_id, "quarter": str(which), "member_id": member_id, "meeting": document,
                "decided_by": by, "decided_at": now, "ends_at": ends_at,
            }
            for member_id in member_ids
        ]  # fmt: skip
        await self._connection.execute(insert(naming), rows)

    async def of_branch(self, which: Quarter, branch_id: int) -> list[Naming]:
        """Everybody whom the branch ever named for this quarter."""
        rows = await self._connection.execute(
            select(naming).where(naming.c.quarter == str(which), naming.c.branch_id == branch_id).order_by(naming.c.id)
        )
        return [_naming(row) for row in rows]

    async def running(self) -> list[Naming]:
        """Everybody who is named now, in all branches."""
        rows = await self._connection.execute(select(naming).where(naming.c.ended_at.is_(None)).order_by(naming.c.id))
        return [_naming(row) for row in rows]

    async def end(self, naming_ids: Iterable[int], now: datetime) -> int:
        """These are named no more; returns how many still were."""
        outcome = await self._connection.execute(
            update(naming).where(naming.c.id.in_(list(naming_ids)), naming.c.ended_at.is_(None)).values(ended_at=now)
        )
        return outcome.rowcount


def _naming(row: Row[Any]) -> Naming:
    held = row.meeting
    meeting = Meeting(MeetingKind(held["kind"]), date.fromisoformat(held["held_on"]), held["present"], held["entitled"])
    return Naming(
        row.id, row.branch_id, Quarter.parse(row.quarter), row.member_id, meeting, row.decided_by, row.decided_at,
        row.ends_at, row.ended_at,
    )  # fmt: skip
