"""What is said arrives once, and small graces that fail take nothing with them."""

from __future__ import annotations

import pytest
from aiogram import Bot
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.charts.facts import PictureFacts
from bot.telegram.render import TEXT_LIMIT, fitting, utf16_length
from bot.telegram.sender import Sender
from bot.views.view import View
from sandbox import Sandbox
from sandbox.text_html import parse_html


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


@given(
    st.lists(
        st.tuples(st.sampled_from(["b", "i", "code", "a", ""]), st.text(alphabet='字a&<>"😀 \n', max_size=3000)),
        max_size=8,
    )
)
def test_a_cut_text_is_still_whole_markup(parts: list[tuple[str, str]]) -> None:
    """Neither a tag nor an entity is torn, what is open is closed, and it fits."""
    pieces = [Markup("<{0}>{{}}</{0}>").format(tag).format(text) if tag else Markup.escape(text) for tag, text in parts]
    cut = fitting(Markup("").join(pieces), TEXT_LIMIT)
    shown, _ = parse_html(cut)
    assert utf16_length(shown) <= TEXT_LIMIT
    assert "".join(text for _, text in parts).startswith(shown.removesuffix("…").removesuffix("\n"))


def test_a_line_that_is_longer_than_a_message_is_cut_within() -> None:
    """Something of it is shown, not only the dots."""
    cut = fitting(Markup("<b>头</b>\n<i>{}</i>").format("长" * 5000), TEXT_LIMIT)
    assert cut.startswith("<b>头</b>\n<i>长长")
    assert cut.endswith("长</i>\n…")
    assert utf16_length(cut) - len("<b></b><i></i>") == TEXT_LIMIT
