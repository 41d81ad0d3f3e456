"""The composition root: everything is built here, once, from the settings and a clock."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import User

from bot.clock import Clock, SystemClock
from bot.config import ROOT, Settings
from bot.delivery.pace import Pace
from bot.delivery.postman import Postman
from bot.delivery.render import Renderer
from bot.domain.accounts import Language
from bot.domain.timetable import Timetable
from bot.handlers.all import build_dispatcher
from bot.handlers.entry import Desk
from bot.jobs.tick import Ticker
from bot.storage.store import Store, open_engine
from bot.telegram.commands import CommandMenu
from bot.telegram.intake import Intake
from bot.telegram.poller import Poller
from bot.telegram.sender import Sender
from bot.usecases import UseCases
from bot.views import menu
from bot.views.commands import commands_for_strangers
from bot.views.words import Catalog, read_catalog

log = structlog.get_logger(__name__)


def load_catalog(folder: Path = ROOT / "locale") -> Catalog:
    """The words of both languages from their .po files."""
    names = {Language.ZH: "zh_CN", Language.EN: "en"}
    return read_catalog(
        {language: (folder / name / "LC_MESSAGES" / "xianfeng.po").read_bytes() for language, name in names.items()}
    )


@dataclass(slots=True)
class Core:
    """What works without Telegram: the store and the use cases; enough for the command line."""

    settings: Settings
    clock: Clock
    store: Store
    do: UseCases
    catalog: Catalog


@contextlib.asynccontextmanager
async def open_core(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Core]:
    """Build the core over the settings' database and close it at the end."""
    clock = clock or SystemClock()
    store = Store(open_engine(settings.database), clock)
    try:
        do = UseCases(store, Timetable(settings.zone), settings.organisation)
        yield Core(settings, clock, store, do, load_catalog())
    finally:
        await store.close()


def open_bot(settings: Settings) -> Bot:
    """The Telegram client of the settings."""
    session = AiohttpSession(
        proxy=settings.bot_proxy or None,
        api=TelegramAPIServer.from_base(settings.bot_api_base),
    )
    return Bot(settings.bot_token.get_secret_value(), session=session)


class App:
    """The running bot: poller, postman and clock over one core."""

    def __init__(self, core: Core, bot: Bot, me: User, pace: Pace) -> None:
        self.core = core
        self._bot = bot
        self._sender = Sender(bot)
        self._menus = CommandMenu(bot)
        desk = Desk(core.do, core.catalog, self._sender, me.username or "")
        intake = Intake(bot, build_dispatcher(desk), core.do.bury_update, self._apologise)
        self.poller = Poller(bot, intake)
        self.postman = Postman(core.store, Renderer(core.do, core.catalog), self._sender, self._menus, core.clock, pace)
        self.ticker = Ticker(core.do, core.settings.tick_seconds)

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until told to stop; what is under way is finished within a few seconds."""
        await self.poller.start_clean()
        await self._show_menus_to_strangers()
        gc.freeze()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.poller.run(stopping))
            group.create_task(self.postman.run(stopping))
            group.create_task(self.ticker.run(stopping))

    async def _show_menus_to_strangers(self) -> None:
        for language in (None, Language.EN):
            words = self.core.catalog[language or Language.ZH]
            await self._menus.show_to_strangers(commands_for_strangers(words), language)

    async def _apologise(self, telegram_id: int, language_code: str | None) -> None:
        language = Language.EN if (language_code or "zh").startswith("en") else Language.ZH
        await self._sender.send(telegram_id, menu.apology(self.core.catalog[language]))


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, pace: Pace | None = None
) -> AsyncIterator[App]:
    """Build the whole bot; the token is tried at once, so that a wrong one is told before anything runs."""
    async with open_core(settings, clock) as core:
        bot = open_bot(settings)
        try:
            yield App(core, bot, await bot.get_me(), pace or Pace())
        finally:
            await bot.session.close()
