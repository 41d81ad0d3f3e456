"""SQLite beside the event loop: quick statements in place, waiting ones in the thread."""

from __future__ import annotations

import asyncio
import sqlite3
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.config import normalised_database_url
from bot.storage.migrate import migrate
from bot.storage.store import Store, open_engine
from sandbox import SimClock


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only."""
    return sqlite_url


def path_of(url: str) -> str:
    """The file behind the address."""
    return normalised_database_url(url).split("///")[1]


async def test_waiting_for_another_process_does_not_stop_the_bot(store: Store, sqlite_url: str) -> None:
    """While a command holds the database, taps that only read are answered."""
    other = sqlite3.connect(path_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    turns = 0

    async def write() -> None:
        async with store.write() as tx:
            await tx.ledger.append("tried")

    writing = asyncio.ensure_future(write())
    for _ in range(20):
        async with store.read() as tx:
            await tx.ledger.head()
        await asyncio.sleep(0.005)
        turns += 1
    assert (turns, writing.done()) == (20, False)
    other.execute("COMMIT")
    await asyncio.wait_for(writing, 10)
    other.close()
    async with store.read() as tx:
        assert (await tx.ledger.head()).seq == 1


async def test_a_writer_that_is_given_up_while_it_waits_leaves_the_others_in_peace(
    store: Store, sqlite_url: str
) -> None:
    """A cancelled wait closes its connection in order, and the next writer gets through."""
    other = sqlite3.connect(path_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with store.write() as tx:
            await tx.ledger.append("tried")

    given_up = asyncio.ensure_future(write())
    await asyncio.sleep(0.05)
    given_up.cancel()
    later = asyncio.ensure_future(write())
    await asyncio.sleep(0.05)
    other.execute("COMMIT")
    other.close()
    await asyncio.wait_for(later, 10)
    await asyncio.gather(given_up, return_exceptions=True)
    async with store.read() as tx:
        assert (await tx.ledger.head()).seq == 1


async def test_a_transaction_holds_the_database_for_no_turn_of_the_loop_more_than_it_must(store: Store) -> None:
    """Fifty statements are one stay with the database, not fifty."""
    turns = 0
    counting = True

    async def count() -> None:
        nonlocal turns
        while counting:
            turns += 1
            await asyncio.sleep(0)

    async with store.write() as tx:
        counter = asyncio.ensure_future(count())
        await asyncio.sleep(0)
        before = turns
        for _ in range(50):
            await tx.connection.execute(text("select 1"))
        assert turns == before
    counting = False
    await counter


async def test_errors_are_the_same_as_ever(store: Store) -> None:
    """A wrong statement is an error of the database, and the connection goes on."""
    async with store.read() as tx:
        with pytest.raises(OperationalError):
            await tx.connection.execute(text("select nothing from nowhere"))
        assert await tx.connection.scalar(text("select 1")) == 1


async def test_closing_leaves_no_thread(sqlite_url: str) -> None:
    """A closed store lets the process end."""
    import threading

    before = threading.active_count()
    engine = open_engine(sqlite_url)
    await migrate(engine)
    store = Store(engine, SimClock())
    await asyncio.gather(*(store.ping() for _ in range(4)))
    await store.close()
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        await asyncio.sleep(0.01)
    assert threading.active_count() == before
