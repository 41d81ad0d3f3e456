"""Who cannot be reached: nothing is tried in vain, and his letters wait for his next sign of life."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Stage
from tests.conversations.rated import hand_in

GONE = "Forbidden: user is deactivated"


def tried(stage: Stage, chat_id: int) -> list[int | None]:
    """How each message to this chat ended: None if it arrived, else Telegram's error code."""
    return [call.error_code for call in stage.box.outbox() if call.method == "sendMessage" and call.chat_id == chat_id]


async def test_who_is_known_to_be_gone_is_not_tried_again(stage: Stage) -> None:
    """One refusal tells it; reminders are not sent after it."""
    (zhang,) = await stage.persons("张伟")
    stage.box.fault("sendMessage", chat_id=zhang.chat_id, code=403, description=GONE, times=0)
    await stage.travel("2026-11-02 17:00")
    assert tried(stage, zhang.chat_id).count(403) == 1


async def test_who_blocks_the_bot_costs_not_one_refusal(stage: Stage) -> None:
    """Telegram has said so; nothing is sent until he unblocks it."""
    (zhang,) = await stage.persons("张伟")
    await zhang.blocks()
    await stage.settle()
    await stage.travel("2026-11-02 17:00")
    assert 403 not in tried(stage, zhang.chat_id)


@pytest.mark.parametrize("sign", ["writes", "taps"])
async def test_a_sign_of_life_brings_what_waited(stage: Stage, sign: str) -> None:
    """A closed account that is open again sends no word of it; the person's own first deed does."""
    (zhang,) = await stage.persons("张伟")
    stage.box.fault("sendMessage", chat_id=zhang.chat_id, code=403, description=GONE, times=1)
    await stage.travel("2026-10-25 09:00")
    assert "2026年10月自评表" not in zhang.screen()
    if sign == "writes":
        await zhang.says("你好")
    else:
        await zhang.taps("💡 帮助")
    await stage.settle()
    await zhang.sees("2026年10月自评表")
    await stage.travel("2026-10-30 17:00")
    await zhang.sees("自评表还在等您")


async def test_what_is_over_by_then_is_not_told_any_more(stage: Stage) -> None:
    """The form was handed in meanwhile: its card does not come again."""
    (zhang,) = await stage.persons("张伟")
    await zhang.blocks()
    await stage.settle()
    await stage.travel("2026-10-25 09:00")
    await hand_in(stage, "张伟")
    before = zhang.screen().count("自评表")
    await zhang.unblocks()
    await stage.settle()
    assert zhang.screen().count("自评表") == before
