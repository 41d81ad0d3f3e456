"""A disk that is full or read-only: it fails loudly, keeps what was confirmed, and goes on when there is room again."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.cli.errand import sentence_for
from bot.cli.speaking import words_of_the_terminal
from bot.storage.migrate import migrate
from bot.storage.store import Store, is_database_away, open_engine
from bot.storage.trouble import Trouble, trouble_of
from sandbox import SimClock
from tests.storage.conftest import NOON

MIB = 1 << 20


@dataclass
class Narrow:
    """A store with little room, and how to give it more."""

    store: Store
    widen: Callable[[], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of three megabytes, where the system lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = os.geteuid() == 0 and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode  # fmt: skip
    if not mounted:
        pytest.skip("no disk can be mounted here; the other kind of fullness is tested")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture(params=["a full disk", "SQLite's own limit"])
async def narrow(request: pytest.FixtureRequest) -> AsyncIterator[Narrow]:
    """A database that is soon full, by either way."""
    full = (
        full_disk(request.getfixturevalue("small_disk"))
        if request.param == "a full disk"
        else full_pages(request.getfixturevalue("sqlite_url"))
    )
    async with full as narrow:
        yield narrow


@contextlib.asynccontextmanager
async def full_disk(small_disk: Path) -> AsyncIterator[Narrow]:
    """Half of its three megabytes is taken by something else."""
    (small_disk / "something else").write_bytes(bytes(3 * MIB // 2))
    engine = open_engine(f"sqlite+aiosqlite:///{small_disk / 'x.sqlite3'}")
    await migrate(engine)
    yield Narrow(Store(engine, SimClock(NOON)), (small_disk / "something else").unlink)
    await engine.dispose()


@contextlib.asynccontextmanager
async def full_pages(sqlite_url: str) -> AsyncIterator[Narrow]:
    """SQLite's own limit, for machines on which nothing can be mounted."""
    engine, pages = open_engine(sqlite_url), [1_000_000]
    await migrate(engine)

    def limit(connection: Any, *_args: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={pages[0]}")
        cursor.close()

    event.listen(engine.sync_engine, "checkout", limit)
    pages[0] = 200
    yield Narrow(Store(engine, SimClock(NOON)), lambda: pages.__setitem__(0, 1_000_000))
    await engine.dispose()


async def test_a_full_disk_costs_nothing_that_was_confirmed(narrow: Narrow) -> None:
    """Written until it is full; every commit that succeeded is there, the failed one is not, and then it goes on."""
    confirmed, failure = 0, None
    while failure is None and confirmed < 2_000:
        try:
            await write(narrow.store, confirmed + 1)
            confirmed += 1
        except Exception as error:
            failure = error
    assert confirmed > 5
    assert failure is not None
    assert trouble_of(failure) is Trouble.DISK_FULL
    assert is_database_away(failure), "the bot waits and asks again, and acknowledges nothing"
    assert "disk is full" in sentence_for(words_of_the_terminal(), failure)
    assert await numbers(narrow.store) == list(range(1, confirmed + 1))

    narrow.widen()
    await write(narrow.store, confirmed + 1)
    assert await numbers(narrow.store) == list(range(1, confirmed + 2))


async def write(store: Store, number: int) -> None:
    """An effect of some size, as one commit."""
    async with store.write() as tx:
        await tx.ledger.append("tried", number=number, ballast="x" * 8_000)


async def numbers(store: Store) -> list[int]:
    """What is there, on a chain that holds."""
    async with store.read() as tx:
        assert (await tx.ledger.prove()).flaw is None
        return [entry.seq for entry in await tx.ledger.entries()]


async def test_a_read_only_database_says_so(sqlite_url: str) -> None:
    """A wrong owner of the file, or a disk that the system has put aside after a fault."""
    engine = open_engine(sqlite_url)
    await migrate(engine)
    store = Store(engine, SimClock(NOON))
    await write(store, 1)

    def lock(connection: Any, *_args: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    event.listen(engine.sync_engine, "checkout", lock)
    with pytest.raises(Exception, match="readonly") as caught:
        await write(store, 2)
    assert trouble_of(caught.value) is Trouble.READ_ONLY
    assert is_database_away(caught.value)
    assert "read-only" in sentence_for(words_of_the_terminal(), caught.value)
    assert await numbers(store) == [1]
    await engine.dispose()


def test_a_backup_that_finds_no_room_leaves_no_half_file(small_disk: Path) -> None:
    """Half a backup would be worse than none."""
    from bot.storage.archive import new_backup

    def fill() -> None:
        with new_backup(small_disk / "b.zip") as writer, writer.table("ledger", ["body"]) as lines:
            for _ in range(100):
                lines.write([[os.urandom(100_000).hex()]])

    with pytest.raises(OSError, match="No space") as caught:
        fill()
    assert trouble_of(caught.value) is Trouble.DISK_FULL
    assert list(small_disk.iterdir()) == []
