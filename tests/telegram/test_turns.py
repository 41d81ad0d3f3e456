"""Polling by turns: whoever holds the lease polls, and stops before it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy.exc import InterfaceError

from bot.telegram.turns import ENDS_EARLY, PollingByTurns


class Judge:
    """Gives the lease, or does not, or does not answer."""

    def __init__(self, length_s: float) -> None:
        self.length_s = length_s
        self.gives = True
        self.away = False
        self.hangs = False
        self.taken_at = 0.0
        self.returned = 0

    async def take(self) -> bool:
        """Give it if it is to be given."""
        if self.hangs:
            await asyncio.Event().wait()
        if self.away:
            raise InterfaceError("select 1", {}, Exception("gone"))
        if self.gives:
            self.taken_at = time.monotonic()
        return self.gives

    async def give_back(self) -> None:
        """Take it back."""
        self.returned += 1


class Caller:
    """Stands for the poller: notes when it polled last."""

    def __init__(self) -> None:
        self.polls = False
        self.last_at = 0.0
        self.turns = 0

    async def run(self, stopping: asyncio.Event, leads: Callable[[], bool]) -> None:
        """Poll until told to stop."""
        self.polls, self.turns = True, self.turns + 1
        while not stopping.is_set() and leads():
            self.last_at = time.monotonic()
            await asyncio.sleep(0.01)
        self.polls = False


class Turn:
    """Runs it meanwhile."""

    def __init__(self, judge: Judge) -> None:
        self.caller = Caller()
        self.stopping = asyncio.Event()
        self._by_turns = PollingByTurns(cast("Any", self.caller), judge)
        self._running: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Turn:
        self._running = asyncio.ensure_future(self._by_turns.run(self.stopping))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stopping.set()
        assert self._running is not None
        await asyncio.wait_for(self._running, 5)

    async def until(self, polls: bool) -> None:
        """Return when it polls, or does not."""
        async with asyncio.timeout(6):
            while self.caller.polls is not polls:
                await asyncio.sleep(0.01)


async def test_who_has_not_the_lease_stands_by_until_he_gets_it() -> None:
    """And gives it back at the end, so that the next one need not wait."""
    judge = Judge(3)
    judge.gives = False
    async with Turn(judge) as turn:
        await asyncio.sleep(0.1)
        assert not turn.caller.polls
        judge.gives = True
        await turn.until(polls=True)
    assert judge.returned == 1
    assert not turn.caller.polls


async def test_who_lost_it_to_another_stops_at_once() -> None:
    """And does not give back what is not his."""
    judge = Judge(3)
    async with Turn(judge) as turn:
        await turn.until(polls=True)
        judge.gives = False
        await turn.until(polls=False)
    assert judge.returned == 0


async def test_a_database_that_is_away_or_hangs_ends_the_turn_before_the_lease() -> None:
    """Nobody can know whether the lease was given to another one after that."""
    for trouble in ("away", "hangs"):
        judge = Judge(2)
        async with Turn(judge) as turn:
            await turn.until(polls=True)
            setattr(judge, trouble, True)
            await turn.until(polls=False)
            assert turn.caller.last_at < judge.taken_at + judge.length_s - ENDS_EARLY * judge.length_s / 2
            setattr(judge, trouble, False)
            await turn.until(polls=True)
            assert turn.caller.turns == 2


async def test_a_turn_is_kept_for_as_long_as_it_is_renewed() -> None:
    """Longer than one lease, without a gap."""
    async with Turn(Judge(1.5)) as turn:
        await turn.until(polls=True)
        await asyncio.sleep(2)
        assert turn.caller.polls
        assert turn.caller.turns == 1
