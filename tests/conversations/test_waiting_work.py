"""What waits for a person is told him once, on the next working morning; and nothing is decided by lapse of time."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.actions.desk import ReturnForm
from bot.domain.forms import BranchState, FormState, RatingState
from bot.domain.periods import Quarter
from tests.conversations.conftest import Stage, at
from tests.conversations.rated import forge, form_of, rated_stage
from tests.conversations.reviewed import at_work

MORNING = "☀️ 早上好！"


async def test_ratings_are_told_on_the_next_working_morning_and_once(stage: Stage) -> None:
    """Opened on Sunday 25 October: told on Monday at nine, not at once and not again on Tuesday."""
    wang, zhang = await rated_stage(stage, "王书记", "张伟")
    await stage.travel("2026-10-26 08:59")
    await wang.sees_not(MORNING)
    await stage.travel("2026-10-26 09:00")
    await wang.sees("第一党支部2026年第4季度：4 名党员待您初评，1月7日 24:00前")
    await stage.travel("2026-10-27 12:00")
    assert wang.screen().count(MORNING) == 1
    assert MORNING not in zhang.screen()
    await wang.taps("🗂 第一党支部初评")
    await wang.sees("无异议的全部通过")


async def test_what_was_done_before_the_morning_is_not_told(stage: Stage) -> None:
    """The commissioner only rates the secretary; once he has, nothing waits for him."""
    (li,) = await rated_stage(stage, "李委员")
    await li.says("/rate")
    await li.taps("▶️ 下一位：王书记")
    await li.taps("✅ 通过")
    await stage.travel("2026-10-26 09:00")
    await li.sees_not(MORNING)


async def test_a_form_that_was_sent_back_is_told_again_in_the_morning(stage: Stage) -> None:
    """To its member, after the letter that said so at once; not on the day off between."""
    wang, zhang = await stage.open_october("王书记", "张伟")
    await zhang.taps("👍 其余如常（14）")
    await zhang.taps("📤 提交")
    await stage.travel("2026-10-30 15:00")
    form = await form_of(stage, "张伟")
    await forge(wang, ReturnForm(form.form_id, form.revision, 1))
    await stage.settle()
    assert (await form_of(stage, "张伟")).state is FormState.RETURNED
    await stage.travel("2026-11-01 20:00")
    assert MORNING not in zhang.screen()
    await stage.travel("2026-11-02 09:00")
    await zhang.sees("您的2026年10月自评表已退回")


async def test_several_things_come_in_one_message(stage: Stage) -> None:
    """The secretary rates, and his own form was sent back to him: one message, with the way to each."""
    wang, li = await rated_stage(stage, "王书记", "李委员")
    form = await form_of(stage, "王书记")
    await forge(li, ReturnForm(form.form_id, form.revision, 1))
    await stage.travel("2026-10-26 09:00")
    await wang.sees("您有 2 项工作待办")
    assert wang.last.labels == ["📋 填写自评表", "🗂 第一党支部初评", "‹ 菜单"]
    assert wang.screen().count(MORNING) == 1


async def test_a_reviewer_is_told_of_the_branches_that_wait_for_him(stage: Stage) -> None:
    """Both branches closed on Sunday."""
    (wang,) = await at_work(stage, "王书记")
    await stage.travel("2026-10-26 09:00")
    await wang.sees("第二党支部2026年第4季度待您复评，1月14日 24:00前")


async def test_who_stands_in_is_told_in_the_place_of_the_principal(stage: Stage) -> None:
    """The letters of the office go to him."""
    wang, zhao = await rated_stage(stage, "王书记", "赵敏")
    await wang.says("/delegate")
    await wang.taps("🤝 委托：支部书记")
    await wang.taps("赵敏")
    await wang.taps("今天")
    await wang.taps("至10月31日（7 天）")
    await wang.taps("✅ 确认委托")
    await stage.travel("2026-10-26 09:00")
    await zhao.sees("3 名党员待您初评")
    await wang.sees_not(MORNING)


async def test_a_year_without_a_tap_decides_nothing(stage: Stage) -> None:
    """Months close and deadlines pass; nobody is approved, no branch closes, nothing is shown."""
    for days in range(0, 366, 5):
        stage.clock.travel(at("2026-10-20 10:00") + timedelta(days=days))
        await stage.app.ticker.tick()
    async with stage.app.core.store.read() as tx:
        quarters = [entry.quarter for entry in await tx.periods.opened_quarters()]
        assert quarters == [Quarter(2026, 4), Quarter(2027, 1), Quarter(2027, 2), Quarter(2027, 3)]
        for quarter in quarters:
            stands = await tx.periods.branch_quarters(quarter)
            assert {stand.state for stand in stands} == {BranchState.RATING}
            assert {one.state for one in await tx.ratings.in_quarter(quarter)} == {RatingState.PENDING}
            assert await tx.ratings.results_in(quarter) == []
            forms = await tx.forms.in_months(quarter.months)
            assert {form.state for form in forms} == {FormState.OPEN}
        assert {entry.actor_id for entry in await tx.ledger.entries()} == {None}
