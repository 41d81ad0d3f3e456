"""How a branch comes to close in a row's play, and the group that its standings go to."""

from __future__ import annotations

from bench.faults.world import PEOPLE, QUARTER, World
from bot.domain.forms import Meeting, MeetingKind, RatingState
from bot.domain.people import Role
from bot.domain.periods import Quarter
from sandbox import Group


async def branch_id_of(here: World, name: str) -> int:
    """The branch's own number."""
    return int(await here.value("select id from branch where name = :name", name=name))


async def group_of(here: World, branch: str) -> Group:
    """A group of the branch's people with the bot in it, bound to the branch."""
    members = [here.people[name] for name, (where, _) in PEOPLE.items() if where == branch]
    group = here.box.group(branch, owner=members[0], members=members[1:])
    await here.rest()
    await here.write("update branch set group_chat_id = :chat where name = :name", chat=group.chat_id, name=branch)
    return group


async def close_branch(here: World, branch: str) -> None:
    """Everybody of the branch is approved, the meeting is recorded, and the quarter closed and told."""
    quarter, branch_id = Quarter.parse(QUARTER), await branch_id_of(here, branch)
    await here.core.do.change_switch("publication", "at_close")
    async with here.core.store.write() as tx:
        secretary = (await tx.people.holding(Role.SECRETARY, branch_id=branch_id))[0]
        for rating in await tx.ratings.in_branch(branch_id, quarter):
            await tx.ratings.change(
                rating, state=RatingState.APPROVED, decided_by=secretary.member_id, decided_at=tx.now
            )
        found = await tx.periods.get_branch_quarter(branch_id, quarter)
        await tx.periods.record_meeting(found, Meeting(MeetingKind.COMMITTEE, tx.now.date(), 3, 4))
    await here.core.do.close_branch.by_admin(quarter, branch_id)
    await here.rest()
