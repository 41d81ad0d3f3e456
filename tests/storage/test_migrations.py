"""Migrations on both databases: up, down and up again, with data in between, and nothing orphaned."""

from __future__ import annotations

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from pytest_alembic.config import Config as AlembicConfig
from pytest_alembic.plugin.fixtures import alembic_runner  # noqa: F401 - a fixture
from pytest_alembic.tests import (  # noqa: F401 - collected from here
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Engine, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.migrate import SCRIPTS, migrate
from bot.storage.revision import KNOWN
from bot.storage.store import Store, open_engine


@pytest.fixture
def alembic_config() -> AlembicConfig:
    """Our scripts."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return AlembicConfig(alembic_config=config)


@pytest.fixture
def alembic_engine(database_url: str) -> AsyncEngine | Engine:
    """An empty database of each kind."""
    return create_async_engine(database_url, poolclass=NullPool)


def test_the_program_knows_every_revision() -> None:
    """What the serving bot compares with is the list of the migrations, oldest first."""
    scripts = ScriptDirectory(str(SCRIPTS)).walk_revisions()
    assert tuple(reversed([script.revision for script in scripts])) == KNOWN


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    """The command can be run at any time."""
    engine = open_engine(database_url)
    await migrate(engine)
    await migrate(engine)
    await engine.dispose()


async def test_no_row_is_lost_and_none_is_orphaned(store: Store, members: list[int]) -> None:
    """Migrating a database that is in use keeps every row and every reference."""
    async with store.write() as tx:
        await tx.ledger.append("tried", subject=members[0], free_text="原因")
    before = await _counts(store)
    await migrate(store._engine)
    assert await _counts(store) == before
    async with store.read() as tx:
        if tx.connection.dialect.name == "sqlite":
            assert (await tx.connection.execute(text("PRAGMA foreign_key_check"))).all() == []
            assert await tx.connection.scalar(text("PRAGMA foreign_keys")) == 1


async def _counts(store: Store) -> dict[str, int]:
    async with store.read() as tx:
        return {
            table: int(await tx.connection.scalar(text(f"select count(*) from {table}")) or 0)
            for table in ("branch", "member", "membership", "ledger", "ledger_text")
        }
