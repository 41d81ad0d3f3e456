"""Waiting for a change of the log or of a queue misses none, however busy the loop is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from sandbox import SimClock
from sandbox.log import CallLog
from sandbox.updates import UpdateQueue


async def test_a_call_that_ends_right_after_one_began_to_wait_is_noticed() -> None:
    """The wait counts from the moment it was asked for, not from when the loop comes to it."""
    log = CallLog()
    waiting = asyncio.ensure_future(log.changed())
    log.begin()
    log.end()
    await asyncio.wait_for(waiting, 1)


async def test_an_update_that_comes_right_after_one_began_to_wait_is_noticed() -> None:
    """The same for what waits for a bot."""
    queue = UpdateQueue(SimClock(datetime(2026, 1, 1, tzinfo=UTC)))
    waiting = asyncio.ensure_future(queue.changed())
    queue.push("message", {}, 1)
    await asyncio.wait_for(waiting, 1)
