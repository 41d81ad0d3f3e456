"""The month's form, as members live it."""

from __future__ import annotations

import io

from PIL import Image

from tests.conversations.conftest import Stage


def photo(colour: str = "red") -> bytes:
    """A small picture."""
    content = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "JPEG")
    return content.getvalue()


async def test_a_usual_month_takes_two_taps_after_the_card_arrives(stage: Stage) -> None:
    """A member whose month was as usual confirms and hands in."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("👍 其余如常（14）")
    tap = await zhang.taps("📤 提交")
    assert tap.answer.text == "已提交，谢谢！"
    await zhang.sees("已提交 10月25日")
    await zhang.sees("当前积分 60 / 100")


async def test_the_total_grows_with_every_tap_on_one_message(stage: Stage) -> None:
    """The card is one message that is edited in place, with the total so far."""
    (zhang,) = await stage.open_october("张伟")
    before = len(zhang.messages)
    await zhang.taps("思想先锋 0/3")
    await zhang.taps("· 主讲党课")
    await zhang.taps("＋")
    await zhang.sees("→ 得 3 分")
    await zhang.taps("＋")
    await zhang.sees("→ 得 6 分")
    assert len(zhang.messages) == before


async def test_a_grade_leads_on_to_the_next_open_item(stage: Stage) -> None:
    """After a choice the next open item comes up by itself."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("履职先锋 0/4")
    await zhang.taps("· 岗位职责")
    await zhang.taps("○ 基本完成 · 8")
    await zhang.sees("党员承诺")
    await zhang.taps("‹ 返回")
    await zhang.sees("✓ 岗位职责 8/10")


async def test_a_claim_without_its_evidence_cannot_be_handed_in(stage: Stage) -> None:
    """Innovation needs a photo or file; the summary says so and leads there."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("履职先锋 0/4")
    await zhang.taps("· 业务创新攻坚")
    await zhang.taps("＋")
    await zhang.sees("此项须附佐证")
    await zhang.taps("‹ 返回")
    await zhang.taps("‹ 返回")
    await zhang.taps("👍 其余如常（13）")
    await zhang.sees("还缺佐证：业务创新攻坚")
    await zhang.taps("📎 业务创新攻坚")
    await zhang.taps("📎 说明或佐证")
    await zhang.sends_photo(photo())
    await zhang.sees("已附佐证 1 份")
    await zhang.says("智能对账工具上线")
    await zhang.sees("📝 智能对账工具上线")
    await zhang.taps("‹ 返回")
    await zhang.taps("‹ 返回")
    await zhang.taps("📤 查看并提交")
    await zhang.taps("📤 提交")
    await zhang.sees("当前积分 64 / 100")


async def test_the_same_photo_twice_is_one_piece_of_evidence(stage: Stage) -> None:
    """Evidence is known by its content."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("履职先锋 0/4")
    await zhang.taps("· 业务创新攻坚")
    await zhang.taps("📎 说明或佐证")
    await zhang.sends_photo(photo())
    await zhang.sees("已附佐证 1 份")
    await zhang.sends_photo(photo())
    await zhang.sends_document(b"%PDF-1.4 made up", name="证明.pdf")
    await zhang.sees("已附佐证 2 份")
    await zhang.taps("🗑 移除最后一份")
    await zhang.sees("已附佐证 1 份")


async def test_a_form_can_be_taken_back_until_the_month_closes(stage: Stage) -> None:
    """Withdraw, change, hand in again; after the close there is no such button, and an old one is told so."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("👍 其余如常（14）")
    await zhang.taps("📤 提交")
    old = zhang.last
    await zhang.taps("✏️ 撤回修改")
    await zhang.sees("14/14")
    await zhang.taps("📤 查看并提交")
    await zhang.taps("📤 提交")
    await stage.travel("2026-11-03 00:00")
    tap = await zhang.taps("✏️ 撤回修改", on=old)
    assert "已截止" in tap.answer.text
    await zhang.sees_not("✏️ 撤回修改")


async def test_what_was_seen_is_what_is_handed_in(stage: Stage) -> None:
    """A second device changes an answer after the summary was shown: the old 提交 is refused and shows the new form."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("👍 其余如常（14）")
    summary = zhang.last
    submit = next(button for row in summary.buttons for button in row if button.label == "📤 提交")
    await zhang.taps("‹ 返回")
    await zhang.taps("思想先锋 ✓")
    await zhang.taps("✓ 主讲党课")
    await zhang.taps("＋")
    tap = await zhang.taps(data=submit.data, on=summary)
    assert "卡片已更新" in tap.answer.text
    await zhang.sees("当前积分 63 / 100")
    await zhang.sees_not("已提交")


async def test_an_unfinished_form_goes_on_after_a_new_start(stage: Stage) -> None:
    """Answers are rows, so /form on another device shows them all."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("公益先锋 0/4")
    await zhang.taps("· 志愿服务")
    await zhang.taps("＋")
    await zhang.says("/form")
    await zhang.sees("公益先锋 1/4")


async def test_reminders_go_only_to_those_who_have_not_handed_in(stage: Stage) -> None:
    """T-3, T-1 and the last day; "not today" is respected; who has handed in hears nothing."""
    zhang, zhao = await stage.open_october("张伟", "赵敏")
    await zhang.taps("👍 其余如常（14）")
    await zhang.taps("📤 提交")
    await stage.travel("2026-10-30 17:00")
    await zhao.sees("还在等您")
    await zhang.sees_not("还在等您")
    await zhao.taps("🌙 今天不再提醒")
    await stage.travel("2026-11-02 17:00")
    await zhao.sees("最后一天")
    await zhang.sees_not("最后一天")


async def test_not_today_silences_the_days_reminder_and_no_more(stage: Stage) -> None:
    """Who was asked by his branch and put it off is not asked again that day; on the last day he is."""
    li, zhang, zhao = await stage.open_october("李委员", "张伟", "赵敏")
    await stage.app.core.do.change_switch("prompts_a_month", "8")
    await stage.travel("2026-10-30 10:00")
    await li.says("/desk")
    await li.taps("🔔 提醒未提交（2）")
    await stage.settle()
    await zhang.taps("🌙 今天不再提醒")
    await stage.travel("2026-10-30 17:01")
    await zhao.sees("还在等您")
    await zhang.sees_not("还在等您")
    await stage.travel("2026-11-02 17:01")
    await zhang.sees("最后一天")


async def test_not_handing_in_costs_nothing_and_the_summary_says_so(stage: Stage) -> None:
    """Silence is never a deduction."""
    (zhang,) = await stage.open_october("张伟")
    await stage.travel("2026-11-03 09:00")
    await zhang.sees("未提交本身不扣分")
    await zhang.sees("自评 60 分")


async def test_who_does_only_his_duties_is_told_privately_what_is_open_to_him(stage: Stage) -> None:
    """Base is 60 and the line is 70: the bot says early what else counts."""
    (zhang,) = await stage.open_october("张伟")
    await zhang.taps("👍 其余如常（14）")
    await zhang.taps("📤 提交")
    await stage.travel("2026-11-03 09:00")
    await zhang.sees("仅您本人可见：尽到全部本分可得 60 分")
    await zhang.sees("主讲党课 +6")


async def test_a_month_costs_no_more_than_four_prompts(stage: Stage) -> None:
    """Card, three reminders and summary would be five: in December the middle reminder yields."""
    (zhang,) = await stage.persons("张伟")
    await stage.travel("2026-12-25 09:00")
    await stage.travel("2026-12-28 17:00")
    assert zhang.screen().count("还在等您，截止 12月") == 1
    await stage.travel("2026-12-30 17:00")
    assert zhang.screen().count("还在等您，截止 12月") == 1
    await stage.travel("2026-12-31 17:00")
    await zhang.sees("今天是 2026年12月 自评的最后一天")
    await stage.travel("2027-01-01 09:00")
    await zhang.sees("2026年12月 自评 60 分")


async def test_an_organisation_can_allow_more_prompts(stage: Stage) -> None:
    """With five a month nothing yields."""
    (zhang,) = await stage.persons("张伟")
    await stage.app.core.do.change_switch("prompts_a_month", "5")
    await stage.travel("2026-12-25 09:00")
    await stage.travel("2026-12-30 17:00")
    assert zhang.screen().count("还在等您，截止 12月") == 2
