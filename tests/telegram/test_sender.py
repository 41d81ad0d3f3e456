"""What is said arrives once, and small graces that fail take nothing with them."""

from __future__ import annotations

import pytest
from aiogram import Bot
from markupsafe import Markup

from bot.charts.facts import PictureFacts
from bot.telegram.render import TEXT_LIMIT, fitting, utf16_length
from bot.telegram.sender import Sender
from bot.views.view import View
from sandbox import Sandbox


async def no_picture(facts: PictureFacts) -> bytes:
    """Nothing is drawn here."""
    raise AssertionError(facts)


@pytest.mark.parametrize(
    "fault", [{"code": 429, "retry_after": 30}, {"code": 502}, {"lose_answer": True}, {"code": 403}]
)
async def test_a_pin_that_fails_does_not_send_the_message_again(
    box: Sandbox, bot: Bot, fault: dict[str, int | bool]
) -> None:
    """The message stands in the group; whoever sends it must not take it for lost."""
    wang = box.person("王书记")
    group = box.group("支部群", owner=wang)
    box.fault(method="pinChatMessage", **fault)
    sent = await Sender(bot, no_picture).send(group.chat_id, View(Markup("榜单"), pinned=True))
    assert [seen.message_id for seen in wang.messages_in(group) if seen.text == "榜单"] == [sent]


@pytest.mark.parametrize("text", ["字\n\n" * 2040, "甲    乙 " * 600, "<b>字</b>\n" * 4000, "😀" * 2049])
def test_a_text_is_cut_to_what_telegram_counts(text: str) -> None:
    """Empty lines and blanks count too."""
    shown = fitting(Markup(text), TEXT_LIMIT).replace("<b>", "").replace("</b>", "")
    assert utf16_length(shown) <= TEXT_LIMIT
