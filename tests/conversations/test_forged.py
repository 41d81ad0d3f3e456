"""Whoever sends a rater's or the desk's buttons without being one changes nothing and learns nothing."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

import pytest
from sqlalchemy import select

from bot.domain.actions import ACTIONS
from bot.domain.actions.base import Action
from bot.domain.actions.desk import (
    AskReturnForm,
    EnterForMember,
    OpenMemberForm,
    OpenRollMember,
    RecordCount,
    RecordGrade,
    RecordNothing,
    ReturnForm,
)
from bot.domain.actions.rating import (
    AdjustRating,
    ApproveAll,
    ApproveRating,
    AskAdjust,
    AskAdjustMonth,
    AskAdjustPoints,
    AskAdjustReason,
    AskApproveAll,
    AskCloseBranch,
    AskMeeting,
    AskMeetingCount,
    AskMeetingDay,
    AskReturnRating,
    AskReturnReason,
    DropAdjustments,
    OpenQueue,
    OpenRating,
    PostponeRating,
    RecordMeeting,
    ReturnRating,
    ShowEvidence,
)
from bot.storage.schema import dead_letter
from bot.telegram.codec import pack
from tests.conversations.conftest import Stage
from tests.conversations.rated import Q4, forge, form_of, rated_stage, rating_of

REFUSED = "您没有此项操作的权限。"


async def buttons(stage: Stage, name: str) -> list[Action]:
    """Every button that concerns this member's rating, form or roll, or his branch."""
    rating, form = await rating_of(stage, name), await form_of(stage, name)
    card, quarter, branch = (rating.rating_id, rating.revision), str(Q4), rating.branch_id
    month, member = str(form.month), form.member_id
    return [
        OpenQueue(quarter, branch), OpenRating(rating.rating_id),
        ShowEvidence(rating.rating_id), ApproveRating(*card), PostponeRating(*card),
        AskAdjust(*card), AskAdjustMonth(*card, "post"), AskAdjustPoints(*card, "post", 10),
        AskAdjustReason(*card, "post", 10, 0), AdjustRating(*card, "post", 10, 0, 1),
        DropAdjustments(*card), AskReturnRating(*card), AskReturnReason(*card, 10),
        ReturnRating(*card, 10, 1), AskApproveAll(quarter, branch),
        ApproveAll(quarter, branch, 0), AskMeeting(quarter, branch),
        AskMeetingDay(quarter, branch, "general"),
        AskMeetingCount(quarter, branch, "general", 20261020),
        RecordMeeting(quarter, branch, "general", 20261020, 5, 5), AskCloseBranch(quarter, branch),
        OpenMemberForm(form.form_id), EnterForMember(form.form_id),
        AskReturnForm(form.form_id, form.revision), ReturnForm(form.form_id, form.revision, 1),
        OpenRollMember(month, "meetings", member), RecordCount(month, "meetings", member, "absent", 1),
        RecordNothing(month, "meetings", member), RecordGrade(month, "performance", member, "high"),
    ]  # fmt: skip


async def facts(stage: Stage) -> list[object]:
    """Everything that a forged button could have changed."""
    async with stage.app.core.store.read() as tx:
        ratings = await tx.ratings.in_quarter(Q4)
        forms = await tx.forms.in_months(Q4.months)
        records = [await tx.forms.records(month) for month in Q4.months]
        stands = await tx.periods.branch_quarters(Q4)
        return [ratings, forms, records, stands, await tx.ledger.head()]


@pytest.mark.parametrize("name", ["赵敏", "钱书记", "周委员", "冯办公室", "陈管理"])
async def test_other_peoples_buttons_change_nothing(stage: Stage, name: str) -> None:
    """A member, another branch's leaders, a department and the admin send each button of the first branch."""
    (person,) = await rated_stage(stage, name)
    for action in await buttons(stage, "张伟"):
        before = await facts(stage)
        tap = await forge(person, action)
        assert tap.answer.text, action
        assert await facts(stage) == before, action
    await person.sees_not("张伟")


async def test_nobody_decides_on_himself(stage: Stage) -> None:
    """The secretary and the commissioner send the buttons of their own cards and rolls."""
    for person in await rated_stage(stage, "王书记", "李委员"):
        for action in await buttons(stage, person.name):
            if hasattr(action, "branch_id"):
                continue
            before = await facts(stage)
            tap = await forge(person, action)
            assert tap.answer.text, action
            assert await facts(stage) == before, action


async def test_a_stranger_gets_one_sentence(stage: Stage) -> None:
    """Somebody who is bound to nobody sends the buttons too."""
    (wang,) = await rated_stage(stage, "王书记")
    stranger = stage.box.person("路人")
    await stranger.says("/start")
    await stranger.sees("您好")
    before = await facts(stage)
    for action in await buttons(stage, "张伟"):
        await stranger.taps(data=pack(action))
    assert await facts(stage) == before
    await stranger.sees_not("张伟")
    await wang.sees_not("路人")


@pytest.mark.parametrize(
    "data",
    ["q:2026Q9:1:0", "q:x:1:0", "r:zzzz", "ra:1:zz", "rp:1:1:nothing:a", "rr:1:1:post:a:zzzzz", "rJ:1:1:post:d:0:1",
     "rR:1:1:a:99", "qM:2026Q4:1:x:0:5:5", "qd:2026Q4:1:x", "qc:2026Q4:1:general:1", "qA::1:1", "d:2026-13:0",
     "di:2026-10:x:0", "dm:2026-10:meetings:zzz:0", "dc:2026-10:meetings:3:x:1:0", "dc:2026-10:meetings:3:absent:zz:0",
     "dg:2026-10:performance:3:x:0", "da:2026-10:performance", "df:zzz", "q:2026Q4:1:-5", "d:2026-10:-1"],
)  # fmt: skip
async def test_impossible_buttons_of_a_rater_are_answered(stage: Stage, data: str) -> None:
    """The secretary's own client sends nonsense: an answer comes, nothing changes, nothing is buried."""
    (wang,) = await rated_stage(stage, "王书记")
    before = await facts(stage)
    tap = await wang.taps(data=data)
    assert tap.answered
    assert await facts(stage) == before
    await wang.sees_not("出了点问题")


@pytest.mark.parametrize(
    ("number", "month", "quarter", "word"),
    [
        (0, "0000-01", "0000Q1", ""),
        (-1, "9999-12", "9999Q4", "x"),
        (2**40, "2026-13", "2026Q5", "一"),
        (1, "", "", "a"),
    ],
)
@pytest.mark.parametrize("name", ["王书记", "郑党委"])
async def test_no_button_at_the_edge_of_its_values_is_a_fault(
    stage: Stage, name: str, number: int, month: str, quarter: str, word: str
) -> None:
    """Whatever the numbers, months and ids in a button are: it is answered, and nothing fails behind the answer."""
    (person,) = await rated_stage(stage, name)
    for kind in ACTIONS:
        values = {"int": number, "month": month, "quarter": quarter, "str": word}
        fields = dataclasses.fields(cast("Any", kind))
        chosen = [values["int"] if one.type == "int" else values.get(one.name, word) for one in fields]
        tap = await person.taps(data=pack(cast("Any", kind)(*chosen)), on=person.last)
        assert tap.answered, kind
    async with stage.app.core.store.read() as tx:
        assert list(await tx.connection.scalars(select(dead_letter.c.error))) == []
