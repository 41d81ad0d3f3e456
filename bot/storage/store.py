"""The way to the database: one transaction a use case, begun and committed here and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine import AdaptedConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.clock import Clock
from bot.errors import ReplayedUpdateError
from bot.scoring.ruleset import RuleSet
from bot.storage import handled_updates
from bot.storage.dialects import LOOKS
from bot.storage.near_sqlite import near_sqlite
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a transaction happens: the update (or due work) whose effect may be committed only once."""

    key: str


class Doorbell:
    """Rung after a commit that wrote letters, so that the postman need not wait for his round."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits."""
        self._event.set()

    async def wait(self, timeout_s: float) -> None:
        """Return when rung, or after the time-out."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), timeout_s)
        self._event.clear()


class Store:
    """Opens transactions; `write` for use cases that change something, `read` for the others."""

    def __init__(self, engine: AsyncEngine, clock: Clock, by: str = "") -> None:
        self._engine = engine
        self._looking = engine.execution_options(**_looks(engine.dialect.name))
        self._by = by
        self._clock = clock
        self._sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer; queueing here is fair and needs no polling of its lock.
        self._writers = asyncio.Semaphore(1) if self._sqlite else contextlib.nullcontext()
        self._known_rules: dict[int, RuleSet] = {}
        self.doorbell = Doorbell()

    @contextlib.asynccontextmanager
    async def write(self, cause: Cause | None = None) -> AsyncIterator[Tx]:
        """One transaction that commits at its end; a cause that was handled before is a ReplayedUpdateError."""
        # The connection is given back after the next writer was let in: giving it back takes turns of the loop.
        async with contextlib.AsyncExitStack() as connected, self._writers:
            connection = await connected.enter_async_context(self._engine.connect())
            async with connection.begin():
                tx = Tx(connection, self._clock.now(), self._known_rules, self._by)
                if cause is not None and not await handled_updates.remember(connection, cause.key, tx.now):
                    raise ReplayedUpdateError
                yield tx
        if tx.wrote_letters:
            self.doorbell.ring()

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """One consistent look, whatever is committed meanwhile; nothing can be written or held in it."""
        async with self._looking.connect() as connection:
            yield Tx(connection, self._clock.now(), self._known_rules, self._by)

    def now(self) -> datetime:
        """The present instant of the clock that this store was given."""
        return self._clock.now()

    def connections(self) -> tuple[int, int]:
        """How many connections are in use, and how many there can be."""
        pool = self._engine.pool
        if not isinstance(pool, AsyncAdaptedQueuePool):
            return 0, 0
        return pool.checkedout(), pool.size() + pool._max_overflow  # noqa: SLF001 - it has no public name

    async def ping(self) -> None:
        """Raise if the database does not answer."""
        async with self._engine.connect() as connection:
            await connection.execute(text("select 1"))

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()


# SQLite has one class for "cannot now" and "never will"; only its words tell them apart.
_SQLITE_AWAY = ("locked", "busy", "disk I/O", "unable to open", "readonly", "disk is full")


# PostgreSQL ended this transaction so that another could go on (a deadlock, or two that cannot be put in an order), or
# takes no connection just now: it starts, stops or is full.
_POSTGRES_AGAIN = ("40P01", "40001", "57P01", "57P02", "57P03", "53300", "08")


def is_database_away(error: BaseException) -> bool:
    """Whether the database cannot be reached now, or asks to try again (and not that the statement was wrong)."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    # What fails while a connection is made, or the writer is waited for, comes from the driver as it is.
    failure = error.orig if isinstance(error, DBAPIError) else error
    if (getattr(failure, "sqlstate", None) or "").startswith(_POSTGRES_AGAIN):
        return True
    if isinstance(failure, sqlite3.OperationalError):
        return any(sign in str(failure) for sign in _SQLITE_AWAY)
    return isinstance(error, InterfaceError | OperationalError | OSError)


def open_engine(url: str, *, pool_size: int = 10) -> AsyncEngine:
    """An engine for either database, with SQLite's pragmas and its BEGIN IMMEDIATE.

    The connection given back last is taken first: few of them fill their caches, and those are warm.
    """
    if url.startswith("postgresql"):
        return create_async_engine(
            url, pool_size=pool_size, max_overflow=pool_size, pool_use_lifo=True, hide_parameters=True
        )
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=4, max_overflow=4, pool_use_lifo=True, hide_parameters=True,
        async_creator=near_sqlite(make_url(url).database or ":memory:"),
    )  # fmt: skip
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _looks(dialect: str) -> dict[str, Any]:
    """What makes a connection one for looking only; a transaction of SQLite's is a consistent look by itself."""
    if dialect == "sqlite":
        return {LOOKS: True}
    return {LOOKS: True, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _begin_sqlite(connection: Connection) -> None:
    if LOOKS in connection.get_execution_options():
        connection.exec_driver_sql("BEGIN")
    else:
        adapted = cast("AdaptedConnection", connection.connection.dbapi_connection)
        adapted.run_async(lambda near: near.begin_writing())
