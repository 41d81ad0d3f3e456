"""Letters about who stands in for whom, what waits, and dates that were moved."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.outbox import letters
from bot.views import calendar, delegation, work
from bot.views.view import View


async def delegation_given(letter: letters.DelegationGiven, reading: Reading) -> View | None:
    """Somebody stands in, unless that ended meanwhile."""
    card = await reading.do.read_delegation(letter.delegation_id)
    return delegation.given_letter(reading.words, card, reading.member_id or 0)


async def delegation_ended(letter: letters.DelegationEnded, reading: Reading) -> View | None:
    """Somebody does not stand in any more."""
    card = await reading.do.read_delegation(letter.delegation_id)
    return delegation.ended_letter(reading.words, card, reading.member_id or 0)


async def quarter_moved(letter: letters.QuarterMoved, reading: Reading) -> View | None:
    """The quarter's dates, as they are when this is read."""
    page = await reading.do.read_dates(letter.quarter)
    return calendar.moved_letter(reading.words, page) if page.movable else None


async def work_waiting(_letter: letters.WorkWaiting, reading: Reading) -> View | None:
    """All that waits now, unless nothing does any more."""
    return work.digest(reading.words, await reading.do.read_work(reading.member_id or 0))
