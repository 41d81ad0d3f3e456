"""Two witnesses: one script, driven by aiogram and by python-telegram-bot; each reads what the other was told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import aiogram
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.types import BufferedInputFile

from sandbox import Group, Person, Sandbox
from sandbox.requests import methods_by_name
from tests.sandbox.bot_api import TOKEN, keyboard, picture
from tests.sandbox.second_reader import read_back, read_update


class Witness(Protocol):
    """A library that calls the Bot API."""

    async def __call__(self, method: str, **params: Any) -> Any: ...

    async def fails(self, method: str, **params: Any) -> tuple[str, int | None]:
        """Return the words of the refusal and its retry_after or migrate_to_chat_id."""
        ...


@dataclass
class Aiogram:
    bot: aiogram.Bot

    async def __call__(self, method: str, **params: Any) -> Any:
        return await self.bot(methods_by_name()[method.lower()](**_for_aiogram(params)))

    async def fails(self, method: str, **params: Any) -> tuple[str, int | None]:
        with pytest.raises(TelegramAPIError) as caught:
            await self(method, **params)
        error, number = caught.value, None
        if isinstance(error, TelegramRetryAfter):
            number = error.retry_after
        if isinstance(error, TelegramMigrateToChat):
            number = error.migrate_to_chat_id
        return error.message, number


@dataclass
class PythonTelegramBot:
    bot: telegram.Bot

    async def __call__(self, method: str, **params: Any) -> Any:
        snake = "".join(f"_{char.lower()}" if char.isupper() else char for char in method)
        return await getattr(self.bot, snake)(**{name: _for_ptb(name, value) for name, value in params.items()})

    async def fails(self, method: str, **params: Any) -> tuple[str, int | None]:
        with pytest.raises(telegram.error.TelegramError) as caught:
            await self(method, **params)
        error, number = caught.value, None
        if isinstance(error, telegram.error.RetryAfter):
            number = int(error.retry_after)
        if isinstance(error, telegram.error.ChatMigrated):
            number = error.new_chat_id
        return error.message, number


def _for_aiogram(value: Any) -> Any:
    if isinstance(value, bytes):
        return BufferedInputFile(value, "file.bin")
    if isinstance(value, dict):
        return {name: _for_aiogram(member) for name, member in value.items()}
    return [_for_aiogram(member) for member in value] if isinstance(value, list) else value


def _for_ptb(name: str, value: Any) -> Any:
    if name == "reply_markup":
        kind = telegram.InlineKeyboardMarkup if "inline_keyboard" in value else telegram.ReplyKeyboardMarkup
        return kind.de_json(value, None) if "inline_keyboard" in value else kind([["菜单"]])
    if name == "media":
        return _ptb_media(value) if isinstance(value, dict) else [_ptb_media(item) for item in value]
    if name == "commands":
        return [telegram.BotCommand(**command) for command in value]
    if name == "scope":
        return telegram.BotCommandScopeChat(value["chat_id"])
    if name == "reaction":
        return [telegram.ReactionTypeEmoji(one["emoji"]) for one in value]
    if name == "reply_parameters":
        return telegram.ReplyParameters(**value)
    return [option["text"] for option in value] if name == "options" else value


def _ptb_media(item: dict[str, Any]) -> telegram.InputMedia:
    rest = {name: value for name, value in item.items() if name != "type"}
    return telegram.InputMediaPhoto(**rest) if item["type"] == "photo" else telegram.InputMediaDocument(**rest)


@asynccontextmanager
async def _witness(name: str, url: str) -> AsyncIterator[Witness]:
    if name == "aiogram":
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        yield Aiogram(aiogram.Bot(TOKEN, session=session))
        await session.close()
    else:
        async with telegram.Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
            yield PythonTelegramBot(bot)


@pytest.fixture(params=["aiogram", "python-telegram-bot"])
async def call(request: pytest.FixtureRequest, box: Sandbox) -> AsyncIterator[Witness]:
    async with _witness(request.param, box.url) as witness:
        yield witness


@pytest.fixture
async def group(box: Sandbox, zhang: Person) -> Group:
    return box.group("第一支部", owner=zhang)


async def test_texts_keyboards_and_edits(call: Witness, box: Sandbox, me: int, zhang: Person):
    """The daily bread of a bot."""
    markup = {"inline_keyboard": [[{"text": "通过", "callback_data": "a", "style": "success"}]]}
    sent = await call("sendMessage", chat_id=me, text="<b>你好</b>", parse_mode="HTML", reply_markup=markup)
    one = {"chat_id": me, "message_id": sent.message_id}
    await call("editMessageText", **one, text="再来", reply_markup=keyboard("B"))
    await call("editMessageReplyMarkup", **one, reply_markup=keyboard("C"))
    await call("setMessageReaction", **one, reaction=[{"type": "emoji", "emoji": "👌"}])
    await call("sendMessage", chat_id=me, text="x", reply_parameters={"message_id": sent.message_id, "quote": "再"})
    await call("sendMessage", chat_id=me, text="x", reply_markup={"keyboard": [[{"text": "菜单"}]]})
    await call("sendChatAction", chat_id=me, action="typing")
    await call("copyMessage", **one, from_chat_id=me)
    await call("forwardMessage", **one, from_chat_id=me)
    await call("pinChatMessage", **one)
    await call("unpinChatMessage", **one)
    await call("deleteMessage", **one)
    assert zhang.messages[-1].kind == "service"
    assert read_back(box) >= 12


async def test_pictures_documents_albums_and_downloads(call: Witness, box: Sandbox, me: int, zhang: Person):
    """Uploads by both libraries, and the way back."""
    sent = await call("sendPhoto", chat_id=me, photo=picture(600, 400), caption="图")
    assert sent.photo[-1].width == 600
    await call("sendPhoto", chat_id=me, photo=sent.photo[-1].file_id)
    await call("editMessageCaption", chat_id=me, message_id=sent.message_id, caption="新")
    new = {"type": "photo", "media": picture(70), "caption": "换"}
    await call("editMessageMedia", chat_id=me, message_id=sent.message_id, media=new)
    document = await call("sendDocument", chat_id=me, document=b"%PDF")
    await call("getFile", file_id=document.document.file_id)
    items = [{"type": "photo", "media": picture(), "caption": "一"}, {"type": "photo", "media": picture(80)}]
    album = await call("sendMediaGroup", chat_id=me, media=items)
    assert album[0].media_group_id == album[1].media_group_id
    assert [message.caption for message in zhang.messages[-2:]] == ["一", ""]
    assert read_back(box) >= 7


async def test_ptb_downloads_although_it_encodes_the_colon(box: Sandbox, me: int):
    """python-telegram-bot percent-encodes the token in file addresses."""
    async with telegram.Bot(TOKEN, base_url=f"{box.url}/bot", base_file_url=f"{box.url}/file/bot") as bot:
        sent = await bot.send_document(me, b"bytes")
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"bytes"


async def test_groups_and_their_people(call: Witness, box: Sandbox, group: Group, zhang: Person):
    """What chats and members look like."""
    li = box.person("李娜")
    await group.joins(li, tag="委员")
    one = {"chat_id": group.chat_id}
    await call("getChat", **one)
    await call("getChatAdministrators", **one)
    assert await call("getChatMemberCount", **one) == 3
    for user_id in (zhang.user_id, li.user_id, 42, box.person("王芳").user_id):
        await call("getChatMember", **one, user_id=user_id)
    await call("setChatTitle", **one, title="第一党支部")
    await call("setChatDescription", **one, description="x")
    await call("banChatMember", **one, user_id=li.user_id)
    await call("getChatMember", **one, user_id=li.user_id)
    await call("unbanChatMember", **one, user_id=li.user_id)
    assert read_back(box) >= 12


async def test_polls(call: Witness, box: Sandbox, me: int, zhang: Person):
    """A poll from asking to closing."""
    options = [{"text": "优秀"}, {"text": "合格"}]
    sent = await call("sendPoll", chat_id=me, question="民主评议", options=options, is_anonymous=False)
    await zhang.votes(sent.message_id, 0)
    poll = await call("stopPoll", chat_id=me, message_id=sent.message_id)
    assert [option.voter_count for option in poll.options] == [1, 0]
    assert read_back(box) >= 2


async def test_what_the_bot_says_of_itself(call: Witness, box: Sandbox, me: int):
    """Account, names, commands, menu, webhook."""
    assert (await call("getMe")).username == "xianfeng_bot"
    commands = [{"command": "start", "description": "开始"}]
    await call("setMyCommands", commands=commands)
    await call("setMyCommands", commands=commands, scope={"type": "chat", "chat_id": me}, language_code="zh")
    assert len(await call("getMyCommands")) == 1
    await call("deleteMyCommands")
    await call("setMyName", name="先锋积分")
    await call("setMyDescription", description="积分")
    await call("setMyShortDescription", short_description="积分")
    assert (await call("getMyName")).name == "先锋积分"
    assert (await call("getMyDescription")).description == "积分"
    await call("setChatMenuButton", chat_id=me)
    await call("getChatMenuButton", chat_id=me)
    await call("deleteWebhook")
    assert (await call("getWebhookInfo")).url == ""
    await call("getMyDefaultAdministratorRights")
    assert read_back(box) >= 15


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_refusals_become_the_librarys_errors(call: Witness, box: Sandbox, me: int, group: Group):
    """Waiting and moving are understood by both."""
    box.fault(method="sendMessage", retry_after=3)
    assert (await call.fails("sendMessage", chat_id=me, text="x"))[1] == 3
    old = group.chat_id
    new = await group.migrate()
    assert (await call.fails("sendMessage", chat_id=old, text="x"))[1] == new
    box.fault(code=403)
    assert "bot was blocked by the user" in (await call.fails("sendMessage", chat_id=me, text="x"))[0]
    assert "chat not found" in (await call.fails("getChat", chat_id=5))[0].lower()


async def test_every_kind_of_update_is_understood_by_both(ask: Any, box: Sandbox, me: int, zhang: Person):
    """Whatever people do, both libraries can read it, with no field left over."""
    every = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member", "chat_member", "poll",
             "poll_answer"]  # fmt: skip
    await ask("getUpdates", allowed_updates=every)
    said = await zhang.says("/start abc #党建")
    await zhang.edits(said, "改")
    await zhang.says("答", replies=said)
    await zhang.sends_photo(picture(), picture(500, 400), caption="图", album=True)
    await zhang.sends_document(b"x", "a.pdf")
    await zhang.forwards(await zhang.sends_sticker("👍"))
    await zhang.reacts(said, "👌")
    await ask("sendMessage", chat_id=me, text="x", reply_markup=keyboard("A"))
    await zhang.taps("A", wait=0)
    options = [{"text": "甲"}, {"text": "乙"}]
    poll = await ask("sendPoll", chat_id=me, question="?", options=options, is_anonymous=False)
    await zhang.votes(poll["message_id"], 1)
    group = box.group("第一支部", owner=zhang)
    await group.joins(box.person("李娜"), tag="委员")
    await box.person("李娜").says("大家好", group)
    pinned = await ask("sendMessage", chat_id=group.chat_id, text="榜")
    await ask("pinChatMessage", chat_id=group.chat_id, message_id=pinned["message_id"])
    await group.leaves(box.person("李娜"))
    await group.migrate()
    await zhang.blocks()
    updates = await ask("getUpdates")
    for update in updates:
        read_update(update)
    assert {kind for update in updates for kind in update} == {*every, "update_id"}


async def test_ephemeral_and_rich_messages(box: Sandbox, zhang: Person, group: Group):
    """What is younger than python-telegram-bot is read by aiogram, and does not break the other."""
    async with _witness("aiogram", box.url) as call:
        cells = [[{"text": "张伟", "align": "left", "valign": "top"}]]
        await call(
            "sendRichMessage", chat_id=zhang.chat_id, rich_message={"blocks": [{"type": "table", "cells": cells}]}
        )
        markup = {"inline_keyboard": [[{"text": "已通过", "disabled": {}}]]}
        to_zhang = {"receiver_user_id": zhang.user_id}
        await call("sendMessage", chat_id=group.chat_id, text="x", reply_markup=markup)
        await call("sendMessage", chat_id=group.chat_id, text="x", ephemeral_message_parameters=to_zhang)
        await call("setChatMemberTag", chat_id=group.chat_id, user_id=zhang.user_id, tag="书记")
    assert read_back(box) >= 4
