"""机构: the committee forms the group, branches are drawn by a seed that stood before, nobody reviews what is his."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.actions.review import (
    AnswerSeat,
    AskDelegate,
    AskRedraw,
    AskSeat,
    AssignReviews,
    DeclareConflict,
    DrawBranches,
    NameSeat,
    OpenBody,
    OpenSeat,
    SendDelegate,
    ShowDraw,
)
from bot.domain.draw import draw, seed_of
from bot.domain.people import Department, Office, Role
from bot.domain.review import SeatKind
from bot.sheets.roster import Roster
from sandbox import Person
from tests.conversations.closing import asks, branch_id_of
from tests.conversations.conftest import FIRST, SECOND, Stage, demo_people
from tests.conversations.rated import Q4, forge, form_of
from tests.conversations.reviewed import answered_quarter, at_work, close_rating, form_group, group_of, kinds, stand_of

REFUSED = "您没有此项操作的权限。"


async def member_id(stage: Stage, name: str) -> int:
    """The id of the member of this name."""
    return (await form_of(stage, name)).member_id


async def reviewer_of(stage: Stage, branch: str) -> str:
    """Who reviews this branch."""
    body, branch_id = await group_of(stage), await branch_id_of(stage, branch)
    async with stage.app.core.store.read() as tx:
        names = await tx.people.names([task.member_id for task in body.tasks_on(branch_id)])
    (name,) = names.values()
    return name


async def test_the_seed_stands_before_anybody_draws(stage: Stage) -> None:
    """All who lead read seed, source and candidates when the rating opens; the seed follows from that very entry."""
    zheng, wang, zhou = await answered_quarter(stage, "郑党委", "王书记", "周委员")
    found = (await group_of(stage)).draw
    async with stage.app.core.store.read() as tx:
        source = next(entry for entry in await tx.ledger.entries() if entry.seq == found.source_seq)
        closed = next(entry for entry in await tx.ledger.entries() if entry.kind == "month_closed")
    assert source.at < closed.at
    assert found.source_seq == closed.seq - 1
    assert found.seed == seed_of(source.hash, Q4, 0)
    for person in (zheng, wang, zhou):
        await person.sees("从以下 2 个支部中抽取 2 个：第一党支部、第二党支部")
        await person.sees(found.seed)
    await zheng.sees("请先确定组长、核对三部门席位，再进行抽取。")
    await wang.sees_not("请先确定组长")


async def test_members_are_not_told_of_the_draw(stage: Stage) -> None:
    """It concerns those who lead."""
    (zhang,) = await answered_quarter(stage, "张伟")
    await zhang.sees_not("抽取公告")


async def test_the_committee_names_the_lead_and_draws_by_a_tap(stage: Stage) -> None:
    """The departments' holders are there already; who was drawn follows from the seed, and everybody is told."""
    zheng, wang, qian, feng = await answered_quarter(stage, "郑党委", "王书记", "钱书记", "冯办公室")
    assert "党委办公室：冯办公室" in await asks(stage, zheng, "/body")
    assert "🎲 抽取 2 个支部" not in zheng.last.labels
    await form_group(stage)
    body = await group_of(stage)
    assert body.draw.drawn == draw(body.draw.seed, body.draw.candidates, 3)
    assert {seat.branch_id for seat in body.drawn_seats} == set(body.draw.drawn)
    await wang.sees("第一党支部已抽入2026年第4季度考核组，由您代表参加")
    await qian.sees("第二党支部已抽入2026年第4季度考核组，由您代表参加")
    await feng.sees("您是2026年第4季度考核组成员：党委办公室")
    await feng.sees("由郑党委按公告规则抽取")
    assert (await kinds(stage))[-3:] == ["branches_drawn", "seat_given", "seat_given"]


async def test_a_second_draw_is_told_who_drew_and_when(stage: Stage) -> None:
    """Two of the committee with the same card: one draws."""
    (zheng,) = await answered_quarter(stage, "郑党委")
    await form_group(stage)
    tap = await forge(zheng, DrawBranches(str(Q4), 0))
    assert "郑党委" in tap.answer.text
    assert "10月25日 10:00" in tap.answer.text
    assert "已抽取" in tap.answer.text
    assert (await kinds(stage)).count("branches_drawn") == 1


async def test_without_a_lead_nothing_is_drawn(stage: Stage) -> None:
    """A forged tap is told what comes first."""
    (zheng,) = await answered_quarter(stage, "郑党委")
    tap = await forge(zheng, DrawBranches(str(Q4), 0))
    assert tap.answer.text == "请先指定组长，再抽取支部。"
    tap = await forge(zheng, AssignReviews(str(Q4)))
    assert tap.answer.text == "尚未抽取支部，请先抽取。"


async def test_anybody_can_recompute_the_draw_from_the_card(stage: Stage) -> None:
    """Source hash, seed and every lot stand on it."""
    (zheng,) = await answered_quarter(stage, "郑党委")
    await form_group(stage)
    await zheng.taps("🔎 如何复算")
    body = await group_of(stage)
    async with stage.app.core.store.read() as tx:
        source = await tx.ledger.head_at(body.draw.source_seq)
    await zheng.sees(source.hash)
    await zheng.sees(body.draw.seed)
    await zheng.sees("xianfeng draw verify 2026Q4")


async def test_when_all_have_answered_the_branches_are_given_out(stage: Stage) -> None:
    """Nobody gets his own branch, and each reviewer is told which are his."""
    zheng, wang, qian, feng = await answered_quarter(stage, "郑党委", "王书记", "钱书记", "冯办公室")
    await form_group(stage)
    for person in (zheng, wang, qian, feng):
        assert not (await group_of(stage)).tasks
        await person.taps("🙅 申报回避")
        await person.taps("✅ 无需回避")
    await stage.settle()
    assert await reviewer_of(stage, SECOND) == "王书记"
    assert await reviewer_of(stage, FIRST) in {"冯办公室", "钱书记"}
    await wang.sees("2026年第4季度由您复评：第二党支部")
    assert "各支部均已分配复评人" in await asks(stage, zheng, "/body")


async def test_a_declared_kinship_is_respected(stage: Stage) -> None:
    """The office is related to somebody in the first branch: it goes to the other reviewer."""
    zheng, feng = await answered_quarter(stage, "郑党委", "冯办公室")
    await form_group(stage)
    await feng.taps("🙅 申报回避")
    await feng.taps("第一党支部")
    await feng.taps("👪 亲属关系")
    await feng.sees("🙅 第一党支部 · 亲属关系")
    await feng.taps("✅ 申报完毕")
    await zheng.taps("📤 分配复评任务")
    assert await reviewer_of(stage, FIRST) == "钱书记"
    assert "conflict_declared" in await kinds(stage)


async def test_a_later_declaration_moves_that_branch_only(stage: Stage) -> None:
    """Who held it loses it, the other one gets it, and is told; taken back, nothing moves again."""
    zheng, feng, qian = await answered_quarter(stage, "郑党委", "冯办公室", "钱书记")
    await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    holder = {"冯办公室": feng, "钱书记": qian}[await reviewer_of(stage, FIRST)]
    other = qian if holder is feng else feng
    await holder.taps("🙅 申报回避")
    await holder.taps("第一党支部")
    await holder.taps("⚖️ 其他利害关系")
    await stage.settle()
    assert await reviewer_of(stage, FIRST) == other.name
    assert await reviewer_of(stage, SECOND) == "王书记"
    await other.sees("2026年第4季度由您复评：第一党支部")
    assert (await kinds(stage))[-2:] == ["review_taken_away", "review_assigned"]
    await holder.taps("🙅 第一党支部")
    await holder.taps("↺ 撤回申报")
    assert await reviewer_of(stage, FIRST) == other.name


async def test_a_branch_that_nobody_may_review_is_named(stage: Stage) -> None:
    """Both who could are close to it: the committee reads that on the card, and the others are given out."""
    zheng, feng, qian = await answered_quarter(stage, "郑党委", "冯办公室", "钱书记")
    await form_group(stage)
    for person in (feng, qian):
        await person.taps("🙅 申报回避")
        await person.taps("第一党支部")
        await person.taps("👪 亲属关系")
    await zheng.taps("📤 分配复评任务")
    await zheng.sees("尚无复评人：第一党支部")
    assert await reviewer_of(stage, SECOND) == "王书记"


async def test_the_secretary_sends_a_delegate(stage: Stage) -> None:
    """The member is asked; his seat replaces the secretary's, who still sees whom he sent."""
    wang, zhang = await answered_quarter(stage, "王书记", "张伟")
    zheng = await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    await wang.taps("🙅 申报回避")
    await wang.taps("👤 改派代表")
    tap = await wang.taps("张伟")
    assert tap.answer.text == "👤 已改由张伟代表支部。"
    await wang.sees("第一党支部已抽中，由张伟代表参加。")
    await stage.settle()
    await zhang.sees("第一党支部已抽入2026年第4季度考核组，由您代表参加")
    assert await reviewer_of(stage, SECOND) == "张伟"
    await zhang.taps("🙅 申报回避")
    assert "👤 改派代表" not in zhang.last.labels
    tap = await forge(wang, AnswerSeat(str(Q4)))
    assert tap.answer.text == REFUSED


async def test_a_lead_whose_branch_is_drawn_too_is_not_told_to_send_somebody(stage: Stage) -> None:
    """He leads himself; the branch's seat went to another of its members."""
    both = (Office(Role.SECRETARY), Office(Role.COMMITTEE))
    rows = [replace(row, offices=both) if row.name == "王书记" else row for row in demo_people().rows]
    await stage.app.core.do.import_roster(Roster(tuple(rows)))
    wang, qian = await answered_quarter(stage, "王书记", "钱书记")
    await wang.says("/body")
    await wang.taps("✏️ 组长")
    await wang.taps("王书记")
    await wang.taps("🎲 抽取 2 个支部")
    await stage.settle()
    await wang.sees("您是2026年第4季度考核组成员：组长。")
    await wang.sees_not("可改派本支部一名党员")
    await qian.sees("如您本人不能参加，可改派本支部一名党员。")


async def test_drawing_again_needs_a_reason_that_all_leaders_read(stage: Stage) -> None:
    """The next seed follows from the first; seats of branches that stay drawn are kept."""
    zheng, wang = await answered_quarter(stage, "郑党委", "王书记")
    await form_group(stage)
    await zheng.taps("🎲 重新抽取…")
    await zheng.sees("请写明原因")
    await zheng.says("抽中支部书记外出培训")
    await zheng.sees("已重抽 1 次，原因：抽中支部书记外出培训")
    await stage.settle()
    await wang.sees("本次为重抽，原因：抽中支部书记外出培训")
    body = await group_of(stage)
    async with stage.app.core.store.read() as tx:
        source = await tx.ledger.head_at(body.draw.source_seq)
    assert (body.draw.number, body.draw.seed) == (1, seed_of(source.hash, Q4, 1))
    assert (await kinds(stage))[-2:] == ["draw_repeated", "branches_drawn"]
    tap = await forge(zheng, AskRedraw(str(Q4), 0))
    assert "最新" in tap.answer.text


async def test_an_empty_reason_does_not_draw_again(stage: Stage) -> None:
    """White space is no reason."""
    (zheng,) = await answered_quarter(stage, "郑党委")
    await form_group(stage)
    await zheng.taps("🎲 重新抽取…")
    await zheng.says("\u200e \u200e")
    await stage.box.idle()
    assert (await group_of(stage)).draw.number == 0


async def test_another_holder_takes_a_departments_seat_and_its_work(stage: Stage) -> None:
    """The committee gives the organisation department's seat to its second holder; the open work goes along."""
    two = (Office(Role.DEPARTMENT, Department.ORGANISATION),)
    rows = [replace(row, offices=two) if row.name in {"吴芳", "赵敏"} else row for row in demo_people().rows]
    await stage.app.core.do.import_roster(Roster(tuple(rows)))
    (zhao,) = await answered_quarter(stage, "赵敏")
    zheng = await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    before = (await group_of(stage)).holder(SeatKind.ORGANISATION)
    await zheng.taps("✏️ 组织部")
    await zheng.sees("现任")
    name = "吴芳" if before.member_id == await member_id(stage, "赵敏") else "赵敏"
    await zheng.taps(name)
    await stage.settle()
    body = await group_of(stage)
    assert body.holder(SeatKind.ORGANISATION).member_id == await member_id(stage, name)
    assert not body.tasks_of(before.member_id)
    assert {task.branch_id for task in body.tasks} == {await branch_id_of(stage, one) for one in (FIRST, SECOND)}
    if name == "赵敏":
        await zhao.sees("您是2026年第4季度考核组成员：组织部")
    tap = await forge(zheng, NameSeat(str(Q4), "organisation", await member_id(stage, "郑党委")))
    assert tap.answer.text == "该同志在本季度考核组中已有席位，请另选他人。"


@pytest.mark.parametrize("name", ["赵敏", "王书记", "周委员", "冯办公室", "陈管理"])
async def test_nobody_else_forms_the_group(stage: Stage, name: str) -> None:
    """Members, leaders, departments and the admin send the committee's buttons: nothing changes."""
    (person,) = await answered_quarter(stage, name)
    lead = await member_id(stage, name)
    before = await kinds(stage)
    for action in (
        AskSeat(str(Q4), "lead"), NameSeat(str(Q4), "lead", lead),
        DrawBranches(str(Q4), 0), AskRedraw(str(Q4), 0), AssignReviews(str(Q4)), SendDelegate(str(Q4), lead),
        AskDelegate(str(Q4)),
    ):  # fmt: skip
        tap = await forge(person, action)
        assert tap.answer.text == REFUSED, action
    assert await kinds(stage) == before


@pytest.mark.parametrize("name", ["赵敏", "王书记", "冯办公室", "陈管理"])
async def test_everybody_can_recompute_the_draw_and_change_nothing(stage: Stage, name: str) -> None:
    """A member reads seed, source and lots by /body; neither the group's buttons nor its reasons are there."""
    (person,) = await answered_quarter(stage, name)
    zheng = await form_group(stage)
    await zheng.taps("🎲 重新抽取…")
    await zheng.says("抽中支部书记外出培训")
    await stage.settle()
    card = await asks(stage, person, "/body")
    assert (await group_of(stage)).draw.seed in card
    assert "外出培训" not in card
    assert person.last.labels == ["‹ 菜单"]
    for action in (OpenBody(str(Q4)), ShowDraw(str(Q4))):
        tap = await forge(person, action)
        assert tap.answer is None or not tap.answer.text
        assert person.last.labels == ["‹ 菜单"]


async def test_before_a_quarter_is_open_nobody_is_told_of_a_nameless_one(stage: Stage) -> None:
    """The committee reads where the date stands; a member that no branch waits for him; both can go on."""
    zheng, zhang = await stage.persons("郑党委", "张伟")
    for person, command in ((zheng, "/body"), (zhang, "/body"), (zheng, "/review")):
        assert await asks(stage, person, command) == "尚未有季度开始初评，时间请见 /calendar。"
        assert person.last.labels == ["‹ 菜单"]
    assert await asks(stage, zhang, "/review") == "您不是本季度考核组成员，暂无复评任务。抽取办法请见 /body。"
    assert zhang.last.labels == ["‹ 菜单"]


async def test_only_who_is_seated_declares(stage: Stage) -> None:
    """A member without a seat, and a secretary whose branch was not drawn yet."""
    zhang, wang = await answered_quarter(stage, "张伟", "王书记")
    second = await branch_id_of(stage, SECOND)
    for person in (zhang, wang):
        for action in (OpenSeat(str(Q4)), AnswerSeat(str(Q4)), DeclareConflict(str(Q4), second, "kinship")):
            tap = await forge(person, action)
            assert tap.answer.text == REFUSED, action
    assert "conflict_declared" not in await kinds(stage)


async def test_what_no_button_says_is_refused(stage: Stage) -> None:
    """A drawn seat, an unknown seat, a stranger to the committee, an unknown reason: sentences, and no change."""
    (zheng,) = await answered_quarter(stage, "郑党委")
    await form_group(stage)
    before = await kinds(stage)
    zhang, first = await member_id(stage, "张伟"), await branch_id_of(stage, FIRST)
    for action in (
        NameSeat(str(Q4), "drawn", zhang), NameSeat(str(Q4), "x", zhang), NameSeat(str(Q4), "lead", zhang),
        NameSeat("2031Q1", "lead", zhang), DeclareConflict(str(Q4), first, "hatred"),
        DeclareConflict(str(Q4), 999, "kinship"), DrawBranches(str(Q4), 7), OpenBody("2026Q9"),
    ):  # fmt: skip
        tap = await forge(zheng, action)
        assert tap.answer.text, action
    assert await kinds(stage) == before


async def test_an_organisation_without_a_group_has_no_draw(stage: Stage) -> None:
    """Where quarters are shown as they close, nothing is announced and nobody is asked for a group."""
    (zheng,) = await stage.open_october("郑党委")
    await stage.app.core.do.change_switch("publication", "at_close")
    await answered_quarter(stage)
    assert (await group_of(stage)).draw is None
    assert "本季度没有考核组" in await asks(stage, zheng, "/body")


async def test_without_a_group_branches_wait_and_the_committee_is_asked_each_working_morning(stage: Stage) -> None:
    """Closing is never held up; from the next working morning on the committee hears who waits, until there is one."""
    (zheng,) = await answered_quarter(stage, "郑党委")
    await close_rating(stage, FIRST)
    assert (await stand_of(stage, FIRST)).state == "review"
    await stage.travel("2026-10-26 10:00")
    assert _asked(zheng) == 1
    await stage.travel("2026-10-27 10:00")
    assert _asked(zheng) == 2
    await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    await stage.travel("2026-10-28 10:00")
    assert _asked(zheng) == 2


def _asked(person: Person) -> int:
    return sum("1 个支部等待复评，尚无复评人：第一党支部" in (message.text or "") for message in person.messages)


async def test_the_menu_leads_to_the_group(stage: Stage) -> None:
    """The committee finds group and review, a reviewer how many branches wait for him."""
    zheng, wang, zhang = await at_work(stage, "郑党委", "王书记", "张伟")
    await asks(stage, zheng, "/menu")
    assert {"🏢 考核组", "🔎 我的复评"} <= set(zheng.last.labels)
    assert "待您复评 1 个支部" in await asks(stage, wang, "/menu")
    await asks(stage, zhang, "/menu")
    assert not {"🏢 考核组", "🔎 我的复评"} & set(zhang.last.labels)
