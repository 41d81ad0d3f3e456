"""Long polling that acknowledges an update to Telegram only after its effect is committed.

An update counts as confirmed once a later getUpdates asks beyond it. So the offset follows the lowest update that is
not done; what is under way is remembered here and not begun again when Telegram repeats it. One person's updates keep
their order, those of different persons run side by side.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramConflictError, TelegramUnauthorizedError
from aiogram.methods import DeleteWebhook
from aiogram.methods.base import Response, TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
HOLD_S = 25
# While something is under way: how soon to look again when there was progress, and at the latest.
SOON_S = 0.03
RECHECK_S = 0.25
LIMIT = 100

RawUpdate = dict[str, Any]
BuryUnread = Callable[[RawUpdate], Awaitable[object]]


class GetRawUpdates(TelegramMethod[list[RawUpdate]]):
    """GetUpdates that leaves the updates as they are: those under way come with every answer, and reading one costs."""

    __returning__ = list[RawUpdate]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


# pydantic would build it anew after each garbage collection.
_KEPT = Response[list[RawUpdate]]

log = structlog.get_logger(__name__)


class Poller:
    """Fetches updates and hands each to `handle`, which returns only when the update may be acknowledged.

    What cannot be read as an update goes to `bury_unread` in the same way.
    """

    def __init__(self, bot: Bot, handle: Callable[[Update], Awaitable[object]], bury_unread: BuryUnread) -> None:
        self._bot = bot
        self._handle = handle
        self._bury_unread = bury_unread
        self._under_way: set[int] = set()
        self._done: set[int] = set()
        self._offset: int | None = None
        self._chats: dict[int, deque[Update]] = {}
        self._all_done = asyncio.Event()
        self._progressed = False
        self._pause_s = SOON_S
        self.beat_at = time.monotonic()

    async def run(self, stopping: asyncio.Event, leads: Callable[[], bool] = lambda: True) -> None:
        """Poll until `stopping` is set; then end what is under way.

        Where several processes take turns, `leads` tells whether it is still this one's turn to ask and to confirm.
        """
        # What an earlier turn had asked for says nothing now: Telegram repeats whatever nobody has confirmed.
        self._offset = None
        self._done.clear()
        async with asyncio.TaskGroup() as workers:
            while not stopping.is_set() and leads():
                self.beat_at = time.monotonic()
                updates = await self._fetch_or_stop(stopping)
                for raw in updates:
                    self._begin(raw, workers)
                if self._under_way:
                    await self._wait_for_progress()
                self._advance()
        if leads():
            await self._confirm()

    def _begin(self, raw: RawUpdate, workers: asyncio.TaskGroup) -> None:
        update_id = raw["update_id"]
        if update_id in self._under_way or update_id in self._done:
            return
        self._under_way.add(update_id)
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as error:
            # Without the error itself: it would quote what a person wrote.
            log.warning("an update cannot be read", update=update_id, faults=error.error_count())
            workers.create_task(self._put_away(raw))
            return
        chat = order_key(update)
        if chat in self._chats:
            self._chats[chat].append(update)
            return
        self._chats[chat] = deque([update])
        workers.create_task(self._work_off(chat))

    async def _work_off(self, chat: int) -> None:
        queue = self._chats[chat]
        while queue:
            update = queue[0]
            await self._handle(update)
            queue.popleft()
            self._end(update.update_id)
        del self._chats[chat]

    async def _put_away(self, raw: RawUpdate) -> None:
        await self._bury_unread(raw)
        self._end(raw["update_id"])

    def _end(self, update_id: int) -> None:
        self._under_way.discard(update_id)
        self._done.add(update_id)
        self._progressed = True
        if not self._under_way:
            self._all_done.set()

    async def _wait_for_progress(self) -> None:
        # While something is under way Telegram would repeat it at once; so look again when all is done, or soon.
        self._all_done.clear()
        self._progressed = False
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._all_done.wait(), self._pause_s)
        self._pause_s = SOON_S if self._progressed else min(self._pause_s * 2, RECHECK_S)

    def _advance(self) -> None:
        if not self._done:
            return
        if not self._under_way:
            self._offset = max(self._done) + 1
            self._done.clear()
            return
        self._offset = min(self._under_way)
        self._done = {update_id for update_id in self._done if update_id >= self._offset}

    async def _fetch_or_stop(self, stopping: asyncio.Event) -> list[RawUpdate]:
        fetching = asyncio.ensure_future(self._fetch())
        ending = asyncio.ensure_future(stopping.wait())
        try:
            await asyncio.wait({fetching, ending}, return_when=asyncio.FIRST_COMPLETED)
            return fetching.result() if fetching.done() else []
        finally:
            fetching.cancel()
            ending.cancel()

    async def _fetch(self) -> list[RawUpdate]:
        hold = 0 if self._under_way else HOLD_S
        method = GetRawUpdates(offset=self._offset, timeout=hold, limit=LIMIT, allowed_updates=ALLOWED)
        try:
            return await self._bot(method, request_timeout=hold + 10)
        except TelegramUnauthorizedError:
            raise
        except TelegramConflictError as error:
            log.warning("another process polls with this token", telegram=error.message)
            await asyncio.sleep(3)
        except (TelegramAPIError, ClientDecodeError, TimeoutError) as error:
            log.warning("telegram does not answer", error=type(error).__name__)
            await asyncio.sleep(1)
        return []

    async def _confirm(self) -> None:
        self._advance()
        if self._offset is not None:
            try:
                await self._bot(GetRawUpdates(offset=self._offset, timeout=0, limit=1), request_timeout=5)
            except (TelegramAPIError, ClientDecodeError, TimeoutError) as error:
                log.warning("the last updates could not be acknowledged", error=type(error).__name__)

    async def start_clean(self) -> None:
        """Polling and a webhook exclude each other; the pending updates are kept."""
        await self._bot(DeleteWebhook(drop_pending_updates=False))


def order_key(update: Update) -> int:
    """The person behind an update, so that one person's updates keep their order; else its chat; else itself."""
    event = update.message or update.edited_message or update.callback_query or update.my_chat_member
    sender = getattr(event, "from_user", None)
    return sender.id if sender is not None else -update.update_id
