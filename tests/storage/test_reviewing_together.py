"""The group at work at once, on both databases: one decision each, the loser told truly, one unbroken ledger."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from bot.config import Settings
from bot.core import Core, open_core
from bot.demo.organisation import demo_people
from bot.domain.accounts import Language
from bot.domain.forms import BranchState, Meeting, MeetingKind, RatingState
from bot.domain.people import Role
from bot.domain.periods import Month, Quarter
from bot.domain.review import TaskState
from bot.domain.timetable import Due, Moment
from bot.errors import AlreadyDecidedError, StaleCardError, XianfengError
from bot.scoring.ruleset import load_ruleset, template_text
from bot.sheets.roster import Roster
from bot.usecases.rating.adjust_rating import Giving
from bot.usecases.visit import Cause, Visit
from sandbox import SimClock
from tests.conversations.conftest import at

OCTOBER, Q4 = Month(2026, 10), Quarter(2026, 4)
BRANCHES, ROUNDS = 8, 4


@dataclass
class House:
    """Eight branches with the group, each with two reviewers."""

    core: Core
    causes: Any = field(default_factory=lambda: itertools.count(1))

    def visit(self, member_id: int) -> Visit:
        """A new update of this person."""
        return Visit(1000 + member_id, Cause(f"u{next(self.causes)}"))

    async def reviewers(self, branch_id: int) -> tuple[int, ...]:
        """Who reviews this branch."""
        async with self.core.store.read() as tx:
            return tuple(task.member_id for task in (await tx.reviews.body(Q4)).tasks_on(branch_id))

    async def kinds(self) -> Counter[str]:
        """How often the ledger says what."""
        async with self.core.store.read() as tx:
            assert await tx.ledger.first_bad() is None
            return Counter(entry.kind for entry in await tx.ledger.entries())


@pytest.fixture
async def house(migrated_url: str) -> AsyncIterator[House]:
    """Everybody bound, the draw announced, nothing drawn yet."""
    clock = SimClock(at("2026-10-25 10:00"))
    settings = Settings(_env_file=None, bot_token="42:TEST", organisation="示范分行党委", database_url=migrated_url)
    async with open_core(settings, clock) as core:
        await core.do.import_roster(Roster(tuple(demo_people(1, 64, BRANCHES))))
        text = template_text("default").replace(
            "  group_branches: 3\n", "  group_branches: 3\n  reviewers_per_branch: 2\n"
        )
        async with core.store.write() as tx:
            await tx.periods.add_ruleset(load_ruleset(text, "two"), text, date(2026, 1, 1), tx.now)
            for person in await tx.people.all():
                await tx.accounts.bind(1000 + person.member_id, person.member_id, Language.ZH, tx.now)
        await core.do.open_month(OCTOBER)
        clock.travel(clock.now() + timedelta(days=10))
        await core.do.close_month(OCTOBER)
        await core.do.open_quarter(Q4)
        await core.do.announce_draw(Due(clock.now(), Moment.DRAW_OPENS, str(Q4)))
        yield House(core)


async def committee(house: House) -> list[int]:
    """The committee's members."""
    async with house.core.store.read() as tx:
        return [person.member_id for person in await tx.people.holding(Role.COMMITTEE)]


async def at_work(house: House) -> tuple[int, int]:
    """The group has its work and every branch has closed; the id of a branch with two reviewers and of its quarter."""
    do, lead = house.core.do, (await committee(house))[0]
    await do.name_seat(house.visit(lead), str(Q4), "lead", lead)
    await do.draw_branches(house.visit(lead), str(Q4), 0)
    await do.assign_reviews(house.visit(lead), str(Q4))
    async with house.core.store.write() as tx:
        for rating in await tx.ratings.in_quarter(Q4):
            await tx.ratings.change(rating, state=RatingState.APPROVED, decided_by=rating.member_id, decided_at=tx.now)
        for found in await tx.periods.branch_quarters(Q4):
            await tx.periods.record_meeting(found, Meeting(MeetingKind.GENERAL, tx.now.date(), 5, 6))
        body = await tx.reviews.body(Q4)
        stands = await tx.periods.branch_quarters(Q4)
    await asyncio.gather(*(do.close_branch.by_admin(Q4, stand.branch_id) for stand in stands))
    return next(
        (stand.branch_id, stand.branch_quarter_id) for stand in stands if len(body.tasks_on(stand.branch_id)) == 2
    )


async def revision(house: House, branch_id: int) -> int:
    """The branch's revision now."""
    async with house.core.store.read() as tx:
        return (await tx.periods.get_branch_quarter(branch_id, Q4)).revision


async def together(*deeds: Coroutine[Any, Any, object]) -> list[XianfengError]:
    """Let these happen at once; the refusals, anything else that went wrong fails the test."""
    outcomes = await asyncio.gather(*deeds, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, XianfengError):
            raise outcome
    return [outcome for outcome in outcomes if isinstance(outcome, XianfengError)]


async def test_of_many_draws_at_once_one_counts(house: House) -> None:
    """The others are told who drew; every seat is given once."""
    do, lead = house.core.do, (await committee(house))[0]
    await do.name_seat(house.visit(lead), str(Q4), "lead", lead)
    refused = await together(*(do.draw_branches(house.visit(lead), str(Q4), 0) for _ in range(6)))
    assert len(refused) == 5
    assert all(isinstance(error, AlreadyDecidedError) and error.decision == "drawn" for error in refused)
    async with house.core.store.read() as tx:
        assert len((await tx.reviews.body(Q4)).drawn_seats) == 3
    assert (await house.kinds())["branches_drawn"] == 1


async def test_giving_out_many_times_gives_each_branch_once(house: House) -> None:
    """Two of the committee and the last answer at once: two reviewers a branch, never three."""
    await at_work(house)
    lead = (await committee(house))[0]
    assert not await together(*(house.core.do.assign_reviews(house.visit(lead), str(Q4)) for _ in range(5)))
    async with house.core.store.read() as tx:
        body = await tx.reviews.body(Q4)
        stands = await tx.periods.branch_quarters(Q4)
    assert {len(body.tasks_on(stand.branch_id)) for stand in stands} <= {0, 2}
    assert not any(body.is_kept_from(task.member_id, task.branch_id) for task in body.tasks)


async def test_two_reviewers_confirm_at_once_and_the_branch_is_reviewed(house: House) -> None:
    """Neither waits for the other for ever: the later one finishes it."""
    branch_id, _ = await at_work(house)
    first, second = await house.reviewers(branch_id)
    seen = await revision(house, branch_id)
    do = house.core.do
    assert not await together(
        do.confirm_review(house.visit(first), str(Q4), branch_id, seen),
        do.confirm_review(house.visit(second), str(Q4), branch_id, seen),
    )
    async with house.core.store.read() as tx:
        assert (await tx.periods.get_branch_quarter(branch_id, Q4)).state is BranchState.REVIEWED
    kinds = await house.kinds()
    assert (kinds["review_confirmed"], kinds["branch_reviewed"]) == (1, 1)


async def test_confirming_and_sending_back_at_once_leave_one_state(house: House) -> None:
    """Sent back: the confirmation counts no more. Confirmed first: it is sent back after all, and nothing is lost."""
    branch_id, quarter_id = await at_work(house)
    first, second = await house.reviewers(branch_id)
    seen = await revision(house, branch_id)
    do = house.core.do
    refused = await together(
        do.confirm_review(house.visit(first), str(Q4), branch_id, seen),
        do.send_back_branch(house.visit(second), str(Q4), branch_id, seen, 2, "请说明"),
    )
    async with house.core.store.read() as tx:
        stand = await tx.periods.get_branch_quarter(branch_id, Q4)
        tasks = (await tx.reviews.body(Q4)).tasks_on(branch_id)
        assert len(await tx.reviews.questions(quarter_id)) == 1
    assert stand.state is BranchState.RATING
    assert {task.state for task in tasks} == {TaskState.WAITING}
    assert all(isinstance(error, AlreadyDecidedError) and error.decision == "returned" for error in refused)


async def test_adjusting_and_confirming_at_once_never_confirms_unseen_points(house: House) -> None:
    """Whoever confirmed saw the points: he is refused as out of date, or asked again."""
    branch_id, _ = await at_work(house)
    first, second = await house.reviewers(branch_id)
    do = house.core.do
    async with house.core.store.read() as tx:
        forms = await tx.forms.in_months([OCTOBER])
        ratings = await tx.ratings.in_branch(branch_id, Q4)
    counting = {form.member_id for form in forms if form.exempt is None}
    targets = [one.rating_id for one in ratings if one.member_id in counting][:ROUNDS]
    for rating_id in targets:
        async with house.core.store.read() as tx:
            rating = await tx.ratings.get(rating_id)
        seen = await revision(house, branch_id)
        refused = await together(
            do.confirm_review(house.visit(first), str(Q4), branch_id, seen),
            do.adjust_rating(
                house.visit(second), rating.rating_id, rating.revision, Giving("lecture", 10, 300), "材料已补充"
            ),
        )
        assert all(isinstance(error, StaleCardError) for error in refused)
        async with house.core.store.read() as tx:
            own = next(one for one in (await tx.reviews.body(Q4)).tasks_on(branch_id) if one.member_id == first)
            assert (await tx.ratings.get(rating_id)).state is RatingState.APPROVED
        assert own.state is TaskState.WAITING
    assert (await house.kinds())["form_adjusted"] == len(targets)


async def test_two_adjust_the_branch_at_once_without_a_deadlock(house: House) -> None:
    """Different members of one branch: both are adjusted, or one is told that his card was out of date."""
    branch_id, _ = await at_work(house)
    first, second = await house.reviewers(branch_id)
    do = house.core.do
    async with house.core.store.read() as tx:
        forms = await tx.forms.in_months([OCTOBER])
        ratings = await tx.ratings.in_branch(branch_id, Q4)
    counting = {form.member_id for form in forms if form.exempt is None}
    one, other = [rating for rating in ratings if rating.member_id in counting][:2]
    refused = await together(
        do.adjust_rating(house.visit(first), one.rating_id, one.revision, Giving("lecture", 10, 300), "材料已补充"),
        do.adjust_rating(house.visit(second), other.rating_id, other.revision, Giving("lecture", 10, 600), "已核实"),
    )
    assert not refused
    assert (await house.kinds())["form_adjusted"] == 2
