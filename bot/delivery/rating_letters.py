"""Letters about the branch's rating."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.outbox import letters
from bot.views import rating_notices
from bot.views.rating_facts import Queue
from bot.views.view import View


async def opened(letter: letters.RatingOpened, reading: Reading) -> View | None:
    """The rating is open, unless it is closed or nothing is left for this reader by now."""
    queue = await reading.do.read_queue(reading.member_id or 0, letter.branch_id, letter.quarter)
    return rating_notices.opened(reading.words, queue) if _concerns(queue) else None


async def reminded(letter: letters.RatingReminded, reading: Reading) -> View | None:
    """A reminder, unless nothing is left for this reader by now."""
    queue = await reading.do.read_queue(reading.member_id or 0, letter.branch_id, letter.quarter)
    days_left = reading.do.timetable.days_left(reading.do.now(), queue.stand.rating_due_at)
    return rating_notices.reminded(reading.words, queue, days_left) if _concerns(queue) else None


async def escalated(letter: letters.RatingEscalated, reading: Reading) -> View | None:
    """Which branches are late, unless all have closed by now."""
    late = await reading.do.read_late_branches(reading.member_id or 0, letter.quarter)
    return rating_notices.escalated(reading.words, late) if late.branches else None


def _concerns(queue: Queue) -> bool:
    return queue.is_open and (bool(queue.waiting) or queue.leads)
