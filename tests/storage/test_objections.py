"""Objections and names in both databases: kept as they were, changed only by who saw them last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.forms import BranchQuarter, BranchState, Meeting, MeetingKind
from bot.domain.objections import Correction, Objection, ObjectionAnswer, ObjectionState, Outcome
from bot.domain.periods import Month, Quarter
from bot.scoring.ruleset import default_ruleset, template_text
from bot.storage.periods import OpenedQuarter
from bot.storage.store import Store
from bot.storage.tx import Tx

Q4, OCTOBER = Quarter(2026, 4), Month(2026, 10)


@pytest.fixture
async def stand(store: Store, members: list[int]) -> BranchQuarter:
    """The members' branch, whose quarter is public."""
    async with store.write() as tx:
        branch_id = (await tx.people.get(members[0])).branch_id
        rules_id = await tx.periods.add_ruleset(default_ruleset(), template_text("default"), date(2026, 1, 1), tx.now)
        await tx.periods.open_quarter(OpenedQuarter(Q4, rules_id, tx.now, tx.now, tx.now, tx.now))
        await tx.periods.add_branch_quarters(Q4, [branch_id])
        found = await tx.periods.get_branch_quarter(branch_id, Q4)
        await tx.periods.publish_branch(found, None, tx.now, tx.now + timedelta(days=5))
        return await tx.periods.get_branch_quarter(branch_id, Q4)


def objection(tx: Tx, stand: BranchQuarter, member_id: int, **changed: object) -> Objection:
    """What a member filed now."""
    filed = Objection(
        0, member_id, stand.branch_id, Q4, OCTOBER, "lecture", "九月底的党课未计入。䶮", {"centi": 6000, "months": []},
        ObjectionState.OPEN, 0, tx.now, None, tx.now + timedelta(days=5),
    )  # fmt: skip
    return replace(filed, **changed)  # type: ignore[arg-type]


async def test_what_is_filed_is_read_back_as_it_was(store: Store, stand: BranchQuarter, members: list[int]) -> None:
    """With its frozen copy; one about the whole quarter has neither month nor item."""
    async with store.write() as tx:
        first = await tx.objections.file(objection(tx, stand, members[0]))
        await tx.objections.file(objection(tx, stand, members[1], month=None, item=None, answerer_id=members[2]))
        filed = objection(tx, stand, members[0], objection_id=first)
    async with store.read() as tx:
        assert await tx.objections.get(first) == filed
        (whole,) = await tx.objections.of_member(members[1])
        assert (whole.month, whole.item, whole.answerer_id) == (None, None, members[2])
        assert [one.member_id for one in await tx.objections.in_quarter(Q4)] == members[:2]
        assert await tx.objections.quarters() == [Q4]


async def test_of_two_steps_from_one_sight_the_second_is_refused(
    store: Store, stand: BranchQuarter, members: list[int]
) -> None:
    """Compare-and-set on state and revision."""
    async with store.write() as tx:
        found = await tx.objections.get(await tx.objections.file(objection(tx, stand, members[0])))
        assert await tx.objections.change(found, state=ObjectionState.WITHDRAWN, closed_at=tx.now)
        assert not await tx.objections.change(found, state=ObjectionState.ANSWERED)
    async with store.read() as tx:
        assert (await tx.objections.get(found.objection_id)).state is ObjectionState.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "unsettled"), [(state, state in {"open", "answered", "escalated"}) for state in ObjectionState]
)
async def test_a_branch_stays_open_until_everything_is_settled(
    store: Store, stand: BranchQuarter, members: list[int], state: ObjectionState, unsettled: bool
) -> None:
    """Answered is not yet settled, for the group may be asked."""
    async with store.write() as tx:
        found = await tx.objections.get(await tx.objections.file(objection(tx, stand, members[0])))
        await tx.objections.change(found, state=state)
        assert bool(await tx.objections.branches_with_open(Q4)) is unsettled
        assert bool(await tx.objections.unsettled()) is unsettled


async def test_answers_come_in_order_and_one_a_level(store: Store, stand: BranchQuarter, members: list[int]) -> None:
    """With what they corrected; a second answer of one level cannot be stored."""
    async with store.write() as tx:
        objection_id = await tx.objections.file(objection(tx, stand, members[0]))
        corrected = ObjectionAnswer(
            1, Outcome.UPHELD, "属实", members[1], tx.now, Correction(OCTOBER, "lecture", 0, 300, 6000, 6300)
        )
        plain = ObjectionAnswer(2, Outcome.REJECTED, "维持", members[2], tx.now)
        for answer in (plain, corrected):
            await tx.objections.add_answer(objection_id, answer)
    async with store.read() as tx:
        assert await tx.objections.answers([objection_id]) == {objection_id: (corrected, plain)}
    with pytest.raises(IntegrityError):
        async with store.write() as tx:
            await tx.objections.add_answer(objection_id, plain)


async def test_names_run_until_they_are_ended_once(store: Store, stand: BranchQuarter, members: list[int]) -> None:
    """A member is named at most once a quarter, and ended only once."""
    held = Meeting(MeetingKind.GENERAL, date(2026, 10, 24), 5, 9)
    async with store.write() as tx:
        ends_at = tx.now + timedelta(days=14)
        await tx.namings.add(Q4, stand.branch_id, members[:2], held, members[2], tx.now, ends_at)
    async with store.write() as tx:
        first, second = await tx.namings.running()
        assert (first.meeting, first.ends_at, first.member_id) == (held, ends_at, members[0])
        assert await tx.namings.end([first.naming_id], tx.now) == 1
        assert await tx.namings.end([first.naming_id], tx.now) == 0
        assert await tx.namings.running() == [second]
        assert len(await tx.namings.of_branch(Q4, stand.branch_id)) == 2
    with pytest.raises(IntegrityError):
        async with store.write() as tx:
            await tx.namings.add(Q4, stand.branch_id, members[:1], held, members[2], tx.now, ends_at)


async def test_a_branch_that_is_locked_is_seen_as_it_is_then(store: Store, stand: BranchQuarter) -> None:
    """Whoever waited for the lock reads what was committed before."""
    async with store.write() as tx:
        await tx.periods.finish_branch(await tx.periods.lock_branch_quarter(stand.branch_id, Q4), tx.now)
    async with store.write() as tx:
        assert (await tx.periods.lock_branch_quarter(stand.branch_id, Q4)).state is BranchState.FINAL
