"""Giving an office into another's hands for some days, chat by chat."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.domain.actions.delegation import AskFirstDay, EndDelegation, GiveOffice
from bot.domain.actions.desk import ReturnForm
from bot.domain.actions.rating import ApproveRating, OpenRating
from bot.domain.actions.rules import ConfirmProposal
from bot.domain.forms import RatingState
from bot.domain.people import MemberStatus
from bot.scoring.ruleset import load_ruleset, template_text
from bot.sheets.roster import Roster
from sandbox import Person
from sandbox.persons import Tap
from tests.conversations.conftest import FIRST, PEOPLE, SECOND, Stage, demo_people, roster_row
from tests.conversations.rated import forge, form_of, hand_in, rated_stage, rating_of


async def gives_to(secretary: Person, name: str, last: str) -> None:
    """The secretary lets somebody of his branch stand in from today to this day."""
    await secretary.says("/delegate")
    await secretary.taps("🤝 委托：支部书记")
    await secretary.taps(name)
    await secretary.taps("今天")
    await secretary.says(last)
    await secretary.taps("✅ 确认委托")


async def member_id(stage: Stage, name: str) -> int:
    """The id of the person of this name."""
    async with stage.app.core.store.read() as tx:
        return next(person.member_id for person in await tx.people.all() if person.name == name)


async def delegation_id(stage: Stage, name: str) -> int:
    """What the person gave or was given first."""
    who = await member_id(stage, name)
    async with stage.app.core.store.read() as tx:
        return (await tx.delegations.unended(who))[0].delegation_id


async def raters(stage: Stage) -> list[str]:
    """Who rates in the first branch, in order."""
    async with stage.app.core.store.read() as tx:
        branch = next(one for one in await tx.people.branches() if one.name == FIRST)
        found = await tx.people.raters(branch.branch_id)
        names = await tx.people.names(one.member_id for one in found)
        return [names[one.member_id] for one in found]


def said(tap: Tap) -> str:
    """What the person was told on a tap."""
    return tap.answer.text if tap.answer else ""


async def facts_of(stage: Stage, kind: str) -> list[dict[str, Any]]:
    """What the ledger's entries of this kind hold."""
    async with stage.app.core.store.read() as tx:
        return [json.loads(entry.body) for entry in await tx.ledger.entries() if entry.kind == kind]


async def approves(stage: Stage, person: Person, name: str) -> str:
    """The person opens this member's card and tries to approve it as it is; what he is told."""
    rating = await rating_of(stage, name)
    await forge(person, OpenRating(rating.rating_id))
    tap = await forge(person, ApproveRating(rating.rating_id, rating.revision))
    return said(tap)


async def test_a_secretary_gives_his_office_away_and_takes_it_back(stage: Stage) -> None:
    """The other is told and can work at once; it can be ended at any time."""
    wang, zhao = await stage.persons("王书记", "赵敏")
    await gives_to(wang, "赵敏", "10月26日")
    await stage.settle()
    await wang.sees("支部书记委托赵敏代行，10月20日至10月26日（进行中）")
    await zhao.sees("王书记委托您代行支部书记，自2026年10月20日至2026年10月26日。")
    assert await raters(stage) == ["赵敏", "李委员"]
    await zhao.says("/menu")
    await zhao.sees("支部书记（受托）")
    await wang.taps("⏹ 结束对赵敏的委托")
    await stage.settle()
    await zhao.sees("您代王书记行使支部书记职务的委托已结束")
    assert await raters(stage) == ["王书记", "李委员"]


async def test_who_stands_in_rates_and_both_names_stand_on_it(stage: Stage) -> None:
    """The card, the member's own page and the ledger name both."""
    wang, zhao, zhang, li = await rated_stage(stage, "王书记", "赵敏", "张伟", "李委员")
    await gives_to(wang, "赵敏", "10月30日")
    await stage.settle()
    await zhao.says("/rate")
    await zhao.taps("⏳ 张伟 60")
    await zhao.taps("✅ 通过")
    rating = await rating_of(stage, "张伟")
    assert rating.state is RatingState.APPROVED
    await forge(li, OpenRating(rating.rating_id))
    await li.sees("✅ 赵敏（受王书记委托） 10月25日 09:00 已通过")
    entries = await facts_of(stage, "rating_approved")
    assert [entry["for"] for entry in entries] == [await member_id(stage, "王书记")]
    await zhang.says("/why")
    await zhang.sees("赵敏（受王书记委托）")


async def test_meanwhile_the_principal_does_not_rate(stage: Stage) -> None:
    """One rater at a time: who is back ends the delegation first."""
    wang, zhao = await rated_stage(stage, "王书记", "赵敏")
    await gives_to(wang, "赵敏", "10月30日")
    assert "没有此项操作的权限" in await approves(stage, wang, "张伟")
    await forge(wang, EndDelegation(await delegation_id(stage, "王书记")))
    await approves(stage, wang, "张伟")
    assert (await rating_of(stage, "张伟")).decided_by == await member_id(stage, "王书记")
    assert "没有此项操作的权限" in await approves(stage, zhao, "孙喆")


async def test_neither_the_stand_in_nor_the_principal_is_rated_by_the_stand_in(stage: Stage) -> None:
    """Both forms go to the next rater, the commissioner."""
    wang, zhao, li = await rated_stage(stage, "王书记", "赵敏", "李委员")
    await gives_to(wang, "赵敏", "10月30日")
    for name in ("王书记", "赵敏"):
        await approves(stage, zhao, name)
        assert (await rating_of(stage, name)).state is RatingState.PENDING
        await approves(stage, li, name)
        assert (await rating_of(stage, name)).decided_by == await member_id(stage, "李委员")


async def test_a_delegation_begins_and_ends_by_its_days(stage: Stage) -> None:
    """Nobody has to do anything on these days; the command menu changes with them."""
    wang, zhao = await stage.persons("王书记", "赵敏")
    await wang.says("/delegate")
    await wang.taps("🤝 委托：支部书记")
    await wang.taps("赵敏")
    await wang.says("10月22日")
    await wang.taps("至10月22日（1 天）")
    await wang.taps("✅ 确认委托")
    await wang.sees("10月22日至10月22日（未开始）")
    assert await raters(stage) == ["王书记", "李委员"]
    assert "rate" not in commands(stage, zhao)
    await stage.travel("2026-10-22 00:00")
    assert await raters(stage) == ["赵敏", "李委员"]
    assert "rate" in commands(stage, zhao)
    await stage.travel("2026-10-23 00:00")
    assert await raters(stage) == ["王书记", "李委员"]
    assert "rate" not in commands(stage, zhao)


async def test_days_of_one_office_do_not_overlap(stage: Stage) -> None:
    """The sentence says who stands in, and until when."""
    wang, _ = await stage.persons("王书记", "赵敏")
    await stage.person("孙喆")
    await gives_to(wang, "赵敏", "10月30日")
    await wang.says("/delegate")
    await wang.taps("🤝 委托：支部书记")
    await wang.taps("孙喆")
    await wang.says("10月28日")
    tap = await wang.taps("至10月28日（1 天）")
    assert "已委托赵敏，至10月30日" in said(tap)


async def test_only_who_can_act_is_offered_and_taken(stage: Stage) -> None:
    """Bound members of the own branch; forged buttons get a sentence."""
    wang, _zhao, _wu = await stage.persons("王书记", "赵敏", "吴芳")
    await wang.says("/delegate")
    await wang.taps("🤝 委托：支部书记")
    await wang.sees("赵敏")
    for name in ("张伟", "吴芳", "王书记"):
        assert f"[{name}]" not in wang.screen()
    told = {
        name: said(await forge(wang, AskFirstDay("secretary", await member_id(stage, name))))
        for name in ("张伟", "吴芳", "王书记")
    }
    assert "还没有绑定" in told["张伟"]
    assert "只能委托本支部党员" in told["吴芳"]
    assert "不能委托给本人" in told["王书记"]


async def test_nobody_gives_an_office_that_he_does_not_hold(stage: Stage) -> None:
    """Not a member, not another's office, not further what was given to him."""
    wang, zhao, sun = await stage.persons("王书记", "赵敏", "孙喆")
    to = await member_id(stage, "孙喆")
    refused = await forge(zhao, GiveOffice("secretary", to, 20261021, 20261022))
    assert "没有此项操作的权限" in said(refused)
    refused = await forge(wang, GiveOffice("committee", to, 20261021, 20261022))
    assert "没有此项操作的权限" in said(refused)
    await gives_to(wang, "赵敏", "10月30日")
    refused = await forge(zhao, GiveOffice("secretary", to, 20261021, 20261022))
    assert "没有此项操作的权限" in said(refused)
    refused = await forge(sun, EndDelegation(await delegation_id(stage, "王书记")))
    assert "没有此项操作的权限" in said(refused)


async def test_above_the_branches_the_name_is_typed(stage: Stage) -> None:
    """The committee finds anybody by name or staff number; a stranger is told."""
    zheng, zhao = await stage.persons("郑党委", "赵敏")
    await zheng.says("/delegate")
    await zheng.taps("🤝 委托：党委")
    await zheng.says("没有此人")
    await zheng.sees("没有找到")
    await zheng.says("赵敏")
    await zheng.taps("赵敏 · 第一党支部")
    await zheng.taps("今天")
    await zheng.taps("至10月20日（1 天）")
    await zheng.taps("✅ 确认委托")
    await stage.settle()
    assert "publish" in commands(stage, zhao)


async def test_a_delegation_rests_with_who_moves_away_or_leaves(stage: Stage) -> None:
    """An office of the branch is held by its own members only."""
    wang, _ = await stage.persons("王书记", "赵敏")
    await gives_to(wang, "赵敏", "10月30日")
    assert await raters(stage) == ["赵敏", "李委员"]
    number = str(100 + list(PEOPLE).index("赵敏"))
    others = tuple(row for row in demo_people().rows if row.name != "赵敏")
    await stage.app.core.do.import_roster(Roster((*others, roster_row(number, "赵敏", SECOND))))
    assert await raters(stage) == ["王书记", "李委员"]
    back = roster_row(number, "赵敏", FIRST, status=MemberStatus.ON_LEAVE)
    await stage.app.core.do.import_roster(Roster((*others, back)))
    assert await raters(stage) == ["王书记", "李委员"]


async def test_an_import_of_the_roster_leaves_delegations_alone(stage: Stage) -> None:
    """What the roster gives and what was delegated are kept apart; an office that ends takes its delegation along."""
    wang, _ = await stage.persons("王书记", "赵敏")
    await gives_to(wang, "赵敏", "10月30日")
    assert (await stage.app.core.do.import_roster(demo_people())).changed == []
    assert await raters(stage) == ["赵敏", "李委员"]
    number = str(100 + list(PEOPLE).index("王书记"))
    others = tuple(row for row in demo_people().rows if row.name != "王书记")
    await stage.app.core.do.import_roster(Roster((*others, roster_row(number, "王书记", FIRST))))
    assert await raters(stage) == ["李委员"]


def commands(stage: Stage, person: Person) -> set[str]:
    """The command menu that this person sees."""
    calls = [one for one in stage.box.outbox() if one.method == "setMyCommands"]
    own = [one for one in calls if str(person.user_id) in str(one.params.get("scope"))]
    return {command["command"] for command in own[-1].params["commands"]}


async def test_two_agreements_are_not_one_persons_by_another_hand(stage: Stage) -> None:
    """A table needs two of the committee: one of it and who stands in for him count once."""
    zheng, zhao = await stage.persons("郑党委", "赵敏")
    await zheng.says("/delegate")
    await zheng.taps("🤝 委托：党委")
    await zheng.says("赵敏")
    await zheng.taps("赵敏 · 第一党支部")
    await zheng.taps("今天")
    await zheng.taps("至10月20日（1 天）")
    await zheng.taps("✅ 确认委托")
    text = template_text("default").replace('version: "2026.1"', 'version: "2027.1"')
    text = text.replace("effective_from: 2026-01-01", "effective_from: 2027-01-01")
    await stage.app.core.do.propose_by_operator(load_ruleset(text, "next"), text, date(2027, 1, 1))
    await forge(zheng, ConfirmProposal(1))
    refused = await forge(zhao, ConfirmProposal(1))
    assert said(refused)
    assert (await facts_of(stage, "ruleset_adopted"))[1:] == []
    assert len(await facts_of(stage, "rules_confirmed")) == 1


async def test_a_member_reads_who_sent_his_form_back_in_which_office_and_for_whom(stage: Stage) -> None:
    """The commissioner signs with his own office, who stands in for the secretary with both names."""
    wang, zhao, zhang, sun, li = await stage.open_october("王书记", "赵敏", "张伟", "孙喆", "李委员")
    await gives_to(wang, "赵敏", "10月26日")
    for name, desk in (("张伟", zhao), ("孙喆", li)):
        await hand_in(stage, name)
        form = await form_of(stage, name)
        await forge(desk, ReturnForm(form.form_id, form.revision, 1))
        await stage.settle()
    await zhang.sees("↩️ 赵敏（受支部书记王书记委托）退回了您 2026年10月 的自评表：")
    await sun.sees("↩️ 李委员（组织委员）退回了您 2026年10月 的自评表：")
