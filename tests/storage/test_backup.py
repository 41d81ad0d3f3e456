"""Backups: one consistent moment, in one form for both databases, whole or refused."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.people import Category, MemberStatus
from bot.errors import DatabaseTakenError
from bot.outbox.letters import FormOpened, ResultPublished
from bot.storage.archive import BackupBrokenError, open_backup
from bot.storage.backup import save, tables_and_revision
from bot.storage.migrate import migrate
from bot.storage.restore import BackupNewerError, TargetInUseError, restore
from bot.storage.store import Store, open_engine
from sandbox import SimClock

FIRST = Path(__file__).parent / "backups" / "0001.zip"
"""A played quarter of nine people, saved by the very first version."""
NOW = datetime(2026, 10, 9, 4, tzinfo=UTC)


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(url)
    yield engine
    await engine.dispose()


async def contents(engine: AsyncEngine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; SQLite's instants with the zone that it does not keep."""
    found = {}
    async with engine.connect() as connection:
        tables, _revision = await connection.run_sync(tables_and_revision)
        for table in tables:
            rows = await connection.execute(select(table).order_by(*table.primary_key.columns))
            found[table.name] = [tuple(map(zoned, row)) for row in rows]
    return found


def zoned(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite", "sqlite_other"),
        pytest.param("sqlite", "postgres", marks=pytest.mark.postgres),
        pytest.param("postgres", "sqlite", marks=pytest.mark.postgres),
    ],
)
async def test_a_backup_of_one_database_restores_into_the_other(
    request: pytest.FixtureRequest, tmp_path: Path, source: str, target: str
) -> None:
    """Moving from the embedded database to the server is a backup and a restore; every row arrives."""
    urls = {"sqlite_other": f"sqlite+aiosqlite:///{tmp_path / 'other.sqlite3'}"}
    for name in {source, target} - urls.keys():
        urls[name] = request.getfixturevalue(f"{name}_url")
    async with opened(urls[source]) as here, opened(urls[target]) as there:
        await restore(here, FIRST, NOW, replace=False, moved=True)
        saved = await save(here, tmp_path / "b.zip", NOW)
        restored, held = await restore(there, tmp_path / "b.zip", NOW, replace=False, moved=True)
        assert (restored, held) == (saved, 0)
        before, after = await contents(here), await contents(there)
        assert {name: len(rows) for name, rows in before.items()} == {name: len(rows) for name, rows in after.items()}
        assert before == after
        await goes_on(Store(there, SimClock(NOW)))


async def goes_on(store: Store) -> None:
    """New rows get new numbers, and the chain is continued."""
    async with store.write() as tx:
        branch_id = (await tx.people.branches())[0].branch_id
        await tx.people.add_member(
            staff_no="new", name="新来", branch_id=branch_id, category=Category.STAFF, status=MemberStatus.ACTIVE,
            joined_party_on=None, counts_from_on=None,
        )  # fmt: skip
        await tx.ledger.append("tried")
        await tx.letters.write("new", FormOpened(1), to_member=1)
        assert (await tx.ledger.prove()).flaw is None


async def test_a_backup_is_one_moment_while_the_bot_runs(store: Store, tmp_path: Path) -> None:
    """What was committed together is in it together, whatever is written meanwhile."""
    saving = asyncio.ensure_future(_save_when_busy(store, tmp_path / "b.zip"))
    written = 0
    while not saving.done():
        written += 1
        async with store.write() as tx:
            await tx.ledger.append("tried", number=written)
            await tx.letters.write(f"tried:{written}", FormOpened(written), to_branch=None)
        await asyncio.sleep(0)
    await saving
    with open_backup(tmp_path / "b.zip") as backup:
        rows = {table.name: table.rows for table in backup.manifest.tables}
    assert 0 < rows["ledger"] == rows["letter"] < written


async def _save_when_busy(store: Store, path: Path) -> None:
    for _ in range(1000):
        async with store.read() as tx:
            if (await tx.ledger.head()).seq >= 5:
                break
        await asyncio.sleep(0.005)
    await save(store._engine, path, NOW)


async def test_a_damaged_backup_is_refused_or_harmless(tmp_path: Path) -> None:
    """Two hundred flipped bits: each is noticed, unless it lies where nothing is read from."""
    whole = FIRST.read_bytes()
    with open_backup(FIRST) as backup:
        manifest = backup.manifest
    random, refused = Random(5), 0
    for _ in range(200):
        broken = bytearray(whole)
        broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
        (tmp_path / "broken.zip").write_bytes(broken)
        try:
            with open_backup(tmp_path / "broken.zip") as backup:
                assert backup.manifest == manifest
        except BackupBrokenError:
            refused += 1
    assert refused > 150


@pytest.mark.parametrize("content", [b"", b"PK", b"no backup at all"])
async def test_what_is_no_backup_is_refused(database_url: str, tmp_path: Path, content: bytes) -> None:
    """Nothing is touched by a file that is something else."""
    (tmp_path / "x.zip").write_bytes(content)
    async with opened(database_url) as engine:
        with pytest.raises(BackupBrokenError):
            await restore(engine, tmp_path / "x.zip", NOW, replace=True, moved=False)


async def test_a_database_in_use_gives_way_only_when_asked(store: Store, members: list[int]) -> None:
    """The slip of the wrong address costs nothing; a wanted restore replaces everything, guards and all."""
    with pytest.raises(TargetInUseError):
        await restore(store._engine, FIRST, NOW, replace=False, moved=True)
    async with store.read() as tx:
        assert len(await tx.people.all()) == len(members)
    await restore(store._engine, FIRST, NOW, replace=True, moved=True)
    async with store.read() as tx:
        assert len(await tx.people.all()) == 9
    with pytest.raises(Exception, match=r"append-only|only ever added"):
        async with store.write() as tx:
            await tx.connection.execute(text("delete from ledger where seq = 1"))


@pytest.mark.postgres
async def test_nothing_is_restored_under_a_running_bot(store_on_postgres: Store, tmp_path: Path) -> None:
    """Whoever polls holds a lease; an SQLite file is locked by its bot."""
    lease = "insert into lease (name, holder, until) values ('poll', 'x', clock_timestamp() + interval '5 s')"
    async with store_on_postgres.write() as tx:
        await tx.connection.execute(text(lease))
    with pytest.raises(DatabaseTakenError):
        await restore(store_on_postgres._engine, FIRST, NOW, replace=True, moved=True)


async def test_a_restore_that_fails_leaves_what_was_there(
    store: Store, members: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing: a ledger that does not prove takes everything back."""

    async def broken_head(*_args: object) -> None:
        raise BackupBrokenError

    monkeypatch.setattr("bot.storage.restore._prove", broken_head)
    with pytest.raises(BackupBrokenError):
        await restore(store._engine, FIRST, NOW, replace=True, moved=True)
    async with store.read() as tx:
        assert [person.member_id for person in await tx.people.all()] == members


async def test_a_backup_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    """An old program would not understand it."""
    async with store.write() as tx:
        await tx.connection.execute(text("update alembic_version set version_num = '9999'"))
    await save(store._engine, tmp_path / "b.zip", NOW)
    with pytest.raises(BackupNewerError):
        await restore(store._engine, tmp_path / "b.zip", NOW, replace=True, moved=True)


async def test_no_backup_is_written_over_another(store: Store, tmp_path: Path) -> None:
    """And no half one is left lying about."""
    (tmp_path / "b.zip").write_text("the older one")
    with pytest.raises(FileExistsError):
        await save(store._engine, tmp_path / "b.zip", NOW)
    assert [file.read_text() for file in tmp_path.glob("b.zip*")] == ["the older one"]


async def test_letters_that_may_have_gone_out_are_held(store: Store, members: list[int], tmp_path: Path) -> None:
    """What was due is held unless reading it twice does no harm; what is due later cannot have been sent."""
    clock = SimClock(NOW)
    now = clock.now()
    async with store.write() as tx:
        await tx.letters.write("pushed", ResultPublished("2026Q3"), to_member=members[0], due_at=now)
        await tx.letters.write("card", FormOpened(1), to_member=members[0], due_at=now)
        await tx.letters.write("later", ResultPublished("2026Q4"), to_member=members[0], due_at=now + timedelta(days=9))
    await save(store._engine, tmp_path / "b.zip", now)
    _, held = await restore(store._engine, tmp_path / "b.zip", now, replace=True, moved=False)
    assert held == 1
    async with Store(store._engine, clock).write() as tx:
        assert await tx.letters.counts() == {"unknown": 1, "due": 2}
        assert [(one.kind, one.number) for one in await tx.held.counts()] == [("result_published", 1)]
        assert await tx.held.release("form_opened") == 0
        assert await tx.held.release("result_published") == 1
        assert await tx.letters.counts() == {"due": 3}


async def test_dropped_letters_never_go_out(store: Store, members: list[int]) -> None:
    """The operator knows that they arrived."""
    async with store.write() as tx:
        await tx.letters.write("pushed", ResultPublished("2026Q3"), to_member=members[0])
        await tx.held.hold()
        assert await tx.held.drop() == 1
        assert await tx.letters.claim(9) == []
        assert await tx.letters.counts() == {"moot": 1}


async def test_an_old_database_is_saved_before_it_is_migrated(database_url: str, tmp_path: Path) -> None:
    """A backup comes before an upgrade, so it must know every revision."""
    async with opened(database_url) as engine:
        await migrate(engine, "0001")
        assert (await save(engine, tmp_path / "b.zip", NOW)).revision == "0001"
