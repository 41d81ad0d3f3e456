"""SQLite within reach: statements in place, waiting that stops nobody, and ends that leave the others in peace."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.config import normalised_database_url
from bot.domain.accounts import Language
from bot.storage import near_sqlite
from bot.storage.schema import ledger
from bot.storage.store import Cause, Store, is_database_away

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def migrated_url(migrated_sqlite_url: str) -> str:
    """SQLite only."""
    return migrated_sqlite_url


@pytest.fixture
def other(store: Store, sqlite_url: str) -> Iterator[sqlite3.Connection]:
    """Another process' connection to the same file."""
    connection = sqlite3.connect(path_of(sqlite_url), isolation_level=None, check_same_thread=False)
    yield connection
    connection.close()


def path_of(url: str) -> str:
    """The file behind the address."""
    return normalised_database_url(url).split("///")[1]


async def append(store: Store, cause: str = "") -> None:
    async with store.write(Cause(cause) if cause else None) as tx:
        await tx.ledger.append("tried")


async def entries(store: Store) -> int:
    async with store.read() as tx:
        return (await tx.ledger.head()).seq


async def test_a_transaction_is_one_stay_with_the_database(store: Store) -> None:
    """However many statements it has, nobody's turn comes between them, and so nobody waits for turns of others."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with store.write() as tx:
        counting = asyncio.ensure_future(count())
        await asyncio.sleep(0)
        before = turns
        for _ in range(50):
            await tx.connection.execute(text("select 1"))
        assert turns == before
    counting.cancel()


async def test_others_have_their_turn_while_many_rows_are_streamed(store: Store) -> None:
    """A long ledger is read without stopping the bot."""
    turns = 0
    async with store.write() as tx:
        await tx.ledger.append_many([{"kind": "tried"}] * 2000)

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with store.read() as tx:
        counting = asyncio.ensure_future(count())
        seen = [row.seq async for row in await tx.connection.stream(select(ledger).order_by(ledger.c.seq))]
    counting.cancel()
    assert seen == list(range(1, 2001))
    assert turns > 1


async def test_waiting_for_another_process_does_not_stop_the_bot(store: Store, other: sqlite3.Connection) -> None:
    """While a command holds the database, what only reads is answered; what writes follows when it is free."""
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.ensure_future(append(store))
    for _ in range(20):
        assert await entries(store) == 0
        await asyncio.sleep(0.001)
    assert not writing.done()
    other.execute("COMMIT")
    await writing
    assert await entries(store) == 1


async def test_who_waits_too_long_for_another_process_is_told_to_try_again(
    store: Store, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that stays locked is one that is away: the update is kept, not buried."""
    monkeypatch.setattr(near_sqlite, "BUSY_TIMEOUT_MS", 20)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        await append(store)
    assert is_database_away(caught.value)
    other.execute("COMMIT")
    await append(store)
    assert await entries(store) == 1


async def test_a_writer_that_is_given_up_while_it_waits_leaves_the_others_in_peace(
    store: Store, other: sqlite3.Connection
) -> None:
    """The next writer gets through as soon as the other process is done."""
    other.execute("BEGIN IMMEDIATE")
    given_up = asyncio.ensure_future(append(store))
    await asyncio.sleep(0.02)
    given_up.cancel()
    later = asyncio.ensure_future(append(store))
    await asyncio.sleep(0.02)
    other.execute("COMMIT")
    await later
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await entries(store) == 1


async def test_a_slow_disk_does_not_stop_the_bot(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last commit took long, the next one is waited for aside."""
    monkeypatch.setattr(near_sqlite, "QUICK_S", 0)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with store.write(Cause("u1")) as tx:
        await tx.ledger.append("tried")
        counting = asyncio.ensure_future(count())
    counting.cancel()
    assert turns > 1
    assert await entries(store) == 1


async def test_a_transaction_that_is_cancelled_half_way_changes_nothing(store: Store) -> None:
    """What was written before is taken back, its cause is as good as new, and the next one can write."""
    reached, never = asyncio.Event(), asyncio.Event()

    async def stay() -> None:
        async with store.write(Cause("u1")) as tx:
            await tx.ledger.append("tried")
            reached.set()
            await never.wait()

    staying = asyncio.ensure_future(stay())
    await reached.wait()
    staying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await staying
    assert await entries(store) == 0
    await append(store, "u1")
    assert await entries(store) == 1


async def test_a_commit_goes_to_its_end_even_if_nobody_waits_for_it_any_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled again and again while the disk works: the effect stands, and the connection is not touched before."""
    begun, go_on = threading.Event(), threading.Event()
    beside = near_sqlite._beside

    async def slowly(call: object) -> object:
        def slow() -> object:
            begun.set()
            go_on.wait(10)
            return call()  # type: ignore[operator]

        return await beside(slow)

    monkeypatch.setattr(near_sqlite, "_beside", slowly)
    monkeypatch.setattr(near_sqlite, "QUICK_S", 0)
    writing = asyncio.ensure_future(append(store, "u1"))
    while not begun.is_set():
        await asyncio.sleep(0.001)
    for _ in range(3):
        writing.cancel()
        await asyncio.sleep(0.001)
    assert not writing.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    monkeypatch.undo()
    assert await entries(store) == 1
    await append(store)
    assert await entries(store) == 2


async def test_a_commit_that_fails_has_changed_nothing(store: Store) -> None:
    """A parent that is missing is found at the commit; the transaction is gone as a whole and the next one works."""

    async def orphan() -> None:
        async with store.write(Cause("u1")) as tx:
            await tx.ledger.append("tried")
            await tx.connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            await tx.accounts.bind(7, 999, Language.ZH, tx.now)

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        await orphan()
    assert await entries(store) == 0
    await append(store, "u1")
    assert await entries(store) == 1


async def test_errors_are_the_same_as_ever(store: Store) -> None:
    """A wrong statement is an error of the database, and the connection goes on."""
    async with store.read() as tx:
        with pytest.raises(OperationalError):
            await tx.connection.execute(text("select nothing from nowhere"))
        assert await tx.connection.scalar(text("select 1")) == 1


async def test_what_is_confirmed_survives_a_power_cut(store: Store) -> None:
    """The pragmas that the promises rest on hold on every connection."""
    async with store.write() as tx:
        found = [
            await tx.connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 2, 1, 10_000]


async def test_fifty_writers_at_once_are_all_done_once(store: Store) -> None:
    """Replays among them change nothing."""
    results = await asyncio.gather(*(append(store, f"u{number % 25}") for number in range(50)), return_exceptions=True)
    assert sum(result is None for result in results) == 25
    assert await entries(store) == 25


WRITER = textwrap.dedent("""
    import asyncio, sys
    from bot.clock import SystemClock
    from bot.storage.store import Store, open_engine

    async def main() -> None:
        store = Store(open_engine(sys.argv[1]), SystemClock())
        for _ in range(int(sys.argv[2])):
            async with store.write() as tx:
                seq = await tx.ledger.append("tried")
            print(seq, flush=True)
        await store.close()

    asyncio.run(main())
""")


def start_writer(url: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


async def test_two_processes_on_one_file_share_it_in_turns(store: Store, sqlite_url: str) -> None:
    """Both append to one chain; no entry is lost, none is written twice."""
    process = start_writer(sqlite_url, 100)
    for _ in range(100):
        await append(store)
    assert await asyncio.to_thread(process.wait, 60) == 0
    assert await entries(store) == 200
    async with store.read() as tx:
        seqs = [entry.seq for entry in await tx.ledger.entries()]
    assert seqs == list(range(1, 201))


async def test_what_was_confirmed_before_a_kill_is_there(store: Store, sqlite_url: str) -> None:
    """A process is killed in the middle of its writing: all that it had confirmed stands, and the chain fits."""
    process = start_writer(sqlite_url, 100_000)
    confirmed = 0
    assert process.stdout is not None
    while confirmed < 30:
        confirmed = int(await asyncio.to_thread(process.stdout.readline))
    process.kill()
    rest, _ = await asyncio.to_thread(process.communicate)
    confirmed = max([confirmed, *map(int, rest.split())])
    found = await entries(store)
    assert found in {confirmed, confirmed + 1}
    await append(store)
    assert await entries(store) == found + 1


async def test_a_closed_store_leaves_no_connection_behind(store: Store, sqlite_url: str) -> None:
    """The last one tidies up: no log lies beside the file."""
    await asyncio.gather(*(append(store) for _ in range(8)))
    await store.close()
    assert not Path(path_of(sqlite_url) + "-wal").exists()
