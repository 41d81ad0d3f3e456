"""How a quarter comes to be reviewed in plays: both branches have closed, the group is formed and at work."""

from __future__ import annotations

from bot.domain.forms import BranchQuarter, Meeting, MeetingKind, RatingState
from bot.domain.review import Body
from bot.scoring.facts import Fact
from sandbox import Person
from tests.conversations.closing import branch_id_of
from tests.conversations.conftest import FIRST, PEOPLE, SECOND, Stage, at
from tests.conversations.rated import EVERYBODY, Q4, hand_in, open_rating

SECOND_ALL = tuple(name for name, (branch, _) in PEOPLE.items() if branch == SECOND)


async def answered_quarter(stage: Stage, *bound: str, **answers: dict[str, tuple[Fact, ...]]) -> list[Person]:
    """Bind these persons; everybody has handed October in, and the rating is open."""
    found = await stage.open_october(*bound)
    for name in (*EVERYBODY, *SECOND_ALL):
        await hand_in(stage, name, answers.get(name))
    await stage.travel("2026-10-25 10:00")
    await open_rating(stage)
    return found


async def close_rating(stage: Stage, branch: str) -> None:
    """The branch approves everybody, records its meeting and hands its rating to the group."""
    branch_id = await branch_id_of(stage, branch)
    async with stage.app.core.store.write() as tx:
        rater = (await tx.people.raters(branch_id))[0].member_id
        for rating in await tx.ratings.in_branch(branch_id, Q4):
            await tx.ratings.change(rating, state=RatingState.APPROVED, decided_by=rater, decided_at=tx.now)
        found = await tx.periods.get_branch_quarter(branch_id, Q4)
        if found.meeting is None:
            held_on = at("2026-10-25 10:00").date()
            await tx.periods.record_meeting(found, Meeting(MeetingKind.COMMITTEE, held_on, 4, 5))
    await stage.app.core.do.close_branch.by_admin(Q4, branch_id)
    await stage.settle()


async def form_group(stage: Stage) -> Person:
    """The committee names its lead and draws; returns the one who did."""
    (zheng,) = await stage.persons("郑党委")
    await zheng.says("/body")
    await zheng.taps("✏️ 组长")
    await zheng.taps("郑党委")
    await zheng.taps("🎲 抽取 2 个支部")
    await stage.settle()
    return zheng


async def at_work(stage: Stage, *bound: str, **answers: dict[str, tuple[Fact, ...]]) -> list[Person]:
    """Everything up to the review: the group has its work, and both branches have closed."""
    found = await answered_quarter(stage, *bound, **answers)
    zheng = await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    for branch in (FIRST, SECOND):
        await close_rating(stage, branch)
    return found


async def stand_of(stage: Stage, branch: str) -> BranchQuarter:
    """Where the branch stands."""
    branch_id = await branch_id_of(stage, branch)
    async with stage.app.core.store.read() as tx:
        return await tx.periods.get_branch_quarter(branch_id, Q4)


async def group_of(stage: Stage) -> Body:
    """The group as it stands."""
    async with stage.app.core.store.read() as tx:
        return await tx.reviews.body(Q4)


async def kinds(stage: Stage) -> list[str]:
    """All that the ledger says, in order."""
    async with stage.app.core.store.read() as tx:
        assert await tx.ledger.first_bad() is None
        return [entry.kind for entry in await tx.ledger.entries()]
