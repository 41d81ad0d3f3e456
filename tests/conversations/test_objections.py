"""异议: two taps and a text; answered in writing by who did not decide it, once more by the group, then final."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from bot.domain.actions.base import Action
from bot.domain.actions.objections import (
    AcceptAnswer,
    AskCorrectedPoints,
    AskObjection,
    AskObjectionText,
    AskOutcome,
    AskWrittenAnswer,
    EscalateObjection,
    ExportObjections,
    OpenObjection,
    WithdrawObjection,
)
from bot.domain.actions.rating import AdjustRating
from bot.domain.forms import BranchState
from bot.domain.objections import Objection, ObjectionState
from bot.domain.people import Role
from bot.scoring.facts import Fact
from bot.storage.ledger import facts_of
from bot.usecases.publicity.publish_quarter import rated_forms
from bot.usecases.rating.quarter_scores import branch_results
from sandbox import Person
from tests.conversations.closing import LECTURES, asks, branch_id_of, close, rated_with, result_of
from tests.conversations.conftest import FIRST, Stage
from tests.conversations.rated import Q4, forge, ledger_kinds, rating_of
from tests.conversations.shown import bound_group, stand_of

REFUSED = "您没有此项操作的权限。"
# Shown by the branch's closing on Sunday 25 October 2026; the first working day of publicity is the 26th.
LAST_MINUTE, ENDS = "2026-10-30 23:59", "2026-10-31 00:00"


async def objects(
    zhang: Person, stage: Stage, item: str = "主讲党课 6/6", text: str = "我讲了三次党课。", group: str = "思想先锋"
) -> None:
    """From the result letter: the dimension, the item, and a text."""
    await zhang.taps("⚖️ 我有异议")
    for label in filter(None, (group, item)):
        await zhang.taps(label)
    await zhang.says(text)
    await stage.settle()


async def objection_of(stage: Stage, name: str = "张伟") -> Objection:
    """The member's newest objection."""
    async with stage.app.core.store.read() as tx:
        member_id = next(one.member_id for one in await tx.people.all() if one.name == name)
        return (await tx.objections.of_member(member_id))[0]


async def shown(stage: Stage, *names: str) -> list[Person]:
    """The first branch's October is on show; Zhang Wei leads it with 70 points."""
    found = await rated_with(stage, *names, 张伟=LECTURES)
    await close(stage)
    return found


async def answers(person: Person, outcome: str, *taps: str, text: str) -> None:
    """The answerer taps through and writes."""
    for label in (outcome, *taps):
        await person.taps(label)
    await person.says(text)


async def test_what_was_changed_or_deducted_is_two_taps_and_a_text_away(stage: Stage) -> None:
    """Before the dimensions stand the items that somebody adjusted, and the duties that are not full."""
    (zhang,) = await rated_with(stage, "张伟", 张伟={**LECTURES, "post": (Fact("post", grade="mostly"),)})
    rating = await rating_of(stage, "张伟")
    (wang,) = await stage.persons("王书记")
    await forge(wang, AdjustRating(rating.rating_id, rating.revision, "lecture", 10, 300, 1))
    await close(stage)
    await zhang.taps("⚖️ 我有异议")
    assert zhang.last.labels == [
        "✏️ 主讲党课 3/6", "➖ 岗位职责 8/10", "思想先锋", "作风先锋", "履职先锋", "公益先锋", "独立加分",
        "整体（本季总分、名次）", "‹ 菜单",
    ]  # fmt: skip
    await zhang.taps("✏️ 主讲党课 3/6")
    await zhang.says("我讲了两次，不是一次。")
    await zhang.sees("异议事项：10月“主讲党课”")


async def test_other_items_are_found_by_their_dimension_and_the_way_back_leads_there(stage: Stage) -> None:
    """Only the dimension's items stand on its page; from the text page the way back is that page."""
    (zhang,) = await shown(stage, "张伟")
    await zhang.taps("⚖️ 我有异议")
    await zhang.taps("公益先锋")
    await zhang.sees("公益先锋，10月：请选择项目")
    assert [label.split(" ")[0] for label in zhang.last.labels] == [
        "联系服务群众", "结对互助", "志愿服务", "助残助困", "‹",
    ]  # fmt: skip
    await zhang.taps("志愿服务 0/4")
    await zhang.sees("请写明哪里不对")
    await zhang.taps("‹ 返回")
    await zhang.taps("‹ 返回")
    await zhang.taps("整体（本季总分、名次）")
    await zhang.sees("异议事项：整体")


async def test_two_taps_and_a_text_reach_somebody_who_did_not_decide_it(stage: Stage) -> None:
    """The secretary rated, so the commissioner answers; the card holds what was shown, frozen."""
    zhang, wang, li = await shown(stage, "张伟", "王书记", "李委员")
    await objects(zhang, stage)
    await zhang.sees("异议事项：10月“主讲党课”")
    await zhang.sees("⏳ 等待李委员答复，期限10月30日 24:00")
    await li.sees("⚖️ 有党员提出异议。您未参与该项评定，请您书面答复。")
    await li.sees("10月 主讲党课 6/6")
    await li.sees("初评：王书记")
    await li.sees("我讲了三次党课。")
    await wang.sees_not("异议事项")
    assert "⚖️ 1 份异议等您答复" in await asks(stage, li, "/menu")
    assert "· 2026年第4季度 10月“主讲党课”：等待答复" in await asks(stage, zhang, "/objection")
    assert "objection_filed" in await ledger_kinds(stage, "张伟")


async def test_an_upheld_objection_corrects_points_ranks_ledger_and_board(stage: Stage) -> None:
    """Other points for one item: the whole branch is ranked anew, old results are reversed, the group reads it."""
    wang, zhao, li = await rated_with(stage, "王书记", "赵敏", "李委员", 张伟=LECTURES)
    group = await bound_group(stage, wang, zhao)
    await close(stage)
    await wang.sees("1. 张伟 70", to=group)
    await objects(zhao, stage, "主讲党课 0/6", "九月底的两次党课未计入。\n请核对<签到表>。")
    await answers(li, "✅ 成立", "✏️ 更正分数", "6", text="经核对签到表，情况属实，予以更正。")
    await stage.settle()
    await zhao.sees("⚖️ 您的异议已有答复。")
    await zhao.sees("✅ 成立（李委员答复")
    await zhao.sees("经核对签到表，情况属实，予以更正。")
    await zhao.sees("✏️ 10月“主讲党课”：0 → 6 分")
    await zhao.sees("本季：60 → 66 分，支部名次已重新排列。")
    await wang.sees("✏️ 更正（10月25日）：赵敏 60 → 66 分", to=group)
    await wang.sees("2. 赵敏 66", to=group)
    await wang.sees_not("签到表", to=group)
    assert sum(bool(one.photo) for one in wang.messages_in(group)) == 1
    assert (await result_of(stage, "赵敏")).rank == 2
    assert (await result_of(stage, "孙喆")).rank == 3
    kinds = await ledger_kinds(stage, "赵敏")
    assert kinds[-4:] == ["form_corrected", "result_reversed", "result", "objection_answered"]
    assert (await ledger_kinds(stage, "孙喆"))[-2:] == ["result_reversed", "result"]
    assert (await ledger_kinds(stage, "张伟"))[-1] == "result"
    await reversals_point_at_results(stage)
    assert "李委员" in await asks(stage, zhao, "/why")


async def reversals_point_at_results(stage: Stage) -> None:
    """Each reversing entry names the entry that it reverses, with what stood there; the chain is whole."""
    async with stage.app.core.store.read() as tx:
        entries = {entry.seq: entry for entry in await tx.ledger.entries()}
        assert await tx.ledger.first_bad() is None
    reversing = [entry for entry in entries.values() if entry.kind == "result_reversed"]
    assert reversing
    for entry in reversing:
        facts, target = facts_of(entry), entries[facts_of(entry)["reverses"]]
        assert (target.kind, target.subject_id, target.seq < entry.seq) == ("result", entry.subject_id, True)
        assert [facts_of(target)[name] for name in ("centi", "rank", "of")] == [
            facts[name] for name in ("centi", "rank", "of")
        ]


async def test_results_after_corrections_are_what_the_forms_make(stage: Stage) -> None:
    """Whatever was upheld, in whatever order: stored results equal a recomputation from the forms."""
    zhang, zhao, li, sun = await shown(stage, "张伟", "赵敏", "李委员", "孙喆")
    await objects(zhang, stage, "主讲党课 6/6", "其中一次是代讲。")
    await answers(li, "◐ 部分成立", "✏️ 更正分数", "3", text="扣除代讲的一次。")
    await objects(zhao, stage, "结对互助 0/4", "结对两户。", "公益先锋")
    await answers(li, "✅ 成立", "✏️ 更正分数", "4", text="属实。")
    await objects(sun, stage, "岗位职责 10/10", "应为 8 分。", "履职先锋")
    await answers(li, "✅ 成立", "✏️ 更正分数", "8", text="按本人意见更正。")
    await stage.settle()
    async with stage.app.core.store.read() as tx:
        stand = await tx.periods.get_branch_quarter(await branch_id_of(stage, FIRST), Q4)
        ruleset_id = (await tx.periods.get_quarter(Q4)).ruleset_id
        fresh = await branch_results(tx, stand, ruleset_id, await rated_forms(tx, stand))
        stored = await tx.ratings.results_in(Q4, branch_id=stand.branch_id)
    assert {one.member_id: one for one in fresh} == {one.member_id: one for one in stored}
    assert [(await result_of(stage, name)).centi for name in ("张伟", "赵敏", "孙喆")] == [6700, 6400, 5800]
    await reversals_point_at_results(stage)


async def test_an_explanation_can_change_without_the_points(stage: Stage) -> None:
    """Partly upheld, the points stay: nobody is ranked anew."""
    zhang, li = await shown(stage, "张伟", "李委员")
    await objects(zhang, stage, "整体（本季总分、名次）", "说明写错了月份。", "")
    await answers(li, "◐ 部分成立", "📝 分数不变，只更正说明", text="说明应为十月。")
    await stage.settle()
    await zhang.sees("◐ 部分成立（李委员答复")
    await zhang.sees("分数不变。")
    assert "result_reversed" not in await ledger_kinds(stage, "张伟")


async def test_the_group_is_asked_once_and_then_it_is_closed(stage: Stage) -> None:
    """A rejection goes to an uninvolved seat; its answer is the last."""
    zhang, li, feng = await shown(stage, "张伟", "李委员", "冯办公室")
    await objects(zhang, stage)
    await answers(li, "❌ 不成立", text="满分为 6 分，已给满。")
    await stage.settle()
    await zhang.sees("❌ 不成立（李委员答复")
    await zhang.taps("🏛 请考核组复核")
    await stage.settle()
    await feng.sees("⚖️ 有党员请考核组复核异议答复，请您办理。")
    tap = await forge(li, AskOutcome((await objection_of(stage)).objection_id, 2, "rejected"))
    assert tap.answer.text == REFUSED
    await answers(feng, "❌ 不成立", text="复核无误。")
    await stage.settle()
    await zhang.sees("考核组复核答复")
    await zhang.sees("🏁 已办结")
    assert (await objection_of(stage)).state is ObjectionState.CLOSED
    tap = await forge(zhang, EscalateObjection((await objection_of(stage)).objection_id, 3))
    assert tap.answer.text.startswith("办理期限已于")


async def test_a_branch_is_final_only_when_every_objection_is_settled(stage: Stage) -> None:
    """Publicity ends with an objection open: it waits, however long, and is final with the last step."""
    zhang, li, feng = await shown(stage, "张伟", "李委员", "冯办公室")
    await objects(zhang, stage)
    await stage.travel("2026-11-20 09:00")
    assert (await stand_of(stage)).state is BranchState.PUBLIC
    assert (await objection_of(stage)).state is ObjectionState.OPEN
    assert "⏳ 公示已于10月30日 24:00结束，异议办结后定稿。" in await asks(stage, zhang, "/score")
    await feng.sees("⏰ 2026年第4季度下列异议逾期未答复：")
    await feng.sees("· 第一党支部：1 份，答复人李委员")
    await feng.sees_not("我讲了三次党课")
    await li.sees("⏰ 有一份异议应于10月30日 24:00前答复，现已逾期，请尽快办理。")
    await answers(li, "❌ 不成立", text="满分为 6 分，已给满。")
    await stage.settle()
    assert (await stand_of(stage)).state is BranchState.PUBLIC
    await zhang.taps("✅ 我接受答复")
    await stage.settle()
    assert (await stand_of(stage)).state is BranchState.FINAL


async def test_an_answer_stands_when_the_group_was_not_asked(stage: Stage) -> None:
    """Five working days after the answer it is closed by itself, and the branch is final."""
    zhang, li = await shown(stage, "张伟", "李委员")
    await objects(zhang, stage)
    await answers(li, "❌ 不成立", text="满分为 6 分，已给满。")
    await zhang.sees("10月30日 24:00前本人可请考核组复核一次，逾期即办结。")
    await stage.travel(ENDS)
    assert (await objection_of(stage)).state is ObjectionState.CLOSED
    assert (await stand_of(stage)).state is BranchState.FINAL


async def test_who_answers_is_reminded_the_day_before_and_on_the_day(stage: Stage) -> None:
    """Once a day, not before, and not any more when it is answered."""
    zhang, li = await shown(stage, "张伟", "李委员")
    await objects(zhang, stage)
    await stage.travel("2026-10-28 18:00")
    await li.sees_not("有一份异议等您答复，请在")
    await stage.travel("2026-10-29 09:00")
    await li.sees("⏰ 有一份异议等您答复，请在10月30日 24:00前办理。")
    await answers(li, "❌ 不成立", text="满分为 6 分，已给满。")
    before = len(li.messages)
    await stage.travel("2026-10-30 09:00")
    assert not any("异议等您答复" in (one.text or "") for one in li.messages[before:])


async def test_the_last_minute_counts_and_the_end_does_not(stage: Stage) -> None:
    """Publicity ends with an exclusive instant."""
    zhang, zhao = await shown(stage, "张伟", "赵敏")
    await stage.travel(LAST_MINUTE)
    await objects(zhang, stage)
    assert (await objection_of(stage)).state is ObjectionState.OPEN
    await zhao.taps("⚖️ 我有异议")
    await zhao.taps("思想先锋")
    await zhao.taps("主讲党课 0/6")
    await stage.travel(ENDS)
    await zhao.says("晚了一分钟。")
    await zhao.sees("办理期限已于10月30日 24:00截止。")
    tap = await forge(zhao, AskObjection(str(Q4)))
    assert tap.answer.text.startswith("办理期限已于10月30日 24:00截止。")


async def test_the_same_is_not_objected_to_twice_unless_it_was_withdrawn(stage: Stage) -> None:
    """The second is refused with where the first stands; another item is another objection."""
    (zhang,) = await shown(stage, "张伟")
    await objects(zhang, stage)
    await forge(zhang, AskObjection(str(Q4)))
    await zhang.taps("思想先锋")
    tap = await zhang.taps("⚖️ 主讲党课 6/6")
    assert tap.answer.text == "您已于10月25日就此提出过异议（等待答复），请看 /objection。"
    await zhang.taps("履职先锋")
    await zhang.taps("岗位职责 10/10")
    await zhang.says("另一项。")
    await stage.settle()
    await zhang.sees("另一项。")
    found = (await objection_of(stage)).objection_id - 1
    await forge(zhang, WithdrawObjection(found, 0))
    await zhang.sees("🏁 已撤回")
    await forge(zhang, AskObjectionText(str(Q4), 10, "lecture"))
    await zhang.says("再次提出。")
    await zhang.sees("再次提出。")
    assert (await objection_of(stage)).state is ObjectionState.OPEN


@pytest.mark.parametrize(
    ("text", "refusal"), [("\u200e", "请用文字回复"), ("字" * 501, "超过 500 字")], ids=["nothing", "too long"]
)
async def test_an_objection_needs_a_text_of_a_fitting_length(stage: Stage, text: str, refusal: str) -> None:
    """Nothing visible, or more than is kept: asked for again."""
    (zhang,) = await shown(stage, "张伟")
    await zhang.taps("⚖️ 我有异议")
    await zhang.taps("思想先锋")
    await zhang.taps("主讲党课 6/6")
    await zhang.says(text)
    await stage.settle()
    async with stage.app.core.store.read() as tx:
        assert not await tx.objections.in_quarter(Q4)
    await zhang.says("我讲了三次党课。")
    await zhang.sees("⏳ 等待")


async def test_answering_and_withdrawing_at_once_leave_one_truth(stage: Stage) -> None:
    """Either it was answered and the withdrawal came too late, or the other way round; both are told truly."""
    zhang, li = await shown(stage, "张伟", "李委员")
    await objects(zhang, stage)
    found = await objection_of(stage)
    await forge(li, AskWrittenAnswer(found.objection_id, found.revision, "rejected"))
    tap, _said = await asyncio.gather(
        forge(zhang, WithdrawObjection(found.objection_id, found.revision)), li.says("满分为 6 分。")
    )
    await stage.settle()
    state = (await objection_of(stage)).state
    if state is ObjectionState.WITHDRAWN:
        assert tap.answer.text == "已撤回。"
        await li.sees("张伟 已先处理")
    else:
        assert state is ObjectionState.ANSWERED
        assert "李委员 已先处理" in tap.answer.text


async def test_of_two_of_the_committee_who_answer_at_once_one_counts(stage: Stage) -> None:
    """Nobody independent is left, so the committee answers; the second tap is told who did, and what."""
    zheng, chen, zhang = await shown(stage, "郑党委", "陈管理", "张伟")
    async with stage.app.core.store.write() as tx:
        people = {one.name: one for one in await tx.people.all()}
        office = next(iter(people["郑党委"].offices))
        assert office.role is Role.COMMITTEE
        today = stage.app.core.do.timetable.day_of(tx.now)
        await tx.people.set_offices(people["陈管理"].member_id, people["陈管理"].branch_id, frozenset({office}), today)
    await objects(zhang, stage)
    found = await objection_of(stage)
    async with stage.app.core.store.write() as tx:
        await tx.objections.change(found, answerer_id=None)
    for person in (zheng, chen):
        await forge(person, AskWrittenAnswer(found.objection_id, found.revision + 1, "rejected"))
    await together(zheng.says("维持。"), chen.says("也维持。"))
    await stage.settle()
    screens = [person.screen() for person in (zheng, chen)]
    assert sum("已先处理" in screen for screen in screens) == 1
    assert (await ledger_kinds(stage, "张伟")).count("objection_answered") == 1


async def together(*deeds: Awaitable[object]) -> None:
    """Let these happen at once."""
    await asyncio.gather(*deeds)


@pytest.mark.parametrize("name", ["王书记", "赵敏", "钱书记", "冯办公室", "陈管理"])
async def test_nobody_else_answers_withdraws_or_reads(stage: Stage, name: str) -> None:
    """Who decided it, a colleague, another branch, a department, the administrator: refused, and nothing changes."""
    zhang, person = await shown(stage, "张伟", name)
    await objects(zhang, stage)
    found = await objection_of(stage)
    key = found.objection_id, found.revision
    forged: tuple[Action, ...] = (
        OpenObjection(key[0]), WithdrawObjection(*key), AcceptAnswer(*key), EscalateObjection(*key),
        AskOutcome(*key, "upheld"), AskCorrectedPoints(*key, "upheld", 10, "lecture"),
        AskWrittenAnswer(*key, "upheld", 10, "lecture", 300), AskWrittenAnswer(key[0], 7, "rejected"),
        ExportObjections(str(Q4)),
    )  # fmt: skip
    for action in forged:
        tap = await forge(person, action)
        assert tap.answer.text == REFUSED, action
    await person.sees_not("三次党课")
    assert await objection_of(stage) == found


async def test_the_member_cannot_answer_himself(stage: Stage) -> None:
    """The commissioner's own objection goes past himself and past the secretary who rated him."""
    li, feng = await shown(stage, "李委员", "冯办公室")
    await objects(li, stage, "主讲党课 0/6", "漏记一次。")
    found = await objection_of(stage, "李委员")
    await feng.sees("漏记一次。")
    tap = await forge(li, AskWrittenAnswer(found.objection_id, found.revision, "upheld", 10, "lecture", 600))
    assert tap.answer.text == REFUSED


async def test_points_beyond_the_item_are_refused(stage: Stage) -> None:
    """Typed or forged: the item's own bounds hold."""
    zhang, li = await shown(stage, "张伟", "李委员")
    await objects(zhang, stage)
    await li.taps("✅ 成立")
    await li.taps("✏️ 更正分数")
    await li.says("9")
    await li.sees("该项分值范围为 0 至 6 分")
    await li.says("3")
    await li.sees("6 → 3 分")
    found = await objection_of(stage)
    tap = await forge(li, AskWrittenAnswer(found.objection_id, found.revision, "upheld", 10, "lecture", 700))
    assert "6" in tap.answer.text
    tap = await forge(li, AskWrittenAnswer(found.objection_id, found.revision, "upheld", 10, "nothing", 0))
    assert "/menu" in tap.answer.text


async def test_the_file_is_for_the_committee_and_leaves_a_trace(stage: Stage) -> None:
    """A PDF with every objection; that it was taken stands in the ledger."""
    zhang, li, zheng = await shown(stage, "张伟", "李委员", "郑党委")
    await objects(zhang, stage)
    await answers(li, "❌ 不成立", text="满分为 6 分，已给满。")
    await asks(stage, zheng, "/objection")
    await zheng.taps("⬇️ 2026年第4季度异议档案（PDF）")
    assert zheng.last.document.name == "objections-2026Q4.pdf"
    assert zheng.last.document.data.startswith(b"%PDF")
    async with stage.app.core.store.read() as tx:
        assert (await tx.ledger.entries())[-1].kind == "objections_exported"


async def test_before_anything_is_shown_there_is_nothing_to_object_to(stage: Stage) -> None:
    """Said in a sentence."""
    (zhang,) = await rated_with(stage, "张伟")
    assert "目前没有正在公示的积分，您也没有提出过异议。" in await asks(stage, zhang, "/objection")
    tap = await forge(zhang, AskObjection(str(Q4)))
    assert tap.answer.text == "本季积分不在公示期内，不能提出异议。"
