"""公示: the committee shows the reviewed branches at one moment; five working days later the points are final."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.actions.publicity import AskPublish, OpenPublicity, PublishQuarter
from bot.domain.forms import BranchState
from bot.errors import PublicationTooEarlyError
from tests.conversations.closing import MORE, asks, close, rated_with
from tests.conversations.conftest import FIRST, SECOND, Stage
from tests.conversations.rated import Q4, forge
from tests.conversations.shown import ENDS, PLANNED, bound_group, review, stand_of


async def kinds(stage: Stage) -> list[str]:
    """Every kind of the ledger, in order."""
    async with stage.app.core.store.read() as tx:
        return [entry.kind for entry in await tx.ledger.entries()]


async def test_the_committee_shows_both_branches_at_one_moment(stage: Stage) -> None:
    """The card comes on the 15th, names the branches once more, and one tap shows them."""
    zheng, zhang, wu = await rated_with(stage, "郑党委", "张伟", "吴芳", 张伟=MORE)
    await review(stage, FIRST)
    await review(stage, SECOND)
    await stage.travel(PLANNED)
    await zheng.sees("已复评 2/2 个支部")
    await zheng.taps("📢 公示这 2 个支部")
    await zheng.sees("第一党支部、第二党支部")
    await zheng.sees("1月21日 24:00前党员可提出异议，期满后定稿。")
    tap = await zheng.taps("📢 确认公示")
    assert tap.answer.text == "📢 2 个支部已公示。"
    await zheng.sees("已公示：2/2，至1月21日 24:00")
    await stage.settle()
    for member in (zhang, wu):
        await member.sees("您的2026年第4季度积分开始公示")
        await member.sees("公示至1月21日 24:00，如有异议请在此之前提出。")
        await member.sees("⚖️ 我有异议")
    assert (await stand_of(stage, FIRST)).published_at == (await stand_of(stage, SECOND)).published_at
    await zheng.sees("各支部2026年第4季度积分已全部公示")


async def test_before_its_day_only_a_complete_quarter_is_shown(stage: Stage) -> None:
    """With one branch missing the card says from when; with all reviewed the committee may show it earlier."""
    (zheng,) = await rated_with(stage, "郑党委")
    await review(stage, FIRST)
    card = await asks(stage, zheng, "/publish")
    assert "已复评 1/2 个支部" in card
    assert "初评中：第二党支部" in card
    assert "计划于1月15日 09:00公示；在此之前，须各支部全部复评完毕方可公示。" in card
    await zheng.sees_not("公示这 1 个支部")
    seal = (await stage.app.core.do.read_publicity(Q4)).seal
    tap = await forge(zheng, PublishQuarter(str(Q4), seal))
    assert tap.answer.text == "还有 1 个支部未复评。1月15日 09:00起可先公示其余支部。"
    with pytest.raises(PublicationTooEarlyError):
        await stage.app.core.do.publish_quarter.by_admin(Q4)
    await review(stage, SECOND)
    await asks(stage, zheng, "/publish")
    await zheng.taps("📢 公示这 2 个支部")
    await zheng.taps("📢 确认公示")
    assert (await stand_of(stage, SECOND)).state is BranchState.PUBLIC


async def test_a_late_branch_is_shown_by_a_second_tap_with_its_own_end(stage: Stage) -> None:
    """On the day the others are shown without it; each nag says what is missing."""
    zheng, feng = await rated_with(stage, "郑党委", "冯办公室")
    await review(stage, FIRST)
    await stage.travel(PLANNED)
    await zheng.taps("📢 公示这 1 个支部")
    await zheng.sees("第一党支部")
    await zheng.taps("📢 确认公示")
    await stage.travel("2027-01-18 09:00")
    await zheng.sees("已公示：1/2")
    await feng.sees_not("公示已逾期")
    await stage.travel("2027-01-20 09:00")
    await feng.sees("⏰ 2026年第4季度公示已逾期。")
    await feng.sees("初评中：第二党支部")
    await review(stage, SECOND)
    await asks(stage, zheng, "/publish")
    await zheng.taps("📢 公示这 1 个支部")
    await zheng.taps("📢 确认公示")
    first, second = await stand_of(stage, FIRST), await stand_of(stage, SECOND)
    assert first.publicity_ends_at is not None
    assert second.publicity_ends_at is not None
    assert first.publicity_ends_at < second.publicity_ends_at
    await zheng.sees("至1月21日 24:00、1月26日 24:00")


async def test_publicity_ends_by_itself_and_the_group_reads_it_on_the_same_message(stage: Stage) -> None:
    """Pinned when it begins; at the end the same message says that it is final, and no second one comes."""
    wang, zheng, zhang = await rated_with(stage, "王书记", "郑党委", "张伟", 张伟=MORE)
    group = await bound_group(stage, wang, zhang)
    await review(stage, FIRST)
    await stage.travel(PLANNED)
    await forge(zheng, AskPublish(str(Q4)))
    await zheng.taps("📢 确认公示")
    await stage.settle()
    await wang.sees("📣 第一党支部2026年第4季度积分公示。", to=group)
    await wang.sees("公示至1月21日 24:00，如有异议请在此之前提出。", to=group)
    before = wang.messages_in(group)
    await stage.travel("2027-01-21 23:59")
    assert (await stand_of(stage)).state is BranchState.PUBLIC
    await stage.travel(ENDS)
    assert (await stand_of(stage)).state is BranchState.FINAL
    await wang.sees("📣 第一党支部2026年第4季度积分已定稿。", to=group)
    await wang.sees("✅ 已于1月22日定稿", to=group)
    await wang.sees_not("如有异议", to=group)
    after = wang.messages_in(group)
    assert [one.message_id for one in after] == [one.message_id for one in before]
    old, new = [next(one for one in seen if one.photo) for seen in (before, after)]
    assert old.photo.data != new.photo.data
    assert "✅ 已于1月22日定稿" in await asks(stage, zhang, "/board")
    assert " · 已定稿" in await asks(stage, zhang, "/score")
    assert (await kinds(stage)).count("quarter_final") == 1


async def test_without_a_review_group_publicity_is_the_same(stage: Stage) -> None:
    """The branch closes, its points are shown at once, and five working days later they are final."""
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    await close(stage)
    stand = await stand_of(stage)
    assert stand.publicity_ends_at is not None
    assert "如有异议请在此之前提出" in await asks(stage, zhang, "/score")
    await zhang.sees("⚖️ 我有异议")
    await stage.travel("2026-11-09 09:00")
    assert (await stand_of(stage)).state is BranchState.FINAL


async def test_what_changed_since_the_question_was_asked_is_not_shown_unseen(stage: Stage) -> None:
    """Another branch was reviewed between the two taps: the fresh card comes first."""
    (zheng,) = await rated_with(stage, "郑党委")
    await review(stage, FIRST)
    await stage.travel(PLANNED)
    await zheng.taps("📢 公示这 1 个支部")
    await review(stage, SECOND)
    tap = await zheng.taps("📢 确认公示")
    assert tap.answer.text == "卡片已更新，请看最新内容。"
    assert (await stand_of(stage)).state is BranchState.REVIEWED
    await zheng.sees("📢 公示这 2 个支部")


async def test_of_two_who_publish_at_once_one_is_told(stage: Stage) -> None:
    """One publication, one set of results, one letter a member."""
    (zheng,) = await rated_with(stage, "郑党委")
    await review(stage, FIRST)
    await review(stage, SECOND)
    card = await stage.app.core.do.read_publicity(Q4)
    action = PublishQuarter(str(Q4), card.seal)
    answers = [tap.answer.text for tap in await asyncio.gather(forge(zheng, action), forge(zheng, action))]
    assert sorted(answers) == sorted(["📢 2 个支部已公示。", "本季度各支部均已公示。"])
    assert (await kinds(stage)).count("quarter_published") == 2
    assert (await kinds(stage)).count("result") == 11


@pytest.mark.parametrize("name", ["张伟", "王书记", "李委员", "冯办公室", "陈管理"])
async def test_only_the_committee_shows(stage: Stage, name: str) -> None:
    """A forged tap of anybody else shows nothing."""
    (person,) = await rated_with(stage, name)
    await review(stage, FIRST)
    await stage.travel(PLANNED)
    card = await stage.app.core.do.read_publicity(Q4)
    for action in (OpenPublicity(str(Q4)), AskPublish(str(Q4)), PublishQuarter(str(Q4), card.seal)):
        tap = await forge(person, action)
        assert tap.answer.text == "您没有此项操作的权限。"
    assert (await stand_of(stage)).state is BranchState.REVIEWED
