"""After a restore: what came due in the lost time is done, and nothing of it is said that was perhaps said before."""

from __future__ import annotations

from bot.jobs.tick import Ticker
from bot.usecases import UseCases


async def catch_up(do: UseCases) -> int:
    """Do all that is due and hold the letters of it; returns how many are held. No postman may run meanwhile."""
    since, ticker, left = do.now(), Ticker(do, 1), len(await do.list_due())
    while left:
        await ticker.tick()
        before, left = left, len(await do.list_due())
        if left >= before:
            break
    return await do.hold_letters(since)
