"""One life of the bot in a process of its own, forked from one that has everything imported, and killed at will.

A failpoint ends the process with SIGKILL at a marked point; it is armed from outside and wraps the product's own
functions in this process only. Planted bugs are applied in the same way.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

import psutil
from sqlalchemy.exc import OperationalError

from bench.faults.plants import PLANTS
from bot import app as serving
from bot.app import App, open_app
from bot.config import Settings
from bot.delivery.postman import Postman
from bot.logs import configure_logs
from bot.storage.store import Cause, Store
from bot.storage.tx import Tx
from bot.telegram.poller import Poller, RawUpdate
from bot.telegram.sender import Sender
from sandbox import FollowingClock

TOKEN = "42:FAULTS"
LOOKS_AGAIN_S = 0.005
POINTS = ("after fetch", "mid-transaction", "after commit", "after the answer", "after send before mark")
_FORKS = multiprocessing.get_context("forkserver")


def warm_up() -> None:
    """Let the process from which lives are forked import everything, once."""
    _FORKS.set_forkserver_preload([__name__])


@dataclass(frozen=True, slots=True)
class Order:
    """How a life is to be lived."""

    api: str
    database: str
    clock_file: Path
    log_file: Path
    plants: tuple[str, ...] = ()
    zone: str = ""
    speed: float = 1000.0
    tick_s: float = 60.0
    token: str = TOKEN
    # Six seconds in earnest; the rows with many kills would only wait for it, and another row shows it at its length.
    lease_s: float = 1.5


class Life:
    """The process as its surroundings know it."""

    def __init__(self, order: Order) -> None:
        self._pipe, theirs = _FORKS.Pipe()
        self._handled = _FORKS.RawValue("L", 0)
        self.process = _FORKS.Process(target=_live, args=(theirs, order, self._handled), daemon=True)
        self.process.start()
        theirs.close()
        self._asking = asyncio.Lock()

    @classmethod
    async def begin(cls, order: Order) -> Self:
        """Start one and wait until it serves."""
        life = cls(order)
        await life.ask("begin")
        return life

    async def ask(self, question: str, **more: Any) -> Any:
        """Ask something; ConnectionError if it died before it answered."""
        async with self._asking:
            loop = asyncio.get_running_loop()
            try:
                self._pipe.send({"do": question, **more})
                answer = await loop.run_in_executor(None, self._pipe.recv)
            except (EOFError, OSError) as error:
                raise ConnectionError("the bot process ended; its log tells why") from error
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["is"]

    @property
    def handled(self) -> int:
        """How many updates it has brought to their end."""
        return int(self._handled.value)

    async def until_dead(self, within_s: float = 10.0) -> bool:
        """Whether it died within this time."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, partial(self.process.join, within_s))
        return self.process.exitcode is not None

    async def kill(self) -> None:
        """End it as a power cut would: it, and whatever it started."""
        pid = self.process.pid
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(pid).children(recursive=True):
                child.kill()
        self.process.kill()
        await self.until_dead()
        self._pipe.close()

    async def stop(self) -> float:
        """SIGTERM; the seconds that it took to end, or the kill's if it did not within 15."""
        begun = time.monotonic()
        if self.process.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGTERM)
        if not await self.until_dead(15):
            await self.kill()
        else:
            self._pipe.close()
        return time.monotonic() - begun

    def resident_bytes(self) -> int:
        """Memory of the process itself."""
        return int(psutil.Process(self.process.pid).memory_info().rss)


# ── inside the process ────────────────────────────────────────────────────────────────────────────────────────────────


class Failpoint:
    """Ends the process at a marked point, the next time that it is passed after being armed; or lets commits fail."""

    def __init__(self) -> None:
        self.armed = ""
        self.fails_every = 0
        self.failed = 0
        self._commits = 0

    def passes(self, point: str) -> None:
        """This point is reached; perhaps it is the last one."""
        if point == self.armed:
            os.kill(os.getpid(), signal.SIGKILL)

    def fault_of_commit(self) -> tuple[Exception | None, Exception | None]:
        """What the next commit is to fail with before and after it: every n-th one fails, in three ways by turns."""
        self._commits += 1
        if not self.fails_every or self._commits % self.fails_every:
            return None, None
        self.failed += 1
        away = OperationalError("commit", {}, sqlite3.OperationalError("disk I/O error"))
        return ((away, None), (None, away), (RuntimeError("nobody thought of this"), None))[self.failed % 3]


def _mark_points(failpoint: Failpoint) -> None:
    """Wrap the product's own functions; nothing in them knows of it."""
    fetch, mark_sent, answer_tap = Poller._fetch, Postman._mark_sent, Sender.answer_tap  # noqa: SLF001

    async def fetched(self: Poller) -> list[RawUpdate]:
        updates = await fetch(self)
        if updates:
            failpoint.passes("after fetch")
        return updates

    async def answered(self: Sender, *arguments: Any, **named: Any) -> None:
        await answer_tap(self, *arguments, **named)
        failpoint.passes("after the answer")

    async def marked(self: Postman, *arguments: Any) -> None:
        failpoint.passes("after send before mark")
        await mark_sent(self, *arguments)

    for place, name, wrapped in (
        (Poller, "_fetch", fetched), (Sender, "answer_tap", answered), (Postman, "_mark_sent", marked),
    ):  # fmt: skip
        setattr(place, name, wrapped)


def _mark_commits(failpoint: Failpoint) -> None:
    """Before, in and after the transactions that have a cause: those of updates."""
    write = Store.write

    @contextlib.asynccontextmanager
    async def written(self: Store, cause: Cause | None = None) -> AsyncIterator[Tx]:
        if cause is None:
            async with write(self) as tx:
                yield tx
            return
        async with write(self, cause) as tx:
            yield tx
            failpoint.passes("mid-transaction")
            before, after = failpoint.fault_of_commit()
            if before is not None:
                raise before
        if after is not None:
            raise after
        failpoint.passes("after commit")

    setattr(Store, "write", written)  # noqa: B010 - the harness reaches inside


def _count_updates(handled: Any) -> None:
    end = Poller._end  # noqa: SLF001 - the harness looks on

    def counted(self: Poller, update_id: int) -> None:
        end(self, update_id)
        handled.value += 1

    Poller._end = counted  # type: ignore[method-assign]  # noqa: SLF001


def _live(pipe: Connection, order: Order, handled: Any) -> None:
    """The life itself, from the fork to the end."""
    log = os.open(order.log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if order.zone:
        os.environ["TZ"] = order.zone
        time.tzset()
    configure_logs(secrets=[order.token])
    serving.POLLING_LEASE_S = order.lease_s
    failpoint = Failpoint()
    _mark_points(failpoint)
    _mark_commits(failpoint)
    _count_updates(handled)
    for plant in order.plants:
        PLANTS[plant]()
    settings = Settings(
        _env_file=None, bot_token=order.token, bot_api_base=order.api, database_url=order.database,
        organisation="示范分行党委", tick_seconds=order.tick_s,
    )  # fmt: skip
    asyncio.run(_serve(pipe, settings, order, failpoint))


async def _serve(pipe: Connection, settings: Settings, order: Order, failpoint: Failpoint) -> None:
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    async with open_app(settings, FollowingClock(order.clock_file), order.speed) as app, asyncio.TaskGroup() as group:
        running = group.create_task(app.run(stopping))
        questions: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        loop.add_reader(pipe.fileno(), partial(_hear, pipe, questions))
        ended = group.create_task(stopping.wait())
        while not stopping.is_set():
            asked = group.create_task(questions.get())
            await asyncio.wait({asked, ended, running}, return_when=asyncio.FIRST_COMPLETED)
            question = asked.result() if asked.done() else None
            if question is None:
                asked.cancel()
                stopping.set()
            else:
                _answer(pipe, await _told(app, failpoint, question))
        loop.remove_reader(pipe.fileno())


def _hear(pipe: Connection, questions: asyncio.Queue[dict[str, Any] | None]) -> None:
    try:
        questions.put_nowait(pipe.recv())
    except (EOFError, OSError):
        asyncio.get_running_loop().remove_reader(pipe.fileno())
        questions.put_nowait(None)


def _answer(pipe: Connection, answer: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        pipe.send(answer)


async def _told(app: App, failpoint: Failpoint, question: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Callable[..., Any]] = {
        "begin": lambda: True, "settle": lambda: _settle(app), "coming": lambda: _coming(app),
        "arm": lambda point: setattr(failpoint, "armed", point), "tick": app.ticker.tick,
        "fail": lambda every: setattr(failpoint, "fails_every", every), "failed": lambda: failpoint.failed,
        "tasks": lambda: (len(asyncio.all_tasks()), app.core.store.connections()[0]),
    }  # fmt: skip
    kind = question.pop("do")
    try:
        result = answers[kind](**question)
        return {"is": await result if asyncio.iscoroutine(result) else result}
    except Exception as error:
        return {"error": repr(error)}


async def _settle(app: App) -> bool:
    """Do all that is due and carry all letters that are."""
    await app.ticker.tick()
    while True:
        next_due_at = await _next_letter_at(app)
        if next_due_at is None or next_due_at > app.core.clock.now():
            return True
        app.core.store.doorbell.ring()
        await asyncio.sleep(LOOKS_AGAIN_S)


async def _coming(app: App) -> list[tuple[datetime, str]]:
    moments = [(due.at, f"{due.moment} {due.period}") for due in await app.core.do.list_coming()]
    letters_at = await _next_letter_at(app)
    if letters_at is not None and letters_at > app.core.clock.now():
        moments.append((letters_at, "letters"))
    return moments


async def _next_letter_at(app: App) -> datetime | None:
    async with app.core.store.read() as tx:
        return await tx.letters.next_due_at()
