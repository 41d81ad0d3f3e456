"""All branches of an organisation close at once, on both databases, and nothing is told twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.core import Core, open_core
from bot.demo.organisation import demo_people
from bot.domain.accounts import Language
from bot.domain.forms import BranchState, Meeting, MeetingKind, RatingState
from bot.domain.people import Role
from bot.domain.periods import Month, Quarter
from bot.errors import AlreadyDecidedError, PeriodClosedError, StaleCardError
from bot.sheets.roster import Roster
from bot.storage.schema import letter
from bot.usecases.rating.quarter_guard import require_quarter_open
from sandbox import SimClock
from tests.conversations.conftest import at

Q4 = Quarter(2026, 4)
BRANCHES = 6


@pytest.fixture
async def core(migrated_url: str) -> AsyncIterator[Core]:
    """Six branches, everybody bound and decided, October closed."""
    clock = SimClock(at("2026-10-25 10:00"))
    settings = Settings(_env_file=None, bot_token="42:TEST", organisation="示范分行党委", database_url=migrated_url)
    async with open_core(settings, clock) as core:
        await core.do.import_roster(Roster(tuple(demo_people(1, 60, BRANCHES))))
        await core.do.change_switch("publication", "at_close")
        await core.do.open_month(Month(2026, 10))
        clock.travel(clock.now() + timedelta(days=10))
        await core.do.close_month(Month(2026, 10))
        await core.do.open_quarter(Q4)
        await _decide_all(core)
        yield core


async def _decide_all(core: Core) -> None:
    async with core.store.write() as tx:
        for person in await tx.people.all():
            await tx.accounts.bind(1000 + person.member_id, person.member_id, Language.ZH, tx.now)
        for rating in await tx.ratings.in_quarter(Q4):
            await tx.ratings.change(rating, state=RatingState.APPROVED, decided_by=rating.member_id, decided_at=tx.now)
        for found in await tx.periods.branch_quarters(Q4):
            await tx.periods.record_meeting(found, Meeting(MeetingKind.GENERAL, tx.now.date(), 5, 6))


async def branch_ids(core: Core) -> list[int]:
    async with core.store.read() as tx:
        return [branch.branch_id for branch in await tx.people.branches()]


async def test_all_branches_close_at_once_and_everybody_is_told_once(core: Core) -> None:
    """One result and one letter a member, one overview a leader, one unbroken ledger."""
    ids = await branch_ids(core)
    await asyncio.gather(*(core.do.close_branch.by_admin(Q4, branch_id) for branch_id in ids))
    async with core.store.read() as tx:
        people = await tx.people.all()
        results = await tx.ratings.results_in(Q4)
        kinds = Counter(entry.kind for entry in await tx.ledger.entries())
        letters = Counter(await tx.connection.scalars(select(letter.c.kind)))
        readers = {
            person.member_id
            for role in (Role.SECRETARY, Role.COMMISSIONER, Role.DEPARTMENT, Role.COMMITTEE)
            for person in await tx.people.holding(role)
        }
        assert await tx.ledger.first_bad() is None
    assert len(results) == len(people) == 60
    assert kinds["quarter_closed"] == BRANCHES
    assert kinds["result"] == letters["result_published"] == 60
    assert letters["overview_published"] == len(readers) > BRANCHES


async def test_of_many_closings_of_one_branch_one_counts(core: Core) -> None:
    """The others are told that it is closed."""
    branch_id = (await branch_ids(core))[0]
    done = await asyncio.gather(
        *(core.do.close_branch.by_admin(Q4, branch_id) for _ in range(8)), return_exceptions=True
    )
    lost = [one for one in done if isinstance(one, BaseException)]
    assert len(lost) == 7
    assert all(isinstance(one, AlreadyDecidedError | StaleCardError) for one in lost)


async def test_what_is_changed_while_the_branch_closes_is_in_the_result_or_refused(core: Core) -> None:
    """A form that is written beside the closing is counted, or the writer learns that he is too late."""
    branch_id = (await branch_ids(core))[0]
    async with core.store.read() as tx:
        forms = await tx.forms.in_months([Month(2026, 10)], branch_id=branch_id)
        form = next(form for form in forms if form.exempt is None)

    async def adjust() -> bool:
        try:
            async with core.store.write() as tx:
                await require_quarter_open(tx, branch_id, Q4)
                await asyncio.sleep(0.05)
                override = {"item": "lecture", "points": "6", "reason": "讲党课", "by": 1, "at": tx.now.isoformat()}
                return await tx.forms.change(await tx.forms.get(form.form_id), overrides=[override])
        except PeriodClosedError:
            return False

    adjusted, _ = await asyncio.gather(adjust(), core.do.close_branch.by_admin(Q4, branch_id))
    async with core.store.read() as tx:
        result = await tx.ratings.find_result(form.member_id, Q4)
        assert (await tx.periods.get_branch_quarter(branch_id, Q4)).state is BranchState.PUBLIC
    assert result.centi == (6600 if adjusted else 6000)
