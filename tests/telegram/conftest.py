"""A bot of aiogram's on the sandbox, without the rest of the product."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox import Sandbox

TOKEN = "42:TEST"


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    """A sandbox with one bot."""
    async with Sandbox(bots={TOKEN: "xianfeng_bot"}) as box:
        yield box


@pytest.fixture
async def bot(box: Sandbox) -> AsyncIterator[Bot]:
    """A client for that bot."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(box.url)))
    yield bot
    await bot.session.close()
