"""SQLite without a detour: aiosqlite sends every call to a thread and back; here only what may wait goes there.

A statement takes microseconds, the way to the thread and back a turn of the event loop. In a busy process the one
writer would hold its lock for as many turns as it has statements, with everybody else waiting behind it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import aiosqlite

# Waiting for another process' lock, and for the disk.
_STATEMENTS_THAT_WAIT = ("BEGIN IMMEDIATE", "PRAGMA")
_CALLS_THAT_WAIT = {"commit", "rollback", "close"}
_ROWS_AT_ONCE = 64


class NearConnection(aiosqlite.Connection):
    """Runs a statement where it is asked for, unless it may wait."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")
        if self._may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    def _may_wait(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        if getattr(fn, "__self__", None) is self._connection:
            return getattr(fn, "__name__", "") in _CALLS_THAT_WAIT
        return bool(args) and isinstance(args[0], str) and args[0].startswith(_STATEMENTS_THAT_WAIT)


def near_sqlite(path: str) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """What makes a connection to this file, for `create_async_engine(async_creator=...)`."""

    def connect() -> Awaitable[aiosqlite.Connection]:
        connection = NearConnection(lambda: sqlite3.connect(path, check_same_thread=False), _ROWS_AT_ONCE)
        # A connection that nobody closed must not keep the process alive.
        connection._thread.daemon = True  # noqa: SLF001
        return connection

    return connect
