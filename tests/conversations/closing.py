"""How a quarter comes to its close in plays about what follows: the branch has answered, decides, and closes.

These organisations have no review group: what a branch closes is shown at once.
"""

from __future__ import annotations

from bot.domain.forms import Meeting, MeetingKind, QuarterResult, RatingState
from bot.scoring.facts import Fact
from sandbox import Person
from tests.conversations.conftest import FIRST, SECOND, Stage, at
from tests.conversations.rated import EVERYBODY, Q4, hand_in, open_rating

LECTURES = {"lecture": (Fact("lecture", count=2),), "pairing": (Fact("pairing", count=2),)}
"""Six and four points more than an ordinary month has: seventy together."""
MORE = {**LECTURES, "integrity": (Fact("integrity", count=1),), "warning_essay": (Fact("warning_essay", count=1),)}
"""Three more than that."""


async def branch_id_of(stage: Stage, name: str) -> int:
    """The id of the branch of this name."""
    async with stage.app.core.store.read() as tx:
        return next(branch.branch_id for branch in await tx.people.branches() if branch.name == name)


async def rated_with(stage: Stage, *bound: str, **answers: dict[str, tuple[Fact, ...]]) -> list[Person]:
    """Bind these persons; the first branch has handed October in, as usual but for these answers by name."""
    found = await stage.open_october(*bound)
    for name in EVERYBODY:
        await hand_in(stage, name, answers.get(name))
    await open_rating(stage)
    return found


async def decide(stage: Stage, branch: str = FIRST) -> int:
    """The branch approves everybody and records its meeting; returns the revision to close with."""
    await stage.app.core.do.change_switch("publication", "at_close")
    branch_id = await branch_id_of(stage, branch)
    async with stage.app.core.store.write() as tx:
        rater = (await tx.people.raters(branch_id))[0].member_id
        for rating in await tx.ratings.in_branch(branch_id, Q4):
            await tx.ratings.change(rating, state=RatingState.APPROVED, decided_by=rater, decided_at=tx.now)
        found = await tx.periods.get_branch_quarter(branch_id, Q4)
        await tx.periods.record_meeting(found, Meeting(MeetingKind.COMMITTEE, at("2026-10-25 10:00").date(), 4, 5))
        return found.revision + 1


async def close(stage: Stage, branch: str = FIRST) -> None:
    """The branch decides, and its quarter is closed by an admin's hand; everybody has been told."""
    await decide(stage, branch)
    await stage.app.core.do.close_branch.by_admin(Q4, await branch_id_of(stage, branch))
    await stage.settle()


async def close_all(stage: Stage) -> None:
    """Both branches close."""
    await close(stage, FIRST)
    await close(stage, SECOND)


async def result_of(stage: Stage, name: str) -> QuarterResult:
    """The stored result of the member of this name."""
    async with stage.app.core.store.read() as tx:
        member_id = next(person.member_id for person in await tx.people.all() if person.name == name)
        found = await tx.ratings.find_result(member_id, Q4)
    assert found is not None
    return found


async def asks(stage: Stage, person: Person, command: str) -> str:
    """The person sends a command; returns what the newest message says, text or caption."""
    await person.says(command)
    await stage.box.idle()
    return person.last.text or person.last.caption or ""


async def code_of(stage: Stage, secretary: Person) -> str:
    """The code that the secretary gets for his branch's group."""
    await asks(stage, secretary, "/menu")
    await secretary.taps("👥 绑定支部群")
    return str(secretary.last.text).split("/bind ")[1].split()[0]
