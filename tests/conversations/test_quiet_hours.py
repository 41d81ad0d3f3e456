"""From 21:00 to 8:30 nobody is written to, and what is said next morning is true then."""

from __future__ import annotations

import pytest

from bot.domain.actions.desk import ReturnForm
from bot.outbox.letters import FormNudged
from tests.conversations.away import away_until
from tests.conversations.conftest import PEOPLE, Stage, at
from tests.conversations.rated import forge, form_of, hand_in


async def test_a_form_sent_back_at_night_is_told_next_morning(stage: Stage) -> None:
    """The commissioner may work late; the member sleeps."""
    li, zhang = await stage.open_october("李委员", "张伟")
    await hand_in(stage, "张伟")
    await stage.travel("2026-10-26 22:00")
    form = await form_of(stage, "张伟")
    await forge(li, ReturnForm(form.form_id, form.revision, 1))
    await stage.settle()
    await zhang.sees_not("退回")
    await stage.travel("2026-10-27 08:30")
    await zhang.sees("退回")


async def test_who_blocks_the_bot_at_night_is_reported_next_morning(stage: Stage) -> None:
    """The commissioner can do nothing about it before."""
    li, zhang = await stage.open_october("李委员", "张伟")
    await stage.travel("2026-10-26 22:00")
    await zhang.blocks()
    await stage.settle()
    await li.sees_not("已无法收到消息")
    await stage.travel("2026-10-27 08:30")
    await li.sees("张伟 已无法收到消息")


@pytest.mark.parametrize("woken", ["2026-11-02 22:00", "2026-11-03 01:00"])
async def test_a_reminder_that_comes_too_late_is_not_sent(stage: Stage, woken: str) -> None:
    """The bot was away on the last afternoon: next morning the month is closed, and nobody is told to hurry."""
    (zhang,) = await stage.open_october("张伟")
    await away_until(stage, woken)
    await stage.travel("2026-11-03 08:31")
    await zhang.sees_not("最后一天")
    await zhang.sees_not("尚未提交")


async def test_what_was_due_by_day_and_is_late_waits_for_the_morning(stage: Stage) -> None:
    """The bot was away from the afternoon on; when it is back at night, it lets people sleep."""
    (zhang,) = await stage.open_october("张伟")
    await stage.travel("2026-10-30 16:59")
    async with stage.app.core.store.write() as tx:
        await tx.letters.write(
            "late", FormNudged((await form_of(stage, "张伟")).form_id), to_member=1 + list(PEOPLE).index("张伟"),
            due_at=at("2026-10-30 17:30"),
        )  # fmt: skip
    await away_until(stage, "2026-10-30 22:00")
    await zhang.sees_not("支部提醒您")
    await stage.travel("2026-10-31 08:29")
    await zhang.sees_not("支部提醒您")
    await stage.travel("2026-10-31 08:30")
    await zhang.sees("支部提醒您")
