"""Upgrades with data in them: from every earlier revision, up and down the stairs, and killed on the way."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, Connection, event, func, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.backup import tables_and_revision
from bot.storage.ledger import Ledger
from bot.storage.migrate import SCRIPTS, migrate
from bot.storage.restore import restore
from bot.storage.revision import read_revision
from bot.storage.store import open_engine

FIRST = Path(__file__).parent / "backups" / "0001.zip"
NOW = datetime(2026, 10, 9, 4, tzinfo=UTC)
REVISIONS = [script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()][::-1]


async def at_the_beginning(engine: AsyncEngine) -> Mapping[str, int]:
    """The first version's played quarter, in the first version's own schema; returns its rows by table."""
    await restore(engine, FIRST, NOW, replace=False, moved=True)
    await down(engine, REVISIONS[0])
    return await fill(engine)


async def at(engine: AsyncEngine, revision: str) -> Mapping[str, int]:
    """The same, upgraded to this revision, and with rows in its own tables, too."""
    await at_the_beginning(engine)
    await migrate(engine, revision)
    return await fill(engine)


async def fill(engine: AsyncEngine) -> Mapping[str, int]:
    """One made-up row in each table that is still empty at this revision; returns the rows by table."""
    async with engine.begin() as connection:
        await connection.run_sync(_fill)
    rows = await counted(engine)
    assert min(rows.values()) > 0
    return rows


def _fill(connection: Connection) -> None:
    tables, _revision = tables_and_revision(connection)
    for table in tables:
        if connection.scalar(select(func.count()).select_from(table)) == 0:
            allowed = _allowed(connection, table.name)
            needed = [column for column in table.columns if not column.nullable and column.server_default is None]
            connection.execute(insert(table).values({one.name: _value(connection, one, allowed) for one in needed}))


def _allowed(connection: Connection, table: str) -> dict[str, str]:
    """A value that the table's checks let into each of their columns."""
    texts = [str(check["sqltext"]) for check in inspect(connection).get_check_constraints(table)]
    matches = [re.search(r"(\w+)\W.*?'(\w+)'", text) for text in texts]
    return {match[1]: match[2] for match in matches if match}


def _value(connection: Connection, column: Column[Any], allowed: Mapping[str, str]) -> object:
    for key in column.foreign_keys:
        return connection.scalar(select(func.min(key.column)))
    kind = column.type.python_type if not isinstance(column.type, JSON) else dict
    return allowed.get(column.name) or {int: 1, str: "x", datetime: NOW, date: NOW.date(), dict: {}, bytes: b"x"}[kind]


async def down(engine: AsyncEngine, revision: str) -> None:
    """The way back, as an operator would go it after a bad upgrade."""
    async with engine.connect() as connection:
        await connection.run_sync(_down, revision)
        await connection.commit()


def _down(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


async def counted(engine: AsyncEngine) -> dict[str, int]:
    """How many rows each table has."""
    async with engine.connect() as connection:
        tables, _revision = await connection.run_sync(tables_and_revision)
        return {
            table.name: int(await connection.scalar(select(func.count()).select_from(table)) or 0) for table in tables
        }


async def sound(engine: AsyncEngine, before: Mapping[str, int], revision: str) -> None:
    """Not a row lost, none without its parent, the ledger whole, and the schema where it should be."""
    async with engine.connect() as connection:
        _tables, found = await connection.run_sync(tables_and_revision)
        assert found == revision
        assert (await Ledger(connection, NOW).prove()).flaw is None
        if engine.dialect.name == "sqlite":
            assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
            assert await connection.scalar(text("PRAGMA foreign_keys")) == 1
            assert await connection.scalar(text("PRAGMA integrity_check")) == "ok"
    after = await counted(engine)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("revision", REVISIONS)
async def test_every_earlier_revision_is_upgraded_with_its_data(database_url: str, revision: str) -> None:
    """Whoever skipped a version or two loses nothing by upgrading late."""
    engine = open_engine(database_url)
    before = await at_the_beginning(engine)
    await migrate(engine, revision)
    await sound(engine, before, revision)
    before = await fill(engine)
    await migrate(engine)
    await sound(engine, before, REVISIONS[-1])
    await engine.dispose()


async def test_the_stairs_lead_down_and_up_again(database_url: str) -> None:
    """A bad upgrade can be taken back with the data in it, step by step, and made again."""
    engine = open_engine(database_url)
    before = await at_the_beginning(engine)
    await migrate(engine)
    for revision in REVISIONS[-2::-1]:
        await fill(engine)
        await down(engine, revision)
        await sound(engine, before, revision)
        await migrate(engine)
        await sound(engine, before, REVISIONS[-1])
    await engine.dispose()


KILLS = 4

KILLED_AT = """
import asyncio, os, signal, sys
from sqlalchemy import event
from bot.storage.migrate import migrate
from bot.storage.store import open_engine

left = int(sys.argv[2])

def count(*_args):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    engine = open_engine(sys.argv[1])
    event.listen(engine.sync_engine, "after_cursor_execute", count)
    await migrate(engine)
    await engine.dispose()
    print(left)

asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.parametrize("revision", REVISIONS[:-1])
async def test_an_upgrade_that_is_killed_is_made_by_running_it_again(database_url: str, revision: str) -> None:
    """SIGKILL after the n-th statement of a real process, for n all over the upgrade; then it is simply run again."""
    engine = open_engine(database_url)
    before = await at(engine, revision)
    unhurt = await upgrade_and_kill(database_url, 100_000)
    statements = 100_000 - int(unhurt.stdout)
    await down(engine, revision)
    stood_at = set()
    for n in range(2, statements, max(1, statements // KILLS)):
        killed = await upgrade_and_kill(database_url, n)
        assert killed.returncode == -signal.SIGKILL
        async with engine.connect() as connection:
            stood_at.add(await connection.run_sync(read_revision))
        await migrate(engine)
        await sound(engine, before, REVISIONS[-1])
        await down(engine, revision)
    # A step that was killed on its way has not happened at all; those before it have.
    assert revision in stood_at
    assert REVISIONS[-1] not in stood_at
    await engine.dispose()


async def upgrade_and_kill(url: str, statement: int) -> subprocess.CompletedProcess[Any]:
    """A process of its own that upgrades and is killed after so many statements."""
    return await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", KILLED_AT, url, str(statement)],
        capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip


async def test_a_migration_runs_with_foreign_keys_off_and_leaves_them_on(sqlite_url: str) -> None:
    """On SQLite a copied table would otherwise take its children along; the pragma must reach the driver in time."""
    engine = open_engine(sqlite_url)
    await migrate(engine)
    seen = []

    def look(connection: Connection, *_args: object) -> None:
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA foreign_keys")
        seen.append(cursor.fetchone()[0])

    event.listen(engine.sync_engine, "before_cursor_execute", look)
    await down(engine, REVISIONS[0])
    event.remove(engine.sync_engine, "before_cursor_execute", look)
    assert set(seen) == {0}
    async with engine.connect() as connection:
        assert await connection.scalar(text("PRAGMA foreign_keys")) == 1
    await engine.dispose()
