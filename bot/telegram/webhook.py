"""Updates by webhook: whoever knows the secret is Telegram, and 200 means that the effect is committed.

One person's updates keep their order; an update that comes again while it is under way is not begun twice, its callers
wait for the same end. Whatever cannot be done now is answered 503, and Telegram sends it again.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import SetWebhook
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from bot.errors import ListenerError, WebhookRefusedError
from bot.telegram.intake import DatabaseAwayError
from bot.telegram.poller import ALLOWED, BuryUnread, RawUpdate, order_key

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1_000_000
BODY_WITHIN_S = 10.0
# Telegram gives up after a minute; it is told before that it has to come again, while the work goes on.
ANSWER_WITHIN_S = 45.0
LARGEST_ID = 2**53
MOST_TRIES = 5

log = structlog.get_logger(__name__)

Count = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Door:
    """Where Telegram knocks: the public address, its secret, and what stands behind it on this machine."""

    url: str
    path: str
    secret: str
    host: str
    port: int
    connections: int


class MalformedUpdateError(ValueError):
    """These bytes are no update, whoever sent them."""


class Webhook:
    """A server of our own for one path; `handle` returns only when the update may be acknowledged."""

    def __init__(
        self, bot: Bot, handle: Callable[[Update], Awaitable[object]], bury_unread: BuryUnread, door: Door,
        refused: Count = lambda _why: None,
    ) -> None:  # fmt: skip
        self._bot = bot
        self._handle = handle
        self._bury_unread = bury_unread
        self._door = door
        self._refused = refused
        self._under_way: dict[int, asyncio.Task[Exception | None]] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._workers = asyncio.TaskGroup()
        self._ending = False

    @property
    def beat_at(self) -> float:
        """A server that answers calls has no round of its own; it is there as long as the loop turns."""
        return time.monotonic()

    async def run(self, stopping: asyncio.Event) -> None:
        """Listen, tell Telegram where, and serve until `stopping` is set; then end what is under way."""
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_post(self._door.path, self._on_post)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=2, keepalive_timeout=75)
        await runner.setup()
        try:
            async with self._workers:
                site = await _listen(runner, self._door)
                await self._announce()
                await stopping.wait()
                self._ending = True
                await site.stop()
        finally:
            await runner.cleanup()

    async def _announce(self) -> None:
        """Several processes say the same; what waits is kept."""
        door = self._door
        for attempt in range(1, MOST_TRIES + 1):
            try:
                await self._bot(
                    SetWebhook(
                        url=door.url, secret_token=door.secret, max_connections=door.connections,
                        allowed_updates=ALLOWED, drop_pending_updates=False,
                    )
                )  # fmt: skip
                return
            except TelegramRetryAfter as error:
                if attempt == MOST_TRIES:
                    raise
                await asyncio.sleep(error.retry_after)
            except TelegramBadRequest as error:
                raise WebhookRefusedError(error.message) from error

    async def _on_post(self, request: web.Request) -> web.Response:
        if not self._knows_the_secret(request):
            return self._refuse(401, "secret")
        if self._ending:
            return self._refuse(503, "ending")
        try:
            raw = await self._read(request)
        except TimeoutError:
            return self._refuse(408, "slow")
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(413, "large")
        except (MalformedUpdateError, web.RequestPayloadError, ConnectionError):
            return self._refuse(400, "malformed")
        return await self._answered(raw)

    def _knows_the_secret(self, request: web.Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        return hmac.compare_digest(given, self._door.secret.encode())

    async def _read(self, request: web.Request) -> RawUpdate:
        if (request.content_length or 0) > MOST_BYTES:
            raise web.HTTPRequestEntityTooLarge(MOST_BYTES, request.content_length or 0)
        async with asyncio.timeout(BODY_WITHIN_S):
            body = await request.read()
        return read_update(body)

    async def _answered(self, raw: RawUpdate) -> web.Response:
        task = self._under_way.get(raw["update_id"])
        if task is None and self._ending:
            return self._refuse(503, "ending")
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                error = await asyncio.shield(task or self._begin(raw))
        except TimeoutError:
            return self._refuse(503, "later")
        if error is None:
            return web.Response()
        return self._refuse(503, "later") if isinstance(error, DatabaseAwayError) else self._refuse(500, "failed")

    def _begin(self, raw: RawUpdate) -> asyncio.Task[Exception | None]:
        # A task of its own: the caller may hang up, and others may be waiting for the same end.
        update_id = raw["update_id"]
        task = self._workers.create_task(self._tried(raw))
        self._under_way[update_id] = task
        task.add_done_callback(lambda _done: self._under_way.pop(update_id, None))
        return task

    async def _tried(self, raw: RawUpdate) -> Exception | None:
        """Do the work; an error is handed to all who wait for it, and to nobody else."""
        try:
            await self._work(raw)
        except DatabaseAwayError as error:
            return error
        except Exception as error:
            # It could not even be put away: it must come again.
            log.exception("an update failed", update=raw["update_id"])
            return error
        return None

    async def _work(self, raw: RawUpdate) -> None:
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as error:
            # Without the error itself: it would quote what a person wrote.
            log.warning("an update cannot be read", update=raw["update_id"], faults=error.error_count())
            await self._bury_unread(raw)
            return
        turn = self._turns.setdefault(order_key(update), asyncio.Lock())
        async with turn:
            await self._handle(update)

    def _refuse(self, status: int, why: str) -> web.Response:
        self._refused(why)
        response = web.Response(status=status)
        if status in {401, 408, 413, 503}:
            response.force_close()
        return response


def read_update(body: bytes) -> RawUpdate:
    """The update in a request's body as plain data, or MalformedUpdateError."""
    try:
        raw: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedUpdateError from error
    if not isinstance(raw, dict):
        raise MalformedUpdateError
    update_id = raw.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < LARGEST_ID:
        raise MalformedUpdateError
    return raw


async def _listen(runner: web.AppRunner, door: Door) -> web.TCPSite:
    site = web.TCPSite(runner, door.host, door.port)
    try:
        await site.start()
    except OSError as error:
        raise ListenerError(f"{door.host}:{door.port}") from error
    return site
