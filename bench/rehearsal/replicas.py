"""Several processes of the bot as one: whoever is struck, the others go on; a balancer brings them their calls."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Self

from bench.faults.replicas import balancer, free_port
from bench.rehearsal.bot import Bot, Command
from sandbox import DueMoment, SimClock


@dataclass
class Door:
    """Where one of them takes the webhook's calls."""

    webhook_port: int


class Replicas:
    """So many bots on one database; a kill hits one of them at random."""

    def __init__(self, commands: Sequence[Command], clock: SimClock, random: Random, *, kills_expected: int) -> None:
        self._bots = [Bot(command, clock, kills_expected=kills_expected) for command in commands]
        self._random = random
        self._together = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        await asyncio.gather(*(self._together.enter_async_context(bot) for bot in self._bots))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._together.aclose()

    async def kill(self) -> None:
        """SIGKILL for one of them, and its next life at once."""
        await self._random.choice(self._bots).kill()

    async def settle(self) -> None:
        """Return when all have done and said everything that is due now."""
        for bot in self._bots:
            await bot.settle()

    async def coming(self) -> list[DueMoment]:
        """The next due moments, which all know alike."""
        return await self._bots[0].coming()

    def cpu_s(self) -> float:
        """Processor time of all lives so far."""
        return sum(bot.cpu_s() for bot in self._bots)

    @property
    def kills(self) -> int:
        """How often one was killed."""
        return sum(bot.kills for bot in self._bots)

    @property
    def generation(self) -> int:
        """Changes whenever one begins anew."""
        return sum(bot.generation for bot in self._bots)

    @property
    def peak_rss_bytes(self) -> int:
        """The most that one of them took."""
        return max(bot.peak_rss_bytes for bot in self._bots)

    @property
    def peak_workers_bytes(self) -> int:
        """The most that the workers of one of them took."""
        return max(bot.peak_workers_bytes for bot in self._bots)


@contextlib.asynccontextmanager
async def commands(command: Command, number: int, *, webhook: bool) -> AsyncIterator[list[Command]]:
    """How each of so many is started: polling by turns, or each at its own port behind one address."""
    if not webhook:
        yield [command] * number
        return
    doors = [Door(free_port()) for _ in range(number)]
    async with balancer(doors) as url:
        yield [replace(command, webhook=url, listen=f"127.0.0.1:{door.webhook_port}") for door in doors]
