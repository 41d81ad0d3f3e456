"""The composition root: everything is built here, once, from the settings and a clock."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import User

from bot.clock import Clock
from bot.config import Settings, host_and_port
from bot.core import Core, open_core
from bot.delivery.drawing import Drawing
from bot.delivery.pace import Pace
from bot.delivery.postman import Postman
from bot.delivery.render import Renderer
from bot.delivery.shared_pace import SharedPace
from bot.domain.accounts import Language
from bot.errors import TelegramAwayError, TokenRefusedError
from bot.handlers.all import build_dispatcher
from bot.handlers.entry import Desk
from bot.jobs.tick import Ticker
from bot.metrics import Metrics
from bot.monitor import Monitor
from bot.storage.lease import Lease
from bot.storage.sole_use import sole_use
from bot.telegram.commands import CommandMenu
from bot.telegram.counted import CountedCalls, CountedIntake
from bot.telegram.intake import Intake
from bot.telegram.poller import Poller
from bot.telegram.refusals import TelegramRefusalError
from bot.telegram.sender import Sender
from bot.telegram.turns import PollingByTurns
from bot.telegram.webhook import Door, Webhook
from bot.views import menu
from bot.views.commands import commands_for_strangers

# After a process died, the next one polls within so many seconds and one.
POLLING_LEASE_S = 6.0

log = structlog.get_logger(__name__)


def open_bot(settings: Settings) -> Bot:
    """The Telegram client of the settings."""
    session = AiohttpSession(
        proxy=settings.bot_proxy or None,
        api=TelegramAPIServer.from_base(settings.bot_api_base),
    )
    return Bot(settings.bot_token.get_secret_value(), session=session)


@contextlib.contextmanager
def _telling_the_operator() -> Iterator[None]:
    """Turn what only the operator can mend into errors that say so."""
    try:
        yield
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise TokenRefusedError from error
    except (TelegramNetworkError, TelegramServerError) as error:
        raise TelegramAwayError from error
    except ExceptionGroup as group:
        if group.subgroup(TelegramUnauthorizedError) is not None:
            raise TokenRefusedError from group
        raise


class App:
    """The running bot: updates, postman and clock over one core."""

    def __init__(self, core: Core, bot: Bot, me: User, pace: Pace, drawing: Drawing, *, webhook: bool = False) -> None:
        self.core = core
        self.username = me.username or ""
        self._bot = bot
        self._sender = Sender(bot, drawing)
        self._menus = CommandMenu(bot)
        metrics = Metrics()
        bot.session.middleware(CountedCalls(metrics))
        desk = Desk(core.do, core.catalog, self._sender, self.username)
        dispatcher = build_dispatcher(desk)
        intake = CountedIntake(
            Intake(bot, dispatcher, core.do.bury_update, self._apologise, waits=not webhook), metrics
        )
        self.poller = Poller(bot, intake, intake.bury_unread)
        self.receiver: Poller | PollingByTurns | Webhook = self.poller
        if webhook:
            self.receiver = Webhook(bot, intake, intake.bury_unread, _door(core.settings), intake.refused)
        elif core.shared:
            self.receiver = PollingByTurns(self.poller, Lease(core.store, "poller", _who(), POLLING_LEASE_S))
        renderer = Renderer(core.do, core.catalog)
        self.postman = Postman(core.store, renderer, self._sender, self._menus, core.clock, pace, core.do.timetable)
        self.ticker = Ticker(core.do, core.settings.tick_seconds)
        beats = {
            "the receiver of updates": lambda: self.receiver.beat_at,
            "the postman": lambda: self.postman.beat_at,
            "the clock": lambda: self.ticker.beat_at,
        }
        self.monitor = Monitor(core.store, core.do, metrics, beats, self.polls)

    def polls(self) -> bool:
        """Whether this process asks Telegram for updates just now."""
        if isinstance(self.receiver, PollingByTurns):
            return self.receiver.leads()
        return self.receiver is self.poller

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until told to stop; what is under way is finished within a few seconds."""
        with _telling_the_operator():
            if not isinstance(self.receiver, Webhook):
                await self.poller.start_clean()
            await self._show_menus_to_strangers()
            async with asyncio.TaskGroup() as group:
                group.create_task(self.receiver.run(stopping))
                group.create_task(self.postman.run(stopping))
                group.create_task(self.ticker.run(stopping))
                group.create_task(self._wake_postman(stopping))
                if self.core.settings.metrics_listen:
                    host, port = host_and_port(self.core.settings.metrics_listen)
                    group.create_task(self.monitor.run(host, port, stopping))

    async def _wake_postman(self, stopping: asyncio.Event) -> None:
        # Or he would see only after his round that it is time to stop.
        await stopping.wait()
        self.core.store.doorbell.ring()

    async def _show_menus_to_strangers(self) -> None:
        for language in (None, Language.EN):
            words = self.core.catalog[language or Language.ZH]
            try:
                await self._menus.show_to_strangers(commands_for_strangers(words), language)
            except TelegramRefusalError as refusal:
                log.warning("the menu for strangers could not be set", telegram=str(refusal))

    async def _apologise(self, telegram_id: int, language_code: str | None) -> None:
        language = Language.EN if (language_code or "zh").startswith("en") else Language.ZH
        await self._sender.send(telegram_id, menu.apology(self.core.catalog[language]))


def _door(settings: Settings) -> Door:
    host, port = host_and_port(settings.webhook_listen)
    return Door(
        settings.webhook_url, urlsplit(settings.webhook_url).path or "/", settings.webhook_secret.get_secret_value(),
        host, port, settings.webhook_connections,
    )  # fmt: skip


def _who() -> str:
    """This process among all that share the database."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, speed: float = 1.0, *, webhook: bool = False
) -> AsyncIterator[App]:
    """Build the whole bot; the token is tried at once, so that a wrong one is told before anything runs.

    `speed` multiplies Telegram's limits, for a server with wider ones.
    """
    with sole_use(settings.database):
        async with open_core(settings, clock) as core, contextlib.aclosing(Drawing()) as drawing:
            bot = open_bot(settings)
            try:
                with _telling_the_operator():
                    me = await bot.get_me()
                pace = SharedPace(core.store, speed) if core.shared else Pace(speed)
                yield App(core, bot, me, pace, drawing, webhook=webhook)
            finally:
                await bot.session.close()
