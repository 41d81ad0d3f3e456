"""Many object and are answered at once, on both databases: no correction is lost, no ledger entry wrong."""

from __future__ import annotations

import asyncio
import itertools
import random
from datetime import timedelta

import pytest

from bot.core import Core
from bot.domain.forms import BranchState
from bot.domain.objections import Objection, ObjectionState, Outcome
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Moment
from bot.errors import AlreadyDecidedError, AlreadyObjectedError, ObjectionTooLateError, StaleCardError
from bot.storage.ledger import facts_of
from bot.usecases.objections.objection_cards import answerers
from bot.usecases.publicity.publish_quarter import rated_forms
from bot.usecases.rating.adjust_rating import Giving
from bot.usecases.rating.quarter_scores import branch_results
from bot.usecases.visit import Cause, Visit
from tests.storage.test_closing_together import branch_ids, core

__all__ = ["core"]

Q4 = Quarter(2026, 4)
ITEMS = {"lecture": 600, "pairing": 400, "post": 800, "integrity": 200}
_updates = itertools.count(1)


def visit(member_id: int) -> Visit:
    """A new update of this member, bound by the fixture under his number and a thousand."""
    return Visit(1000 + member_id, Cause(f"o{next(_updates)}"))


async def shown(core: Core) -> tuple[int, list[int]]:
    """A branch whose quarter is on show, and its members who were rated."""
    branch_id = (await branch_ids(core))[0]
    await core.do.close_branch.by_admin(Q4, branch_id)
    async with core.store.read() as tx:
        results = await tx.ratings.results_in(Q4, branch_id=branch_id)
    return branch_id, [one.member_id for one in results if one.centi is not None]


async def filed(core: Core, member_id: int, item: str) -> Objection:
    """The member objects to this item of October."""
    return (await core.do.file_objection(visit(member_id), Q4, 10, item, "请核对。")).objection


async def answer(core: Core, found: Objection, centi: int | None) -> None:
    """Whoever has to answers; points, where there are some, are corrected."""
    async with core.store.read() as tx:
        who = (await answerers(tx, found))[0]
    giving = Giving(found.item or "", 10, centi) if centi is not None else None
    outcome = Outcome.UPHELD if giving else Outcome.REJECTED
    await core.do.answer_objection(visit(who), found.objection_id, found.revision, outcome, giving, "已核对。")


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_any_upheld_objections_results_are_what_the_forms_make(core: Core, seed: int) -> None:
    """Some are upheld and some not, all at once: ranks, reversals and the chain hold."""
    chance = random.Random(seed)
    branch_id, members = await shown(core)
    asked = [(one, item) for one in chance.sample(members, 4) for item in chance.sample(sorted(ITEMS), 2)]
    found = await asyncio.gather(*(filed(core, member_id, item) for member_id, item in asked))
    given = [ITEMS[one.item or ""] if chance.random() < 0.7 else None for one in found]
    await asyncio.gather(*(answer(core, one, centi) for one, centi in zip(found, given, strict=True)))
    async with core.store.read() as tx:
        stand = await tx.periods.get_branch_quarter(branch_id, Q4)
        ruleset_id = (await tx.periods.get_quarter(Q4)).ruleset_id
        fresh = await branch_results(tx, stand, ruleset_id, await rated_forms(tx, stand))
        stored = await tx.ratings.results_in(Q4, branch_id=branch_id)
        entries = {entry.seq: entry for entry in await tx.ledger.entries()}
        newest = await tx.ledger.newest_of("result", str(Q4))
        assert await tx.ledger.first_bad() is None
    assert {one.member_id: one for one in fresh} == {one.member_id: one for one in stored}
    for one in stored:
        said = facts_of(entries[newest[one.member_id]])
        assert (said["centi"], said["rank"], said["of"]) == (one.centi, one.rank, one.ranked_of)
    reversing = [facts_of(entry)["reverses"] for entry in entries.values() if entry.kind == "result_reversed"]
    assert len(reversing) == len(set(reversing))
    assert all(entries[seq].kind == "result" for seq in reversing)


async def test_of_two_answers_at_once_one_counts(core: Core) -> None:
    """The other is told who answered, and what."""
    _branch_id, members = await shown(core)
    found = await filed(core, members[0], "lecture")
    outcomes = await asyncio.gather(*(answer(core, found, centi) for centi in (300, 600, None)), return_exceptions=True)
    lost = [one for one in outcomes if one is not None]
    assert len(lost) == 2
    assert all(isinstance(one, AlreadyDecidedError | StaleCardError) for one in lost)
    async with core.store.read() as tx:
        assert len((await tx.objections.answers([found.objection_id]))[found.objection_id]) == 1


async def test_the_same_objection_twice_at_once_is_filed_once(core: Core) -> None:
    """The second is told where the first stands."""
    _branch_id, members = await shown(core)
    outcomes = await asyncio.gather(*(filed(core, members[0], "post") for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(one, AlreadyObjectedError) for one in outcomes) == 3
    async with core.store.read() as tx:
        assert len(await tx.objections.in_quarter(Q4)) == 1


async def test_filing_beside_the_end_of_publicity_is_seen_or_refused(core: Core) -> None:
    """A branch never becomes final over an objection that was taken."""
    branch_id, members = await shown(core)
    async with core.store.read() as tx:
        ends_at = (await tx.periods.get_branch_quarter(branch_id, Q4)).publicity_ends_at
    assert ends_at is not None
    core.clock.travel(ends_at - timedelta(microseconds=1))  # type: ignore[attr-defined]

    async def end() -> None:
        core.clock.travel(ends_at)  # type: ignore[attr-defined]
        await core.do.finish_publicity(Due(ends_at, Moment.PUBLICITY_ENDS, str(Q4)))

    taken, _ended = await asyncio.gather(filed(core, members[0], "post"), end(), return_exceptions=True)
    async with core.store.read() as tx:
        state = (await tx.periods.get_branch_quarter(branch_id, Q4)).state
    if isinstance(taken, Objection):
        assert taken.state is ObjectionState.OPEN
        assert state is BranchState.PUBLIC
    else:
        assert isinstance(taken, ObjectionTooLateError)
        assert state is BranchState.FINAL
