"""One row in every table, about one person: whatever column anybody adds, something personal stands in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Date, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from bot.storage.erasure import GONE
from bot.storage.personal import CHILDREN
from bot.storage.schema import Instant, metadata
from bot.storage.tx import Tx

MARK = "机密"
"""Stands in every text about the person."""
CHAT = 777_000_111
"""His Telegram number."""
AT = datetime(2026, 10, 25, 4, tzinfo=UTC)
_ALLOWED = re.compile(r"(\w+) in \('([^']+)'")


def is_his(table: Table) -> bool:
    """Whether the row in this table is deleted with him."""
    return table.name in GONE or table in {child.table for child, _ in CHILDREN}


async def fill(tx: Tx, member_id: int, branch_id: int) -> dict[str, Any]:
    """Insert the rows in the order of their references; returns the key of each by table."""
    keys: dict[str, Any] = {"member": member_id, "branch": branch_id}
    for table in metadata.sorted_tables:
        if table.name not in keys:
            values = {column.name: _value(column, keys) for column in table.columns if not _is_serial(column)}
            key = table.primary_key.columns[0]
            found = await tx.connection.execute(table.insert().values(values).returning(key))
            keys[table.name] = found.scalar_one()
    return keys


def _is_serial(column: Column[Any]) -> bool:
    return column.primary_key and column.autoincrement is True


def _value(column: Column[Any], keys: dict[str, Any]) -> Any:
    for key in column.foreign_keys:
        return keys[key.column.table.name]
    if column.name in {"subject_id", "actor_id"}:
        return keys["member"]
    if column.name in {"telegram_id", "chat_id"}:
        return CHAT
    allowed = _allowed(column)
    return allowed if allowed is not None else _of_type(column)


def _of_type(column: Column[Any]) -> Any:
    text = MARK if is_his(column.table) else "ok"
    match column.type:
        case Instant():
            return AT
        case Date():
            return date(2026, 10, 25)
        case JSON() | JSONB():
            return {"text": text}
        case LargeBinary():
            return text.encode()
        case Integer() | BigInteger():
            return 1
        case Text() if column.name in {"answers", "facts", "body"}:
            return f'{{"text": "{text}"}}'
        case _:
            return _fitting(column, text)


def _fitting(column: Column[Any], text: str) -> str:
    """A month or quarter where one is due, else the text."""
    return {"month": "2026-10", "quarter": "2026Q4"}.get(column.name, f"{text}:{column.name}")[: _length(column)]


def _length(column: Column[Any]) -> int:
    return getattr(column.type, "length", None) or 64


def _allowed(column: Column[Any]) -> str | None:
    for constraint in column.table.constraints:
        if isinstance(constraint, CheckConstraint):
            for name, first in _ALLOWED.findall(str(constraint.sqltext)):
                if name == column.name:
                    return str(first)
    return None


async def everything(tx: Tx) -> str:
    """Every row of every table as one text."""
    lines = []
    for table in metadata.sorted_tables:
        rows = (await tx.connection.execute(table.select())).mappings()
        lines += [f"{table.name}: {dict(row)!r}" for row in rows]
    return "\n".join(lines)
