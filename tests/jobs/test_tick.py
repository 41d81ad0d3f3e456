"""The clock's beat: what fails holds up nothing else, and the clock goes on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from bot.domain.timetable import Due, Moment
from bot.errors import PeriodNotOpenError
from bot.jobs.tick import Ticker

NOW = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


class Work:
    """Two pieces of due work; the first fails."""

    def __init__(self, *failures: Exception, listing: Exception | None = None) -> None:
        self.done = asyncio.Event()
        self._failures = list(failures)
        self._listing = [listing] if listing else []

    async def list_due(self) -> list[Due]:
        """A reminder and an opening; away at first, if it shall be."""
        if self._listing:
            raise self._listing.pop()
        return [Due(NOW, Moment.FORM_T1, "2026-10"), Due(NOW, Moment.RATING_T1, "2026Q4")]

    async def remind_members(self, due: Due) -> None:
        """Fail."""
        if self._failures:
            raise self._failures.pop()

    async def remind_raters(self, due: Due) -> None:
        """Done."""
        self.done.set()


@pytest.mark.parametrize("failure", [PeriodNotOpenError("2026-10"), KeyError("a row that nobody thought of")], ids=repr)
async def test_work_that_fails_does_not_hold_up_the_rest(failure: Exception) -> None:
    """Whatever it failed with: it is due again with the next beat, the other work is done now."""
    work = Work(failure)
    with capture_logs() as logs:
        await Ticker(cast("Any", work), 60).tick()
    assert work.done.is_set()
    assert [line["period"] for line in logs] == ["2026-10"]


async def test_what_becomes_due_by_other_work_is_done_in_the_same_beat() -> None:
    """The draw is announced with the rating, not a minute later."""
    opened: list[Due] = []

    class Opening(Work):
        async def list_due(self) -> list[Due]:
            return [Due(NOW, Moment.FORM_T1, "2026-10"), *opened]

        async def remind_members(self, due: Due) -> None:
            opened.append(Due(NOW, Moment.RATING_T1, "2026Q4"))

    work = Opening()
    await Ticker(cast("Any", work), 60).tick()
    assert work.done.is_set()
    assert len(opened) == 1


async def test_the_clock_outlives_a_database_that_is_away_at_the_start() -> None:
    """The bot comes up before its database; the next beat finds it."""
    work, stopping = Work(listing=ConnectionRefusedError()), asyncio.Event()
    with capture_logs():
        running = asyncio.ensure_future(Ticker(cast("Any", work), 0.05).run(stopping))
        async with asyncio.timeout(5):
            await work.done.wait()
        stopping.set()
        await running
