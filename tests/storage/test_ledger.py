"""The ledger 台账: chained, and every tampering is found."""

from __future__ import annotations

import asyncio
import contextlib

from sqlalchemy import text

from bot.domain.chain import Head
from bot.storage.store import Store


async def write_entries(store: Store, n: int) -> None:
    """So many entries, the last with a reason in words."""
    for number in range(n - 1):
        async with store.write() as tx:
            await tx.ledger.append("form_submitted", period="2026-10", subject=number, actor=number, total_centi=6000)
    async with store.write() as tx:
        await tx.ledger.append("form_returned", period="2026-10", subject=1, actor=2, free_text="请补充佐证材料")


async def first_bad(store: Store) -> int | None:
    """What the chain says of itself, by a second look."""
    async with store.read() as tx:
        return await tx.ledger.first_bad()


async def test_an_honest_chain_holds(store: Store) -> None:
    """What nobody touched verifies."""
    await write_entries(store, 6)
    async with store.read() as tx:
        head = await tx.ledger.head()
    assert head.seq == 6
    assert await first_bad(store) is None


async def test_an_erased_reason_leaves_the_chain_whole(store: Store) -> None:
    """A person's right to erasure does not break the proof."""
    await write_entries(store, 6)
    async with store.write() as tx:
        await tx.connection.execute(text("delete from ledger_text"))
    assert await first_bad(store) is None


async def test_many_writers_make_one_chain(store: Store) -> None:
    """Entries written at the same time stand one after the other."""

    async def write(number: int) -> None:
        async with store.write() as tx:
            await tx.ledger.append("tried", actor=number)

    await asyncio.gather(*(write(number) for number in range(20)))
    async with store.read() as tx:
        entries = await tx.ledger.entries()
    assert [entry.seq for entry in entries] == list(range(1, 21))
    assert {entry.actor_id for entry in entries} == set(range(20))
    assert await first_bad(store) is None


async def test_entries_written_together_are_chained_like_single_ones(store: Store) -> None:
    """Hundreds of results are written with one statement."""
    async with store.write() as tx:
        await tx.ledger.append("quarter_closed", period="2026Q4")
        await tx.ledger.append_many([{"kind": "result", "subject": number, "centi": 8000} for number in range(5)])
        seq = await tx.ledger.append("after")
    assert seq == 7
    assert await first_bad(store) is None


async def test_nothing_is_chained_that_was_not_committed(store: Store) -> None:
    """A failed use case leaves no entry."""
    with contextlib.suppress(RuntimeError):
        async with store.write() as tx:
            await tx.ledger.append("tried")
            raise RuntimeError
    async with store.read() as tx:
        assert await tx.ledger.head() == Head(0, "0" * 64)
