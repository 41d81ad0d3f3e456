"""Lives for a rehearsal that are forked: hundreds of kills would wait for hundreds of programs to import everything."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Iterator
from random import Random
from typing import Any, Self

import psutil

from bench.bot_process import TOKEN
from bench.faults.life import Life, Order
from bench.rehearsal import bot as rehearsed
from bench.rehearsal import phone

# A life that has done nothing yet is let live so long, and a moment longer when it has: of kills that follow each other
# at once each would only find what the one before had left, and nobody would get anywhere.
LIVES_S = 3.0
MOMENT_S = 0.4
_NUMBERS = itertools.count()


class ForkedLife:
    """What a rehearsal takes for a program of its own."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._life: Life | None = None
        self._random = Random(f"{next(_NUMBERS)}")

    @classmethod
    async def prepare(cls, command: rehearsed.Command) -> Self:
        """There is nothing to prepare: it begins at once when it is to serve."""
        return cls(Order(command.api, command.database, command.clock_file, command.log_file, command.plants,
                         tick_s=1, token=TOKEN))  # fmt: skip

    async def serve(self) -> None:
        """Let it begin."""
        self._life = await Life.begin(self._order)

    async def ask(self, question: str) -> dict[str, Any]:
        """Ask one question; ConnectionError if it dies before it has answered."""
        if self._life is None:
            raise ConnectionError
        answer = await self._life.ask(question)
        return {"coming": [(at.isoformat(), name) for at, name in answer]} if question == "coming" else {}

    async def kill(self) -> None:
        """End it as a power cut would, at a random moment after it has handled something."""
        if self._life is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LIVES_S):
                while not self._life.handled:  # noqa: ASYNC110 - another process counts
                    await asyncio.sleep(0.01)
        await asyncio.sleep(self._random.uniform(0, MOMENT_S))
        await self._life.kill()

    async def stop(self) -> None:
        """End it politely."""
        if self._life is not None:
            await self._life.stop()

    def cpu_s(self) -> float:
        """Processor time is measured elsewhere."""
        return 0.0

    def resident_bytes(self) -> tuple[int, int]:
        """Memory of the process itself, and of what it started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return (self._life.resident_bytes() if self._life is not None else 0), 0
        return 0, 0


@contextlib.contextmanager
def forked_lives() -> Iterator[None]:
    """Rehearsals within this block are played with forked lives, by people who wait as long as it takes."""
    started, patience_s, sees = rehearsed.BotProcess, phone.PATIENCE_S, phone.Phone.sees.__defaults__
    rehearsed.BotProcess, phone.PATIENCE_S = ForkedLife, 60.0  # type: ignore[assignment, misc]
    phone.Phone.sees.__defaults__ = (120.0, None)
    try:
        yield
    finally:
        rehearsed.BotProcess, phone.PATIENCE_S = started, patience_s  # type: ignore[misc]
        phone.Phone.sees.__defaults__ = sees
