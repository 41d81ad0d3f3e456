"""The stage: sandbox, clock, bot and organisation, and how time passes on it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from bench.rehearsal.organisation import BranchOnStage, Organisation, Player
from bench.rehearsal.phone import Meter
from bench.rehearsal.progress import Progress
from bench.rehearsal.replicas import Replicas
from sandbox import Sandbox

T = TypeVar("T")

SHANGHAI = ZoneInfo("Asia/Shanghai")
RESTS_WITHIN_S = 120.0
ACT_AT_ONCE = 24
PAUSING_AT_ONCE = 50
PAUSE_S = (0.2, 1.0)


def at(text: str) -> datetime:
    """An instant in Shanghai, written 2026-07-25 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class NotAtRestError(RuntimeError):
    """The bot did not take all updates in time."""


class Nemesis:
    """Kills the bot at taps that were drawn beforehand, a random moment after each."""

    def __init__(self, random: Random, kills: int, taps_expected: int) -> None:
        self._random = random
        self._at_taps = sorted(random.sample(range(5, max(taps_expected, kills + 10)), kills))
        self._strikes: asyncio.Queue[float] = asyncio.Queue()
        self.left = kills

    def on_tap(self, taps: int) -> None:
        """A tap is about to happen."""
        while self._at_taps and taps >= self._at_taps[0]:
            self._at_taps.pop(0)
            self._strikes.put_nowait(self._random.uniform(0, 0.4))

    async def run(self, bot: Replicas) -> None:
        """Strike whenever a moment has come."""
        while self.left:
            await asyncio.sleep(await self._strikes.get())
            await bot.kill()
            self.left -= 1


@dataclass(slots=True)
class Stage:
    """What every scene of the play works with."""

    box: Sandbox
    bot: Replicas
    people: Organisation
    meter: Meter
    nemesis: Nemesis
    progress: Progress
    random: Random

    async def rest(self) -> None:
        """Wait until the bot has taken every update and said everything that is due."""
        if not await self.box.idle(RESTS_WITHIN_S):
            raise NotAtRestError(f"{self.box.pending} updates are still not taken")
        await self.bot.settle()
        await self.box.idle(RESTS_WITHIN_S)

    async def travel(self, to: str) -> None:
        """Let time pass until this instant in Shanghai; all that comes due on the way is done in its order."""
        await self.rest()
        await self.box.travel(at(to))

    def connect_time(self) -> None:
        """Let the sandbox know what comes due, and wait for the bot at each stop."""

        async def on_travel(_now: datetime) -> None:
            await self.rest()

        self.box.timeline = self.bot.coming
        self.box.on_travel = on_travel

    async def all_act(
        self,
        title: str,
        players: Iterable[Player],
        act: Callable[[Player], Awaitable[None]],
        *,
        measured: str = "",
    ) -> None:
        """Let everybody act, many at once; what is `measured` (under this name) is done 50 at once and with pauses."""

        async def act_with_pauses(player: Player) -> None:
            player.phone.pause_s = PAUSE_S if measured else None
            await act(player)

        acted, spent_s, life = self.meter.taps, self.bot.cpu_s(), self.bot.generation
        self.meter.measuring = measured
        await self._all(title, list(players), act_with_pauses, PAUSING_AT_ONCE if measured else ACT_AT_ONCE)
        self.meter.measuring = ""
        # A killed life takes its processor time with it.
        if measured and self.meter.taps > acted and life == self.bot.generation:
            cost_ms = (self.bot.cpu_s() - spent_s) * 1000 / (self.meter.taps - acted)
            self.meter.cost_ms[measured] = round(cost_ms, 1)

    async def branches_act(self, title: str, act: Callable[[BranchOnStage], Awaitable[None]]) -> None:
        """Let every branch act, many at once."""
        await self.some_act(title, self.people.branches, act)

    async def some_act(
        self, title: str, branches: Iterable[BranchOnStage], act: Callable[[BranchOnStage], Awaitable[None]]
    ) -> None:
        """The same for some of them."""
        await self._all(title, list(branches), act, ACT_AT_ONCE)

    async def _all(self, title: str, waiting: list[T], act: Callable[[T], Awaitable[None]], at_once: int) -> None:
        # The sandbox keeps every message; the collector's long pauses among them are not the bot's.
        gc.collect()
        gc.freeze()
        self.random.shuffle(waiting)
        seats = asyncio.Semaphore(at_once)
        with self.progress.scene(title, len(waiting)) as advance:

            async def act_in_turn(one: T) -> None:
                async with seats:
                    await act(one)
                    advance()

            async with asyncio.TaskGroup() as group:
                for one in waiting:
                    group.create_task(act_in_turn(one))
        await self.rest()
