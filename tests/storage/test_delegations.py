"""Delegations in both databases: who holds which office when, and one end for each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.may import Rater
from bot.domain.people import MemberStatus, Office, Role
from bot.storage.store import Store
from sandbox import SimClock

DAY = timedelta(days=1)
SECRETARY = Office(Role.SECRETARY)


@pytest.fixture
async def secretary(store: Store, members: list[int]) -> int:
    """The first of the members is the branch's secretary."""
    async with store.write() as tx:
        person = await tx.people.get(members[0])
        await tx.people.set_offices(person.member_id, person.branch_id, frozenset({SECRETARY}), date(2026, 1, 1))
    return members[0]


async def raters(store: Store, member_id: int) -> tuple[Rater, ...]:
    """Who rates in this member's branch now."""
    async with store.read() as tx:
        return await tx.people.raters((await tx.people.get(member_id)).branch_id)


async def test_an_office_is_held_for_another_within_its_days(
    store: Store, clock: SimClock, members: list[int], secretary: int
) -> None:
    """Before and after, it is the principal's alone; his own right stays his."""
    async with store.write() as tx:
        await tx.delegations.add(secretary, members[1], SECRETARY, tx.now + DAY, tx.now + 2 * DAY, secretary)
    assert await raters(store, secretary) == (Rater(secretary),)
    clock.travel(clock.now() + DAY)
    assert await raters(store, secretary) == (Rater(members[1], on_behalf_of=secretary),)
    async with store.read() as tx:
        assert (await tx.people.get(members[1])).offices == {Office(Role.SECRETARY, on_behalf_of=secretary)}
        assert (await tx.people.get(secretary)).own_offices == {SECRETARY}
        holders = [person.member_id for person in await tx.people.holding(Role.SECRETARY)]
        assert sorted(holders) == sorted([secretary, members[1]])
        assert await tx.delegations.standing_in_for(secretary) == [members[1]]
    clock.travel(clock.now() + DAY)
    assert await raters(store, secretary) == (Rater(secretary),)


async def test_of_two_who_end_it_one_does(store: Store, members: list[int], secretary: int) -> None:
    """The other is told that it was over."""
    async with store.write() as tx:
        given = await tx.delegations.add(secretary, members[1], SECRETARY, tx.now, tx.now + DAY, None)
    async with store.write() as tx:
        assert await tx.delegations.end(given, secretary)
        assert not await tx.delegations.end(given, members[1])
    async with store.read() as tx:
        assert await tx.delegations.unended(secretary) == []
        assert (await tx.delegations.get(given)).ended_at == tx.now
    assert await raters(store, secretary) == (Rater(secretary),)


@pytest.mark.parametrize("status", [MemberStatus.LEFT, MemberStatus.SUSPENDED, MemberStatus.ON_LEAVE])
async def test_who_is_away_stands_in_for_nobody(
    store: Store, members: list[int], secretary: int, status: MemberStatus
) -> None:
    """The office goes back to the principal until he is here again."""
    async with store.write() as tx:
        await tx.delegations.add(secretary, members[1], SECRETARY, tx.now, tx.now + DAY, None)
        await tx.people.change_member(members[1], status=status)
    assert await raters(store, secretary) == (Rater(secretary),)


async def test_with_the_office_its_delegation_ends(store: Store, members: list[int], secretary: int) -> None:
    """Nobody holds what the principal does not hold any more, nor what he could not use himself."""
    async with store.write() as tx:
        await tx.delegations.add(secretary, members[1], SECRETARY, tx.now, tx.now + DAY, None)
        await tx.people.change_member(secretary, status=MemberStatus.SUSPENDED)
    async with store.read() as tx:
        assert (await tx.people.get(members[1])).offices == frozenset()
    async with store.write() as tx:
        person = await tx.people.get(secretary)
        await tx.people.change_member(secretary, status=MemberStatus.ACTIVE)
        await tx.people.set_offices(secretary, person.branch_id, frozenset(), date(2026, 10, 25))
    assert await raters(store, secretary) == ()


async def test_what_is_decided_for_another_carries_his_id(store: Store, members: list[int], secretary: int) -> None:
    """In the ledger's own chain."""
    async with store.write() as tx:
        await tx.delegations.add(secretary, members[1], SECRETARY, tx.now, tx.now + DAY, None)
        tx.ledger.acts(await tx.people.get(members[1]))
        await tx.ledger.append("rating_approved", subject=members[2], actor=members[1])
        await tx.ledger.append("form_submitted", subject=members[1], actor=members[1])
        await tx.ledger.append_many([{"kind": "rating_approved", "subject": members[2], "actor": secretary}])
    async with store.read() as tx:
        bodies = [entry.body for entry in await tx.ledger.entries()]
        assert await tx.ledger.first_bad() is None
    assert bodies == [f'{{"for":{secretary}}}', "{}", "{}"]
