"""The few places where SQLite and PostgreSQL must be spoken to differently."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

# Set on the connections of `Store.read`.
LOOKS = "xianfeng_read"


def only_looks(connection: AsyncConnection) -> bool:
    """Whether this is a consistent look, in which nothing can be written or held."""
    return connection.sync_connection is not None and LOOKS in connection.sync_connection.get_execution_options()


def insert_into(table: Table, connection: AsyncConnection) -> Any:
    """An INSERT of the connection's own dialect, which knows ON CONFLICT."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def insert_once(table: Table, connection: AsyncConnection) -> Any:
    """An INSERT that does nothing where a unique key is taken; `rowcount` tells whether it did."""
    return _insert_once(table, connection.dialect.name)


@cache
def _insert_once(table: Table, dialect: str) -> Any:
    insert: Any = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return insert.on_conflict_do_nothing()
