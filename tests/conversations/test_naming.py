"""黑榜公布: a name leaves the responsible circle only by a recorded decision, and comes down by itself."""

from __future__ import annotations

import pytest

from bot.domain.actions.base import Action
from bot.domain.actions.naming import AskNameMembers, EndNaming, NameMembers, OpenNaming
from sandbox import Group, Person
from tests.conversations.closing import MORE, asks, branch_id_of, close, rated_with
from tests.conversations.conftest import FIRST, Stage
from tests.conversations.rated import Q4, forge, ledger_kinds
from tests.conversations.shown import bound_group

FINAL = "2026-11-02 09:00"
DAY, FULL = 20261030, 4005


async def final_stage(stage: Stage, *names: str, switch: str = "by_decision") -> tuple[Person, Group, list[Person]]:
    """The first branch's quarter is final: Zhang Wei above the line, the other four under it; the group is bound."""
    await stage.app.core.do.change_switch("black_list", switch)
    wang, *others = await rated_with(stage, "王书记", *names, 张伟=MORE)
    group = await bound_group(stage, wang)
    await close(stage)
    await stage.travel(FINAL)
    return wang, group, others


async def names_two(stage: Stage, wang: Person) -> None:
    """The secretary records that the branch committee decided to name two members until 15 November."""
    await asks(stage, wang, "/board")
    await wang.taps("📌 公布黑榜名单")
    await wang.taps("▫️ 赵敏 60")
    await wang.taps("▫️ 孙喆 60")
    await wang.taps("选好了（2 人），下一步")
    await wang.taps("支委会")
    await wang.taps("10月30日")
    await wang.taps("4/5")
    await wang.taps("14 天（至11月15日）")
    await wang.sees("支委会 10月30日，应到 5，实到 4")
    await wang.sees("在支部群公布至2026年11月15日，到期自动撤下。")
    await wang.taps("📌 确认公布")
    await stage.settle()


async def test_a_recorded_decision_names_in_the_group_and_ends_by_itself(stage: Stage) -> None:
    """Names, meeting and end in a message of their own; at the end no name remains in it."""
    wang, group, (zhao,) = await final_stage(stage, "赵敏")
    before = len(wang.messages_in(group))
    await names_two(stage, wang)
    await wang.sees("📌 第一党支部 2026年第4季度黑榜（经支部会议决定公布）", to=group)
    await wang.sees("赵敏、孙喆", to=group)
    await wang.sees("公布至2026年11月15日，到期撤下。", to=group)
    assert "member_named" in await ledger_kinds(stage, "赵敏")
    await stage.travel("2026-11-15 23:59")
    await wang.sees("赵敏、孙喆", to=group)
    await stage.travel("2026-11-16 00:00")
    posted = wang.messages_in(group)[before:]
    assert [one.text for one in posted] == ["📌 第一党支部2026年第4季度公布内容已撤下。"]
    assert (await ledger_kinds(stage, "孙喆"))[-1] == "member_unnamed"
    await zhao.sees_not("黑榜")


async def test_names_come_down_after_a_downtime_too(stage: Stage) -> None:
    """The bot slept over the end: the first beat of the clock takes them down."""
    wang, group, _others = await final_stage(stage)
    await names_two(stage, wang)
    stage.clock.travel(stage.clock.now().replace(year=2027))
    await stage.settle()
    await wang.sees("公布内容已撤下", to=group)
    assert not any("孙喆" in (one.text or "") for one in wang.messages_in(group))


async def test_one_name_comes_down_at_once(stage: Stage) -> None:
    """The branch takes one back: the others stay until their day."""
    wang, group, _others = await final_stage(stage)
    await names_two(stage, wang)
    tap = await wang.taps("🔒 撤下 赵敏")
    assert tap.answer.text == "🔒 已撤下。"
    await stage.settle()
    names = [one.text for one in wang.messages_in(group) if one.text and "经支部会议决定公布" in one.text]
    assert len(names) == 1
    assert "孙喆" in names[0]
    assert "赵敏" not in names[0]
    again = await forge(wang, EndNaming(str(Q4), await branch_id_of(stage, FIRST), await member_id_of(stage, "赵敏")))
    assert again.answer.text == "卡片已更新，请看最新内容。"


async def member_id_of(stage: Stage, name: str) -> int:
    """The id of the member of this name."""
    async with stage.app.core.store.read() as tx:
        return next(one.member_id for one in await tx.people.all() if one.name == name)


async def test_what_is_taken_back_before_it_is_sent_is_never_read(stage: Stage) -> None:
    """Recorded in the quiet hours and taken back before the morning: the group reads nothing."""
    wang, group, _others = await final_stage(stage)
    await stage.travel("2026-11-02 22:00")
    await names_two(stage, wang)
    for name in ("赵敏", "孙喆"):
        await wang.taps(f"🔒 撤下 {name}")
    await stage.travel("2026-11-03 09:00")
    await wang.sees_not("孙喆\n", to=group)
    assert not any("经支部会议决定公布" in (one.text or "") for one in wang.messages_in(group))


@pytest.mark.parametrize("switch", ["responsible", "off"])
async def test_without_the_switch_nobody_is_named(stage: Stage, switch: str) -> None:
    """No button, and a forged one is refused."""
    wang, _group, _others = await final_stage(stage, switch=switch)
    await asks(stage, wang, "/board")
    await wang.sees_not("公布黑榜名单")
    branch_id = await branch_id_of(stage, FIRST)
    for action in (OpenNaming(str(Q4), branch_id), NameMembers(str(Q4), branch_id, 1, "committee", DAY, FULL, 14)):
        tap = await forge(wang, action)
        assert tap.answer.text == "本单位的设置不允许公布黑榜名单。"


async def test_nobody_is_named_while_points_may_still_change(stage: Stage) -> None:
    """In publicity there is no button, and a forged one is refused."""
    await stage.app.core.do.change_switch("black_list", "by_decision")
    (wang,) = await rated_with(stage, "王书记", 张伟=MORE)
    await bound_group(stage, wang)
    await close(stage)
    await asks(stage, wang, "/board")
    await wang.sees_not("公布黑榜名单")
    tap = await forge(wang, NameMembers(str(Q4), await branch_id_of(stage, FIRST), 1, "committee", DAY, FULL, 14))
    assert tap.answer.text == "定稿之后才能公布名单。"


@pytest.mark.parametrize("name", ["张伟", "李委员", "钱书记", "郑党委", "冯办公室", "陈管理"])
async def test_only_the_branchs_secretary_records_it(stage: Stage, name: str) -> None:
    """Everybody else is refused, and the group reads nothing."""
    wang, group, (person,) = await final_stage(stage, name)
    branch_id = await branch_id_of(stage, FIRST)
    forged: tuple[Action, ...] = (
        OpenNaming(str(Q4), branch_id), AskNameMembers(str(Q4), branch_id, 1, "committee", DAY, FULL, 14),
        NameMembers(str(Q4), branch_id, 1, "committee", DAY, FULL, 14),
    )  # fmt: skip
    elsewhere = NameMembers("2031Q1", branch_id, 1, "committee", DAY, FULL, 14)
    for action in (*forged, elsewhere):
        tap = await forge(person, action)
        assert tap.answer.text == "您没有此项操作的权限。"
    await stage.settle()
    await wang.sees_not("经支部会议决定公布", to=group)


@pytest.mark.parametrize(
    ("chosen", "day", "attendance", "days", "refusal"),
    [
        (3, DAY, 2005, 14, "未过半数"),
        (3, DAY, FULL, 91, "日期须在"),
        (3, DAY, FULL, 0, "日期须在"),
        (3, 20261201, FULL, 14, "日期须在"),
        (0, DAY, FULL, 14, "卡片已更新"),
        (1 << 40, DAY, FULL, 14, "卡片已更新"),
    ],
    ids=["no quorum", "too long", "no day", "future meeting", "nobody", "not there"],
)
async def test_what_cannot_be_decided_is_refused(
    stage: Stage, chosen: int, day: int, attendance: int, days: int, refusal: str
) -> None:
    """Quorum, dates, ninety days and the names themselves are looked at again with the last tap."""
    wang, group, _others = await final_stage(stage)
    branch_id = await branch_id_of(stage, FIRST)
    tap = await forge(wang, NameMembers(str(Q4), branch_id, chosen, "committee", day, attendance, days))
    assert refusal in tap.answer.text
    await stage.settle()
    await wang.sees_not("经支部会议决定公布", to=group)


async def test_day_count_and_end_can_be_typed(stage: Stage) -> None:
    """As people write them on a phone; what is no day is asked for again."""
    wang, group, _others = await final_stage(stage)
    await asks(stage, wang, "/board")
    await wang.taps("📌 公布黑榜名单")
    await wang.taps("▫️ 孙喆 60")
    await wang.taps("选好了（1 人），下一步")
    await wang.taps("党员大会")
    await wang.says("10月29日")
    await wang.sees("10月29日")
    await wang.says("3/5")
    await wang.sees("公布到哪一天？")
    await wang.says("明天")
    await wang.says("2027年1月30日")
    await wang.says("2027-01-30")
    await wang.sees("在支部群公布至2027年1月30日")
    await wang.taps("📌 确认公布")
    await stage.settle()
    await wang.sees("公布至2027年1月30日，到期撤下。", to=group)
