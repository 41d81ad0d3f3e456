"""How a quarter comes to be shown in plays about publicity: the branches are rated, closed and reviewed."""

from __future__ import annotations

from bot.domain.forms import BranchQuarter, Meeting, MeetingKind, RatingState
from sandbox import Group, Person
from tests.conversations.closing import branch_id_of, code_of
from tests.conversations.conftest import FIRST, Stage, at
from tests.conversations.rated import Q4

PLANNED = "2027-01-15 09:00"
ENDS = "2027-01-22 00:00"


async def review(stage: Stage, branch: str = FIRST) -> None:
    """The branch approves everybody and closes, and the group confirms it."""
    branch_id = await branch_id_of(stage, branch)
    async with stage.app.core.store.write() as tx:
        rater = (await tx.people.raters(branch_id))[0].member_id
        for rating in await tx.ratings.in_branch(branch_id, Q4):
            await tx.ratings.change(rating, state=RatingState.APPROVED, decided_by=rater, decided_at=tx.now)
        found = await tx.periods.get_branch_quarter(branch_id, Q4)
        await tx.periods.record_meeting(found, Meeting(MeetingKind.COMMITTEE, at("2026-10-25 10:00").date(), 4, 5))
    await stage.app.core.do.close_branch.by_admin(Q4, branch_id)
    async with stage.app.core.store.write() as tx:
        await tx.periods.mark_reviewed(await tx.periods.get_branch_quarter(branch_id, Q4), None, tx.now)


async def stand_of(stage: Stage, branch: str = FIRST) -> BranchQuarter:
    """Where the branch stands."""
    async with stage.app.core.store.read() as tx:
        return await tx.periods.get_branch_quarter(await branch_id_of(stage, branch), Q4)


async def bound_group(stage: Stage, secretary: Person, *members: Person) -> Group:
    """The first branch's group, bound by its secretary."""
    group = stage.box.group("第一党支部群", owner=secretary, members=list(members))
    await secretary.says(f"/bind {await code_of(stage, secretary)}", to=group)
    await stage.settle()
    return group
