"""The updates a bot has yet to confirm, and the long poll that hands them out."""

import asyncio
import random
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.clock import SimClock
from sandbox.refusals import Refusal

KEPT = timedelta(hours=24)
QUIET = timedelta(days=7)
LEFT_OUT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MAX_BATCH = 100
MAX_HOLD_S = 50


@dataclass(slots=True)
class Update:
    """An update as it is handed out; `lane` names what must be delivered in order by webhooks.

    A `forced` one is handed out at least once, even if its id was confirmed long ago.
    """

    id: int
    at: datetime
    lane: int
    body: dict[str, Any]
    forced: bool = False


class UpdateQueue:
    """What waits for one bot. Ids begin at a random number and count up; after a quiet week they begin anew."""

    def __init__(self, clock: SimClock) -> None:
        self._clock = clock
        self._next_id = _anywhere()
        self._last_at: datetime | None = None
        self._pending: deque[Update] = deque()
        self._changed = asyncio.Event()
        self._poll: asyncio.Future[str] | None = None
        self.allowed: list[str] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def pending(self) -> list[Update]:
        """Return what is not confirmed yet, oldest first."""
        self._expire()
        return list(self._pending)

    def unix_now(self) -> int:
        """Return the sandbox's time in Unix seconds."""
        return int(self._clock.now().timestamp())

    def clear(self) -> None:
        """Drop everything that waits."""
        self._pending.clear()
        self._signal()

    def wants(self, kind: str) -> bool:
        """Tell whether the bot asked for updates of this kind."""
        if not self.allowed:
            return kind not in LEFT_OUT_BY_DEFAULT
        return kind in self.allowed

    def push(self, kind: str, payload: dict[str, Any], lane: int) -> int | None:
        """Queue an update and wake who waits; return its id, or None if the bot does not want this kind."""
        if not self.wants(kind):
            return None
        now = self._clock.now()
        if self._last_at is not None and now - self._last_at >= QUIET:
            self._next_id = _anywhere()
        self._last_at = now
        number = self._next_id
        self._next_id += 1
        self._pending.append(Update(number, now, lane, {"update_id": number, kind: payload}))
        self._signal()
        return number

    def push_raw(self, body: dict[str, Any], lane: int = 0) -> int:
        """Queue any update, also a broken one or one that was delivered before; its id is kept if it has one."""
        number = body.get("update_id")
        if not isinstance(number, int):
            number = self._next_id
            self._next_id += 1
        self._pending.append(Update(number, self._clock.now(), lane, {**body, "update_id": number}, forced=True))
        self._signal()
        return number

    def confirm(self, update_id: int) -> None:
        """Forget one update (a webhook took it)."""
        self._pending = deque(update for update in self._pending if update.id != update_id)
        self._signal()

    async def fetch(self, offset: int, limit: int, timeout_s: float) -> list[dict[str, Any]]:
        """Confirm what lies before `offset`, then hand out what waits; hold until something comes.

        A newer call ends an older one with 409, as Telegram does.
        """
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        self._expire()
        self._confirm_before(offset)
        if not self._pending and timeout_s > 0:
            await self._hold(min(timeout_s, MAX_HOLD_S))
        batch = self.pending[: max(1, min(limit or MAX_BATCH, MAX_BATCH))]
        for update in batch:
            update.forced = False
        return [update.body for update in batch]

    def release(self) -> None:
        """End a poll that is held, with nothing."""
        if self._poll is not None:
            _release(self._poll)

    def interrupt(self, why: str) -> None:
        """End a poll that is held, with 409 and this reason."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)

    def changed(self) -> Coroutine[Any, Any, object]:
        """Return at the next change of the queue; counted from this very call, however late it is awaited."""
        return self._changed.wait()

    async def _hold(self, timeout_s: float) -> None:
        held: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._poll = held
        timer = asyncio.get_running_loop().call_later(timeout_s, _release, held)
        try:
            why = await held
        finally:
            timer.cancel()
            if self._poll is held:
                self._poll = None
        if why:
            raise Refusal(409, f"Conflict: {why}")

    def _signal(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
        if self._poll is not None and self._pending:
            _release(self._poll)

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            keep = -offset
            while len(self._pending) > keep:
                self._pending.popleft()
        elif self._next_id + 10 >= offset > 0:
            # An offset far in the future is not believed: after a quiet week ids may have started anew below it.
            self._pending = deque(one for one in self._pending if one.id >= offset or one.forced)
        self._signal()

    def _expire(self) -> None:
        oldest = self._clock.now() - KEPT
        while self._pending and self._pending[0].at < oldest:
            self._pending.popleft()


def _anywhere() -> int:
    return random.randrange(100_000_000, 900_000_000)


def _release(held: asyncio.Future[str]) -> None:
    if not held.done():
        held.set_result("")
