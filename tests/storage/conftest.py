"""A migrated database of each kind, with a small organisation in it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.domain.people import Category, MemberStatus
from bot.storage.store import Store, open_engine
from sandbox import SimClock

NOON = datetime(2026, 10, 25, 4, tzinfo=UTC)


@pytest.fixture
def clock() -> SimClock:
    """It is noon in Shanghai, and stays so."""
    return SimClock(NOON)


@contextlib.asynccontextmanager
async def opened(migrated_url: str, clock: SimClock) -> AsyncIterator[Store]:
    store = Store(open_engine(migrated_url), clock)
    yield store
    await store.close()


@pytest.fixture
async def store(migrated_url: str, clock: SimClock) -> AsyncIterator[Store]:
    """An empty, migrated database."""
    async with opened(migrated_url, clock) as store:
        yield store


@pytest.fixture
async def store_on_sqlite(migrated_sqlite_url: str, clock: SimClock) -> AsyncIterator[Store]:
    """The same, for what only SQLite does."""
    async with opened(migrated_sqlite_url, clock) as store:
        yield store


@pytest.fixture
async def store_on_postgres(migrated_postgres_url: str, clock: SimClock) -> AsyncIterator[Store]:
    """The same, for what only PostgreSQL does."""
    async with opened(migrated_postgres_url, clock) as store:
        yield store


@pytest.fixture
async def members(store: Store) -> list[int]:
    """Three members of one branch."""
    async with store.write() as tx:
        branch_id = await tx.people.add_branch("第一党支部")
        return [
            await tx.people.add_member(
                staff_no=f"10{number}", name=f"党员{number}", branch_id=branch_id, category=Category.STAFF,
                status=MemberStatus.ACTIVE, joined_party_on=None, counts_from_on=None,
            )
            for number in range(3)
        ]  # fmt: skip
