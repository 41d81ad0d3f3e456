"""A sandbox with one bot and one person who has started it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from sandbox import Person, Sandbox, SimClock
from tests.sandbox.bot_api import TOKEN, Ask

START = datetime(2025, 9, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SimClock:
    return SimClock(START)


@pytest.fixture
async def box(clock: SimClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock, bots={TOKEN: "xianfeng_bot"}) as box:
        yield box


@pytest.fixture
async def ask(box: Sandbox) -> AsyncIterator[Ask]:
    async with aiohttp.ClientSession() as session:
        yield Ask(box.url, session)


@pytest.fixture
async def zhang(box: Sandbox) -> Person:
    """张伟, who has started the bot; the bot has seen it."""
    zhang = box.person("张伟")
    await zhang.says("/start")
    box.world.bots[TOKEN].updates.clear()
    return zhang


@pytest.fixture
def me(zhang: Person) -> int:
    """The id of 张伟's private chat."""
    return zhang.chat_id
