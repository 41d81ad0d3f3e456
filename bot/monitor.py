"""/health and /metrics for whoever runs the bot, on a listener of their own; nothing of persons is told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.errors import ListenerError
from bot.metrics import Metrics
from bot.storage.figures import Figures, read_figures
from bot.storage.store import Store
from bot.usecases import UseCases

# Nothing that beats is ever busy for so long: a long poll holds for 25 s, a batch of letters for less than a minute.
BEATS_WITHIN_S = 120.0
DATABASE_WITHIN_S = 3.0
KEPT_S = 2.0
LETTER_STATES = ("due", "sent", "unknown", "unreachable", "refused", "moot")

log = structlog.get_logger(__name__)

Beats = Mapping[str, Callable[[], float]]


class Monitor:
    """Tells how the bot is; `beats` says of each part when (monotonic seconds) it last came round."""

    def __init__(self, store: Store, do: UseCases, metrics: Metrics, beats: Beats, polls: Callable[[], bool]) -> None:
        self._store = store
        self._do = do
        self._metrics = metrics
        self._beats = beats
        self._polls = polls
        self._looking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._figures: Figures | None = None

    async def run(self, host: str, port: int, stopping: asyncio.Event) -> None:
        """Answer until told to stop."""
        application = web.Application(client_max_size=1)
        application.router.add_get("/health", self._on_health)
        application.router.add_get("/metrics", self._on_metrics)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, host, port).start()
            except OSError as error:
                raise ListenerError(f"{host}:{port}") from error
            await stopping.wait()
        finally:
            await runner.cleanup()

    async def problems(self) -> list[str]:
        """Everything that is wrong just now; none means healthy."""
        figures = await self._look()
        found = [] if figures is not None else ["the database does not answer"]
        if figures is not None and not figures.is_current:
            found.append("the database is not up to date: xianfeng migrate")
        now = time.monotonic()
        late = {name: round(now - beat_at()) for name, beat_at in self._beats.items()}
        found += [f"{name} stands still for {age} s" for name, age in late.items() if age > BEATS_WITHIN_S]
        return found

    async def _on_health(self, _request: web.Request) -> web.Response:
        problems = await self.problems()
        return web.Response(text="\n".join(problems or ["ok"]) + "\n", status=503 if problems else 200)

    async def _on_metrics(self, _request: web.Request) -> web.Response:
        self._fill(await self._look())
        return web.Response(body=generate_latest(self._metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _look(self) -> Figures | None:
        """The database's figures, at most two seconds old; None if it does not answer."""
        async with self._looking:
            if time.monotonic() - self._looked_at > KEPT_S:
                try:
                    async with asyncio.timeout(DATABASE_WITHIN_S):
                        self._figures = await self._read()
                except Exception as error:
                    log.warning("the database did not tell its figures", error=type(error).__name__)
                    self._figures = None
                self._looked_at = time.monotonic()
            return self._figures

    async def _read(self) -> Figures:
        async with self._store.read() as tx:
            figures = await read_figures(tx)
        dues = await self._do.list_due()
        lag = self._do.now() - min((due.at for due in dues), default=self._do.now())
        self._metrics.due_work.set(len(dues))
        self._metrics.due_work_seconds.set(_seconds(lag))
        return figures

    def _fill(self, figures: Figures | None) -> None:
        metrics = self._metrics
        metrics.polls.set(self._polls())
        metrics.database_up.set(figures is not None)
        in_use, most = self._store.connections()
        metrics.connections.set(in_use)
        metrics.connections_most.set(most)
        if figures is None:
            return
        for state in LETTER_STATES:
            metrics.letters.labels(state).set(figures.letters.get(state, 0))
        due_at = figures.oldest_due_at
        metrics.oldest_letter_seconds.set(_seconds(self._do.now() - due_at) if due_at else 0.0)
        metrics.dead_letters.set(figures.dead_letters)


def _seconds(age: timedelta) -> float:
    return max(0.0, age.total_seconds())
