"""Letters about the review group and its work."""

from __future__ import annotations

from bot.delivery.reading import Reading
from bot.domain.forms import BranchState
from bot.domain.may import Deed, Subject, may
from bot.errors import ForbiddenError
from bot.outbox import letters
from bot.views import review_notices
from bot.views.review_facts import ReviewCard
from bot.views.view import View


async def announced(letter: letters.DrawAnnounced, reading: Reading) -> View | None:
    """The draw is announced, until somebody has drawn."""
    body = await reading.do.read_reviews.body(letter.quarter)
    if body.draw.drawn is not None:
        return None
    reader = await reading.do.read_person(reading.member_id or 0)
    return review_notices.announced(reading.words, body, forms_it=may(reader, Deed.FORM_BODY, Subject()))


async def drawn(letter: letters.BranchesDrawn, reading: Reading) -> View | None:
    """What was drawn; of a draw that was repeated by now only the last is told."""
    body = await reading.do.read_reviews.body(letter.quarter)
    return review_notices.drawn(reading.words, body) if body.draw.number == letter.number else None


async def seat_given(letter: letters.SeatGiven, reading: Reading) -> View | None:
    """The reader's seat, unless it is another's by now."""
    try:
        seat = await reading.do.read_reviews.seat(reading.member_id or 0, letter.quarter)
    except ForbiddenError:
        return None
    return review_notices.seat_given(reading.words, seat) if seat.seat is not None else None


async def assigned(letter: letters.ReviewAssigned, reading: Reading) -> View | None:
    """The reader's branches, as long as he has any."""
    try:
        own = await reading.do.read_reviews.own(reading.member_id or 0, letter.quarter)
    except ForbiddenError:
        return None
    return review_notices.assigned(reading.words, own) if own.rows else None


async def asked_again(letter: letters.ReviewAskedAgain, reading: Reading) -> View | None:
    """Asked again, unless he has answered or it is decided by now."""
    card = await _card(reading, letter.quarter, letter.branch_id)
    if card is None or card.task is None or not card.task.is_asked_again:
        return None
    return review_notices.asked_again(reading.words, card)


async def disputed(letter: letters.ReviewDisputed, reading: Reading) -> View | None:
    """A dispute, unless it is decided by now."""
    card = await _card(reading, letter.quarter, letter.branch_id)
    return review_notices.disputed(reading.words, card) if card is not None and card.is_disputed else None


async def answered(letter: letters.BranchAnswered, reading: Reading) -> View | None:
    """The branch came back, unless it is decided by now."""
    card = await _card(reading, letter.quarter, letter.branch_id)
    return review_notices.answered(reading.words, card) if card is not None else None


async def _card(reading: Reading, quarter: str, branch_id: int) -> ReviewCard | None:
    """The branch's card while it is reviewed, if it still is the reader's."""
    try:
        card = await reading.do.read_reviews.card(reading.member_id or 0, quarter, branch_id)
    except ForbiddenError:
        return None
    return card if card.stand.state is BranchState.REVIEW else None


async def sent_back(letter: letters.BranchSentBack, reading: Reading) -> View | None:
    """The branch has its rating back, unless it has closed again by now."""
    queue = await reading.do.read_reviews.queue(reading.member_id or 0, letter.quarter, letter.branch_id)
    return review_notices.sent_back(reading.words, queue) if queue.is_open else None


async def reminded(letter: letters.ReviewReminded, reading: Reading) -> View | None:
    """A reminder, unless nothing waits any more."""
    try:
        own = await reading.do.read_reviews.own(reading.member_id or 0, letter.quarter)
    except ForbiddenError:
        return None
    days_left = reading.do.timetable.days_left(reading.do.now(), own.due_at)
    return review_notices.reminded(reading.words, own, days_left) if own.waiting else None


async def escalated(letter: letters.ReviewEscalated, reading: Reading) -> View | None:
    """Which branches are late, unless none is by now."""
    progress = await reading.do.read_reviews.progress(letter.quarter)
    return review_notices.escalated(reading.words, progress) if progress.waiting else None


async def body_missing(letter: letters.BodyMissing, reading: Reading) -> View | None:
    """Who waits for a group, unless everybody has his reviewer by now."""
    progress = await reading.do.read_reviews.progress(letter.quarter)
    orphaned = any(not row.holders for row in progress.waiting)
    return review_notices.body_missing(reading.words, progress) if orphaned else None


async def all_reviewed(letter: letters.AllReviewed, reading: Reading) -> View | None:
    """Everything is reviewed."""
    return review_notices.all_reviewed(reading.words, await reading.do.read_reviews.progress(letter.quarter))
