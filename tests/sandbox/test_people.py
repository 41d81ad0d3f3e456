"""What people do and see."""

import asyncio
from datetime import timedelta

import pytest

from sandbox import Person, Sandbox
from sandbox.refusals import CannotError
from tests.sandbox.bot_api import TOKEN, Ask, keyboard, picture


async def updates_of(ask: Ask, kind: str) -> list[dict[str, object]]:
    """Return the payloads of one kind that wait."""
    return [update[kind] for update in await ask("getUpdates") if kind in update]


async def test_a_text_reaches_the_bot_with_its_commands_marked(ask: Ask, zhang: Person):
    """/start with its payload is a command entity and text."""
    await zhang.says("/start abc")
    (message,) = await updates_of(ask, "message")
    assert message["text"] == "/start abc"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {"id": zhang.user_id, "is_bot": False, "first_name": "张伟", "language_code": "zh-hans"}


async def test_one_name_is_one_person_unless_ids_say_otherwise(box: Sandbox, zhang: Person):
    """Namesakes are told apart by their ids."""
    assert box.person("张伟") is zhang
    namesake = box.person("张伟", user_id=1)
    assert namesake.user_id == 1
    assert namesake is not zhang


async def test_a_tap_waits_for_the_answer(ask: Ask, me: int, zhang: Person):
    """The toast is in the tap and on the screen."""
    await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("提交"))
    tapping = asyncio.ensure_future(zhang.taps("提交"))
    (query,) = (await ask("getUpdates", timeout=2))[-1:]
    await ask("answerCallbackQuery", callback_query_id=query["callback_query"]["id"], text="已提交", show_alert=True)
    tap = await tapping
    assert tap.answer is not None
    assert (tap.answer.text, tap.answer.alert) == ("已提交", True)
    assert "‼ 已提交" in zhang.screen()


async def test_people_without_a_username_are_mentioned_by_id(ask: Ask, me: int, zhang: Person):
    """A link to a person names whom the bot knows, and is plain text for anybody else. https://core.telegram.org/bots/api#html-style"""
    words = f'<a href="tg://user?id={me}">张伟</a> <a href="tg://user?id=5">谁</a>'
    sent = await ask("sendMessage", chat_id=me, text=words, parse_mode="HTML")
    assert [entity["user"]["first_name"] for entity in sent["entities"]] == ["张伟"]
    answer = await ask.upload("sendPhoto", {"photo": picture()}, chat_id=me, caption=words, parse_mode="HTML")
    assert [entity["user"]["id"] for entity in answer["result"]["caption_entities"]] == [me]


async def test_the_newest_button_of_a_label_is_meant(ask: Ask, me: int, zhang: Person):
    """Of two cards with the same button the lower one is tapped, unless `on` names the other."""
    first = await ask("sendMessage", chat_id=me, text="old", reply_markup=keyboard("提交"))
    second = await ask("sendMessage", chat_id=me, text="new", reply_markup=keyboard("提交"))
    assert (await zhang.taps("提交", wait=0)).message_id == second["message_id"]
    assert (await zhang.taps("提交", on=first["message_id"], wait=0)).message_id == first["message_id"]


async def test_a_button_that_is_not_there_fails_with_the_screen(ask: Ask, me: int, zhang: Person):
    """A test that taps in vain shows what the person saw."""
    await ask("sendMessage", chat_id=me, text="你好")
    with pytest.raises(AssertionError, match=r"no button “提交”(?s:.*)你好"):
        await zhang.taps("提交")


async def test_a_disabled_button_does_nothing(ask: Ask, me: int, zhang: Person):
    """A decided card cannot be tapped. https://core.telegram.org/bots/api#disabledbutton"""
    markup = {"inline_keyboard": [[{"text": "已通过", "disabled": {}}]]}
    await ask("sendMessage", chat_id=me, text="x", reply_markup=markup)
    assert zhang.last.buttons[0][0].disabled
    with pytest.raises(AssertionError, match="disabled"):
        await zhang.taps("已通过")


async def test_a_forged_tap_sends_any_bytes(ask: Ask, me: int, zhang: Person):
    """A custom app can press what is not on the screen."""
    message = await ask("sendMessage", chat_id=me, text="x")
    await zhang.taps(data=b"\xff\x00approve", on=message["message_id"], wait=0)
    (query,) = await updates_of(ask, "callback_query")
    assert query["data"] == "\ufffd\x00approve"


async def test_a_reply_key_is_said(ask: Ask, me: int, zhang: Person):
    """Keys below the input field are text; a one-time keyboard is gone after it."""
    markup = {"keyboard": [[{"text": "菜单"}]], "one_time_keyboard": True}
    await ask("sendMessage", chat_id=me, text="x", reply_markup=markup)
    assert "⌨ [菜单]" in zhang.screen()
    await zhang.taps("菜单")
    assert [message["text"] for message in await updates_of(ask, "message")] == ["菜单"]
    assert "⌨" not in zhang.screen()


async def test_pictures_arrive_one_by_one_or_as_an_album(ask: Ask, zhang: Person):
    """An album is several messages with one media_group_id, the caption under the first."""
    await zhang.sends_photo(picture(), picture(70), caption="佐证", album=True)
    await zhang.sends_photo(picture(), picture(80))
    messages = await updates_of(ask, "message")
    assert [message.get("caption") for message in messages] == ["佐证", None, None, None]
    groups = [message.get("media_group_id") for message in messages]
    assert groups[0] == groups[1] is not None
    assert groups[2:] == [None, None]
    file = await ask("getFile", file_id=messages[0]["photo"][-1]["file_id"])
    async with ask.session.get(f"{ask.url}/file/bot{TOKEN}/{file['file_path']}") as response:
        assert await response.read() == picture()


async def test_documents_stickers_forwards_and_edits(ask: Ask, zhang: Person):
    """The other things people send."""
    await zhang.sends_document(b"%PDF", "证明.pdf", caption="附件")
    sticker = await zhang.sends_sticker("👍")
    await zhang.forwards(sticker)
    said = await zhang.says("错字")
    await zhang.edits(said, "改好")
    document, first, forwarded, text = await updates_of(ask, "message")
    assert (document["document"]["file_name"], document["caption"]) == ("证明.pdf", "附件")
    assert first["sticker"]["emoji"] == "👍"
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "张伟"
    (edited,) = await updates_of(ask, "edited_message")
    assert (text["text"], edited["text"]) == ("错字", "改好")
    assert edited["edit_date"]


async def test_a_poll_is_voted_in(ask: Ask, me: int, zhang: Person):
    """The bot is told of each vote in a poll that is not anonymous. https://core.telegram.org/bots/api#pollanswer"""
    options = [{"text": "甲"}, {"text": "乙"}]
    poll = await ask("sendPoll", chat_id=me, question="谁?", options=options, is_anonymous=False)
    await zhang.votes(poll["message_id"], 1)
    (answer,) = await updates_of(ask, "poll_answer")
    assert answer["option_ids"] == [1]
    assert (await ask("stopPoll", chat_id=me, message_id=poll["message_id"]))["options"][1]["voter_count"] == 1


async def test_a_poll_closes_when_its_time_is_over(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """Travelling past the close date closes it, and the bot is told. https://core.telegram.org/bots/api#poll"""
    options = [{"text": "甲"}, {"text": "乙"}]
    poll = await ask("sendPoll", chat_id=me, question="谁?", options=options, open_period=600)
    await box.travel(box.clock.now() + timedelta(minutes=11))
    assert [one["is_closed"] for one in await updates_of(ask, "poll")] == [True]
    with pytest.raises(CannotError, match="closed"):
        await zhang.votes(poll["message_id"], 0)


async def test_seeing_waits_until_it_is_there(ask: Ask, me: int, zhang: Person):
    """`sees` returns when the message comes, and fails with the screen when it does not."""
    waiting = asyncio.ensure_future(zhang.sees("来了"))
    await asyncio.sleep(0.02)
    await ask("sendMessage", chat_id=me, text="来了")
    await waiting
    with pytest.raises(AssertionError, match=r"“不在” is not on the screen(?s:.*)来了"):
        await zhang.sees("不在", timeout=0.02)


async def test_what_was_edited_away_is_no_longer_seen(ask: Ask, me: int, zhang: Person):
    """The screen shows what stands in the chat now."""
    message = await ask("sendMessage", chat_id=me, text="before")
    await ask("editMessageText", chat_id=me, message_id=message["message_id"], text="after")
    await zhang.sees("after  (edited)")
    await zhang.sees_not("before")


async def test_seeing_not_fails_when_it_is_there(ask: Ask, me: int, zhang: Person):
    """`sees_not` is no blank cheque."""
    await ask("sendMessage", chat_id=me, text="here")
    with pytest.raises(AssertionError):
        await zhang.sees_not("here")


async def test_idle_means_confirmed_and_done(ask: Ask, box: Sandbox, zhang: Person):
    """An update that nobody confirmed keeps the sandbox busy."""
    await zhang.says("x")
    assert not await box.idle(timeout=0.02)
    (update,) = await ask("getUpdates")
    waiting = asyncio.ensure_future(box.idle())
    await ask("getUpdates", offset=update["update_id"] + 1)
    assert await waiting


async def test_the_outbox_tells_every_call(ask: Ask, me: int, box: Sandbox):
    """Method, typed parameters, chat, and what came of it."""
    since = box.outbox()[-1].seq if box.outbox() else 0
    await ask.upload("sendPhoto", {"photo": picture()}, chat_id=str(me), caption="图")
    await ask.answer("sendMessage", chat_id=me, text="")
    sent, refused = box.outbox(since)
    assert (sent.method, sent.chat_id, sent.params["caption"], sent.ok) == ("sendPhoto", me, "图", True)
    assert sent.params["photo"]["size"] == len(picture())
    assert (refused.ok, refused.error_code, refused.description) == (False, 400, "Bad Request: message text is empty")


async def test_after_a_reset_only_the_bots_are_left(ask: Ask, me: int, box: Sandbox, zhang: Person):
    """A new day: nobody, nothing, no faults."""
    box.fault(times=0, code=500)
    box.reset()
    assert await ask.refusal("sendMessage", chat_id=me, text="x") == "Bad Request: chat not found"
    assert box.person("张伟").messages == []


async def test_a_command_menu_for_each(ask: Ask, box: Sandbox, zhang: Person):
    """The narrowest scope wins, then the language. https://core.telegram.org/bots/api#determining-list-of-commands"""
    from sandbox.seen import see_commands

    bot = box.bot(TOKEN)

    def menu(person: Person) -> list[str]:
        return [command["command"] for command in see_commands(bot, person.chat(), person.user)]

    one = [{"command": "help", "description": "x"}]
    await ask("setMyCommands", commands=one)
    li = box.person("李娜", language="en")
    await li.says("/start")
    zh = [{"command": "bangzhu", "description": "x"}]
    await ask("setMyCommands", commands=zh, language_code="zh", scope={"type": "all_private_chats"})
    assert (menu(zhang), menu(li)) == (["bangzhu"], ["help"])
    mine = [{"command": "pingfen", "description": "x"}]
    await ask("setMyCommands", commands=mine, scope={"type": "chat", "chat_id": li.chat_id})
    assert menu(li) == ["pingfen"]
    assert await ask("getMyCommands", scope={"type": "chat", "chat_id": li.chat_id}) == mine
    await ask("deleteMyCommands", scope={"type": "chat", "chat_id": li.chat_id})
    assert menu(li) == ["help"]


def block(kind: str, **fields: object) -> dict[str, object]:
    """Return a rich message of one block."""
    return {"blocks": [{"type": kind, **fields}]}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"html": "<h1>x</h1>"}, "rich messages are taken as blocks only by the sandbox"),
        ({"blocks": []}, "rich message must be non-empty"),
        (block("paragraph", text="x" * 32_769), "rich message is too long"),
        ({"blocks": [{"type": "paragraph", "text": "x"}] * 501}, "rich message is too long"),
        (block("buttons", buttons=[{"text": "x", "callback_data": "党" * 22}]), "BUTTON_DATA_INVALID"),
        (block("table", cells=[[{"text": "x", "align": "left", "valign": "top"}] * 21]),
         "rich message table has too many columns"),
        (block("paragraph", words="x"), 'can\'t find field "text"'),
        (block("poem", text="x"), 'field "blocks" has an unsupported type'),
    ],
)  # fmt: skip
async def test_rich_messages_that_are_not_valid(ask: Ask, me: int, message: dict[str, object], said: str):
    """At most 32768 characters, 500 blocks, 20 columns. https://core.telegram.org/bots/api#inputrichmessage"""
    assert await ask.refusal("sendRichMessage", chat_id=me, rich_message=message) == f"Bad Request: {said}"


async def test_a_button_inside_a_rich_message_is_tapped(ask: Ask, me: int, zhang: Person):
    """Buttons in blocks work like those below. https://core.telegram.org/bots/api#inputrichblockbuttons"""
    button = {"text": ["查看", {"type": "bold", "text": "积分"}], "callback_data": "why", "style": "link"}
    item = {"blocks": [{"type": "paragraph", "text": "一"}]}
    blocks = [{"type": "list", "items": [item]}, {"type": "buttons", "buttons": [button]}]
    await ask("sendRichMessage", chat_id=me, rich_message={"blocks": blocks})
    assert (await zhang.taps("查看积分", wait=0)).data == "why"
    await zhang.sees("• 一")


async def test_a_rich_message_is_shown_as_words(ask: Ask, me: int, zhang: Person):
    """Tables read row by row. https://core.telegram.org/bots/api#sendrichmessage"""
    cells = [[{"text": "张伟", "align": "left", "valign": "top"}, {"text": ["96", {"type": "bold", "text": ".5"}]}]]
    cells[0][1] |= {"align": "right", "valign": "top"}
    await ask("sendRichMessage", chat_id=me, rich_message={"blocks": [{"type": "table", "cells": cells}]})
    await zhang.sees("张伟 | 96.5")
