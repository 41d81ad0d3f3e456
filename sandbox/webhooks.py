"""Delivery of updates to the bot's own server: in order for each chat, again and again until it says 2xx."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.model import Bot
from sandbox.updates import Update

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
ANSWER_WITHIN_S = 60.0

Execute = Callable[[Bot, dict[str, Any]], Awaitable[None]]


@dataclass(slots=True)
class Webhook:
    """Where a bot wants its updates."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str = ""
    task: "asyncio.Task[None] | None" = None
    busy_lanes: set[int] = field(default_factory=set)


class Webhooks:
    """All webhooks of the sandbox; `execute` carries out a method that a bot gives as its answer."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute
        self._hooks: dict[int, Webhook] = {}
        self._session: aiohttp.ClientSession | None = None

    def of(self, bot: Bot) -> Webhook | None:
        """Return the bot's webhook, if it set one."""
        return self._hooks.get(bot.id)

    def set(self, bot: Bot, hook: Webhook) -> None:
        """Deliver this bot's updates there from now on."""
        self.delete(bot)
        self._hooks[bot.id] = hook
        hook.task = asyncio.ensure_future(self._deliver(bot, hook))

    def delete(self, bot: Bot) -> None:
        """Stop delivering; what was not taken stays in the queue."""
        hook = self._hooks.pop(bot.id, None)
        if hook is not None and hook.task is not None:
            hook.task.cancel()

    async def close(self) -> None:
        """Stop all deliveries."""
        tasks = [hook.task for hook in self._hooks.values() if hook.task is not None]
        self._hooks.clear()
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._session is not None:
            await self._session.close()

    async def _deliver(self, bot: Bot, hook: Webhook) -> None:
        slots = asyncio.Semaphore(hook.max_connections)
        async with asyncio.TaskGroup() as group:
            while True:
                for update in self._next_of_each_lane(bot, hook):
                    hook.busy_lanes.add(update.lane)
                    group.create_task(self._deliver_one(bot, hook, update, slots))
                await bot.updates.changed()

    def _next_of_each_lane(self, bot: Bot, hook: Webhook) -> list[Update]:
        lanes = set(hook.busy_lanes)
        chosen = []
        for update in bot.updates.pending:
            if update.lane not in lanes:
                lanes.add(update.lane)
                chosen.append(update)
        return chosen

    async def _deliver_one(self, bot: Bot, hook: Webhook, update: Update, slots: asyncio.Semaphore) -> None:
        pause = FIRST_PAUSE_S
        async with slots:
            while not await self._post(bot, hook, update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
        hook.busy_lanes.discard(update.lane)
        bot.updates.confirm(update.id)

    async def _post(self, bot: Bot, hook: Webhook, update: Update) -> bool:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN_S))
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with self._session.post(
                hook.url, json=update.body, headers=headers, allow_redirects=False
            ) as response:
                body = await response.read()
                if response.status // 100 == 2:
                    await self._carry_out(bot, response, body)
                    return True
                self._note(bot, hook, f"Wrong response from the webhook: {response.status} {response.reason}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._note(
                bot, hook, "Connection refused" if isinstance(error, aiohttp.ClientConnectorError) else str(error)
            )
        return False

    async def _carry_out(self, bot: Bot, response: aiohttp.ClientResponse, body: bytes) -> None:
        if response.content_type != "application/json" or not body.strip():
            return
        with contextlib.suppress(ValueError):
            answer = json.loads(body)
            if isinstance(answer, dict) and isinstance(answer.get("method"), str):
                await self._execute(bot, answer)

    @staticmethod
    def _note(bot: Bot, hook: Webhook, text: str) -> None:
        hook.last_error = text
        hook.last_error_at = bot.updates.unix_now()
