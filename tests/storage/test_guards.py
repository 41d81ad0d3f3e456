"""The database itself refuses to change the ledger, on both kinds."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.storage.store import Store

REFUSED = [
    "update ledger set body = '{}' where seq = 1",
    "update ledger set hash = hash where seq = 2",
    "delete from ledger where seq = 2",
    "delete from ledger",
    "update ledger_text set text = 'x'",
]
REPLACED = [
    "insert or replace into ledger select seq, at, kind, period, subject_id, 9, body, previous_hash, 'x' from ledger",
    "insert or replace into ledger select 9, at, kind, period, 9, 9, body, previous_hash, hash from ledger limit 1",
    "insert or replace into ledger_text select seq, salt, 'x' from ledger_text",
]


async def write_two(store: Store) -> None:
    async with store.write() as tx:
        await tx.ledger.append("tried", subject=1)
        await tx.ledger.append("tried", subject=1, free_text="原因")


async def refuses(store: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"append-only|only ever added|never reworded"):
        async with store.write() as tx:
            await tx.connection.execute(text(statement))
    async with store.read() as tx:
        proof = await tx.ledger.prove()
        assert (proof.flaw, proof.head.seq) == (None, 2)
        assert [reason.text async for _, reason in tx.ledger.stream() if reason] == ["原因"]


@pytest.mark.parametrize("statement", REFUSED)
async def test_no_entry_is_changed_or_removed(store: Store, statement: str) -> None:
    """A slip at the database's own prompt does no harm."""
    await write_two(store)
    await refuses(store, statement)


@pytest.mark.parametrize("statement", REPLACED)
async def test_sqlite_replaces_no_entry(store_on_sqlite: Store, statement: str) -> None:
    """INSERT OR REPLACE is a delete by another name."""
    await write_two(store_on_sqlite)
    await refuses(store_on_sqlite, statement)


@pytest.mark.postgres
@pytest.mark.parametrize("statement", ["truncate ledger cascade", "truncate ledger_text"])
async def test_postgresql_empties_no_ledger(store_on_postgres: Store, statement: str) -> None:
    """TRUNCATE asks no trigger for deletes."""
    await write_two(store_on_postgres)
    await refuses(store_on_postgres, statement)


async def test_a_reason_can_be_erased(store: Store) -> None:
    """What a person may have erased lies beside the chain, which holds without it."""
    await write_two(store)
    async with store.write() as tx:
        await tx.connection.execute(text("delete from ledger_text where seq = 2"))
    async with store.read() as tx:
        assert (await tx.ledger.prove()).flaw is None
        assert [reason async for _, reason in tx.ledger.stream() if reason] == []
