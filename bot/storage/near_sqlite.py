"""SQLite within reach: a connection for SQLAlchemy's asynchronous engine that runs statements where they are asked for.

A statement takes microseconds, the way to a thread and back a turn of a busy event loop. With a thread for each
connection, the one writer would hold its lock for as many turns as it has statements, and everybody else waits behind
it. So only what may wait does: for another process' lock between two looks at it, for the disk in a thread.

SQLAlchemy's dialect for aiosqlite takes this connection through `async_creator`; it offers what that dialect calls.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import Any, Self, TypeVar

T = TypeVar("T")

BUSY_TIMEOUT_MS = 10_000
STATEMENTS_KEPT = 512
# A commit that takes less holds everybody up for less than the way to a thread and back does on a busy loop.
QUICK_S = 0.01
_FIRST_LOOK_S, _LONGEST_LOOK_S = 0.001, 0.05
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")


class NearCursor:
    """One statement and its rows."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
        self.arraysize = cursor.arraysize

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of the rows, or None where there are none."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the row inserted last."""
        return self._cursor.lastrowid

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._cursor.execute(operation, parameters)

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each of these."""
        self._cursor.executemany(operation, parameters)

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return self._cursor.fetchall()

    async def fetchone(self) -> Any:
        """The next row."""
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows; who streams has many, and lets others have their turn in between."""
        await asyncio.sleep(0)
        return self._cursor.fetchmany(self.arraysize if size is None else size)

    async def close(self) -> None:
        """Let the statement go."""
        self._cursor.close()


class Disk:
    """How long the last commit took, and so where the next one is done: in place, or in a thread while it is slow."""

    def __init__(self) -> None:
        self._last_s = 0.0

    async def commit(self, connection: sqlite3.Connection) -> None:
        """Make the connection's transaction last."""
        if self._last_s < QUICK_S:
            self._commit(connection)
        else:
            await _beside(lambda: self._commit(connection))

    def _commit(self, connection: sqlite3.Connection) -> None:
        begun = perf_counter()
        try:
            connection.commit()
        finally:
            self._last_s = perf_counter() - begun


class NearConnection:
    """One connection; used by one task at a time."""

    def __init__(self, path: str, disk: Disk) -> None:
        self._disk = disk
        # SQLAlchemy's dialect looks at this name to see whether the connection is open.
        # `isolation_level=None`: the driver must not begin transactions of its own, or they would be deferred ones.
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS_KEPT
        )
        try:
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            self.stop()
            raise

    def cursor(self) -> NearCursor:
        """A new cursor."""
        return NearCursor(self._open.cursor())

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        """Let statements call a function of ours."""
        self._open.create_function(*arguments, **options)

    async def begin_writing(self) -> None:
        """Begin as the one writer; while another process is it, look again and again, as long as SQLite would."""
        deadline = asyncio.get_running_loop().time() + BUSY_TIMEOUT_MS / 1000
        pause_s = _FIRST_LOOK_S
        while not self._is_the_writer():
            if asyncio.get_running_loop().time() >= deadline:
                raise sqlite3.OperationalError("database is locked")
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_LOOK_S)

    def _is_the_writer(self) -> bool:
        """Try once to begin, without SQLite's own waiting, which would hold up the whole loop."""
        self._open.execute("PRAGMA busy_timeout=0")
        try:
            self._open.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        finally:
            self._open.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        return True

    async def commit(self) -> None:
        """Make the transaction last."""
        await self._disk.commit(self._open)

    async def rollback(self) -> None:
        """Take the transaction back."""
        self._open.rollback()

    async def close(self) -> None:
        """Let the file go; the last one tidies the log up, which may take the disk a while."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await _beside(connection.close)

    def stop(self) -> None:
        """The same at once, where nothing can be awaited any more."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
        return self._connection


async def _beside(call: Callable[[], T]) -> T:
    """Run this in a thread to its very end, even where the waiting is cancelled: nobody else may touch it before."""
    running = asyncio.get_running_loop().run_in_executor(None, call)
    cancelled: asyncio.CancelledError | None = None
    while not running.done():
        try:
            await asyncio.wait({running})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled from running.exception()
    return running.result()


def near_sqlite(path: str) -> Callable[[], Awaitable[NearConnection]]:
    """What opens a connection to this file, for `create_async_engine(async_creator=...)`."""
    disk = Disk()

    async def connect() -> NearConnection:
        return NearConnection(path, disk)

    return connect
