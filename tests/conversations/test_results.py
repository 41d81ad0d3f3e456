"""A branch closes its quarter, and everybody learns what concerns him: no more and no less."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest
from PIL import Image

from bot.domain.actions.menu import ShowBoard, ShowOverview, ShowPortrait
from bot.domain.actions.rating import CloseBranch
from bot.domain.forms import Exemption
from bot.errors import BranchNotReadyError, MonthStillOpenError
from bot.scoring.facts import Fact
from bot.telegram.refusals import PictureFailedError
from tests.conversations.closing import (
    LECTURES,
    MORE,
    asks,
    branch_id_of,
    close,
    close_all,
    code_of,
    decide,
    rated_with,
    result_of,
)  # fmt: skip
from tests.conversations.conftest import FIRST, SECOND, Stage
from tests.conversations.rated import OCTOBER, Q4, forge, form_of, rated_stage


def is_picture(message: Any) -> bool:
    """Whether the message brought a picture of a phone's width."""
    return message.photo is not None and Image.open(io.BytesIO(message.photo.data)).width >= 780


async def test_the_secretary_closes_the_quarter_by_chat(stage: Stage) -> None:
    """Approved, met, closed: the answer says so, and each member gets his own result with his portrait."""
    wang, li, zhang = await rated_with(stage, "王书记", "李委员", "张伟", 张伟=MORE, 赵敏=LECTURES)
    await decide(stage)
    await wang.says("/rate")
    await wang.taps("🏁 结束本季初评")
    tap = await wang.taps("🏁 确认结束")
    assert tap.answer.text == "本季初评已结束。"
    await wang.sees("评定 5 人，平均 64.6 分")
    await stage.settle()
    await zhang.sees("您的2026年第4季度积分开始公示")
    await zhang.sees("73 分，支部第 1 名（共 5 人）")
    await zhang.sees("目前支部内积分最高")
    assert is_picture(zhang.last)
    assert zhang.last.wire["protected"]
    await li.sees("60 分，支部并列第 3 名（共 5 人）")
    await li.sees("距上一名次还差 10 分")
    await li.sees("仅您本人可见：距 70 分线还差 10 分")


async def test_ranks_distances_and_means_are_stored_with_the_result(stage: Stage) -> None:
    """Pictures of this quarter never need to count again."""
    await rated_with(stage, 张伟=MORE, 赵敏=LECTURES)
    await close(stage)
    first, second, third = [await result_of(stage, name) for name in ("张伟", "赵敏", "孙喆")]
    assert [(one.centi, one.rank, one.ranked_of) for one in (first, second, third)] == [
        (7300, 1, 5), (7000, 2, 5), (6000, 3, 5),
    ]  # fmt: skip
    assert [one.detail["to_next"] for one in (first, second, third)] == [None, 300, 1000]
    assert first.detail["by_part"] == {"base": 6000, "vanguard": 1300, "contribution": 0}
    assert first.detail["branch_dimensions"]["thought"] == 2660
    assert first.detail["months"] == [{"month": "2026-10", "centi": 7300, "exempt": None}]


async def test_the_ledger_has_the_closing_and_each_result(stage: Stage) -> None:
    """台账: who closed, and every member's points and rank."""
    (wang,) = await rated_with(stage, "王书记", 张伟=MORE)
    revision = await decide(stage)
    await forge(wang, CloseBranch(str(Q4), await branch_id_of(stage, FIRST), revision))
    async with stage.app.core.store.read() as tx:
        entries = await tx.ledger.entries()
        assert await tx.ledger.first_bad() is None
    closed = [entry for entry in entries if entry.kind == "quarter_closed"]
    results = [json.loads(entry.body) for entry in entries if entry.kind == "result"]
    assert len(closed) == 1
    assert closed[0].actor_id is not None
    assert sorted((body["rank"], body["centi"]) for body in results) == [(1, 7300), *[(2, 6000)] * 4]


async def test_the_results_are_what_the_submitted_lines_add_up_to(stage: Stage) -> None:
    """Recomputed from the ledger alone: the sum of the lines that a member handed in is his month, and his quarter."""
    zhang, zhao = await stage.open_october("张伟", "赵敏")
    await zhang.taps("思想先锋 0/3")
    await zhang.taps("· 主讲党课")
    await zhang.taps("＋")
    await zhang.taps("＋")
    await asks(stage, zhang, "/form")
    await zhang.taps("👍 其余如常（13）")
    await zhang.taps("📤 提交")
    await zhao.taps("👍 其余如常（14）")
    await zhao.taps("📤 提交")
    await stage.app.core.do.close_month(OCTOBER)
    await stage.app.core.do.open_quarter(Q4)
    await close(stage)
    async with stage.app.core.store.read() as tx:
        entries = await tx.ledger.entries()
    handed_in = {e.subject_id: json.loads(e.body)["lines"] for e in entries if e.kind == "form_submitted"}
    results = {e.subject_id: json.loads(e.body)["centi"] for e in entries if e.kind == "result"}
    assert len(handed_in) == 2
    assert {who: sum(lines.values()) for who, lines in handed_in.items()} == {who: results[who] for who in handed_in}
    assert sorted(results[who] for who in handed_in) == [6000, 6600]


async def test_nobody_closes_before_everybody_is_decided_and_the_meeting_recorded(stage: Stage) -> None:
    """An unready branch is told what is missing, and nothing happens."""
    (wang,) = await rated_stage(stage, "王书记")
    branch_id = await branch_id_of(stage, FIRST)
    tap = await forge(wang, CloseBranch(str(Q4), branch_id, 0))
    assert "还有 5 名党员未评" in tap.answer.text
    with pytest.raises(BranchNotReadyError):
        await stage.app.core.do.close_branch.by_admin(Q4, branch_id)
    async with stage.app.core.store.read() as tx:
        assert (await tx.periods.get_branch_quarter(branch_id, Q4)).closed_at is None


async def test_a_quarter_stays_open_while_one_of_its_months_does(stage: Stage) -> None:
    """Points that can still change are not made final."""
    await stage.open_october()
    await stage.app.core.do.open_quarter(Q4)
    await decide(stage)
    with pytest.raises(MonthStillOpenError):
        await stage.app.core.do.close_branch.by_admin(Q4, await branch_id_of(stage, FIRST))


async def test_of_two_who_close_at_once_one_is_told_of_the_other(stage: Stage) -> None:
    """Secretary and committee tap together: one closing, one set of results, one truth."""
    wang, zheng = await rated_stage(stage, "王书记", "郑党委")
    action = CloseBranch(str(Q4), await branch_id_of(stage, FIRST), await decide(stage))
    taps = await asyncio.gather(forge(wang, action), forge(zheng, action))
    answers = sorted(tap.answer.text for tap in taps)
    assert sum("本季初评已结束。" in answer for answer in answers) == 1
    assert sum("已先" in answer or "已结束" in answer for answer in answers) == 2
    async with stage.app.core.store.read() as tx:
        kinds = [entry.kind for entry in await tx.ledger.entries()]
    assert kinds.count("quarter_closed") == 1
    assert kinds.count("result") == 5


@pytest.mark.parametrize("name", ["李委员", "张伟", "钱书记", "冯办公室"])
async def test_only_the_secretary_and_the_committee_close(stage: Stage, name: str) -> None:
    """A forged tap of a member, a commissioner or another branch's secretary changes nothing."""
    (person,) = await rated_stage(stage, name)
    branch_id = await branch_id_of(stage, FIRST)
    tap = await forge(person, CloseBranch(str(Q4), branch_id, await decide(stage)))
    assert tap.answer.text == "您没有此项操作的权限。"
    async with stage.app.core.store.read() as tx:
        assert (await tx.periods.get_branch_quarter(branch_id, Q4)).closed_at is None


@pytest.mark.parametrize("quarter", ["", "2026Q9", "Q4", "2026-10"])
async def test_a_forged_quarter_is_nothing(stage: Stage, quarter: str) -> None:
    """Callback data can hold any bytes."""
    (wang,) = await rated_stage(stage, "王书记")
    tap = await forge(wang, CloseBranch(quarter, 1, 0))
    assert "/menu" in tap.answer.text


async def test_who_has_nothing_countable_is_not_rated_and_needs_no_decision(stage: Stage) -> None:
    """A member on leave stands apart, without points, never with 0."""
    zhang, sun = await rated_with(stage, "张伟", "孙喆")
    form = await form_of(stage, "孙喆")
    await decide(stage)
    async with stage.app.core.store.write() as tx:
        await tx.forms.change(form, exempt=Exemption.ON_LEAVE)
        rating = await tx.ratings.find(form.member_id, Q4)
        await tx.ratings.change(rating, state="pending", decided_by=None)
    await stage.app.core.do.close_branch.by_admin(Q4, await branch_id_of(stage, FIRST))
    await stage.settle()
    result = await result_of(stage, "孙喆")
    assert (result.centi, result.rank, result.ranked_of) == (None, None, 4)
    await sun.sees("未评定：本季没有计分的月份")
    assert is_picture(sun.last)
    assert "未评定：孙喆" in await asks(stage, zhang, "/board")


async def test_the_group_gets_the_standings_pinned_and_nobody_is_marked_as_bad(stage: Stage) -> None:
    """Names, ranks, a count under the line, but neither the line nor the names of those under it."""
    wang, zhang = await rated_with(stage, "王书记", "张伟", 张伟=MORE, 赵敏=LECTURES)
    group = stage.box.group("第一党支部群", owner=wang, members=[zhang])
    await wang.says(f"/bind {await code_of(stage, wang)}", to=group)
    await close(stage)
    await wang.sees("1. 张伟 73", to=group)
    await wang.sees("🏅 红榜：张伟", to=group)
    await wang.sees("70 分以下 3 人", to=group)
    await wang.sees_not("仅责任人可见", to=group)
    await wang.sees("(pinned)", to=group)


async def test_the_board_marks_the_own_row_and_shows_leaders_the_line(stage: Stage) -> None:
    """A member sees his own rank first and a count; the secretary sees who is under the line."""
    wang, zhang = await rated_with(stage, "王书记", "张伟", 张伟=MORE)
    await close(stage)
    own = await asks(stage, zhang, "/board")
    assert "您：第 1 名，73 分" in own
    assert "70 分以下 4 人" in own
    assert is_picture(zhang.last)
    led = await asks(stage, wang, "/board")
    assert "🔒 70 分以下（仅责任人可见）：王书记、李委员、赵敏、孙喆" in led


async def test_names_follow_the_switches(stage: Stage) -> None:
    """With own_only a member finds only his own name, the secretary all; without black list nobody gets names."""
    wang, zhang = await rated_with(stage, "王书记", "张伟", 张伟=MORE)
    await close(stage)
    for name, value in (("board_names", "own_only"), ("red_list", "off"), ("black_list", "off")):
        await stage.app.core.do.change_switch(name, value)
    own = await asks(stage, zhang, "/board")
    assert "1. 张伟 73" in own
    assert "2. 某同志 60" in own
    assert "赵敏" not in own
    assert "红榜" not in own
    led = await asks(stage, wang, "/board")
    assert "2. 赵敏 60" in led
    assert "仅责任人可见" not in led


async def test_the_overview_comes_when_the_last_branch_has_closed(stage: Stage) -> None:
    """Leaders, departments and the committee get it once; members never."""
    wang, zhang, zheng, feng = await rated_with(stage, "王书记", "张伟", "郑党委", "冯办公室", 张伟=MORE)
    await close(stage, FIRST)
    await zheng.sees_not("各支部2026年第4季度积分已全部公示")
    await close(stage, SECOND)
    for leader in (wang, zheng, feng):
        await leader.sees("各支部2026年第4季度积分已全部公示")
        await leader.sees("1. 第一党支部 62.6（60–73）")
        assert is_picture(leader.last)
    await zhang.sees_not("各支部2026年第4季度")
    tap = await forge(zhang, ShowOverview())
    assert tap.answer.text == "您没有此项操作的权限。"
    await zheng.taps("🏅 红榜")
    await zheng.sees("第一党支部：张伟")


async def test_the_committee_opens_any_branch_and_a_member_only_his_own(stage: Stage) -> None:
    """Buttons for the committee, a refusal for a forged tap."""
    zhang, zheng = await rated_with(stage, "张伟", "郑党委", 张伟=MORE)
    await close_all(stage)
    await asks(stage, zheng, "/overview")
    await zheng.taps("第一党支部")
    await zheng.sees("1. 张伟 73")
    tap = await forge(zhang, ShowBoard(str(Q4), await branch_id_of(stage, SECOND)))
    assert tap.answer.text == "您没有此项操作的权限。"


async def test_before_the_first_close_there_is_a_sentence_and_a_running_portrait(stage: Stage) -> None:
    """No empty picture: the board says when it comes, the portrait says that it is provisional."""
    (zhang,) = await rated_with(stage, "张伟")
    assert "2027年1月15日" in await asks(stage, zhang, "/board")
    assert "自评暂计，以支部初评为准" in await asks(stage, zhang, "/portrait")
    assert is_picture(zhang.last)
    tap = await forge(zhang, ShowPortrait("2025Q1"))
    assert "2027年1月15日" in tap.answer.text


async def test_points_so_far_are_marked_provisional_and_the_year_is_told(stage: Stage) -> None:
    """/score before and after the branch has closed."""
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    before = await asks(stage, zhang, "/score")
    assert "10月：73 分（已提交）" in before
    assert "自评暂计" in before
    await close(stage)
    after = await asks(stage, zhang, "/score")
    assert "2026年第4季度：73 分，支部第 1 名（共 5 人）" in after
    assert "2026 年累计：73 分（已结束的 1 个季度平均）" in after


async def test_a_picture_that_cannot_be_drawn_is_said_in_words(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts arrive all the same."""

    async def broken(_facts: object) -> bytes:
        raise PictureFailedError("no font")

    monkeypatch.setattr(stage.app.postman._sender, "_draw", broken)
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    await close(stage)
    await zhang.sees("73 分，支部第 1 名（共 5 人）")
    assert zhang.last.photo is None
    await asks(stage, zhang, "/board")
    await zhang.sees("2. 孙喆 60")


@pytest.mark.parametrize(("code", "lost"), [(400, False), (413, False), (500, True)])
async def test_an_upload_that_fails_is_said_in_words(stage: Stage, code: int, lost: bool) -> None:
    """Whether Telegram refuses the picture or its answer is lost: everybody gets his result."""
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    stage.box.fault(method="sendPhoto", code=code, lose_answer=lost, times=0)
    await close(stage)
    await zhang.sees("73 分，支部第 1 名（共 5 人）")
    assert zhang.last.text
    assert zhang.last.photo is None


async def test_a_result_waits_for_who_cannot_be_reached(stage: Stage) -> None:
    """Blocked, closed, unblocked: the result comes then."""
    (zhang,) = await rated_with(stage, "张伟", 张伟=MORE)
    await zhang.blocks()
    await stage.settle()
    await close(stage)
    await zhang.unblocks()
    await stage.settle()
    await zhang.sees("73 分，支部第 1 名（共 5 人）")


async def test_a_late_closing_is_told_in_the_morning(stage: Stage) -> None:
    """Nothing is sent between 21:00 and 08:30."""
    (zhang,) = await rated_with(stage, "张伟")
    await stage.travel("2026-10-25 22:00")
    await close(stage)
    await zhang.sees_not("积分开始公示")
    await stage.travel("2026-10-26 08:30")
    await zhang.sees("积分开始公示")


async def test_namesakes_on_a_board_are_told_apart(stage: Stage) -> None:
    """Two members of one name carry the end of their staff numbers."""
    (wang,) = await rated_with(stage, "王书记", 张伟=MORE)
    async with stage.app.core.store.write() as tx:
        twin = await tx.people.find_by_staff_no("104")
        await tx.people.change_member(twin.member_id, name="张伟")
    await close(stage)
    told = await asks(stage, wang, "/board")
    assert "1. 张伟·102 73" in told
    assert "2. 张伟·104 60" in told


async def test_the_bonus_of_closed_quarters_counts_for_the_year(stage: Stage) -> None:
    """A commendation of the bank branch brings two points to the year, none to the quarter."""
    commended = {"commendation": (Fact("commendation", act="bank", count=1),)}
    (zhang,) = await rated_with(stage, "张伟", 张伟=commended)
    assert "年累计" not in await asks(stage, zhang, "/score")
    await close(stage)
    after = await asks(stage, zhang, "/score")
    assert "2026年第4季度：60 分" in after
    assert "2026 年累计：62 分（已结束的 1 个季度平均），另加独立加分 2 分" in after
    assert "🎖 表彰：分行 × 1 +2（计入全年）" in await asks(stage, zhang, "/why")
