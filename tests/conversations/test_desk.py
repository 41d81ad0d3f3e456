"""The branch desk: who has handed in, asking, sending back, filling in for a member, roll and dues."""

from __future__ import annotations

import pytest

from bot.domain.actions.desk import (
    AskReturnForm,
    EnterForMember,
    OpenMemberForm,
    OpenRollItem,
    RecordCount,
    RecordNothing,
    ReturnForm,
)
from bot.domain.forms import FormState, RatingState
from bot.sheets.roster import Roster
from tests.conversations.conftest import FIRST, Stage, demo_people, roster_row
from tests.conversations.rated import forge, form_of, hand_in, ledger_kinds, rated_stage, rating_of

REFUSED = "您没有此项操作的权限。"


async def test_the_desk_shows_who_is_missing(stage: Stage) -> None:
    """Progress, names, and who has no account, at one glance."""
    li, _ = await stage.open_october("李委员", "张伟")
    await hand_in(stage, "赵敏")
    await li.says("/desk")
    await li.sees("▰▰▱▱▱▱▱▱▱▱ 1/5 · 截止 11月2日 24:00")
    await li.sees("未提交：王书记、李委员、张伟、孙喆")
    await li.sees("📵 未绑定或联系不上：王书记、孙喆")
    labels = li.last.labels
    assert {"⏳ 张伟", "📵 孙喆", "✅ 赵敏"} <= set(labels)
    assert not any("李委员" in label for label in labels)


async def test_who_has_not_handed_in_is_asked_once_a_day(stage: Stage) -> None:
    """One tap asks all who can be reached; a second tap the same day is told so, by whoever of the two it comes."""
    li, wang, zhang = await stage.open_october("李委员", "王书记", "张伟")
    await hand_in(stage, "王书记")
    await wang.says("/desk")
    await li.says("/desk")
    await li.sees("🔔 提醒未提交（1）")
    tap = await li.taps("🔔 提醒未提交（1）")
    assert tap.answer.text == "🔔 已提醒 1 人。"
    await stage.settle()
    await zhang.sees("支部提醒您填写 2026年10月 自评表")
    await li.sees("🔔 今日已提醒")
    tap = await wang.taps("🔔 提醒未提交（2）")
    assert tap.answer.text == "今天已经提醒过了，每天提醒一次即可。"
    await stage.travel("2026-10-26 10:00")
    await li.says("/desk")
    await li.taps("🔔 提醒未提交（1）")
    await stage.settle()
    asked = [message for message in zhang.messages if "支部提醒您" in message.text]
    assert len(asked) == 2


async def test_who_asked_for_rest_is_left_alone_today_and_the_leader_is_told(stage: Stage) -> None:
    """ "Not today" holds against a leader's tap too; tomorrow he can be asked."""
    li, zhang, zhao = await stage.open_october("李委员", "张伟", "赵敏")
    await stage.travel("2026-10-30 17:00")
    await zhang.taps("🌙 今天不再提醒")
    await li.says("/desk")
    tap = await li.taps("🔔 提醒未提交（2）")
    assert tap.answer.text == "🔔 已提醒 1 人。 🌙 今天想歇一歇：张伟。"
    await stage.settle()
    await zhao.sees("支部提醒您")
    await zhang.sees_not("支部提醒您")
    await stage.travel("2026-10-31 10:00")
    await li.says("/desk")
    await li.taps("🔔 提醒未提交（2）")
    await stage.settle()
    await zhang.sees("支部提醒您")


async def test_nobody_is_asked_more_often_than_a_month_allows(stage: Stage) -> None:
    """The card, two nudges and the summary to come are four: a third nudge spares him, and the leader is told."""
    li, zhang = await stage.open_october("李委员", "张伟")
    for day in ("26", "27"):
        await stage.travel(f"2026-10-{day} 10:00")
        await li.says("/desk")
        await li.taps("🔔 提醒未提交（1）")
    await stage.travel("2026-10-28 10:00")
    await li.says("/desk")
    tap = await li.taps("🔔 提醒未提交（1）")
    assert tap.answer.text == "🔔 已提醒 0 人。 1 人本月已提醒得够多，不再打扰。"
    await stage.travel("2026-11-03 09:00")
    assert len([message for message in zhang.messages if "2026年10月" in (message.text or "")]) == 4


async def test_the_commissioner_sends_a_form_back_from_the_desk(stage: Stage) -> None:
    """He looks at the form, gives a reason, and the member reads it."""
    li, zhang = await stage.open_october("李委员", "张伟")
    await hand_in(stage, "张伟")
    await li.says("/desk")
    await li.taps("✅ 张伟")
    await li.sees("60 分")
    await li.taps("↩️ 退回")
    await li.taps("请核对次数")
    await li.sees("↩️ 张伟")
    await stage.settle()
    await zhang.sees("请核对次数")
    assert (await form_of(stage, "张伟")).state is FormState.RETURNED
    assert (await ledger_kinds(stage, "张伟"))[-1] == "form_returned"


@pytest.mark.parametrize("name", ["赵敏", "张伟", "周委员", "郑党委", "陈管理"])
async def test_only_the_leaders_of_the_branch_send_a_form_back(stage: Stage, name: str) -> None:
    """Not a colleague, not the member himself, nobody of another branch, whatever his office; ids are no secrets."""
    (somebody,) = await stage.open_october(name)
    await hand_in(stage, "张伟")
    form = await form_of(stage, "张伟")
    for action in (ReturnForm(form.form_id, form.revision, 1), AskReturnForm(form.form_id, form.revision)):
        tap = await forge(somebody, action)
        assert tap.answer.text == REFUSED
    assert await form_of(stage, "张伟") == form


async def test_a_commissioner_who_was_replaced_meanwhile_sends_nothing_back(stage: Stage) -> None:
    """The reason was asked of him while he was in office; when he types it he is not any more."""
    li, _ = await stage.open_october("李委员", "张伟")
    await hand_in(stage, "张伟")
    await li.says("/desk")
    await li.taps("✅ 张伟")
    await li.taps("↩️ 退回")
    async with stage.app.core.store.write() as tx:
        actor = await tx.accounts.get_actor(li.user_id)
        await tx.people.set_offices(actor.person.member_id, actor.person.branch_id, frozenset(), tx.now.date())
    await li.says("请重新核对次数")
    await li.sees(REFUSED)
    assert (await form_of(stage, "张伟")).state is FormState.SUBMITTED


async def test_a_form_sent_back_from_the_desk_keeps_the_rating_waiting(stage: Stage) -> None:
    """While the quarter is rated the card waits for the form too; a decided one is not undone from the desk."""
    li, wang = await rated_stage(stage, "李委员", "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 赵敏 60")
    await wang.taps("✅ 通过")
    await li.says("/desk")
    await li.taps("✅ 张伟")
    await li.taps("↩️ 退回")
    await li.taps("请核对次数")
    assert (await rating_of(stage, "张伟")).state is RatingState.RETURNED
    await li.taps("✅ 赵敏")
    await li.taps("↩️ 退回")
    tap = await li.taps("请核对次数")
    assert tap.answer.text == "王书记 已先处理：已通过（10月25日 09:00）。"
    assert (await form_of(stage, "赵敏")).state is FormState.SUBMITTED


async def test_a_form_is_filled_in_for_a_member_without_a_phone(stage: Stage) -> None:
    """The commissioner enters it, it is marked everywhere, and the way leads back to the desk."""
    li, wang = await stage.open_october("李委员", "王书记")
    await li.says("/desk")
    await li.taps("📵 孙喆")
    await li.taps("✍️ 代填")
    await li.sees("您正在为 孙喆 代填")
    await li.taps("👍 其余如常（14）")
    await li.taps("📤 提交")
    await li.sees("（代填）")
    await li.taps("‹ 支部工作台")
    await li.sees("✍️ 孙喆")
    form = await form_of(stage, "孙喆")
    assert form.state is FormState.SUBMITTED
    assert form.by_proxy
    for name in ("王书记", "李委员", "张伟", "赵敏"):
        await hand_in(stage, name)
    await stage.app.core.do.close_month(form.month)
    await stage.app.core.do.open_quarter(form.month.quarter)
    await wang.says("/rate")
    await wang.taps("⚠️ 孙喆 60")
    await wang.sees("10月 由李委员代填")


async def test_who_has_a_phone_answers_himself(stage: Stage) -> None:
    """No button to fill in for a reachable member; a forged one is refused, and so is the secretary's."""
    li, wang, _ = await stage.open_october("李委员", "王书记", "张伟")
    await li.says("/desk")
    await li.taps("⏳ 张伟")
    assert "✍️ 代填" not in li.last.labels
    form = await form_of(stage, "张伟")
    assert (await forge(li, EnterForMember(form.form_id))).answer.text == REFUSED
    assert (await forge(wang, EnterForMember((await form_of(stage, "孙喆")).form_id))).answer.text == REFUSED


async def test_the_roll_before_the_form_opens_fills_it_in(stage: Stage) -> None:
    """Recorded on the 20th; on the 25th the member finds it in his form."""
    li, zhang = await stage.persons("李委员", "张伟")
    await li.says("/desk")
    await li.sees("本月自评表尚未开放")
    await li.taps("🗒 考勤与党费")
    await li.taps("三会一课 0/4")
    await li.taps("张伟 ·")
    await li.taps("＋")
    await li.sees("张伟: 无故缺席 1次")
    await li.taps("‹ 返回")
    tap = await li.taps("✓ 其余全部正常（3）")
    assert tap.answer.text == "✓ 已登记 3 人。"
    await li.sees("赵敏 ✓")
    await stage.travel("2026-10-25 09:00")
    await zhang.sees("三会一课 8/12")
    assert (await form_of(stage, "张伟")).total_centi == 5600
    assert (await ledger_kinds(stage, "张伟"))[-1] == "facts_recorded"


async def test_the_roll_after_the_form_opened_changes_its_total(stage: Stage) -> None:
    """The answers and the total follow in the same commit; the member's old card is out of date."""
    li, zhang = await stage.open_october("李委员", "张伟")
    await zhang.taps("👍 其余如常（14）")
    await li.says("/desk")
    await li.taps("🗒 考勤与党费")
    await li.taps("党费 0/4")
    await li.taps("张伟 ·")
    await li.taps("＋")
    await li.sees("逾期缴纳 1次")
    assert (await form_of(stage, "张伟")).total_centi == 5700
    tap = await zhang.taps("📤 提交")
    assert tap.answer.text == "卡片已更新，请看最新内容。"
    assert (await form_of(stage, "张伟")).state is FormState.OPEN


async def test_counts_are_absolute_and_can_be_taken_back(stage: Stage) -> None:
    """Minus undoes, nothing amiss clears, and the same tap twice counts once."""
    (li,) = await stage.open_october("李委员")
    await li.says("/desk")
    await li.taps("🗒 考勤与党费")
    await li.taps("三会一课 0/4")
    await li.taps("张伟 ·")
    page = li.last
    plus = next(button for row in page.buttons for button in row if button.label == "＋")
    await li.taps(data=plus.data, on=page)
    await li.taps(data=plus.data, on=page)
    await li.sees("张伟: 无故缺席 1次")
    await li.taps("✓ 正常")
    await li.sees("张伟 ✓")
    assert (await form_of(stage, "张伟")).total_centi == 6000


async def test_imported_grades_can_be_recorded_by_hand(stage: Stage) -> None:
    """The performance appraisal is one of its grades; there is no 'all as usual' for it."""
    (li,) = await stage.open_october("李委员")
    await li.says("/desk")
    await li.taps("🗒 考勤与党费")
    await li.taps("绩效考核 0/4")
    assert not any("正常" in label for label in li.last.labels)
    await li.taps("张伟 ·")
    await li.taps("○ 优秀 · 6")
    await li.sees("张伟: 优秀")
    assert (await form_of(stage, "张伟")).total_centi == 6600


async def test_nobody_records_his_own_facts(stage: Stage) -> None:
    """The commissioner is not on his own roll; the secretary records for him."""
    li, wang = await stage.open_october("李委员", "王书记")
    own = (await form_of(stage, "李委员")).member_id
    await li.says("/desk")
    await li.taps("🗒 考勤与党费")
    await li.taps("党费 0/4")
    assert not any("李委员" in label for label in li.last.labels)
    tap = await forge(li, RecordCount("2026-10", "dues", own, "late", 0))
    assert tap.answer.text == REFUSED
    await forge(wang, RecordCount("2026-10", "dues", own, "late", 1))
    await wang.sees("李委员: 逾期缴纳 1次")


@pytest.mark.parametrize("name", ["张伟", "钱书记", "郑党委", "陈管理"])
async def test_the_desk_is_the_leaders_of_the_own_branch(stage: Stage, name: str) -> None:
    """Members, other branches' secretaries, committee and admin neither see a form nor record anything here."""
    (stranger,) = await stage.open_october(name)
    form = await form_of(stage, "赵敏")
    for action in (
        OpenMemberForm(form.form_id),
        EnterForMember(form.form_id),
        RecordNothing("2026-10", "meetings", form.member_id),
    ):
        assert (await forge(stranger, action)).answer.text == REFUSED
    async with stage.app.core.store.read() as tx:
        assert await tx.forms.records(form.month) == []


async def test_a_decided_quarter_takes_no_new_facts(stage: Stage) -> None:
    """Once a member is approved his roll stands; who decided is said."""
    li, wang = await rated_stage(stage, "李委员", "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✅ 通过")
    member_id = (await form_of(stage, "张伟")).member_id
    tap = await forge(li, RecordCount("2026-10", "meetings", member_id, "absent", 1))
    assert tap.answer.text == "王书记 已先处理：已通过（10月25日 09:00）。"
    await li.says("/desk")
    await li.taps("🗒 考勤与党费")
    await li.taps("三会一课 0/4")
    tap = await li.taps("✓ 其余全部正常（4）")
    assert tap.answer.text == "✓ 已登记 3 人。"


async def test_months_to_come_and_forged_items_are_refused(stage: Stage) -> None:
    """A month that has not begun, and an item that members answer themselves."""
    (li,) = await stage.open_october("李委员")
    tap = await forge(li, OpenRollItem("2026-11", "meetings"))
    assert tap.answer.text == "2026年11月尚未开放，时间请见 /calendar。"
    tap = await forge(li, OpenRollItem("2026-10", "post"))
    assert tap.answer.text == "这项内容已不存在，请发送 /menu 查看。"
    tap = await forge(li, OpenRollItem("2026-99", "meetings"))
    assert tap.answer.text == "这项内容已不存在，请发送 /menu 查看。"


async def test_the_desk_speaks_the_persons_language(stage: Stage) -> None:
    """Who chose English reads English on the desk and in the rating, presets included."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/language")
    await wang.taps("English")
    await wang.says("/desk")
    await wang.taps("🗒 Roll and dues")
    await wang.sees("Which item do you record?")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("↩️ Send back")
    await wang.taps("please check the numbers")
    assert (await form_of(stage, "张伟")).returned_reason == "please check the numbers"


async def test_namesakes_are_told_apart_wherever_a_leader_decides(stage: Stage) -> None:
    """Two members of one name in one branch carry the end of their staff numbers."""
    people = [*demo_people().rows, roster_row("311", "张伟", FIRST)]
    await stage.app.core.do.import_roster(Roster(tuple(people)))
    (li,) = await stage.open_october("李委员")
    await li.says("/desk")
    await li.sees("张伟·102")
    await li.sees("张伟·311")
