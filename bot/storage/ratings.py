"""The branch's decisions on its members' quarters, and the results once a quarter is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import QuarterResult, Rating, RatingState
from bot.domain.periods import Quarter
from bot.errors import NotFoundError
from bot.storage.dialects import insert_once
from bot.storage.schema import quarter, rating, result


class Ratings:
    """Reads and writes ratings; every decision is a compare-and-set on state and revision."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, rating_id: int) -> Rating:
        """The rating of this id, or NotFoundError."""
        row = (await self._connection.execute(_RATINGS.where(rating.c.id == rating_id))).first()
        if row is None:
            raise NotFoundError
        return _rating(row)

    async def find(self, member_id: int, which: Quarter) -> Rating | None:
        """The rating of this member in this quarter."""
        row = (
            await self._connection.execute(
                _RATINGS.where(rating.c.member_id == member_id, rating.c.quarter == str(which))
            )
        ).first()
        return _rating(row) if row else None

    async def in_branch(self, branch_id: int, which: Quarter) -> list[Rating]:
        """The branch's ratings; the postponed ones come last."""
        rows = await self._connection.execute(
            _RATINGS.where(rating.c.branch_id == branch_id, rating.c.quarter == str(which)).order_by(
                rating.c.postponed_at.is_not(None), rating.c.postponed_at, rating.c.id
            )
        )
        return [_rating(row) for row in rows]

    async def in_quarter(self, which: Quarter) -> list[Rating]:
        """All ratings of a quarter, by branch."""
        rows = await self._connection.execute(
            _RATINGS.where(rating.c.quarter == str(which)).order_by(rating.c.branch_id, rating.c.id)
        )
        return [_rating(row) for row in rows]

    async def add(self, which: Quarter, members: Iterable[tuple[int, int]]) -> None:
        """Begin the ratings of these (member, branch); who has one already keeps it."""
        rows = [
            {"member_id": member_id, "branch_id": branch_id, "quarter": str(which)} for member_id, branch_id in members
        ]
        if rows:
            await self._connection.execute(insert_once(rating, self._connection), rows)

    async def change(self, found: Rating, **columns: Any) -> bool:
        """Write columns if nobody else changed the rating since it was read; False if somebody did."""
        outcome = await self._connection.execute(
            update(rating)
            .where(rating.c.id == found.rating_id, rating.c.state == found.state, rating.c.revision == found.revision)
            .values(revision=found.revision + 1, **columns)
        )
        return outcome.rowcount == 1

    async def approve(self, found: list[Rating], by: int, now: datetime) -> int:
        """Approve these pending ratings if nobody changed them meanwhile; returns how many."""
        outcome = await self._connection.execute(
            update(rating)
            .where(
                rating.c.state == RatingState.PENDING,
                tuple_(rating.c.id, rating.c.revision).in_([(entry.rating_id, entry.revision) for entry in found]),
            )
            .values(state=RatingState.APPROVED, revision=rating.c.revision + 1, decided_by=by, decided_at=now)
        )
        return outcome.rowcount

    async def reopen(self, member_id: int, which: Quarter) -> None:
        """What a decision rested on changed: an approved rating waits again, cards drawn before are out of date."""
        await self._connection.execute(
            update(rating)
            .where(rating.c.member_id == member_id, rating.c.quarter == str(which))
            .values(
                revision=rating.c.revision + 1,
                state=case((rating.c.state == RatingState.APPROVED, RatingState.PENDING), else_=rating.c.state),
                decided_by=case((rating.c.state == RatingState.APPROVED, None), else_=rating.c.decided_by),
                decided_at=case((rating.c.state == RatingState.APPROVED, None), else_=rating.c.decided_at),
            )
        )

    async def move(self, member_id: int, branch_id: int, which: Quarter) -> None:
        """The member moved before his old branch decided: the new one rates him."""
        await self._connection.execute(
            update(rating)
            .where(rating.c.member_id == member_id, rating.c.quarter == str(which))
            .values(branch_id=branch_id, revision=rating.c.revision + 1)
        )

    async def drop_pending(self, member_id: int, which: Quarter) -> None:
        """The member left before he was rated."""
        await self._connection.execute(
            delete(rating).where(
                rating.c.member_id == member_id, rating.c.quarter == str(which), rating.c.state != RatingState.APPROVED
            )
        )

    # ── results ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def add_results(self, results: list[QuarterResult]) -> None:
        """Store a branch's closed quarter."""
        rows = [
            {
                "member_id": entry.member_id, "branch_id": entry.branch_id, "quarter": str(entry.quarter),
                "centi": entry.centi, "rank": entry.rank, "ranked_of": entry.ranked_of, "detail": dict(entry.detail),
            }
            for entry in results
        ]  # fmt: skip
        if rows:
            await self._connection.execute(insert(result), rows)

    async def put_results(self, results: list[QuarterResult]) -> None:
        """Store a branch's published quarter as it is after a correction."""
        rows = [
            {
                "of": entry.member_id, "in": str(entry.quarter), "centi": entry.centi, "rank": entry.rank,
                "ranked_of": entry.ranked_of, "detail": dict(entry.detail),
            }
            for entry in results
        ]  # fmt: skip
        await self._connection.execute(
            update(result).where(result.c.member_id == bindparam("of"), result.c.quarter == bindparam("in")), rows
        )

    async def find_result(self, member_id: int, which: Quarter) -> QuarterResult | None:
        """The member's result of this quarter."""
        row = (
            await self._connection.execute(
                select(result).where(result.c.member_id == member_id, result.c.quarter == str(which))
            )
        ).first()
        return _result(row) if row else None

    async def results_of(self, member_id: int) -> list[QuarterResult]:
        """All results of a member, in order."""
        rows = await self._connection.execute(
            select(result).where(result.c.member_id == member_id).order_by(result.c.quarter)
        )
        return [_result(row) for row in rows]

    async def results_in(self, which: Quarter, *, branch_id: int | None = None) -> list[QuarterResult]:
        """The results of a quarter (of one branch), by rank; the unrated come last, ids sort ties."""
        statement = select(result).where(result.c.quarter == str(which))
        if branch_id is not None:
            statement = statement.where(result.c.branch_id == branch_id)
        rows = await self._connection.execute(
            statement.order_by(result.c.branch_id, result.c.rank.is_(None), result.c.rank, result.c.member_id)
        )
        return [_result(row) for row in rows]

    async def newest_result_quarter(self, *, branch_id: int | None = None) -> Quarter | None:
        """The newest quarter that has results (in this branch)."""
        statement = select(result.c.quarter).order_by(result.c.quarter.desc()).limit(1)
        if branch_id is not None:
            statement = statement.where(result.c.branch_id == branch_id)
        found = await self._connection.scalar(statement)
        return Quarter.parse(found) if found else None


_RATINGS = select(rating, quarter.c.ruleset_id).join(quarter, quarter.c.quarter == rating.c.quarter)


def _rating(row: Row[Any]) -> Rating:
    return Rating(
        row.id, row.member_id, row.branch_id, Quarter.parse(row.quarter), row.ruleset_id, RatingState(row.state),
        row.revision, row.postponed_at, row.decided_by, row.decided_at,
    )  # fmt: skip


def _result(row: Row[Any]) -> QuarterResult:
    return QuarterResult(
        row.member_id, row.branch_id, Quarter.parse(row.quarter), row.centi, row.rank, row.ranked_of, row.detail
    )
