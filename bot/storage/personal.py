"""Everything stored about one person, found by walking the schema, so that a new table cannot be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import (
    account,
    branch,
    dead_letter,
    evidence,
    form,
    ledger,
    ledger_text,
    member,
    metadata,
    objection,
    objection_answer,
)

_ABOUT = {"member_id", "subject_id", "principal_id", "delegate_id"}
_BY = {"actor_id"}
_SAYS_WHEN = {
    "quarter",
    "month",
    "period",
    "kind",
    "item",
    "at",
    "recorded_at",
    "submitted_at",
    "decided_at",
    "closed_at",
}
CHILDREN = (
    (evidence.c.form_id, form),
    (ledger_text.c.seq, ledger),
    (objection_answer.c.objection_id, objection),
)


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """One table's rows about a person; `by_person` are rows about others in which he only appears as who acted."""

    name: str
    rows: tuple[Mapping[str, Any], ...]
    by_person: bool = False


class Personal:
    """Reads all that is stored about a person."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def about(self, member_id: int) -> list[PersonalTable]:
        """Every row about the person with all its columns, then what he did to others, by period and instant only."""
        found = [await self._table(table, about(table, member_id)) for table in about_tables()]
        found += [await self._children(child, parent, member_id) for child, parent in CHILDREN]
        found.append(await self._dead_letters(member_id))
        for table in metadata.sorted_tables:
            by = [column == member_id for column in table.columns if is_by(column)]
            if by:
                others = [column != member_id for column in table.columns if is_about(column)]
                columns = [column for column in table.columns if column.primary_key or column.name in _SAYS_WHEN]
                found.append(await self._table(table, or_(*by), *others, columns=columns))
        return [one for one in found if one.rows]

    async def _table(
        self, table: Table, *where: ColumnElement[bool], columns: Iterable[Column[Any]] | None = None
    ) -> PersonalTable:
        statement = select(*(columns or table.columns)).where(*where).order_by(*table.primary_key.columns)
        if table is member:
            statement = statement.add_columns(branch.c.name.label("branch")).join(branch)
        rows = (await self._connection.execute(statement)).mappings()
        return PersonalTable(table.name, tuple(_plain(row) for row in rows), by_person=columns is not None)

    async def _children(self, column: Column[Any], parent: Table, member_id: int) -> PersonalTable:
        key = parent.primary_key.columns[0]
        his = select(key).where(about(parent, member_id))
        return await self._table(column.table, column.in_(his))

    async def _dead_letters(self, member_id: int) -> PersonalTable:
        """Messages of his that failed for good and were kept as they came."""
        telegram_id = await self._connection.scalar(
            select(account.c.telegram_id).where(account.c.member_id == member_id)
        )
        return await self._table(
            dead_letter, dead_letter.c.id.in_(await dead_letters_of(self._connection, telegram_id))
        )


async def dead_letters_of(connection: AsyncConnection, telegram_id: int | None) -> list[int]:
    """The ids of the kept messages that came from this Telegram account."""
    rows = await connection.execute(select(dead_letter).where(dead_letter.c.raw.contains(str(telegram_id))))
    his = re.compile(rf'"id": ?{telegram_id}\b')
    return [row.id for row in rows if his.search(row.raw)]


def is_about(column: Column[Any]) -> bool:
    """Whether a row belongs to the member that this column names."""
    return column is member.c.id or column.name in _ABOUT


def is_by(column: Column[Any]) -> bool:
    """Whether this column names a member who acted on somebody or something else."""
    points_to_member = any(key.column is member.c.id for key in column.foreign_keys)
    return column.name in _BY or (points_to_member and not is_about(column))


def about_tables() -> list[Table]:
    """The tables with a column that says whom a row is about."""
    return [table for table in metadata.sorted_tables if any(is_about(column) for column in table.columns)]


def covered(column: Column[Any]) -> bool:
    """Whether a person finds this column in his data, if it is his."""
    table = column.table
    his = table in about_tables() or table in {child.table for child, _ in CHILDREN} or table is dead_letter
    return his or is_by(column)


def about(table: Table, member_id: int) -> ColumnElement[bool]:
    """The rows of this table that belong to the member."""
    return or_(*(column == member_id for column in table.columns if is_about(column)))


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as JSON has it; instants in UTC."""
    return {str(name): _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
