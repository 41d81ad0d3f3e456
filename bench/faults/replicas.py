"""Several real processes of the bot on one PostgreSQL, and what stands between them and the world."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from aiohttp import ClientError, ClientSession, web
from sqlalchemy import text

from bot.config import ROOT, Settings
from bot.core import Core, open_core
from bot.demo.organisation import demo_roster
from bot.sheets.roster import read_roster
from bot.sheets.table import read_table
from bot.storage.migrate import migrate
from bot.storage.store import open_engine
from sandbox import Sandbox
from sandbox.persons import Person

TOKEN = "123456789:AAreplicaTestsOwnTokenThatNobodyElseHas"
SECRET = "replicas-know-this-secret"


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Reachable(Protocol):
    """Whatever takes a webhook's calls."""

    webhook_port: int


@dataclass
class Replica:
    """One process, started as an operator starts it."""

    log: Path
    metrics_port: int
    webhook_port: int
    process: asyncio.subprocess.Process

    async def until_running(self) -> None:
        """Return when it says that it runs."""
        async with asyncio.timeout(60):
            while "event=running" not in self.log.read_text():
                assert self.process.returncode is None, self.log.read_text()
                await asyncio.sleep(0.05)

    async def health(self) -> tuple[int, str]:
        """What /health says."""
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{self.metrics_port}/health") as response:
            return response.status, await response.text()

    async def figures(self) -> dict[str, float]:
        """What /metrics says."""
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{self.metrics_port}/metrics") as response:
            lines = (await response.text()).splitlines()
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}

    async def polls(self) -> bool:
        """Whether it is the one that polls; one that is dead or frozen does not."""
        try:
            async with asyncio.timeout(1):
                return (await self.figures())["xianfeng_polls"] == 1
        except (ClientError, TimeoutError):
            return False

    async def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), 12)


@dataclass
class Branch:
    """A small organisation on one database, its people in a sandbox, and the bot's processes."""

    box: Sandbox
    core: Core
    database: str
    folder: Path
    tokens: dict[int, str]
    persons: dict[int, Person] = field(default_factory=dict)
    replicas: list[Replica] = field(default_factory=list)

    async def start(self, count: int = 1, *options: str, **environment: str) -> list[Replica]:
        """Start so many processes at once and wait until they run."""
        started = [await self._spawn(options, environment) for _ in range(count)]
        self.replicas += started
        await asyncio.gather(*(replica.until_running() for replica in started))
        return started

    async def _spawn(self, options: Sequence[str], environment: dict[str, str]) -> Replica:
        metrics, webhook = free_port(), free_port()
        log = self.folder / f"replica{len(self.replicas)}-{metrics}.log"
        known = {
            "BOT_TOKEN": TOKEN, "BOT_API_BASE": self.box.url, "DATABASE_URL": self.database, "TICK_SECONDS": "0.5",
            "METRICS_LISTEN": f"127.0.0.1:{metrics}", "WEBHOOK_LISTEN": f"127.0.0.1:{webhook}",
            "WEBHOOK_SECRET": SECRET, "VAR_DIR": str(self.folder), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", *options, stderr=file,
                cwd=self.folder, env={**os.environ, **known, **environment},
            )  # fmt: skip
        return Replica(log, metrics, webhook, process)

    def person(self, member_id: int) -> Person:
        """Somebody on the roster with a phone."""
        return self.persons.setdefault(member_id, self.box.person(f"党员{member_id}"))

    async def binds(self, member_id: int) -> None:
        """Open the invite link and say yes."""
        person = self.person(member_id)
        await person.says(f"/start {self.tokens[member_id]}")
        await person.taps("是，绑定", wait=20)
        await self.until("account", f"member_id = {member_id}", 1)

    async def poller(self, among: Sequence[Replica] | None = None) -> Replica:
        """The one process that polls, as soon as there is one."""
        async with asyncio.timeout(20):
            while True:
                polling = [one for one in (among or self.replicas) if await one.polls()]
                assert len(polling) <= 1
                if polling:
                    return polling[0]
                await asyncio.sleep(0.05)

    async def count(self, table: str, where: str = "true") -> int:
        """How many rows there are."""
        async with self.core.store.read() as tx:
            return int(await tx.connection.scalar(text(f"select count(*) from {table} where {where}")) or 0)

    async def executes(self, statement: str) -> None:
        """Change the database behind the bot's back."""
        async with self.core.store.write() as tx:
            await tx.connection.execute(text(statement))

    async def until(self, table: str, where: str, count: int, within_s: float = 20) -> None:
        """Return when there are so many rows."""
        async with asyncio.timeout(within_s):
            while await self.count(table, where) < count:  # noqa: ASYNC110 - other processes write
                await asyncio.sleep(0.05)

    async def entries(self, kind: str) -> list[int | None]:
        """The subjects of the ledger's entries of this kind, sorted."""
        async with self.core.store.read() as tx:
            subjects = [entry.subject_id for entry in await tx.ledger.entries() if entry.kind == kind]
        return sorted(subjects, key=lambda subject: subject or 0)


@contextlib.asynccontextmanager
async def branch(database: str, folder: Path, members: int = 12, *, limits: bool = False) -> AsyncIterator[Branch]:
    """Set it up; every process is gone at the end."""
    engine = open_engine(database)
    await migrate(engine)
    await engine.dispose()
    settings = Settings(_env_file=None, database_url=database)
    async with Sandbox(bots={TOKEN: "replica_bot"}, limits=limits) as box, open_core(settings) as core:
        table = read_table(demo_roster(1, members, 3), "roster.xlsx")
        await core.do.import_roster(read_roster(table, core.clock.now().date()))
        tokens = {invite.person.member_id: invite.token for invite in await core.do.issue_invites()}
        there = Branch(box, core, database, folder, tokens)
        try:
            yield there
        finally:
            for replica in there.replicas:
                with contextlib.suppress(ProcessLookupError):
                    replica.process.send_signal(signal.SIGCONT)
                    replica.process.kill()
                await replica.process.wait()


@contextlib.asynccontextmanager
async def balancer(targets: Sequence[Reachable]) -> AsyncIterator[str]:
    """What stands before the replicas in the list: the next request goes to the next one that can be reached."""
    turns = count()

    async def forward(request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-")}
        async with ClientSession() as session:
            for _ in targets:
                url = f"http://127.0.0.1:{targets[next(turns) % len(targets)].webhook_port}{request.path}"
                with contextlib.suppress(ClientError):
                    async with session.post(url, data=body, headers=headers) as response:
                        return web.Response(status=response.status)
        return web.Response(status=502)

    application = web.Application()
    application.router.add_post("/{path:.*}", forward)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    finally:
        await runner.cleanup()


class Line:
    """The line to a PostgreSQL's socket, which can be cut and mended."""

    def __init__(self, database: str, folder: Path) -> None:
        found = re.search(r"host=([^&]+)", database)
        assert found, database
        self._behind = next(Path(found[1]).glob(".s.PGSQL.*[0-9]"))
        self._before = folder / self._behind.name
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.database = database.replace(found[1], str(folder))

    async def mend(self) -> None:
        """Take connections."""
        self._server = await asyncio.start_unix_server(self._carry, self._before)

    async def cut(self) -> None:
        """Take no connections, and drop those there are."""
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()
        self._before.unlink(missing_ok=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_unix_connection(self._behind)
        self._open |= {writer, behind_writer}
        await asyncio.gather(_pipe(reader, behind_writer), _pipe(behind_reader, writer))
        self._open -= {writer, behind_writer}


async def _pipe(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, RuntimeError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    sink.close()
