"""Runs the migrations on either database; on SQLite with foreign keys off, and checked afterwards."""

from __future__ import annotations

import asyncio
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
    """Migrate over this connection."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # With foreign keys on, a batch migration drops the old table and with it, silently, all child rows.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
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
        connection.commit()


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
