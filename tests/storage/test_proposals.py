"""Proposed tables and adopted versions, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.domain.periods import Month
from bot.domain.rulemaking import ProposalState
from bot.errors import NotFoundError
from bot.scoring.ruleset import default_ruleset, load_ruleset, template_text
from bot.storage.store import Store, open_engine
from sandbox import SimClock

NOON = datetime(2026, 10, 25, 4, tzinfo=UTC)
TEXT = template_text("default")


@pytest.fixture
async def store(migrated_url: str) -> Store:
    """A migrated database at noon."""
    engine = open_engine(migrated_url)
    store = Store(engine, SimClock(NOON))
    yield store
    await store.close()


async def _draft(store: Store) -> int:
    async with store.write() as tx:
        draft = await tx.proposals.add(
            name="default", version="2", text=TEXT, effective_on=date(2026, 12, 1), state=ProposalState.DRAFT,
            proposed_by=None, now=tx.now,
        )  # fmt: skip
    return draft.proposal_id


async def test_a_proposal_is_changed_by_one_of_two(store: Store) -> None:
    """Whoever read the older state changes nothing."""
    key = await _draft(store)
    async with store.read() as tx:
        found = await tx.proposals.get(key)

    async def opened() -> bool:
        async with store.write() as tx:
            return await tx.proposals.change(found, state=ProposalState.OPEN)

    assert sorted(await asyncio.gather(opened(), opened())) == [False, True]
    async with store.read() as tx:
        [waiting] = await tx.proposals.open_ones()
        assert (waiting.proposal_id, waiting.revision, waiting.effective_on) == (key, 1, date(2026, 12, 1))
        with pytest.raises(NotFoundError):
            await tx.proposals.get(key + 1)


async def test_versions_are_listed_with_the_months_they_scored(store: Store) -> None:
    """In the order in which they take effect, whenever they were adopted."""
    later = TEXT.replace('version: "2026.1"', 'version: "2027.1"')
    async with store.write() as tx:
        await tx.periods.add_ruleset(load_ruleset(later), later, date(2026, 12, 1), tx.now)
        first = await tx.periods.add_ruleset(default_ruleset(), TEXT, date(2026, 1, 1), tx.now)
        await tx.periods.open_month(Month(2026, 10), first, NOON, NOON)
    async with store.read() as tx:
        assert [(one.version, one.months) for one in await tx.periods.versions()] == [("2026.1", 1), ("2027.1", 0)]


async def test_a_text_or_a_version_is_adopted_once(store: Store) -> None:
    """Neither the same text nor another under the same version."""
    async with store.write() as tx:
        await tx.periods.add_ruleset(default_ruleset(), TEXT, date(2026, 1, 1), tx.now)
    other = TEXT.replace("line: 70", "line: 60")
    new = other.replace('version: "2026.1"', 'version: "2027.1"')
    async with store.read() as tx:
        taken = [await tx.periods.is_version_taken(load_ruleset(text), text) for text in (TEXT, other, new)]
    assert taken == [True, True, False]
