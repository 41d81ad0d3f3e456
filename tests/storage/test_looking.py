"""Whoever only looks at a branch that is being reviewed holds nothing: on PostgreSQL a reading may not lock a row."""

from __future__ import annotations

from bot.storage.store import Store


async def test_a_branch_under_review_can_be_looked_at(store: Store) -> None:
    """The page on which an adjustment begins is read, not written."""
    async with store.read() as tx:
        await tx.reviews.hold_exclusively(1)
