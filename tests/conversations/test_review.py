"""复评: reviewers look at flagged members first, confirm, adjust with a reason or send back; nothing is their own."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.actions.rating import AdjustRating, ApproveRating, AskAdjust, DropAdjustments, OpenRating
from bot.domain.actions.review import (
    AskAnswer,
    AskConfirmReview,
    AskQuestion,
    AskSendBack,
    ConfirmReview,
    DisputeReview,
    ListReviews,
    OpenReview,
    OpenReviews,
)
from bot.domain.forms import BranchState, Form, RatingState
from bot.domain.review import TaskState
from bot.errors import QuestionUnansweredError
from bot.scoring.facts import Fact
from bot.scoring.ruleset import load_ruleset, template_text
from bot.storage.forms import NewForm
from bot.storage.ledger import facts_of
from sandbox import Person
from tests.conversations.closing import MORE, asks, branch_id_of
from tests.conversations.conftest import FIRST, SECOND, Stage
from tests.conversations.rated import OCTOBER, Q4, forge, form_of, hand_in, ledger_kinds, open_rating, rating_of
from tests.conversations.reviewed import (
    SECOND_ALL,
    answered_quarter,
    at_work,
    close_rating,
    form_group,
    group_of,
    kinds,
    stand_of,
)
from tests.conversations.test_body import REFUSED, reviewer_of

INNOVATION = {"innovation": (Fact("innovation", "project", count=1),)}
NO_SEAT = "您不是本季度考核组成员，暂无复评任务。抽取办法请见 /body。"


async def reviewer(stage: Stage, branch: str = FIRST) -> Person:
    """The bound person who reviews this branch, with his list on the screen."""
    (person,) = await stage.persons(await reviewer_of(stage, branch))
    await asks(stage, person, "/review")
    return person


async def confirming(stage: Stage, branch: str = FIRST) -> ConfirmReview:
    """The button that confirms this branch as it stands now."""
    stand = await stand_of(stage, branch)
    return ConfirmReview(str(Q4), stand.branch_id, stand.revision)


async def with_two_reviewers(stage: Stage) -> None:
    """The table wants two reviewers a branch."""
    text = template_text("default").replace("  group_branches: 3\n", "  group_branches: 3\n  reviewers_per_branch: 2\n")
    async with stage.app.core.store.write() as tx:
        await tx.periods.add_ruleset(load_ruleset(text, "two"), text, date(2026, 1, 1), tx.now)


# ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_card_compares_the_branch_and_flags_members_first(stage: Stage) -> None:
    """Mean and spread beside all branches', who is far from the median, what lacks evidence, and by which rule."""
    await at_work(stage, 张伟=MORE, 孙喆=INNOVATION)
    feng = await reviewer(stage)
    await feng.sees("❗ 第一党支部 · 待复评 · ⚠️ 重点核对 2 人")
    await feng.taps("❗ 第一党支部")
    await feng.sees("参评 5 人，均分 63.4（60～73）")
    await feng.sees("各支部均分 60～63.4；与其他支部平均相比 +3.4，列第 1/2")
    await feng.sees("未作调整直接通过：5/5 人（100%）")
    await feng.sees("· 张伟 73 分：高于本支部中位数 13 分")
    await feng.sees("· 孙喆 64 分：10月 业务创新攻坚：缺佐证")
    await feng.sees("以上仅供核对参考，不作结论")
    members = [label for label in feng.last.labels if label[:2] in {"⚠️", "✏️"}]
    assert {label[-5:] for label in members[:2]} == {"张伟 73", "孙喆 64"}


async def test_a_branch_is_compared_only_with_branches_that_have_rated(stage: Stage) -> None:
    """What another branch has not decided yet is no measure; the card says that the comparison comes later."""
    await answered_quarter(stage)
    zheng = await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    await close_rating(stage, FIRST)
    feng = await reviewer(stage)
    await feng.says("/review")
    await feng.taps("❗ 第一党支部")
    await feng.sees("其他支部尚未结束初评，暂无比较。")
    await feng.sees_not("各支部均分")
    await close_rating(stage, SECOND)
    await feng.says("/review")
    await feng.taps("❗ 第一党支部")
    await feng.sees("各支部均分")


async def test_where_nobody_handed_in_nobody_stands_out(stage: Stage) -> None:
    """Silence is told in one line, and is nobody's flag."""
    await stage.open_october()
    for name in SECOND_ALL:
        await hand_in(stage, name)
    await stage.travel("2026-10-25 10:00")
    await open_rating(stage)
    zheng = await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    await close_rating(stage, FIRST)
    feng = await reviewer(stage)
    await feng.sees_not("重点核对")
    await feng.taps("❗ 第一党支部")
    await feng.sees("未发现需要重点核对的党员。")
    await feng.sees("📭 未交自评表：10月 5 人（不作扣分依据）")
    assert not [label for label in feng.last.labels if label.startswith("⚠️")]


async def test_copies_of_last_month_are_flagged(stage: Stage) -> None:
    """The same claims in every month of the quarter and the month before."""
    await at_work(stage, 张伟=MORE)
    form = await form_of(stage, "张伟")
    async with stage.app.core.store.write() as tx:
        for month in (OCTOBER.previous, OCTOBER.next, OCTOBER.next.next):
            await tx.periods.open_month(month, form.ruleset_id, tx.now, tx.now)
            await tx.forms.add(month, [_copy(form)])
    await stage.settle()
    feng = await reviewer(stage)
    await feng.taps("❗ 第一党支部")
    await feng.sees("各月申报完全相同")


def _copy(form: Form) -> NewForm:
    return NewForm(form.member_id, form.branch_id, form.answers, form.total_centi, None)


async def test_before_a_branch_has_closed_its_reviewer_sees_no_points(stage: Stage) -> None:
    """What the branch still rates is its own."""
    await answered_quarter(stage)
    zheng = await form_group(stage)
    await zheng.taps("📤 分配复评任务")
    feng = await reviewer(stage)
    await feng.sees("▫️ 第一党支部 · 支部初评中")
    await forge(feng, OpenReview(str(Q4), await branch_id_of(stage, FIRST)))
    await feng.sees("支部尚在初评")
    await feng.sees_not("张伟")
    rating = await rating_of(stage, "张伟")
    assert (await forge(feng, OpenRating(rating.rating_id))).answer.text == REFUSED


# ── confirming ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_confirmed_branch_is_reviewed_and_the_last_one_is_told_to_the_committee(stage: Stage) -> None:
    """One question and one tap a branch; after the last the committee gets one letter."""
    (zheng,) = await at_work(stage, "郑党委")
    feng, wang = await reviewer(stage, FIRST), await reviewer(stage, SECOND)
    await feng.taps("❗ 第一党支部")
    await feng.taps("✅ 确认本支部")
    tap = await feng.taps("✅ 确认复评")
    assert tap.answer.text == "✅ 第一党支部复评完成。"
    await stage.settle()
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEWED
    await zheng.sees_not("全部复评完成")
    await wang.taps("❗ 第二党支部")
    await wang.taps("✅ 确认本支部")
    await wang.taps("✅ 确认复评")
    await stage.settle()
    await zheng.sees("2026年第4季度：2 个支部全部复评完成，可以公示。")
    assert (await kinds(stage)).count("branch_reviewed") == 2


async def test_what_is_confirmed_is_asked_once_more_by_name(stage: Stage) -> None:
    """Branch, persons with their points, and whose flags stay as they are; the way back changes nothing."""
    await at_work(stage, 张伟=MORE, 孙喆=INNOVATION)
    feng = await reviewer(stage)
    await feng.taps("❗ 第一党支部")
    await feng.taps("✅ 确认本支部")
    await feng.sees("✅ 第一党支部 · 2026年第4季度：确认复评？")
    await feng.sees("👥 参评 5 人：")
    await feng.sees("⚠️ 2 人有核对提示，积分未作调整：张伟 73、孙喆 64")
    await feng.sees("本支部复评即告完成")
    assert {"张伟 73", "孙喆 64"} <= set(_named(feng))
    await feng.taps("‹ 返回再看")
    await feng.sees("各支部均分 60～63.4")
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEW
    assert "branch_reviewed" not in await kinds(stage)


def _named(person: Person) -> list[str]:
    line = next(line for line in (person.last.text or "").splitlines() if line.startswith("👥"))
    return line.partition("：")[2].split("、")


async def test_a_question_about_a_branch_that_was_changed_meanwhile_is_asked_anew(stage: Stage) -> None:
    """Somebody adjusts between the question and its answer: the tap shows the card as it is now."""
    await at_work(stage, 张伟=MORE)
    feng, rating = await reviewer(stage), await rating_of(stage, "张伟")
    await feng.taps("❗ 第一党支部")
    await feng.taps("✅ 确认本支部")
    asked = await confirming(stage)
    await forge(feng, AdjustRating(rating.rating_id, rating.revision, "lecture", 10, 300, 1))
    await forge(feng, asked)
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEW
    await feng.taps("✅ 确认本支部")
    await feng.sees("✏️ 考核组已调整：张伟 70")
    await feng.taps("✅ 确认复评")
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEWED


async def test_a_second_tap_is_told_who_decided_what_and_when(stage: Stage) -> None:
    """The same button again, from an old card."""
    await at_work(stage)
    feng, action = await reviewer(stage), await confirming(stage)
    await forge(feng, action)
    tap = await forge(feng, action)
    assert feng.name in tap.answer.text
    assert "已复评" in tap.answer.text
    assert "10月25日 10:00" in tap.answer.text
    assert (await kinds(stage)).count("branch_reviewed") == 1


async def test_the_committee_sees_who_holds_what(stage: Stage) -> None:
    """How many are reviewed, who has the others, and the way to each branch."""
    zheng = (await at_work(stage, "郑党委"))[0]
    await forge(await reviewer(stage), await confirming(stage))
    await asks(stage, zheng, "/review")
    await zheng.taps("📋 复评进度")
    await zheng.sees("已复评 1/2 · 应于 1月14日 24:00 前完成")
    await zheng.sees("⏳ 第二党支部：王书记")
    await zheng.taps("⏳ 第二党支部")
    await zheng.sees("⏳ 复评人：王书记")
    assert not {"✅ 确认本支部", "↩️ 退回支部"} & set(zheng.last.labels)


# ── adjusting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_reviewer_adjusts_with_a_reason_and_the_member_reads_by_whom(stage: Stage) -> None:
    """The same steps as the branch's; its approval stands, and 为什么 names the reviewer."""
    (zhang,) = await at_work(stage, "张伟", 张伟=MORE)
    feng = await reviewer(stage)
    await feng.taps("❗ 第一党支部")
    await feng.taps("⚠️ 张伟 73")
    assert {"✅ 通过", "↩️ 退回", "⏭ 稍后", "↺ 撤销调整"}.isdisjoint(feng.last.labels)
    await feng.taps("✏️ 调整")
    await feng.taps("● 主讲党课")
    await feng.taps("3")
    tap = await feng.taps("佐证不足")
    assert tap.answer.text == "✏️ 已调整。核对无误后请确认本支部。"
    rating = await rating_of(stage, "张伟")
    assert rating.state is RatingState.APPROVED
    assert (await form_of(stage, "张伟")).total_centi == 7000
    assert (await ledger_kinds(stage, "张伟"))[-1] == "form_adjusted"
    await feng.taps("名单")
    await feng.sees("✏️ 考核组已调整：张伟")
    assert feng.name in await asks(stage, zhang, "/why")


async def test_points_the_group_adjusted_are_what_is_shown(stage: Stage) -> None:
    """The adjustment reaches the member's result when the committee publishes."""
    await at_work(stage, 张伟=MORE)
    feng, rating = await reviewer(stage), await rating_of(stage, "张伟")
    await forge(feng, AdjustRating(rating.rating_id, rating.revision, "lecture", 10, 300, 1))
    for branch in (FIRST, SECOND):
        await forge(await reviewer(stage, branch), await confirming(stage, branch))
    await stage.app.core.do.publish_quarter.by_admin(Q4)
    async with stage.app.core.store.read() as tx:
        assert (await tx.ratings.find_result(rating.member_id, Q4)).centi == 7000


async def test_the_branch_cannot_change_anything_while_it_is_reviewed(stage: Stage) -> None:
    """Secretary and commissioner send their old buttons; the reviewer sends those that are the branch's."""
    wang, li = await at_work(stage, "王书记", "李委员")
    feng, rating = await reviewer(stage), await rating_of(stage, "张伟")
    card = (rating.rating_id, rating.revision)
    before = await kinds(stage)
    for person in (wang, li, feng):
        for action in (ApproveRating(*card), DropAdjustments(*card)):
            tap = await forge(person, action)
            assert "已" in tap.answer.text or tap.answer.text == REFUSED, action
    for person in (wang, li):
        tap = await forge(person, AdjustRating(*card, "post", 10, 800, 1))
        assert "已" in tap.answer.text or tap.answer.text == REFUSED
    assert await kinds(stage) == before


# ── sending back ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def sent_back(stage: Stage, feng: Person, question: str = "请说明党课情况") -> None:
    """The reviewer sends the first branch back for two working days."""
    await feng.taps("❗ 第一党支部")
    await feng.taps("↩️ 退回支部")
    await feng.taps("2 个工作日")
    await feng.says(question)
    await stage.settle()


async def test_a_branch_is_sent_back_answers_and_closes_again(stage: Stage) -> None:
    """Its own deadline, the question on its card, no closing without an answer, and the reviewer is told."""
    (wang,) = await at_work(stage, "王书记")
    feng = await reviewer(stage)
    await sent_back(stage, feng)
    stand = await stand_of(stage, FIRST)
    assert stand.state is BranchState.RATING
    await wang.sees("初评退回，请于 10月27日 24:00 前办理")
    await asks(stage, wang, "/rate")
    await wang.sees("❓ 考核组（" + feng.name + "）：请说明党课情况")
    await wang.taps("🏁 结束本季初评")
    await wang.sees("暂不能结束初评：请先答复考核组。")
    await wang.taps("💬 答复考核组")
    await wang.says("材料已补充")
    await wang.sees("💬 支部答复：材料已补充")
    await wang.taps("🏁 结束本季初评")
    await wang.taps("🏁 确认结束初评")
    await stage.settle()
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEW
    await feng.sees("💬 第一党支部已答复并重新结束初评。")
    await feng.taps("🔎 打开该支部")
    await feng.taps("✅ 确认本支部")
    tap = await feng.taps("✅ 确认复评")
    assert "复评完成" in tap.answer.text
    said = await kinds(stage)
    assert [kind for kind in said if kind in {"branch_sent_back", "question_answered"}] == [
        "branch_sent_back", "question_answered",
    ]  # fmt: skip


async def test_confirming_a_branch_that_was_sent_back_is_told_truly(stage: Stage) -> None:
    """An old card of the reviewer: he reads who sent it back, and when."""
    await at_work(stage)
    feng, action = await reviewer(stage), await confirming(stage)
    await sent_back(stage, feng)
    tap = await forge(feng, action)
    assert feng.name in tap.answer.text
    assert "已退回" in tap.answer.text
    assert (await stand_of(stage, FIRST)).state is BranchState.RATING


async def test_a_closing_without_an_answer_is_refused(stage: Stage) -> None:
    """Also by the command line and by a forged button."""
    await at_work(stage)
    await sent_back(stage, await reviewer(stage))
    with pytest.raises(QuestionUnansweredError):
        await close_rating(stage, FIRST)


async def test_a_branch_that_was_sent_back_is_reminded_by_its_own_deadline(stage: Stage) -> None:
    """Due on Tuesday: told on the day, and as late from Wednesday on, whatever the quarter's date says."""
    (wang,) = await at_work(stage, "王书记")
    await sent_back(stage, await reviewer(stage))
    await stage.travel("2026-10-27 10:00")
    await wang.sees("2026年第4季度初评今天截止")
    await wang.sees_not("初评已逾期")
    await stage.travel("2026-10-28 10:00")
    await wang.sees("2026年第4季度初评已逾期 1 天")


@pytest.mark.parametrize("days", [0, 1, 4, 30])
async def test_only_the_offered_deadlines_are_given(stage: Stage, days: int) -> None:
    """A forged number of days is refused."""
    await at_work(stage)
    feng, stand = await reviewer(stage), await stand_of(stage, FIRST)
    await forge(feng, AskQuestion(str(Q4), stand.branch_id, stand.revision, days))
    await feng.says("问题")
    await stage.box.idle()
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEW


# ── two reviewers ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def two_at_work(stage: Stage) -> tuple[Person, Person]:
    """The first branch has two reviewers."""
    await with_two_reviewers(stage)
    await at_work(stage, 张伟=MORE)
    feng, qian = await stage.persons("冯办公室", "钱书记")
    for person in (feng, qian):
        await asks(stage, person, "/review")
    return feng, qian


async def test_with_two_reviewers_both_must_confirm(stage: Stage) -> None:
    """After the first the branch waits for the other; his card is still good."""
    feng, qian = await two_at_work(stage)
    action = await confirming(stage)
    tap = await forge(feng, action)
    assert tap.answer.text == "✅ 已确认，待另一位复评人确认。"
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEW
    tap = await forge(feng, action)
    assert "冯办公室" in tap.answer.text
    assert "已确认" in tap.answer.text
    tap = await forge(qian, action)
    assert tap.answer.text == "✅ 第一党支部复评完成。"
    assert (await stand_of(stage, FIRST)).reviewed_by == (await form_of(stage, "钱书记")).member_id


async def adjusted_after_confirmation(stage: Stage) -> tuple[Person, Person]:
    """One confirmed, then the other gave other points."""
    feng, qian = await two_at_work(stage)
    await forge(feng, await confirming(stage))
    rating = await rating_of(stage, "张伟")
    await forge(qian, AdjustRating(rating.rating_id, rating.revision, "lecture", 10, 300, 1))
    await stage.settle()
    return feng, qian


async def test_who_confirmed_is_asked_again_after_an_adjustment(stage: Stage) -> None:
    """He reads whose points were changed, agrees, and then both have confirmed the same."""
    feng, qian = await adjusted_after_confirmation(stage)
    await feng.sees("您确认后，另一位复评人调整了张伟的积分")
    await feng.taps("🔎 打开该支部")
    assert {"✅ 同意", "✖️ 不同意，交组长"} <= set(feng.last.labels)
    await feng.taps("✅ 同意")
    await feng.sees("您确认后，还需另一位复评人确认")
    await feng.taps("✅ 确认复评")
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEW
    await forge(qian, await confirming(stage))
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEWED


async def test_where_two_disagree_a_third_decides_alone(stage: Stage) -> None:
    """The lead is of another branch than the one in question: he sees both and decides; the two cannot any more."""
    feng, qian = await adjusted_after_confirmation(stage)
    await feng.taps("🔎 打开该支部")
    tap = await feng.taps("✖️ 不同意，交组长")
    assert tap.answer.text == "⚖️ 已交郑党委决定。"
    await stage.settle()
    (lead,) = await stage.persons("郑党委")
    await lead.sees("意见不一致，请您审阅并决定")
    tap = await forge(qian, await confirming(stage))
    assert "冯办公室" in tap.answer.text
    assert "已交组长决定" in tap.answer.text
    await lead.taps("🔎 打开该支部")
    await lead.sees("✖️ 10月25日 10:00 冯办公室不同意")
    await lead.taps("✅ 决定：按现分确认")
    await lead.taps("✅ 确认复评")
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEWED
    assert "review_disputed" in await kinds(stage)


async def test_a_lead_of_that_branch_does_not_decide(stage: Stage) -> None:
    """He sits in the branch in question: a department's seat decides instead."""
    feng, _ = await adjusted_after_confirmation(stage)
    async with stage.app.core.store.write() as tx:
        first = await branch_id_of(stage, FIRST)
        zheng = (await form_of(stage, "郑党委")).member_id
        await tx.people.move(zheng, first, date(2026, 10, 25))
    body = await group_of(stage)
    assert body.arbiter_of(first) is None
    await forge(feng, DisputeReview(str(Q4), first, (await stand_of(stage, FIRST)).revision))
    (lead,) = await stage.persons("郑党委")
    tap = await forge(lead, await confirming(stage))
    assert tap.answer.text == REFUSED
    body = await group_of(stage)
    assert {task.state for task in body.tasks_on(first)} == {TaskState.DISAGREES, TaskState.WAITING}


# ── delegation ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def stood_in_for(stage: Stage, *bound: str) -> tuple[Person, Person, list[Person]]:
    """The first branch's reviewer has given his department's office to Wu Fang of the other branch."""
    persons = await at_work(stage, *bound, 张伟=MORE)
    feng = await reviewer(stage)
    assert await reviewer_of(stage, FIRST) == "冯办公室"
    (wu,) = await stage.persons("吴芳")
    await feng.says("/delegate")
    await feng.taps("🤝 委托：党委办公室")
    await feng.says("吴芳")
    await feng.taps("吴芳 · 第二党支部")
    await feng.taps("今天")
    await feng.says("11月30日")
    await feng.taps("✅ 确认委托")
    await stage.settle()
    return feng, wu, persons


async def test_a_seat_follows_the_delegation_and_both_names_stand(stage: Stage) -> None:
    """Who stands in confirms; the card and the ledger name both; who delegated reads, and is not asked any more."""
    feng, wu, _ = await stood_in_for(stage)
    assert "🔎 待您复评 1 个支部" in await asks(stage, wu, "/menu")
    await asks(stage, wu, "/review")
    await wu.taps("❗ 第一党支部")
    await wu.sees("⏳ 复评人：吴芳（受冯办公室委托）")
    await asks(stage, feng, "/review")
    await feng.taps("⏳ 第一党支部")
    assert "✅ 确认本支部" not in feng.last.labels
    tap = await forge(feng, await confirming(stage))
    assert tap.answer.text == REFUSED
    await wu.taps("✅ 确认本支部")
    await wu.taps("✅ 确认复评")
    await wu.sees("吴芳（受冯办公室委托）复评确认")
    async with stage.app.core.store.read() as tx:
        (entry,) = [one for one in await tx.ledger.entries() if one.kind == "branch_reviewed"]
    names = [(await form_of(stage, name)).member_id for name in ("吴芳", "冯办公室")]
    assert [entry.actor_id, facts_of(entry)["for"]] == names


async def test_who_stands_in_adjusts_and_sends_back_for_the_reviewer(stage: Stage) -> None:
    """Both names are kept with each."""
    _, wu, _ = await stood_in_for(stage)
    rating = await rating_of(stage, "张伟")
    await forge(wu, AdjustRating(rating.rating_id, rating.revision, "lecture", 10, 300, 1))
    await asks(stage, wu, "/review")
    await sent_back(stage, wu)
    async with stage.app.core.store.read() as tx:
        said = [one for one in await tx.ledger.entries() if one.kind in {"form_adjusted", "branch_sent_back"}]
    feng = (await form_of(stage, "冯办公室")).member_id
    assert [facts_of(one)["for"] for one in said] == [feng, feng]


async def test_who_stands_in_says_which_branches_he_stays_away_from(stage: Stage) -> None:
    """Then the branch waits for the reviewer himself again: nobody checks whom he is close to."""
    feng, wu, _ = await stood_in_for(stage)
    await asks(stage, wu, "/review")
    await wu.taps("🙅 申报回避")
    await wu.sees("🤝 您受冯办公室委托行使本席职责。")
    await wu.taps("第一党支部")
    await wu.taps("👪 亲属关系")
    tap = await forge(wu, await confirming(stage))
    assert tap.answer.text == REFUSED
    await forge(feng, await confirming(stage))
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEWED


async def test_a_delegation_that_has_ended_gives_the_seat_back(stage: Stage) -> None:
    """The stand-in's old button is refused, the reviewer decides."""
    feng, wu, _ = await stood_in_for(stage)
    await stage.travel("2026-12-01 09:00")
    assert (await forge(wu, await confirming(stage))).answer.text == REFUSED
    await forge(feng, await confirming(stage))
    assert (await stand_of(stage, FIRST)).state is BranchState.REVIEWED


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["张伟", "王书记", "李委员", "周委员", "陈管理"])
async def test_nobody_else_reviews(stage: Stage, name: str) -> None:
    """A member, the branch's own leaders (one of them a reviewer elsewhere), a foreign leader, the admin."""
    (person,) = await at_work(stage, name, 张伟=MORE)
    stand, rating = await stand_of(stage, FIRST), await rating_of(stage, "赵敏")
    before, where = await kinds(stage), (str(Q4), stand.branch_id, stand.revision)
    for action in (
        OpenReview(str(Q4), stand.branch_id), AskConfirmReview(*where), ConfirmReview(*where), DisputeReview(*where),
        AskSendBack(*where), AskQuestion(*where, 2),
    ):  # fmt: skip
        tap = await forge(person, action)
        assert tap.answer.text == REFUSED, action
    for action in (AskAdjust(rating.rating_id, rating.revision),
                   AdjustRating(rating.rating_id, rating.revision, "post", 10, 800, 1)):  # fmt: skip
        assert (await forge(person, action)).answer.text, action
    assert await kinds(stage) == before
    assert (await stand_of(stage, FIRST)).revision == stand.revision


async def test_who_has_no_seat_has_no_reviews(stage: Stage) -> None:
    """A member, a commissioner and the admin read that this is not theirs."""
    for person in await at_work(stage, "张伟", "周委员", "陈管理"):
        assert NO_SEAT in await asks(stage, person, "/review")
        assert (await forge(person, OpenReviews(str(Q4)))).answer.text == NO_SEAT
        assert (await forge(person, ListReviews(str(Q4)))).answer.text == REFUSED


async def test_a_reviewer_of_one_branch_is_none_of_another(stage: Stage) -> None:
    """The first branch's reviewer does not open the second, which is his own."""
    await at_work(stage)
    feng, second = await reviewer(stage), await stand_of(stage, SECOND)
    for action in (OpenReview(str(Q4), second.branch_id), await confirming(stage, SECOND)):
        assert (await forge(feng, action)).answer.text == REFUSED


async def test_only_the_branch_answers(stage: Stage) -> None:
    """The reviewer, a member and the commissioner send the button of the answer."""
    persons = await at_work(stage, "张伟", "李委员")
    feng = await reviewer(stage)
    first = await branch_id_of(stage, FIRST)
    await sent_back(stage, feng)
    for person in (*persons, feng):
        assert (await forge(person, AskAnswer(str(Q4), first))).answer.text == REFUSED
    (qian,) = await stage.persons("钱书记")
    assert (await forge(qian, AskAnswer(str(Q4), first))).answer.text == REFUSED


async def test_a_branch_without_a_question_has_nothing_to_answer(stage: Stage) -> None:
    """While it is reviewed, or where nothing was asked."""
    (wang,) = await at_work(stage, "王书记")
    tap = await forge(wang, AskAnswer(str(Q4), await branch_id_of(stage, FIRST)))
    assert tap.answer.text
    assert "question_answered" not in await kinds(stage)


@pytest.mark.parametrize("data", ["vb:2026Q4:zz:0", "vC:2026Q9:1:0", "vC:2031Q1:1:0", "va:2026Q4:1:zzz", "gs:2026Q4:x",
                                  "vb:2026Q4:1:-9", "vp:", "v:x", "gK:2026Q4:zz:none"])  # fmt: skip
async def test_impossible_buttons_are_answered(stage: Stage, data: str) -> None:
    """A reviewer's own client sends nonsense: nothing changes and nothing is buried."""
    await at_work(stage)
    feng = await reviewer(stage)
    before = await kinds(stage)
    await feng.taps(data=data)
    assert await kinds(stage) == before


# ── in time ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_open_reviews_are_reminded_and_late_ones_reach_the_party_office(stage: Stage) -> None:
    """Due on Thursday 14 January: told three days and one day before, that day, daily after it, then upwards."""
    (wang,) = await at_work(stage, "王书记")
    feng = await reviewer(stage)
    await forge(feng, await confirming(stage))
    await stage.travel("2026-12-31 10:00")
    await stage.travel("2027-01-11 10:00")
    await wang.sees("2026年第4季度复评还剩 3 天")
    await wang.sees("待您复评：第二党支部")
    await feng.sees_not("待您复评：第一党支部")
    await stage.travel("2027-01-14 10:00")
    await wang.sees("2026年第4季度复评今天截止")
    await stage.travel("2027-01-18 10:00")
    await wang.sees("2026年第4季度复评已逾期")
    await feng.sees_not("个支部复评逾期")
    await stage.travel("2027-01-20 10:00")
    await feng.sees("2026年第4季度：1 个支部复评逾期")
    assert (await stand_of(stage, SECOND)).state is BranchState.REVIEW
