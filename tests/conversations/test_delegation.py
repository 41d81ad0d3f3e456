"""Giving an office into another's hands for some days, chat by chat."""

from __future__ import annotations

import json

from bot.domain.actions import AskStandIn, EndDelegation, GiveOffice
from bot.domain.delegation import Delegation
from bot.domain.forms import RatingState
from bot.domain.people import Role
from sandbox import Person
from tests.conversations.conftest import FIRST, PEOPLE, Stage, demo_people, roster_row
from tests.conversations.rated import forge, rated_stage, rating_of
from bot.sheets.roster import Roster


async def gives_to(secretary: Person, name: str) -> None:
    """The secretary lets somebody of his branch stand in from today, 20 October, for a week."""
    await secretary.says("/delegate")
    await secretary.taps("🤝 委托：支部书记")
    await secretary.taps(name)
    await secretary.taps("今天")
    await secretary.taps("至10月26日（7 天）")
    await secretary.taps("✅ 确认委托")


async def member_id(stage: Stage, name: str) -> int:
    """The id of the person of this name."""
    async with stage.app.core.store.read() as tx:
        return next(person.member_id for person in await tx.people.all() if person.name == name)


async def delegations_of(stage: Stage, name: str) -> list[Delegation]:
    """What the person gave or was given."""
    who = await member_id(stage, name)
    async with stage.app.core.store.read() as tx:
        return await tx.delegations.unended(who)


async def raters(stage: Stage) -> list[str]:
    """Who rates in the first branch, in order."""
    async with stage.app.core.store.read() as tx:
        branch = next(one for one in await tx.people.branches() if one.name == FIRST)
        found = await tx.people.raters(branch.branch_id)
        names = await tx.people.names(one.member_id for one in found)
        return [names[one.member_id] for one in found]


async def test_a_secretary_gives_his_office_away_and_takes_it_back(stage: Stage) -> None:
    """Two taps for whom, two for the days; the other is told, can work at once, and it can be ended at any time."""
    wang, zhao = await stage.persons("王书记", "赵敏")
    await gives_to(wang, "赵敏")
    print(wang.screen()[-600:])
    await stage.settle()
    await wang.sees("支部书记委托赵敏代行，10月20日至10月26日（进行中）")
    print(zhao.screen()[-600:])
    await zhao.sees("王书记委托您代行支部书记，自2026年10月20日至2026年10月26日。")
    assert await raters(stage) == ["赵敏", "李委员"]
    await zhao.says("/menu")
    print(zhao.screen()[-600:])
    await zhao.sees("支部书记（受托）")
    await wang.taps("⏹ 结束对赵敏的委托")
    await stage.settle()
    await zhao.sees("您代王书记行使支部书记职务的委托已结束")
    assert await raters(stage) == ["王书记", "李委员"]
