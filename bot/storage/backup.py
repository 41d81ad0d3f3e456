"""Saves a whole database, of whatever revision it is, into one portable file while it is in use."""

from __future__ import annotations

import contextlib
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.chain import Head
from bot.storage.archive import Manifest, Writer, new_backup
from bot.storage.ledger import Ledger
from bot.storage.revision import TABLE, read_revision

AT_ONCE = 1000


async def save(engine: AsyncEngine, path: Path, now: datetime) -> Manifest:
    """Write one consistent moment of the database, of whatever revision it is, into a new file."""
    async with _one_moment(engine) as connection:
        tables, revision = await connection.run_sync(tables_and_revision)
        with new_backup(path) as writer:
            for table in tables:
                await _save_table(connection, table, writer)
            return writer.finish(now, revision, await _head(connection))


@contextlib.asynccontextmanager
async def _one_moment(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that sees nothing of what is committed after it began; SQLite's always are so."""
    options: dict[str, Any] = {"xianfeng_read": True}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    async with engine.connect() as connection:
        yield await connection.execution_options(**options)


async def _save_table(connection: AsyncConnection, table: Table, writer: Writer) -> None:
    statement = select(table).order_by(*table.primary_key.columns)
    with writer.table(table.name, table.columns.keys()) as lines:
        async with connection.stream(statement) as rows:
            async for some in rows.partitions(AT_ONCE):
                lines.write([_plain(value) for value in row] for row in some)


async def _head(connection: AsyncConnection) -> Head:
    return await Ledger(connection, datetime.min.replace(tzinfo=UTC)).head()


def _plain(value: Any) -> Any:
    """The value as JSON has it, bytes as base64; SQLite keeps no zone, and all instants are UTC."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def tables_and_revision(connection: Connection) -> tuple[list[Table], str]:
    """The tables as they are now, parents first, and the schema's revision."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != TABLE], read_revision(connection)
