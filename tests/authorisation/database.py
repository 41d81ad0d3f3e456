"""The stage's database as the trials see it: every row of every table, and the way back to an earlier state."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from bot.storage.schema import metadata

Rows = dict[str, list[tuple[Any, ...]]]

MACHINERY = ("handled_update", "lease", "sending_slot")
"""Tables that change whatever a person does, and say nothing about anybody's right."""

MISSING = 999_999
"""The id of what is not there (yet)."""


class Database:
    """Reads beside the bot by a connection of its own, which SQLite tells whether anybody else has written."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA foreign_keys=OFF")
        self._version = -1
        self._rows: Rows = {}

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def rows(self) -> Rows:
        """Every row of every table, but for machinery and the one field that waits for a text."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            tables = [table for table in metadata.sorted_tables if table.name not in MACHINERY]
            self._rows = {table.name: self._connection.execute(_select(table)).fetchall() for table in tables}
            self._version = version
        return self._rows

    def changed_since(self, before: Rows) -> list[str]:
        """The tables whose rows are other ones now."""
        now = self.rows()
        return [] if now is before else [name for name, rows in before.items() if rows != now[name]]

    def restore(self, before: Rows) -> None:
        """Put every table back as it was, so that the next trial meets the same state."""
        changed = self.changed_since(before)
        self._connection.execute("BEGIN IMMEDIATE")
        for name in changed:
            columns = _columns(metadata.tables[name])
            marks = ", ".join("?" * len(columns))
            self._connection.execute(f'delete from "{name}"')
            self._connection.executemany(f'insert into "{name}" ({", ".join(columns)}) values ({marks})', before[name])
        self._connection.execute("COMMIT")
        self._rows = before

    def unguard(self) -> None:
        """Take the ledger's triggers down, in this copy alone: trials that were allowed are taken back."""
        for (name,) in self._connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            self._connection.execute(f'drop trigger "{name}"')

    def row_id(self, table: str, **where: object) -> int:
        """The id of the first row with these values, or MISSING."""
        return self._first(table, "id", where, MISSING)

    def revision(self, table: str, **where: object) -> int:
        """The revision of that row, or 0."""
        return self._first(table, "revision", where, 0)

    def _first(self, table: str, column: str, where: dict[str, object], otherwise: int) -> int:
        marks = " and ".join(f"{name} is ?" for name in where)
        statement = f'select {column} from "{table}" where {marks} order by id'
        found = self._connection.execute(statement, list(where.values())).fetchone()
        return int(found[0]) if found else otherwise


def _select(table: Table) -> str:
    return f'select {", ".join(_columns(table))} from "{table.name}" order by 1, 2'


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if not column.name.startswith("awaiting")]
