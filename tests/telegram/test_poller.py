"""Polling that acknowledges only what is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import GetUpdates
from aiogram.methods.base import Response, TelegramMethod
from aiogram.types import Update

from bot.telegram.poller import BuryUnread, Poller, RawUpdate
from sandbox import Sandbox

Handle = Callable[[Update], Awaitable[None]]


@asynccontextmanager
async def polling(bot: Bot, handle: Handle, bury_unread: BuryUnread | None = None) -> AsyncIterator[None]:
    """A poller that runs meanwhile and ends in order."""
    stopping = asyncio.Event()
    running = asyncio.ensure_future(Poller(bot, handle, bury_unread or _nothing_is_buried).run(stopping))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.wait_for(running, 10)


async def _nothing_is_buried(raw: RawUpdate) -> None:
    raise AssertionError(raw)


async def pending(bot: Bot) -> list[str]:
    """What Telegram would still deliver, as texts; asked without confirming anything."""
    updates = await bot(GetUpdates(timeout=0))
    return [update.message.text or "" for update in updates if update.message]


async def test_an_update_is_not_confirmed_before_its_effect_stands(box: Sandbox, bot: Bot) -> None:
    """A process that dies in the middle finds the update again."""
    begun = asyncio.Event()

    async def dies_in_the_middle(update: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    zhang = box.person("张伟")
    running = asyncio.ensure_future(Poller(bot, dies_in_the_middle, _nothing_is_buried).run(asyncio.Event()))
    await zhang.says("/start")
    await asyncio.wait_for(begun.wait(), 5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await pending(bot) == ["/start"]


async def test_what_is_done_is_confirmed_at_the_end(box: Sandbox, bot: Bot) -> None:
    """After an orderly end nothing comes again."""
    seen: list[str] = []

    async def handle(update: Update) -> None:
        seen.append((update.message and update.message.text) or "")

    async with polling(bot, handle):
        for text in ("/start", "一", "二"):
            await box.person("张伟").says(text)
        async with asyncio.timeout(5):
            while len(seen) < 3:
                await asyncio.sleep(0.01)
    assert seen == ["/start", "一", "二"]
    assert await pending(bot) == []


async def test_one_persons_updates_keep_their_order_and_hold_nobody_else_up(box: Sandbox, bot: Bot) -> None:
    """A slow update of one person delays his own next one, not other people's."""
    done: list[str] = []
    release = asyncio.Event()

    async def handle(update: Update) -> None:
        text = (update.message and update.message.text) or ""
        if text == "慢":
            await release.wait()
        done.append(text)

    slow, quick = box.person("慢先生"), box.person("快女士")
    async with polling(bot, handle):
        await slow.says("/start")
        await slow.says("慢")
        await slow.says("之后")
        await quick.says("/start")
        await quick.says("快")
        async with asyncio.timeout(5):
            while "快" not in done:
                await asyncio.sleep(0.01)
        assert "之后" not in done
        release.set()
        async with asyncio.timeout(5):
            while "之后" not in done:
                await asyncio.sleep(0.01)
    assert done.index("慢") < done.index("之后")


async def test_an_update_that_is_under_way_is_not_begun_twice(box: Sandbox, bot: Bot) -> None:
    """While one is slow Telegram repeats it with every poll; it is handled once."""
    begun: list[str] = []
    release = asyncio.Event()

    async def handle(update: Update) -> None:
        text = (update.message and update.message.text) or ""
        begun.append(text)
        if text == "慢":
            await release.wait()

    slow, quick = box.person("慢先生"), box.person("快女士")
    async with polling(bot, handle):
        await slow.says("/start")
        await slow.says("慢")
        await quick.says("/start")
        for number in range(5):
            await quick.says(str(number))
            await asyncio.sleep(0.05)
        async with asyncio.timeout(5):
            while "4" not in begun:
                await asyncio.sleep(0.01)
        release.set()
    assert begun.count("慢") == 1
    assert sorted(text for text in begun if text.isdigit()) == ["0", "1", "2", "3", "4"]


async def test_polling_goes_on_after_telegram_failed(box: Sandbox, bot: Bot) -> None:
    """A 502 or a cut connection is waited out."""
    seen = asyncio.Event()

    async def handle(update: Update) -> None:
        seen.set()

    box.fault(method="getUpdates", code=502, times=2)
    async with polling(bot, handle):
        await box.person("张伟").says("/start")
        await asyncio.wait_for(seen.wait(), 10)


async def test_an_update_that_cannot_be_read_is_buried_and_the_others_go_on(box: Sandbox, bot: Bot) -> None:
    """Something that Telegram has never sent before neither ends the bot nor comes again for ever."""
    seen: list[str] = []
    buried: list[RawUpdate] = []

    async def handle(update: Update) -> None:
        seen.append((update.message and update.message.text) or "")

    async def bury_unread(raw: RawUpdate) -> None:
        buried.append(raw)

    async with polling(bot, handle, bury_unread):
        poison = box.deliver({"message": {"text": "毒"}})
        await box.person("张伟").says("/start")
        async with asyncio.timeout(5):
            while not seen or not buried:
                await asyncio.sleep(0.01)
    assert seen == ["/start"]
    assert buried == [{"update_id": poison, "message": {"text": "毒"}}]
    assert await pending(bot) == []


async def test_polling_goes_on_after_an_answer_that_is_none(
    box: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy's error page in place of JSON is waited out like any failure."""
    seen = asyncio.Event()

    async def handle(update: Update) -> None:
        seen.set()

    check, pages = bot.session.check_response, ["<html>502</html>"]

    def spoiled(bot: Bot, method: TelegramMethod[Any], status_code: int, content: str) -> Response[Any]:
        return check(bot, method, status_code, pages.pop() if pages else content)

    monkeypatch.setattr(bot.session, "check_response", spoiled)
    async with polling(bot, handle):
        await box.person("张伟").says("/start")
        await asyncio.wait_for(seen.wait(), 10)
    assert not pages


async def test_what_is_done_does_not_confirm_what_is_under_way(box: Sandbox, bot: Bot) -> None:
    """A later update is done, and polling goes on; a process that dies now still finds the earlier one again."""
    quick_ones: list[str] = []

    async def handle(update: Update) -> None:
        text = (update.message and update.message.text) or ""
        if text == "慢":
            await asyncio.Event().wait()
        quick_ones.append(text)

    slow, quick = box.person("慢先生"), box.person("快女士")
    running = asyncio.ensure_future(Poller(bot, handle, _nothing_is_buried).run(asyncio.Event()))
    await slow.says("/start")
    await slow.says("慢")
    await quick.says("/start")
    for text in ("一", "二", "三"):
        await quick.says(text)
        async with asyncio.timeout(5):
            while text not in quick_ones:
                await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert "慢" in await pending(bot)
