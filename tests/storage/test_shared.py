"""What several processes share: the lease, the sending slots, and the one lock of an SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import DatabaseTakenError
from bot.storage.lease import Lease
from bot.storage.sending_slots import SendingSlots
from bot.storage.sole_use import sole_use
from bot.storage.store import Store, open_engine
from sandbox import SimClock


@pytest.fixture
async def shared(migrated_postgres_url: str, clock: SimClock) -> AsyncIterator[Store]:
    """A PostgreSQL; the rules' clock stands still, which must not matter here."""
    engine = open_engine(migrated_postgres_url)
    store = Store(engine, clock)
    yield store
    await store.close()


pytestmark = pytest.mark.postgres


async def test_of_many_who_ask_at_once_one_gets_the_lease(shared: Store) -> None:
    """And keeps it, however often the others ask again."""
    leases = [Lease(shared, "poller", f"p{number}", 30) for number in range(8)]
    first = await asyncio.gather(*(lease.take() for lease in leases))
    again = await asyncio.gather(*(lease.take() for lease in leases))
    assert first == again
    assert sum(first) == 1


async def test_a_lease_is_free_again_when_it_lapsed_or_was_given_back(shared: Store) -> None:
    """By real time; only its holder can give it back."""
    one, other = Lease(shared, "poller", "one", 0.3), Lease(shared, "poller", "other", 30)
    assert await one.take()
    assert not await other.take()
    await asyncio.sleep(0.4)
    assert await other.take()
    await one.give_back()
    assert not await one.take()
    await other.give_back()
    assert await one.take()


async def test_slots_of_all_who_book_at_once_lie_apart(shared: Store) -> None:
    """Three processes, thirty letters at once: as many slots, each at least a fifth of a second after the last."""
    processes = [SendingSlots(shared, 0.2) for _ in range(3)]
    booked = await asyncio.gather(*(processes[number % 3].book(1000 + number, 1.0) for number in range(30)))
    assert all(slot.booked for slot in booked)
    # Booking itself takes a moment, by which the last of the thirty waits less.
    assert 29 * 0.2 - 3 < max(slot.wait_s for slot in booked) <= 29 * 0.2 + 0.01
    assert len({round(slot.wait_s, 2) for slot in booked}) > 20


async def test_a_chat_that_was_written_to_is_busy_for_its_own_time_only(shared: Store) -> None:
    """One message a second to a person, and others need not wait for that."""
    slots = SendingSlots(shared, 0.001)
    assert (await slots.book(700, 1.0)).booked
    again = await slots.book(700, 1.0)
    assert not again.booked
    assert 0.5 < again.wait_s <= 1.01
    other = await slots.book(701, 1.0)
    assert other.booked
    assert other.wait_s < 0.5


async def test_a_refused_booking_takes_nobodys_slot(shared: Store) -> None:
    """Asking in vain a hundred times does not hold up the others."""
    slots = SendingSlots(shared, 0.5)
    await slots.book(700, 60.0)
    for _ in range(20):
        assert not (await slots.book(700, 60.0)).booked
    assert (await slots.book(701, 1.0)).wait_s <= 0.51


def test_a_file_is_held_by_one_and_free_again_after(tmp_path: Path) -> None:
    """PostgreSQL and memory are never held."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}"
    with sole_use(url):
        with pytest.raises(DatabaseTakenError), sole_use(url):
            pass
        with sole_use(f"sqlite+aiosqlite:///{tmp_path / 'y.sqlite3'}"), sole_use("sqlite+aiosqlite:///:memory:"):
            pass
        with sole_use("postgresql+asyncpg://a@b/c"), sole_use("postgresql+asyncpg://a@b/c"):
            pass
    with sole_use(url):
        pass
