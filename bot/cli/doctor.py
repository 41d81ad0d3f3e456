"""Looks at everything the bot stands on and says what is wrong with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import typer

from bot.charts import font
from bot.cli.errand import Terminal
from bot.cli.reaching import try_to_listen, try_to_reach
from bot.cli.speaking import own_name
from bot.cli.telegram import ask_who_i_am
from bot.clock import Clock, SystemClock
from bot.config import ENV_FILES, TELEGRAM, host_and_port
from bot.core import open_core
from bot.domain.calendar import calendar_is_known
from bot.storage.condition import Condition, look_at
from bot.views import doctor as views
from bot.views import doctor_network as network
from bot.views.doctor import Finding, Verdict

# Deadlines of the last quarter fall into the next year, whose holidays are published in November.
SOON = timedelta(days=45)
DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080}
# Seldom seen, but in the names of real people.
RARE_CHARACTERS = "喆堃䶮翀昺犇珺燊囍·"


async def examine(terminal: Terminal) -> None:
    """Say each finding as soon as it is made; exit code 1 if one is bad."""
    worst_is_bad = False
    async for finding in _findings(terminal, SystemClock()):
        terminal.say(str(finding))
        worst_is_bad = worst_is_bad or finding.verdict is Verdict.BAD
    if worst_is_bad:
        raise typer.Exit(1)


async def _findings(terminal: Terminal, clock: Clock) -> AsyncIterator[Finding]:
    _, settings = terminal.words, terminal.settings
    env_file = next((str(path) for path in ENV_FILES if path.exists()), "")
    yield views.settings(_, settings.organisation, env_file)
    now = clock.now().astimezone(settings.zone)
    yield views.zone(_, settings.timezone, f"{now:%Y-%m-%d %H:%M}")
    for year in sorted({now.year, (now + SOON).year}):
        yield views.calendar(_, year, known=calendar_is_known(date(year, 1, 1)))
    async for finding in _database(terminal, clock):
        yield finding
    yield _disk(terminal)
    yield _font(terminal)
    for finding in [*_webhook(terminal), *_metrics(terminal)]:
        yield finding
    async for finding in _telegram(terminal, clock):
        yield finding


async def _database(terminal: Terminal, clock: Clock) -> AsyncIterator[Finding]:
    _ = terminal.words
    found = await look_at(terminal.settings.database)
    yield views.database(_, found.condition, found.kind, found.version, found.error, own_name())
    if found.journal:
        yield views.journal(_, found.journal)
    if found.now is not None:
        yield views.clock(_, clock.now() - found.now, found.kind)
    if found.condition is Condition.CURRENT:
        async with open_core(terminal.settings, clock) as core:
            held = sum(one.number for one in await core.do.list_held())
        if held:
            yield views.held_letters(_, held, own_name())


async def _telegram(terminal: Terminal, clock: Clock) -> AsyncIterator[Finding]:
    _, settings = terminal.words, terminal.settings
    if not settings.bot_token.get_secret_value():
        yield views.no_token(_)
        return
    if settings.bot_proxy:
        parts = urlsplit(settings.bot_proxy)
        host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
        error = await try_to_reach(host, port)
        yield network.proxy(_, f"{host}:{port}", error)
        if error:
            return
    reply = await ask_who_i_am(settings)
    for finding in views.telegram(_, settings.bot_api_base, reply.username, reply.error):
        yield finding
    if reply.server_time is not None:
        yield views.clock(_, clock.now() - reply.server_time, "Telegram")


def _webhook(terminal: Terminal) -> Iterator[Finding]:
    _, settings = terminal.words, terminal.settings
    secret = settings.webhook_secret.get_secret_value()
    if not settings.webhook_url:
        yield network.polling(_, has_secret=bool(secret))
        return
    yield network.webhook_address(_, settings.webhook_url, official=settings.bot_api_base == TELEGRAM)
    yield network.webhook_secret(_, secret)
    yield network.webhook_database(_, shared=settings.database.startswith("postgresql"))
    yield network.listener(_, "WEBHOOK_LISTEN", settings.webhook_listen, try_to_listen(settings.webhook_listen))


def _metrics(terminal: Terminal) -> Iterator[Finding]:
    _, settings = terminal.words, terminal.settings
    listen = settings.metrics_listen
    if not listen:
        return
    yield network.listener(_, "METRICS_LISTEN", listen, try_to_listen(listen))
    if settings.webhook_url and listen == settings.webhook_listen:
        yield network.same_listener(_)
    if host_and_port(listen)[0] not in network.HERE:
        yield network.open_figures(_, listen)


def _disk(terminal: Terminal) -> Finding:
    folder = terminal.settings.var_dir
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free_mb = shutil.disk_usage(there).free // 1_000_000
    return views.disk(terminal.words, str(folder), free_mb, writable=os.access(there, os.W_OK))


def _font(terminal: Terminal) -> Finding:
    try:
        missing = "".join(char for char in RARE_CHARACTERS if ord(char) not in font.covered())
    except (OSError, RuntimeError) as error:
        return views.font(terminal.words, "", type(error).__name__)
    return views.font(terminal.words, missing, "")
