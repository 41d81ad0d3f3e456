"""Runs the migrations on either database; on SQLite with foreign keys off, and checked afterwards."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.config import load_settings
from bot.storage.schema import Instant, metadata


def _render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as the plain ones beneath them, so that a migration never imports the bot."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


def run(connection: Connection) -> None:
    """Migrate over this connection; within a transaction that is open already, nothing is committed here."""
    if connection.dialect.name == "sqlite" and not connection.in_transaction():
        with _foreign_keys_off(connection), connection.begin():
            _migrate(connection)
    else:
        _migrate(connection)


@contextlib.contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """With them on, a batch migration drops the old table and with it, silently, all child rows.

    SQLite only heeds the pragma outside a transaction, and SQLAlchemy begins one with the first statement: so it is
    given to the driver itself.
    """
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys")
    were_on = cursor.fetchall()[0][0]
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA foreign_keys={were_on}")
        cursor.close()


def _migrate(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=sqlite, compare_type=True,
        transaction_per_migration=True,
        render_item=_render_item,
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(f"the migration left {len(broken)} rows without their parents: {broken[:3]}")


async def _run_async(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


def main() -> None:
    """Use a connection or an engine that was handed in (the command line, tests), or make one."""
    handed_in = context.config.attributes.get("connection")
    if isinstance(handed_in, Connection):
        run(handed_in)
        return
    if handed_in is None:
        url = context.config.attributes.get("url") or load_settings().database
        handed_in = create_async_engine(url, poolclass=NullPool)
    asyncio.run(_run_async(handed_in))


main()
