"""Brings a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


async def migrate(engine: AsyncEngine, revision: str = "head") -> None:
    """Upgrade the database to this revision."""
    async with engine.connect() as connection:
        await connection.run_sync(upgrade, revision)
        await connection.commit()


def upgrade(connection: Connection, revision: str) -> None:
    """Upgrade over this connection; within its transaction, if one is open."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
