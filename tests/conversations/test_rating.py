"""The branch rates its members: the queue, one card after another, adjusting, sending back, the meeting."""

from __future__ import annotations

from bot.domain.actions.rating import ApproveRating, OpenRating
from bot.domain.forms import QuarterResult, RatingState
from bot.domain.people import Office, Role
from bot.scoring.facts import Fact
from tests.conversations.conftest import Stage, at
from tests.conversations.rated import (
    EVERYBODY,
    Q4,
    forge,
    form_of,
    hand_in,
    ledger_kinds,
    open_rating,
    rated_stage,
    rating_of,
)
from tests.conversations.test_form import photo


async def test_the_queue_shows_who_waits_and_what_is_missing(stage: Stage) -> None:
    """The secretary sees progress, missing forms, the meeting, and himself only as rated by somebody else."""
    (wang,) = await rated_stage(stage, "王书记", waiting=("赵敏",))
    await wang.says("/rate")
    await wang.sees("▱▱▱▱▱▱▱▱▱▱ 0/5")
    await wang.sees("自评表未交齐：赵敏")
    await wang.sees("初评会议：未登记")
    await wang.sees("您本人由他人初评：待评")
    labels = wang.last.labels
    assert "⏳ 张伟 60" in labels
    assert "⚠️ 赵敏 60" in labels
    assert not any("王书记" in label for label in labels)


async def test_the_secretary_is_told_and_one_tap_leads_to_the_queue(stage: Stage) -> None:
    """The letter says how many wait and until when."""
    wang, li = await rated_stage(stage, "王书记", "李委员")
    await wang.sees("第一党支部：待您评定 4 人")
    await li.sees("第一党支部：待您评定 1 人")
    await wang.taps("🗂 支部初评")
    await wang.sees("▶️ 下一位：李委员")


async def test_the_next_card_comes_up_by_itself(stage: Stage) -> None:
    """Four cards take four taps, and then the queue says that all are decided."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("▶️ 下一位：李委员")
    for name in ("李委员", "张伟", "赵敏"):
        tap = await wang.taps("✅ 通过")
        assert tap.answer.text == f"✅ {name}已通过，60 分"
    await wang.sees("孙喆 · 2026年第4季度")
    await wang.taps("✅ 通过")
    await wang.sees("▰▰▰▰▰▰▰▰▱▱ 4/5")
    assert (await ledger_kinds(stage, "张伟"))[-1] == "rating_approved"


async def test_a_decided_card_tells_who_and_when(stage: Stage) -> None:
    """After the decision the card shows it, and only adjusting is left."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("✅ 通过")
    await wang.says("/rate")
    await wang.taps("✅ 张伟 60")
    buttons = {button.label: button for row in wang.last.buttons for button in row}
    labels = set(buttons)
    assert buttons["✅ 王书记 10月25日 09:00 已通过"].disabled
    assert "✏️ 调整" in labels
    assert "✅ 通过" not in labels
    assert "↩️ 退回" not in labels


async def test_a_card_put_off_comes_last(stage: Stage) -> None:
    """Later means after the others, and it comes up again when they are done."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("▶️ 下一位：李委员")
    await wang.taps("⏭ 稍后")
    await wang.sees("张伟 · 2026年第4季度")
    for _ in range(3):
        await wang.taps("✅ 通过")
    await wang.sees("李委员 · 2026年第4季度")


async def test_all_without_remarks_are_approved_together(stage: Stage) -> None:
    """The page names them; who has not handed in is not among them."""
    (wang,) = await rated_stage(stage, "王书记", waiting=("孙喆",))
    await wang.says("/rate")
    await wang.taps("✅ 无异议的全部通过（3）")
    await wang.sees("李委员 60\n    张伟 60\n    赵敏 60")
    await wang.sees_not("孙喆 60\n")
    tap = await wang.taps("✅ 通过这 3 位")
    assert tap.answer.text == "✅ 已通过 3 人"
    assert (await rating_of(stage, "张伟")).state is RatingState.APPROVED
    assert (await rating_of(stage, "孙喆")).state is RatingState.PENDING
    assert (await rating_of(stage, "王书记")).state is RatingState.PENDING


async def test_approving_together_takes_only_those_who_were_named(stage: Stage) -> None:
    """Between the page and the tap a card changed: nothing is approved, and the queue is drawn again."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("✅ 无异议的全部通过（4）")
    page = wang.last
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await wang.taps("⏭ 稍后")
    tap = await wang.taps("✅ 通过这 4 位", on=page)
    assert "最新" in tap.answer.text
    assert (await rating_of(stage, "李委员")).state is RatingState.PENDING


async def test_the_secretary_is_rated_by_the_commissioner(stage: Stage) -> None:
    """The secretary's own card goes to the commissioner, and only to him."""
    wang, li = await rated_stage(stage, "王书记", "李委员")
    own = await rating_of(stage, "王书记")
    tap = await forge(wang, ApproveRating(own.rating_id, own.revision))
    assert tap.answer.text == "您没有此项操作的权限。"
    await li.says("/rate")
    await li.taps("▶️ 下一位：王书记")
    await li.taps("✅ 通过")
    decided = await rating_of(stage, "王书记")
    assert decided.state is RatingState.APPROVED
    assert decided.decided_by == (await form_of(stage, "李委员")).member_id


async def test_the_commissioner_may_look_but_not_decide_on_the_others(stage: Stage) -> None:
    """He sees the members' cards without the buttons of a decision; a forged tap changes nothing."""
    (li,) = await rated_stage(stage, "李委员")
    await li.says("/rate")
    await li.taps("⏳ 张伟 60")
    await li.sees("本季 60 分")
    assert not {"✅ 通过", "✏️ 调整", "↩️ 退回"} & set(li.last.labels)
    rating = await rating_of(stage, "张伟")
    tap = await forge(li, ApproveRating(rating.rating_id, rating.revision))
    assert tap.answer.text == "您没有此项操作的权限。"
    assert (await rating_of(stage, "张伟")).state is RatingState.PENDING


async def test_where_nobody_else_is_left_the_committee_rates(stage: Stage) -> None:
    """A branch whose commissioner is on leave: the secretary's own card goes to the Party committee."""
    (zheng,) = await stage.open_october("郑党委")
    for name in ("王书记", "张伟"):
        await hand_in(stage, name)
    async with stage.app.core.store.write() as tx:
        li = next(person for person in await tx.people.all() if person.name == "李委员")
        await tx.people.change_member(li.member_id, status="on_leave")
    await open_rating(stage)
    await zheng.sees("第一党支部：待您评定 1 人")
    await zheng.says("/rate")
    await zheng.sees("有 1 位党员须由党委评定")
    await zheng.taps("❗ 第一党支部 0/5")
    await zheng.taps("▶️ 下一位：王书记")
    await zheng.taps("✅ 通过")
    assert (await rating_of(stage, "王书记")).state is RatingState.APPROVED


async def test_the_card_shows_claims_against_facts(stage: Stage) -> None:
    """What was claimed, what the branch recorded, and what lacks its evidence."""
    (wang,) = await stage.open_october("王书记")
    claims = {"innovation": (Fact("innovation", "project", count=2),), "post": (Fact("post", grade="mostly"),),
              "commendation": (Fact("commendation", "bank"),)}  # fmt: skip
    await hand_in(stage, "张伟", claims)
    await open_rating(stage)
    await wang.says("/rate")
    await wang.taps("⚠️ 张伟 66")
    await wang.sees("10月 业务创新攻坚：缺佐证")
    await wang.sees("岗位职责 8/10 · 基本完成")
    await wang.sees("业务创新攻坚 8/8 · 创新或攻坚 2项 ⚠️缺佐证")
    await wang.sees("🎖 10月 表彰 · 分行 1次（计入年度）")


async def test_the_evidence_is_sent_to_the_rater_and_the_card_follows_it(stage: Stage) -> None:
    """Photos come with month, item and note, protected, and the decision stands below them."""
    wang, zhang = await stage.open_october("王书记", "张伟")
    await zhang.taps("👍 其余如常（14）")
    await zhang.taps("‹ 返回")
    await zhang.taps("履职先锋 ✓")
    await zhang.taps("✓ 业务创新攻坚")
    await zhang.taps("＋")
    await zhang.taps("📎 说明或佐证")
    await zhang.sends_photo(photo(), caption="网点流程优化")
    await zhang.sees("📎")
    await stage.settle()
    form = await form_of(stage, "张伟")
    await zhang.says("/form")
    await zhang.taps("📤 查看并提交")
    await zhang.taps("📤 提交")
    assert form.evidence
    await open_rating(stage)
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 64")
    await wang.taps("📎 看佐证（1）")
    await wang.sees("网点流程优化")
    sent = next(message for message in wang.messages if message.photo is not None)
    assert sent.photo.data == photo()
    assert sent.caption == "张伟 · 10月 业务创新攻坚\n网点流程优化"
    assert "✅ 通过" in wang.last.labels


async def test_a_change_after_the_card_was_drawn_makes_it_stale(stage: Stage) -> None:
    """Nobody approves what he has not seen: a fact recorded meanwhile draws the card again."""
    wang, li = await rated_stage(stage, "王书记", "李委员")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    await li.says("/desk")
    await li.taps("🗒 考勤与党费")
    await li.taps("三会一课 0/4")
    await li.taps("张伟 ·")
    await li.taps("＋")
    await li.sees("无故缺席 1次")
    tap = await wang.taps("✅ 通过")
    assert "最新" in tap.answer.text
    await wang.sees("📋 10月 三会一课 8/12 · 无故缺席 1次")
    assert (await rating_of(stage, "张伟")).state is RatingState.PENDING


async def test_the_meeting_is_recorded_by_taps(stage: Stage) -> None:
    """Kind, day, present of entitled: three taps."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("🏛 登记会议")
    await wang.taps("党员大会")
    await wang.taps("昨天 10月24日")
    tap = await wang.taps("4/5")
    assert tap.answer.text == "🏛 会议已登记。"
    await wang.sees("党员大会 10月24日，应到 5，实到 4")


async def test_the_meeting_tapped_twice_is_recorded_once(stage: Stage) -> None:
    """Who taps again before the answer has come records the same meeting, and no second one."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("🏛 登记会议")
    await wang.taps("党员大会")
    await wang.taps("昨天 10月24日")
    card = wang.last
    button = next(one for row in card.buttons for one in row if one.label == "4/5")
    for _ in range(2):
        tap = await wang.taps(data=button.data, on=card)
        assert tap.answer.text == "🏛 会议已登记。"
    async with stage.app.core.store.read() as tx:
        assert [entry.kind for entry in await tx.ledger.entries()].count("meeting_recorded") == 1


async def test_the_meeting_is_recorded_by_typing(stage: Stage) -> None:
    """Day and numbers can be typed; refused are a day to come, too few, and more present than entitled."""
    (wang,) = await rated_stage(stage, "王书记")
    await wang.says("/rate")
    await wang.taps("🏛 登记会议")
    await wang.taps("支委会")
    await wang.says("2027年1月5日")
    await wang.sees("日期须在10月1日至10月25日之间")
    await wang.says("明天")
    await wang.sees("请按这样的格式填写")
    await wang.says("10月20日")
    await wang.sees("支委会 10月20日：实到/应到多少人")
    await wang.says("2/5")
    await wang.sees("应到 5 人、实到 2 人，未过半数")
    await wang.says("９／７")
    await wang.sees("实到 9 人多于应到 7 人")
    await wang.says("3/5")
    await wang.sees("支委会 10月20日，应到 5，实到 3")


async def test_closing_says_what_is_missing(stage: Stage) -> None:
    """First the undecided, then the meeting; only then is there a button to close."""
    wang, li = await rated_stage(stage, "王书记", "李委员", waiting=("孙喆",))
    await wang.says("/rate")
    await wang.taps("🏁 结束本季初评")
    await wang.sees("还不能结束，尚未评定：李委员、张伟、赵敏、孙喆、王书记")
    await wang.taps("‹ 返回")
    await wang.taps("✅ 无异议的全部通过（3）")
    await wang.taps("✅ 通过这 3 位")
    await wang.taps("▶️ 下一位：孙喆")
    await wang.taps("✅ 通过")
    await li.says("/rate")
    await li.taps("▶️ 下一位：王书记")
    await li.taps("✅ 通过")
    await wang.taps("🏁 结束本季初评")
    await wang.sees("还不能结束，请先登记初评会议")
    await wang.taps("🏛 登记会议")
    await wang.taps("支委会")
    await wang.taps("今天 10月25日")
    await wang.taps("3/3")
    await wang.taps("🏁 结束本季初评")
    await wang.sees("结束后这里不能再改；考核组复评时可以退回")
    assert "🏁 确认结束初评" in wang.last.labels


async def test_who_has_no_month_that_counts_needs_no_decision(stage: Stage) -> None:
    """A member on leave all quarter is shown as not rated and holds nobody up."""
    (wang,) = await stage.persons("王书记")
    async with stage.app.core.store.write() as tx:
        sun = next(person for person in await tx.people.all() if person.name == "孙喆")
        await tx.people.change_member(sun.member_id, status="on_leave")
    await stage.travel("2026-10-25 09:00")
    for name in ("王书记", "李委员", "张伟", "赵敏"):
        await hand_in(stage, name)
    await open_rating(stage)
    await wang.says("/rate")
    await wang.sees("0/4")
    await wang.taps("➖ 孙喆 –")
    await wang.sees("本季无计分月份")
    assert "✅ 通过" not in wang.last.labels


async def test_before_any_quarter_is_open_the_queue_says_so(stage: Stage) -> None:
    """/rate in October names the quarter that is not open yet."""
    (wang,) = await stage.persons("王书记")
    await wang.says("/rate")
    await wang.sees("2026年第4季度尚未开放")


async def test_in_the_first_days_of_a_year_the_old_years_quarter_is_named(stage: Stage) -> None:
    """From New Year until the rating opens on Monday 4 January, the quarter that waits is the fourth."""
    (wang,) = await stage.persons("王书记")
    await stage.travel("2027-01-02 10:00")
    await wang.says("/rate")
    await wang.sees("2026年第4季度尚未开放，时间请见 /calendar。")


async def test_a_member_has_no_queue(stage: Stage) -> None:
    """Neither the command nor a forged card shows a member anything of others."""
    (zhang,) = await rated_stage(stage, "张伟")
    await zhang.says("/rate")
    await zhang.sees("您没有此项操作的权限。")
    tap = await forge(zhang, OpenRating((await rating_of(stage, "赵敏")).rating_id))
    assert tap.answer.text == "您没有此项操作的权限。"
    await zhang.sees_not("赵敏 · ")


async def test_the_party_office_hears_which_branches_are_late(stage: Stage) -> None:
    """Reminders count down, turn overdue, and after two working days go upwards too."""
    wang, feng = await rated_stage(stage, "王书记", "冯办公室")
    await stage.travel("2027-01-04 10:00")
    await wang.sees("2026年第4季度初评还剩 3 天")
    await stage.travel("2027-01-07 10:00")
    await wang.sees("2026年第4季度初评今天截止")
    await stage.travel("2027-01-13 10:00")
    await wang.sees("2026年第4季度初评已逾期")
    await feng.sees("2026年第4季度初评有 2 个支部逾期")
    await feng.sees("· 第一党支部 0/5")


async def test_far_from_last_quarter_is_remarked(stage: Stage) -> None:
    """Twenty points below the last quarter: marked in the queue, said on the card, not approved together."""
    (wang,) = await stage.open_october("王书记")
    form = await form_of(stage, "张伟")
    async with stage.app.core.store.write() as tx:
        await tx.ratings.add_results([QuarterResult(form.member_id, form.branch_id, Q4.previous, 8000, 1, 5)])
    for name in EVERYBODY:
        await hand_in(stage, name)
    await open_rating(stage)
    await wang.says("/rate")
    await wang.sees("✅ 无异议的全部通过（3）")
    await wang.taps("⚠️ 张伟 60")
    await wang.sees("本季 60 分 · 上季 80 分")
    await wang.sees("比上季低 20 分")


async def test_a_secretary_who_was_replaced_decides_no_more(stage: Stage) -> None:
    """His old card stays in his chat and is refused; the new secretary decides."""
    wang, zhao = await rated_stage(stage, "王书记", "赵敏")
    await wang.says("/rate")
    await wang.taps("⏳ 张伟 60")
    async with stage.app.core.store.write() as tx:
        people = {person.name: person for person in await tx.people.all()}
        old, new = people["王书记"], people["赵敏"]
        await tx.people.set_offices(old.member_id, old.branch_id, frozenset(), at("2026-10-25 09:00").date())
        secretary = frozenset({Office(Role.SECRETARY)})
        await tx.people.set_offices(new.member_id, new.branch_id, secretary, at("2026-10-25 09:00").date())
    tap = await wang.taps("✅ 通过")
    assert tap.answer.text == "您没有此项操作的权限。"
    assert (await rating_of(stage, "张伟")).state is RatingState.PENDING
    await zhao.says("/rate")
    await zhao.taps("⏳ 张伟 60")
    await zhao.taps("✅ 通过")
    assert (await rating_of(stage, "张伟")).state is RatingState.APPROVED
