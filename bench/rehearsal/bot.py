"""The bot under rehearsal: started, asked, watched, killed and started again."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

import psutil

from sandbox import DueMoment, SimClock

WATCHES_EVERY_S = 0.25
WORKERS_EVERY_LOOKS = 12
# A dead carrier's letters are free again after the lease of two minutes; that much passes at each restart.
LEASE = timedelta(seconds=121)


@dataclass(frozen=True, slots=True)
class Command:
    """How the bot is started."""

    api: str
    database: str
    clock_file: Path
    log_file: Path
    plants: tuple[str, ...] = ()
    webhook: str = ""
    listen: str = ""

    def arguments(self) -> list[str]:
        """The command line."""
        plants = [word for plant in self.plants for word in ("--plant", plant)]
        named = ["--api", self.api, "--database", self.database, "--clock", str(self.clock_file)]
        if self.webhook:
            named += ["--webhook", self.webhook, "--listen", self.listen]
        return [sys.executable, "-m", "bench.bot_process", *named, *plants]


class BotProcess:
    """One life of the bot."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._asking = asyncio.Lock()
        self._looks = 0
        self._workers_bytes = 0

    @classmethod
    async def prepare(cls, command: Command) -> Self:
        """Start a process that has everything imported and waits to serve."""
        with command.log_file.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *command.arguments(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log
            )
        life = cls(process)
        await life._read()
        return life

    async def serve(self) -> None:
        """Let it begin; ConnectionError if it cannot."""
        await self.ask("serve")

    async def ask(self, question: str) -> dict[str, Any]:
        """Ask one question; ConnectionError if it dies before it has answered."""
        async with self._asking:
            await self._write({"do": question})
            return await self._read()

    async def _write(self, line: dict[str, Any]) -> None:
        stdin = self._process.stdin
        if stdin is None or self._process.returncode is not None:
            raise ConnectionError
        stdin.write(json.dumps(line).encode() + b"\n")
        await stdin.drain()

    async def _read(self) -> dict[str, Any]:
        stdout = self._process.stdout
        line = await stdout.readline() if stdout is not None else b""
        if not line:
            raise ConnectionError("the bot process ended; its log tells why")
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def kill(self) -> None:
        """End it as a power cut would: it, and whatever it started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self._process.pid).children(recursive=True):
                child.kill()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """End it politely."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 15)
        except TimeoutError:
            await self.kill()

    def cpu_s(self) -> float:
        """Processor time of the process itself so far."""
        try:
            times = psutil.Process(self._process.pid).cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        return float(times.user + times.system)

    def resident_bytes(self) -> tuple[int, int]:
        """Memory of the process itself, and of what it started."""
        try:
            process = psutil.Process(self._process.pid)
            # Finding the workers means to look at every process of the machine: they are looked for less often.
            if self._looks % WORKERS_EVERY_LOOKS == 0:
                self._workers_bytes = sum(one.memory_info().rss for one in process.children(recursive=True))
            self._looks += 1
            return process.memory_info().rss, self._workers_bytes
        except psutil.NoSuchProcess:
            return 0, 0


class Bot:
    """The bot as its surroundings know it: one that answers again soon after it was killed."""

    def __init__(self, command: Command, clock: SimClock, *, kills_expected: int) -> None:
        self._command = command
        self._clock = clock
        self._spares_wanted = kills_expected
        self._spare: asyncio.Task[BotProcess] | None = None
        self._life: BotProcess | None = None
        self._up = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self.kills = 0
        self.generation = 0
        self.peak_rss_bytes = 0
        self.peak_workers_bytes = 0

    async def __aenter__(self) -> Self:
        self._watching = asyncio.ensure_future(self._watch())
        await self._begin(await BotProcess.prepare(self._command))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._watching is not None:
            self._watching.cancel()
        if self._life is not None:
            await self._life.stop()
        if self._spare is not None:
            await (await self._spare).kill()

    async def kill(self) -> None:
        """SIGKILL, and the next life at once."""
        self._up.clear()
        if self._life is not None:
            await self._life.kill()
        self.kills += 1
        self._clock.travel(self._clock.now() + LEASE)
        spare = self._spare or asyncio.ensure_future(BotProcess.prepare(self._command))
        self._spare = None
        await self._begin(await spare)

    async def _begin(self, life: BotProcess) -> None:
        await life.serve()
        self._life = life
        self.generation += 1
        self._up.set()
        if self._spares_wanted > self.kills:
            self._spare = asyncio.ensure_future(BotProcess.prepare(self._command))

    async def settle(self) -> None:
        """Return when the bot has done and said everything that is due now."""
        await self._ask("settle")

    async def coming(self) -> list[DueMoment]:
        """The next due moments."""
        answer = await self._ask("coming")
        return [DueMoment(datetime.fromisoformat(at), name) for at, name in answer["coming"]]

    async def _ask(self, question: str) -> dict[str, Any]:
        while True:
            await self._up.wait()
            life = self._life
            try:
                if life is not None:
                    return await life.ask(question)
            except ConnectionError:
                if life is self._life and self._up.is_set():
                    raise

    def cpu_s(self) -> float:
        """Processor time of this life so far."""
        return self._life.cpu_s() if self._life is not None else 0.0

    async def _watch(self) -> None:
        while True:
            if self._life is not None:
                own, workers = self._life.resident_bytes()
                self.peak_rss_bytes = max(self.peak_rss_bytes, own)
                self.peak_workers_bytes = max(self.peak_workers_bytes, workers)
            await asyncio.sleep(WATCHES_EVERY_S)
