"""Serving until told to stop: the first signal ends what is under way, a second one ends at once."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import Coroutine, Iterator
from typing import Any

import structlog

from bot.cli.errand import INTERRUPTED, Terminal
from bot.cli.invites import need_token

LONGEST_ENDING_S = 10.0

log = structlog.get_logger(__name__)


async def run(terminal: Terminal, webhook: bool) -> None:
    """Run the bot by long polling, or by webhook."""
    need_token(terminal)
    if webhook:
        _need_webhook(terminal)
    await terminal.need_current_database()
    with quick_imports():
        from bot.app import open_app

    stopping = asyncio.Event()
    with stopped_by_signals(stopping):
        async with open_app(terminal.settings, webhook=webhook) as app:
            log.info("running", bot=app.username)
            # All that was built stays until the end; the collector need not look through it again and again.
            gc.freeze()
            await until_stopped(app.run(stopping), stopping)
    log.info("ended")


def _need_webhook(terminal: Terminal) -> None:
    _, settings = terminal.words, terminal.settings
    if not settings.webhook_url:
        terminal.fail(_.plain("WEBHOOK_URL is missing: the https address under which Telegram reaches this machine."))
    if not settings.webhook_secret.get_secret_value():
        terminal.fail(_.plain("WEBHOOK_SECRET is missing: put one into .env, such as from openssl rand -hex 32."))
    if not settings.webhook_listen:
        terminal.fail(_.plain("WEBHOOK_LISTEN is missing, such as 127.0.0.1:8080."))


@contextlib.contextmanager
def quick_imports() -> Iterator[None]:
    """Collect no garbage meanwhile: importing Telegram's 300 models makes none, and takes a fifth less time so."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextlib.contextmanager
def stopped_by_signals(stopping: asyncio.Event) -> Iterator[None]:
    """Set `stopping` on the first SIGINT or SIGTERM; a second one ends the process where it stands."""

    def on_signal() -> None:
        if stopping.is_set():
            os._exit(INTERRUPTED)
        stopping.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def until_stopped(serving: Coroutine[Any, Any, None], stopping: asyncio.Event) -> None:
    """Serve until `stopping` is set, then give what is under way a while to end."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(serving)
        await stopping.wait()
        log.info("ending")
        done, _pending = await asyncio.wait({task}, timeout=LONGEST_ENDING_S)
        if not done:
            log.warning("ended before everything was done; it is taken up at the next start")
            task.cancel()
