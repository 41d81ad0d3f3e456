"""What nobody has done yet, over all branches: forms sent back, members to rate; and what was said of it today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import FormState, RatingState
from bot.domain.periods import Quarter
from bot.storage.schema import form, letter, rating


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """A form that was sent back to its member."""

    form_id: int
    member_id: int
    month: str
    revision: int


class Waiting:
    """Reads what nobody has done yet."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def returned_forms(self, *, member_id: int | None = None) -> list[ReturnedForm]:
        """Forms that wait for their member (for this one) after they were sent back."""
        statement = select(form.c.id, form.c.member_id, form.c.month, form.c.revision).where(
            form.c.state == FormState.RETURNED
        )
        if member_id is not None:
            statement = statement.where(form.c.member_id == member_id)
        return [ReturnedForm(*row) for row in await self._connection.execute(statement.order_by(form.c.id))]

    async def unrated(self, which: Quarter) -> dict[int, list[int]]:
        """Each branch's members with a month that counts on whom nobody has decided."""
        months = [str(month) for month in which.months]
        counts = (
            select(form.c.id)
            .where(form.c.member_id == rating.c.member_id, form.c.month.in_(months), form.c.exempt.is_(None))
            .exists()
        )
        rows = await self._connection.execute(
            select(rating.c.branch_id, rating.c.member_id)
            .where(rating.c.quarter == str(which), rating.c.state == RatingState.PENDING, counts)
            .order_by(rating.c.branch_id, rating.c.member_id)
        )
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(row.branch_id, []).append(row.member_id)
        return found

    async def said_since(self, since: datetime) -> set[tuple[int, str]]:
        """To which member a letter of which kind was written since then."""
        rows = await self._connection.execute(
            select(letter.c.member_id, letter.c.kind)
            .where(letter.c.written_at >= since, letter.c.member_id.is_not(None))
            .distinct()
        )
        return {(row.member_id, row.kind) for row in rows}

    async def written_at(self, keys: list[str]) -> dict[str, datetime]:
        """When the letters of these keys were written."""
        rows = await self._connection.execute(select(letter.c.key, letter.c.written_at).where(letter.c.key.in_(keys)))
        return {row.key: row.written_at for row in rows}
