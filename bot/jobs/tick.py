"""The clock's beat: APScheduler calls, and whatever has come due by the calendar is done."""

from __future__ import annotations

import asyncio
import time

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.timetable import Due
from bot.errors import XianfengError
from bot.jobs.schedule import SCHEDULE
from bot.usecases import UseCases

log = structlog.get_logger(__name__)


class Ticker:
    """Beats every few seconds; a beat that comes late or twice does nothing twice, for due work is claimed."""

    def __init__(self, do: UseCases, seconds: float) -> None:
        self._do = do
        self._seconds = seconds
        self._beating = asyncio.Lock()
        self.beat_at = time.monotonic()

    async def run(self, stopping: asyncio.Event) -> None:
        """Beat until told to stop."""
        scheduler = AsyncIOScheduler()
        scheduler.add_job(
            self._beat, "interval", seconds=self._seconds, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        scheduler.start()
        try:
            await self._beat()
            await stopping.wait()
        finally:
            scheduler.shutdown(wait=False)

    async def _beat(self) -> None:
        self.beat_at = time.monotonic()
        try:
            await self.tick()
        except Exception:
            # Most likely the database is away; nothing is lost, for what is due stays due until the next beat.
            log.exception("the due work could not be listed")

    async def tick(self) -> None:
        """Do everything that is due now, in order, and what becomes due by that; each of it once in a beat."""
        async with self._beating:
            done: set[Due] = set()
            while coming := [due for due in await self._do.list_due() if due not in done]:
                for due in coming:
                    done.add(due)
                    await self._carry_out(due)

    async def _carry_out(self, due: Due) -> None:
        """Do one work; if it fails, it does not hold up the others."""
        try:
            await SCHEDULE[due.moment](self._do, due)
        except XianfengError as error:
            log.warning("due work was refused", moment=due.moment, period=due.period, error=type(error).__name__)
        except Exception:
            log.exception("due work failed", moment=due.moment, period=due.period)
