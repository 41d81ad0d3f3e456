"""What stands in the database at the end, read through a connection of the checker's own."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SystemClock
from bot.config import normalised_database_url
from bot.storage import schema
from bot.storage.store import Store, open_engine

Row = dict[str, Any]


@dataclass(slots=True)
class Records:
    """The tables that the checker looks at, as plain rows."""

    accounts: list[Row]
    forms: list[Row]
    evidence: list[Row]
    records: list[Row]
    ratings: list[Row]
    results: list[Row]
    branches: list[Row]
    branch_quarters: list[Row]
    letters: list[Row]
    dead_letters: list[Row]
    ledger: list[Row]
    handled: set[str]
    first_bad: int | None
    proven: dict[int, set[str]] = field(default_factory=dict)

    def entries(self, kind: str) -> list[Row]:
        """The ledger's entries of one kind, each with its body read."""
        return [row for row in self.ledger if row["kind"] == kind]


async def read_records(database: str) -> Records:
    """Read everything, and let the ledger verify itself."""
    engine = open_engine(normalised_database_url(database))
    store = Store(engine, SystemClock())
    try:
        async with store.read() as tx:
            first_bad = await tx.ledger.first_bad()
        async with engine.connect() as connection:
            return await _read(connection, first_bad)
    finally:
        await store.close()


async def _read(connection: AsyncConnection, first_bad: int | None) -> Records:
    async def rows(table: Table) -> list[Row]:
        found = await connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in found]  # noqa: SLF001 - SQLAlchemy's public name for it

    ledger = [{**row, **json.loads(row["body"])} for row in await rows(schema.ledger)]
    evidence = await rows(schema.evidence)
    proven: dict[int, set[str]] = defaultdict(set)
    for piece in evidence:
        proven[piece["form_id"]].add(piece["item"])
    return Records(
        accounts=await rows(schema.account), forms=await rows(schema.form), evidence=evidence,
        records=await rows(schema.record), ratings=await rows(schema.rating), results=await rows(schema.result),
        branches=await rows(schema.branch), branch_quarters=await rows(schema.branch_quarter),
        letters=await rows(schema.letter), dead_letters=await rows(schema.dead_letter), ledger=ledger,
        handled={row["key"] for row in await rows(schema.handled_update)}, first_bad=first_bad, proven=proven,
    )  # fmt: skip
