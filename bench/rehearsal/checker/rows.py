"""The database as it stands, read by plain SQL through a connection of the checker's own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

Row = dict[str, Any]

TABLES = (
    "member", "membership", "office", "account", "form", "rating", "branch_quarter", "draw", "review_seat",
    "review_task", "objection", "objection_answer", "ruleset", "ledger", "ledger_text", "due", "letter",
)  # fmt: skip
_DOCUMENTS = {"overrides", "candidates", "drawn", "frozen", "correction"}
_DRIVERS = {"sqlite:///": "sqlite+aiosqlite:///", "postgresql://": "postgresql+asyncpg://"}


@dataclass(frozen=True, slots=True)
class Tables:
    """All rows by table; documents are read, instants (`*_at`, `at`) are aware."""

    rows: dict[str, list[Row]]

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows[table]

    def entries(self, *kinds: str) -> list[Row]:
        """The ledger's entries of these kinds in order, each with what its body says."""
        return [{**row, **json.loads(row["body"])} for row in self.rows["ledger"] if row["kind"] in kinds]


@dataclass(slots=True)
class LetterBook:
    """The letters as they were while the database still knew what they spoke of; it forgets that after some weeks."""

    address: str
    letters: dict[int, Row] = field(default_factory=dict)

    async def read(self) -> None:
        """Take down what stands in the database now."""
        for row in (await read_tables(self.address, ("letter",)))["letter"]:
            known = self.letters.get(row["id"], row)
            self.letters[row["id"]] = {**row, "body": row["body"] or known["body"]}

    @property
    def rows(self) -> list[Row]:
        """All that were ever taken down."""
        return list(self.letters.values())


async def read_tables(address: str, tables: tuple[str, ...] = TABLES) -> Tables:
    """Read these tables at once."""
    for plain, driver in _DRIVERS.items():
        if address.startswith(plain):
            address = driver + address.removeprefix(plain)
    engine = create_async_engine(address)
    try:
        async with engine.connect() as connection:
            return Tables({table: await _rows(connection, table) for table in tables})
    finally:
        await engine.dispose()


async def _rows(connection: AsyncConnection, table: str) -> list[Row]:
    found = await connection.execute(text(f"select * from {table} order by 1, 2"))
    return [{name: _read(table, name, value) for name, value in row.items()} for row in found.mappings()]


def _read(table: str, name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DOCUMENTS or (name == "body" and table == "letter"):
        return json.loads(value) if isinstance(value, str) else value
    if name == "at" or name.endswith(("_at", "_until")):
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return value
