"""Erasing a person: his rows go, what others' ranks and the chain need stays without anything that names him."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.erasing import NAME_OF_THE_ERASED, Erasure, ErasureState
from bot.domain.forms import BranchState
from bot.errors import NotFoundError
from bot.storage.personal import CHILDREN, about, about_tables, dead_letters_of
from bot.storage.schema import (
    account,
    branch_quarter,
    dead_letter,
    erasure,
    invite,
    letter,
    member,
    metadata,
    platform_file,
    rating,
    result,
)

GONE = frozenset({
    "account", "delegation", "form", "invite", "letter", "membership", "naming", "objection", "office",
    "platform_record", "rating", "record", "review_conflict",
})  # fmt: skip
"""Tables whose rows about the person are deleted, with everything that hangs on them."""

STAYS = frozenset({"erasure", "ledger", "member", "result", "review_seat", "review_task"})
"""Tables whose rows stay, for the chain or for others: they hold his number, and from now on nothing else of him."""

_CHAT_COLUMNS = ("telegram_id", "chat_id")


class Erasures:
    """Proposals to erase, and the erasing itself."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def propose(self, member_id: int, now: datetime) -> Erasure:
        """A new proposal."""
        values = {"member_id": member_id, "state": ErasureState.OPEN, "proposed_at": now}
        added = await self._connection.execute(insert(erasure).values(values).returning(erasure.c.id))
        return await self.get(int(added.scalar_one()))

    async def get(self, erasure_id: int) -> Erasure:
        """The proposal of this id, or NotFoundError."""
        row = (await self._connection.execute(select(erasure).where(erasure.c.id == erasure_id))).first()
        if row is None:
            raise NotFoundError
        return _erasure(row)

    async def find_open(self, member_id: int) -> Erasure | None:
        """The open proposal about this member."""
        waiting = select(erasure).where(erasure.c.member_id == member_id, erasure.c.state == ErasureState.OPEN)
        row = (await self._connection.execute(waiting)).first()
        return _erasure(row) if row else None

    async def change(self, found: Erasure, **columns: Any) -> bool:
        """Write columns if nobody else changed the proposal since it was read; False if somebody did."""
        outcome = await self._connection.execute(
            update(erasure)
            .where(
                erasure.c.id == found.erasure_id,
                erasure.c.state == found.state,
                erasure.c.revision == found.revision,
            )
            .values(revision=found.revision + 1, **columns)
        )
        return outcome.rowcount == 1

    async def unsettled_quarter(self, member_id: int) -> str | None:
        """A quarter in which the member was rated and that is not final yet."""
        for table in (rating, result):
            found: str | None = await self._connection.scalar(
                select(branch_quarter.c.quarter)
                .join(
                    table,
                    (table.c.branch_id == branch_quarter.c.branch_id) & (table.c.quarter == branch_quarter.c.quarter),
                )
                .where(table.c.member_id == member_id, branch_quarter.c.state != BranchState.FINAL)
                .limit(1)
            )
            if found is not None:
                return found
        return None

    async def erase(self, member_id: int, now: datetime) -> None:
        """Delete or empty everything that is about this member, in every table."""
        if self._connection.dialect.name == "sqlite":
            # Freed pages are overwritten, so that the file does not go on holding what no query finds.
            await self._connection.execute(text("PRAGMA secure_delete=ON"))
        await self._forget_numbers(await self._telegram_numbers(member_id))
        for child, parent in CHILDREN:
            key = parent.primary_key.columns[0]
            rows = select(key).where(about(parent, member_id))
            await self._connection.execute(delete(child.table).where(child.in_(rows)))
        for table in reversed(about_tables()):
            if table.name in GONE:
                await self._connection.execute(delete(table).where(about(table, member_id)))
        await self._empty_results(member_id)
        # Whole exports of learning platforms may name him; what was taken over of them is in rows of its own.
        await self._connection.execute(update(platform_file).values(content=None))
        await self._connection.execute(
            update(member)
            .where(member.c.id == member_id)
            .values(
                staff_no=f"erased-{member_id}", name=NAME_OF_THE_ERASED, joined_party_on=None, counts_from_on=None,
                erased_at=now,
            )
        )  # fmt: skip

    async def is_erased(self, member_id: int) -> bool:
        """Whether only the number is left of this member."""
        return await self._connection.scalar(select(member.c.erased_at).where(member.c.id == member_id)) is not None

    async def _telegram_numbers(self, member_id: int) -> set[int]:
        """The Telegram accounts he ever had here, without those that are somebody else's now."""
        others = select(account.c.telegram_id).where(account.c.member_id != member_id)
        numbers: set[int] = set()
        for column in (account.c.telegram_id, invite.c.telegram_id, letter.c.chat_id):
            owner = column.table.c.member_id
            found = select(column).where(owner == member_id, column.is_not(None), column.not_in(others))
            numbers.update(await self._connection.scalars(found))
        return numbers

    async def _forget_numbers(self, numbers: set[int]) -> None:
        """Take them out of rows that are about nobody, or about others: a foreign invite opened by mistake, a limit."""
        for table in metadata.sorted_tables:
            for column in (table.c[name] for name in _CHAT_COLUMNS if name in table.c):
                his = column.in_(numbers)
                if column.nullable:
                    await self._connection.execute(update(table).where(his).values({column.name: None}))
                elif table is not account:
                    await self._connection.execute(delete(table).where(his))
        for number in numbers:
            kept = await dead_letters_of(self._connection, number)
            await self._connection.execute(delete(dead_letter).where(dead_letter.c.id.in_(kept)))

    async def _empty_results(self, member_id: int) -> None:
        """Points and rank stay, for the others' ranks stand on them; how they came about does not."""
        for row in (await self._connection.execute(select(result).where(result.c.member_id == member_id))).all():
            await self._connection.execute(
                update(result).where(result.c.id == row.id).values(detail=what_ranks_need(row.detail))
            )


def what_ranks_need(detail: Mapping[str, Any]) -> dict[str, Any]:
    """What a board of the branch asks of a result beside its points and rank."""
    return {
        "ruleset": detail["ruleset"],
        "to_next": detail["to_next"],
        "by_part": {},
        "months": [{"exempt": one["exempt"]} for one in detail["months"]],
    }


def unplaced() -> list[Table]:
    """Tables with rows about persons of which nobody has said yet what becomes of them."""
    return [table for table in about_tables() if table.name not in GONE | STAYS]


def _erasure(row: Row[Any]) -> Erasure:
    return Erasure(
        row.id, row.member_id, ErasureState(row.state), row.revision, row.proposed_at, row.confirmed_by,
        row.confirmed_at, row.decided_by, row.decided_at,
    )  # fmt: skip
