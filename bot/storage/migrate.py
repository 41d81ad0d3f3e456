"""Brings a database to the newest schema, or tells how far it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


async def migrate(engine: AsyncEngine, revision: str = "head") -> None:
    """Upgrade the database to this revision."""
    async with engine.connect() as connection:
        await connection.run_sync(_upgrade, revision)
        await connection.commit()


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database has the newest schema."""
    async with engine.connect() as connection:
        return await connection.run_sync(_revision) == ScriptDirectory(str(SCRIPTS)).get_current_head()


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
