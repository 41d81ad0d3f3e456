"""The bot was away for weeks: what it finds when it comes back, and what it makes up for."""

from __future__ import annotations

import pytest

from bot.domain.periods import Month
from bot.errors import PeriodClosedError
from tests.conversations.away import away_until
from tests.conversations.conftest import Stage, at
from tests.conversations.rated import Q4, hand_in
from tests.conversations.shown import review

DECEMBER = Month(2026, 12)


async def test_a_quarter_is_rated_though_its_last_month_was_missed(stage: Stage) -> None:
    """Away from before the 25th until January: December has no forms, but October and November are rated."""
    (wang,) = await stage.persons("王书记")
    await stage.travel("2026-12-20 10:00")
    await away_until(stage, "2027-01-11 10:00")
    await wang.sees("2026年第4季度初评已开始")
    async with stage.app.core.store.read() as tx:
        assert await tx.periods.find_month(DECEMBER) is None
        assert (await tx.periods.get_quarter(Q4)).rating_due_at == at("2027-01-19 00:00")


async def test_a_month_that_was_missed_can_be_answered_after_all(stage: Stage) -> None:
    """The operator opens it with an end of its own; the branch closes its quarter after that."""
    (zhang,) = await stage.persons("张伟")
    await stage.travel("2026-12-20 10:00")
    await away_until(stage, "2027-01-11 10:00")
    await stage.app.core.do.open_month(DECEMBER, closes_at=at("2027-01-15 00:00"))
    await stage.settle()
    await zhang.sees("2026年12月自评表")
    await hand_in(stage, "张伟", month=DECEMBER)
    await stage.travel("2027-01-15 09:00")
    await zhang.sees("2026年12月 自评")


async def test_a_quarter_that_a_branch_has_closed_gets_no_further_month(stage: Stage) -> None:
    """Its points are decided."""
    await stage.persons("张伟")
    await stage.travel("2026-12-20 10:00")
    await away_until(stage, "2027-01-11 10:00")
    await review(stage)
    with pytest.raises(PeriodClosedError):
        await stage.app.core.do.open_month(DECEMBER, closes_at=at("2027-01-15 00:00"))
