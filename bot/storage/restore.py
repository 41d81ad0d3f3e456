"""Puts a backup into a database of either kind, all of it or nothing."""

from __future__ import annotations

import contextlib
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    null,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.chain import Head
from bot.errors import DatabaseTakenError, XianfengError
from bot.storage.archive import Backup, BackupBrokenError, Manifest, open_backup
from bot.storage.backup import AT_ONCE, tables_and_revision
from bot.storage.held import Held
from bot.storage.ledger import Ledger
from bot.storage.migrate import upgrade
from bot.storage.revision import KNOWN


class TargetInUseError(XianfengError):
    """The database holds data already."""


class BackupNewerError(XianfengError):
    """The backup is of a schema that only a newer program knows."""


async def restore(
    engine: AsyncEngine, path: Path, now: datetime, *, replace: bool, moved: bool
) -> tuple[Manifest, int]:
    """Put a backup into the database, in one transaction, and bring it to the newest schema.

    Letters that may have gone out since it was taken are held, unless the bot was only `moved` (it stood still since).
    Returns what was restored and how many letters are held. TargetInUseError, DatabaseTakenError, BackupBrokenError,
    BackupNewerError.
    """
    with open_backup(path) as backup:
        if backup.manifest.revision not in KNOWN:
            raise BackupNewerError
        async with _alone(engine) as connection:
            if not replace and await connection.run_sync(_has_rows):
                raise TargetInUseError
            await _need_nobody(connection)
            await connection.run_sync(_clear)
            await connection.run_sync(upgrade, backup.manifest.revision)
            await _load(connection, backup)
            await connection.run_sync(upgrade, "head")
            await _prove(connection, backup.manifest.head)
            held = 0 if moved else await Held(connection, now).hold()
        return backup.manifest, held


@contextlib.asynccontextmanager
async def _alone(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction for all of it, with foreign keys off on SQLite; who holds the tables is not waited for."""
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            await connection.run_sync(_foreign_keys, "OFF")
        try:
            async with connection.begin():
                if engine.dialect.name == "postgresql":
                    await connection.execute(text("set local lock_timeout = '10s'"))
                yield connection
        finally:
            if engine.dialect.name == "sqlite":
                await connection.run_sync(_foreign_keys, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    # SQLite heeds this outside a transaction only, so it is told to the driver before SQLAlchemy begins one.
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


async def _need_nobody(connection: AsyncConnection) -> None:
    """A bot that polls holds a lease in PostgreSQL; nothing is taken away under its feet."""
    if connection.dialect.name != "postgresql" or await connection.scalar(text("select to_regclass('lease')")) is None:
        return
    if await connection.scalar(text("select 1 from lease where until > clock_timestamp() limit 1")) is not None:
        raise DatabaseTakenError


def _has_rows(connection: Connection) -> bool:
    tables, _revision = tables_and_revision(connection)
    return any(connection.execute(select(table).limit(1)).first() is not None for table in tables)


def _clear(connection: Connection) -> None:
    """Drop every table with its triggers, and on PostgreSQL the functions of ours."""
    found = MetaData()
    found.reflect(connection)
    if connection.dialect.name == "sqlite":
        for table in reversed(found.sorted_tables):
            connection.execute(text(f'drop table "{table.name}"'))
        return
    for name in found.tables:
        connection.execute(text(f'drop table "{name}" cascade'))
    ours = """select oid::regprocedure::text from pg_proc where pronamespace = current_schema()::regnamespace
              and not exists (select 1 from pg_depend where objid = pg_proc.oid and deptype = 'e')"""
    for (function,) in connection.execute(text(ours)).all():
        connection.execute(text(f"drop function {function} cascade"))


async def _load(connection: AsyncConnection, backup: Backup) -> None:
    tables, _revision = await connection.run_sync(tables_and_revision)
    saved = {table.name: table for table in backup.manifest.tables}
    if saved.keys() - {table.name for table in tables}:
        raise BackupBrokenError
    for table in tables:
        if table.name in saved:
            reads = [_reader(table, name) for name in saved[table.name].columns]
            names = saved[table.name].columns
            for rows in backup.rows(saved[table.name], AT_ONCE):
                values = [
                    {name: read(value) for name, read, value in zip(names, reads, row, strict=True)} for row in rows
                ]
                await connection.execute(insert(table), values)
        await _set_sequence(connection, table)


def _reader(table: Table, name: str) -> Callable[[Any], Any]:
    """How a column's JSON value becomes what the database takes."""
    if name not in table.columns:
        raise BackupBrokenError
    column = table.columns[name]
    if isinstance(column.type, DateTime):
        return lambda value: value and datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return lambda value: value and date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return lambda value: value if value is None else b64decode(value)
    if isinstance(column.type, JSON) and column.nullable:
        return lambda value: null() if value is None else value
    return lambda value: value


async def _set_sequence(connection: AsyncConnection, table: Table) -> None:
    """PostgreSQL counts on from the highest id; SQLite does so by itself."""
    key = table.autoincrement_column
    if connection.dialect.name != "postgresql" or key is None or not isinstance(key.type, Integer):
        return
    highest = await connection.scalar(select(func.max(key)))
    sequence = await connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', key.name)))
    if sequence is not None:
        await connection.execute(select(func.setval(text(f"'{sequence}'"), (highest or 0) + 1, False)))


async def _prove(connection: AsyncConnection, head: Head) -> None:
    """The restored ledger must be whole and end where it did, and no row may miss its parent."""
    proof = await Ledger(connection, datetime.min.replace(tzinfo=UTC)).prove(head)
    if proof.flaw is not None or proof.head != head:
        raise BackupBrokenError
    if connection.dialect.name == "sqlite" and (await connection.execute(text("PRAGMA foreign_key_check"))).first():
        raise BackupBrokenError
