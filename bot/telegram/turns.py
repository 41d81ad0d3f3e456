"""Several processes, one poller: whoever holds the lease polls, the others stand by and take over when it lapses."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Protocol

import structlog

from bot.storage.store import is_database_away
from bot.telegram.poller import Poller

TRIED_EVERY_S = 1.0
# Of the lease's length: how soon it is renewed, and how long before its end the turn is over.
RENEWED_AFTER = 1 / 3
ENDS_EARLY = 1 / 6

log = structlog.get_logger(__name__)


class Lease(Protocol):
    """What at most one process holds at a time."""

    length_s: float

    async def take(self) -> bool:
        """Take it or make it longer; False while somebody else has it."""
        ...

    async def give_back(self) -> None:
        """Let the next one begin at once."""
        ...


class PollingByTurns:
    """Polls while this process holds the lease; stops asking and confirming before the lease ends."""

    def __init__(self, poller: Poller, lease: Lease) -> None:
        self._poller = poller
        self._lease = lease
        self._renewed_after_s = lease.length_s * RENEWED_AFTER
        self._turn_s = lease.length_s * (1 - ENDS_EARLY)
        self._leads_until = 0.0
        self._beat_at = time.monotonic()

    @property
    def beat_at(self) -> float:
        """When this process last polled or, standing by, last asked for its turn."""
        return self._poller.beat_at if self.leads() else self._beat_at

    def leads(self) -> bool:
        """Whether it is this process's turn."""
        return time.monotonic() < self._leads_until

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll or stand by until told to stop; then let another one begin at once."""
        while not stopping.is_set():
            self._beat_at = time.monotonic()
            await self._take()
            if self.leads():
                log.info("this process polls")
                await self._poll(stopping)
            else:
                await _wait(stopping, TRIED_EVERY_S)
        if self.leads():
            await self._give_back()

    async def _poll(self, stopping: asyncio.Event) -> None:
        over = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            ending = group.create_task(stopping.wait())
            polling = group.create_task(self._poller.run(over, self.leads))
            while not polling.done():
                self._beat_at = time.monotonic()
                wanted = {polling} if over.is_set() else {polling, ending}
                await asyncio.wait(wanted, timeout=self._patience_s())
                if self.leads():
                    await self._take()
                elif not over.is_set():
                    log.warning("this process polls no more: it could not keep its turn")
                if stopping.is_set() or not self.leads():
                    over.set()
            ending.cancel()

    async def _take(self) -> None:
        """Try to take or keep the turn; a database that does not answer in time changes nothing."""
        asked_at = time.monotonic()
        try:
            async with asyncio.timeout(self._patience_s()):
                held = await self._lease.take()
        except Exception as error:
            if not isinstance(error, TimeoutError) and not is_database_away(error):
                raise
            log.warning("the database is away")
            return
        self._leads_until = asked_at + self._turn_s if held else 0.0

    def _patience_s(self) -> float:
        """How long to wait for anything: never beyond the end of the own turn."""
        left_s = self._leads_until - time.monotonic()
        return min(self._renewed_after_s, left_s) if left_s > 0 else self._renewed_after_s

    async def _give_back(self) -> None:
        self._leads_until = 0.0
        try:
            async with asyncio.timeout(self._renewed_after_s):
                await self._lease.give_back()
        except Exception as error:
            # It lapses by itself.
            log.warning("the turn could not be given back", error=type(error).__name__)


async def _wait(stopping: asyncio.Event, timeout_s: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), timeout_s)
