"""A rater decides against an answer, or sends a form back: item, month, points, reason."""

from __future__ import annotations

import json

from bot.domain.forms import FormState, RatingState
from bot.domain.periods import Month
from bot.scoring.facts import Fact
from tests.conversations.conftest import Stage
from tests.conversations.rated import (
    form_of,
    hand_in,
    ledger_kinds,
    open_rating,
    rated_stage,
    rating_of,
)

NOVEMBER = Month(2026, 11)


async def test_adjusting_by_taps_changes_the_points_and_says_why(stage: Stage) -> None:
    """Item, points, reason; one month counts, so it is not asked; the card waits for its approval."""
    (wang,) = await stage.open_october("王书记")
    await hand_in(stage, "张伟", {"lecture": (Fact("lecture", "given", count=2),)})
    await open_rating(stage)
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 66")
    await wang.taps("✏️ 调整")
    await wang.taps("● 主讲党课")
    await wang.sees("10月 主讲党课，现为 6 分")
    await wang.taps("3")
    await wang.taps("重复申报")
    await wang.sees("本季 63 分")
    await wang.sees("✏️ 6 → 3 分：重复申报（王书记）")
    form = await form_of(stage, "张伟")
    assert form.total_centi == 6300
    assert form.overrides[0]["item"] == "lecture"
    assert (await ledger_kinds(stage, "张伟"))[-1] == "form_adjusted"
    await wang.taps("✅ 通过")
    assert (await rating_of(stage, "张伟")).state is RatingState.APPROVED


async def test_the_ledger_keeps_an_adjustment_with_its_reason(stage: Stage) -> None:
    """Before and after in hundredths; the reason lies beside the chain, which verifies."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✏️ 调整")
    await wang.taps("党员承诺")
    await wang.taps("2")
    await wang.says("走访记录只有一次")
    await wang.sees("4 → 2 分：走访记录只有一次")
    async with stage.app.core.store.read() as tx:
        entry = next(one for one in await tx.ledger.entries() if one.kind == "form_adjusted")
        body = json.loads(entry.body)
        assert (body["item"], body["before_centi"], body["after_centi"]) == ("pledge", 400, 200)
        assert (body["total_before_centi"], body["total_centi"]) == (6000, 5800)
        assert "走访" not in entry.body
        assert [reason.text async for _, reason in tx.ledger.stream() if reason] == ["走访记录只有一次"]
        assert await tx.ledger.first_bad() is None


async def test_typed_points_must_fit_the_item(stage: Stage) -> None:
    """A number that the item can never have is refused with its bounds, and asked again."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✏️ 调整")
    await wang.taps("主讲党课")
    await wang.says("7")
    await wang.sees("该项分值范围为 0 至 6 分。")
    await wang.says("三分")
    await wang.sees("请按这样的格式填写：2.5")
    await wang.says("4.5分")
    await wang.sees("0 → 4.5 分")
    await wang.says("支委会核实，主讲一次半")
    await wang.sees("本季 64.5 分")


async def test_an_outstanding_contribution_is_given_within_its_range(stage: Stage) -> None:
    """Bonus items are adjustable too; they count for the year and leave the month's points alone."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✏️ 调整")
    await wang.taps("突出贡献")
    await wang.taps("3")
    await wang.says("抗洪抢险")
    await wang.sees("🎖 10月 突出贡献 3（计入年度）")
    await wang.sees("本季 60 分")


async def test_an_approved_card_can_be_adjusted_and_waits_again(stage: Stage) -> None:
    """Adjusting is the way back; the ledger has both decisions."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✅ 通过")
    await wang.says("/rate")
    await wang.taps("✅ 张伟 60")
    await wang.taps("✏️ 调整")
    await wang.taps("主讲党课")
    await wang.taps("6")
    await wang.taps("支委会集体议定")
    assert (await rating_of(stage, "张伟")).state is RatingState.PENDING
    await wang.taps("✅ 通过")
    assert (await ledger_kinds(stage, "张伟"))[-3:] == ["rating_approved", "form_adjusted", "rating_approved"]


async def test_adjustments_can_be_dropped(stage: Stage) -> None:
    """The answers count again as they were given."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✏️ 调整")
    await wang.taps("主讲党课")
    await wang.taps("6")
    await wang.taps("支委会集体议定")
    await wang.sees("本季 66 分")
    await wang.taps("↺ 撤销调整")
    await wang.sees("本季 60 分")
    assert (await form_of(stage, "张伟")).overrides == []
    assert (await ledger_kinds(stage, "张伟"))[-1] == "adjustments_dropped"


async def test_a_returned_form_comes_back_and_waits_again(stage: Stage) -> None:
    """The member reads the reason, changes, hands in after the close of the month; the card waits again."""
    wang, zhang = await rated_stage(stage, "王书记", "张伟")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("↩️ 退回")
    await wang.says("请补充党课佐证")
    await wang.sees("李委员 · 2026年第4季度")
    await stage.settle()
    await zhang.sees("请补充党课佐证")
    rating = await rating_of(stage, "张伟")
    assert rating.state is RatingState.RETURNED
    await zhang.taps("📋 打开自评表")
    await zhang.taps("思想先锋 ✓")
    await zhang.taps("✓ 主讲党课")
    await zhang.taps("＋")
    await zhang.sees("→ 得 3 分")
    await zhang.says("/form")
    await zhang.taps("📤 查看并提交")
    await zhang.taps("📤 提交")
    assert (await rating_of(stage, "张伟")).state is RatingState.PENDING
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 63")
    await wang.taps("✅ 通过")
    assert (await rating_of(stage, "张伟")).state is RatingState.APPROVED


async def test_a_form_that_never_comes_back_does_not_hold_up_the_branch(stage: Stage) -> None:
    """The rater can approve what is there; the member's form is closed again."""
    wang, zhang = await rated_stage(stage, "王书记", "张伟")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("↩️ 退回")
    await wang.taps("请补充佐证")
    await wang.says("/rate")
    await wang.taps("↩️ 张伟 60")
    await wang.taps("✅ 按现状通过")
    assert (await form_of(stage, "张伟")).state is FormState.SUBMITTED
    assert (await rating_of(stage, "张伟")).state is RatingState.APPROVED
    await stage.settle()
    await zhang.says("/form")
    await zhang.sees("已提交 10月25日")


async def test_with_several_months_the_month_is_asked(stage: Stage) -> None:
    """The adjustment stays in its month, and so does a form that goes back."""
    wang, zhang = await stage.open_october("王书记", "张伟")
    await hand_in(stage, "张伟")
    await stage.travel("2026-11-25 09:00")
    await hand_in(stage, "张伟", {"lecture": (Fact("lecture", "given"),)}, NOVEMBER)
    await stage.app.core.do.close_month(NOVEMBER)
    await open_rating(stage)
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 61.5")
    await wang.taps("✏️ 调整")
    await wang.taps("● 主讲党课")
    await wang.taps("11月 · 3/6")
    await wang.taps("0")
    await wang.taps("佐证不足")
    await wang.sees("✏️ 3 → 0 分：佐证不足（王书记）")
    assert (await form_of(stage, "张伟", NOVEMBER)).total_centi == 6000
    assert (await form_of(stage, "张伟")).overrides == []
    await wang.taps("↩️ 退回")
    await wang.taps("10月")
    await wang.taps("请核对次数")
    await stage.settle()
    await zhang.sees("请核对次数")
    assert (await form_of(stage, "张伟")).state is FormState.RETURNED
    assert (await form_of(stage, "张伟", NOVEMBER)).state is FormState.SUBMITTED


async def test_what_was_asked_is_forgotten_when_the_rater_goes_on(stage: Stage) -> None:
    """A text that is written after going back is no reason of an abandoned adjustment."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("↩️ 退回")
    await wang.sees("请选择理由")
    await wang.taps("‹ 返回")
    await wang.says("谢谢")
    await wang.sees("现在不需要输入文字")
    assert (await form_of(stage, "张伟")).state is FormState.SUBMITTED
