"""The branch decides on one member: approve, or put the card off; or approve all without remarks at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn
from zoneinfo import ZoneInfo

from bot.domain.forms import BranchState, FormState, Rating, RatingState
from bot.domain.may import Deed, Subject
from bot.domain.timetable import Timetable
from bot.errors import AlreadyDecidedError, PeriodClosedError, StaleCardError
from bot.scoring.points import hundredths
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.people.delegation_cards import RATED_BY, on_behalf_of
from bot.usecases.rating.rating_cards import next_card, rating_card, require_rater
from bot.usecases.rating.show_queue import parsed, queue_of
from bot.usecases.visit import Visit, must
from bot.views.rating_facts import Queue, RatingCard


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, and what comes up next: the next waiting card, or the queue when there is none."""

    card: RatingCard
    following: RatingCard | Queue


class OpenRating:
    """One member's card."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, rating_id: int) -> RatingCard:
        """The card, for those who lead the member's branch and for the committee; nobody sees his own."""
        async with self._store.read() as tx:
            card = await rating_card(tx, await visit.enter(tx), await tx.ratings.get(rating_id), self._zone)
        await stop_waiting(self._store, visit)
        return card


class ApproveRating:
    """Approves a quarter as it was seen; a form that was sent back is taken back with it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, rating_id: int, revision: int) -> Decided:
        """Approve, unless somebody decided first."""
        async with self._store.write(visit.cause) as tx:
            card = await card_to_decide(tx, visit, rating_id, revision, self._timetable.zone)
            columns = {
                "state": RatingState.APPROVED, "decided_by": card.viewer.member_id, "decided_at": tx.now,
                "postponed_at": None,
            }  # fmt: skip
            await change(tx, card.rating, **columns)
            for month in card.months:
                if month.form is not None and month.form.state is FormState.RETURNED:
                    taken = await tx.forms.change(month.form, state=FormState.SUBMITTED, returned_reason=None)
                    if not taken:
                        raise StaleCardError
            value = card.value.value
            await tx.ledger.append(
                "rating_approved", period=str(card.rating.quarter), subject=card.owner.member_id,
                actor=card.viewer.member_id, rating=rating_id, revision=revision + 1,
                centi=hundredths(value) if value is not None else None,
            )  # fmt: skip
            return await decided(tx, self._timetable, card)


class PostponeRating:
    """Puts a card to the end of the queue."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, rating_id: int, revision: int) -> Decided:
        """Nothing is decided; the card comes up again after the others."""
        async with self._store.write(visit.cause) as tx:
            card = await card_to_decide(tx, visit, rating_id, revision, self._timetable.zone)
            await change(tx, card.rating, postponed_at=tx.now)
            await tx.ledger.append(
                "rating_postponed", period=str(card.rating.quarter), subject=card.owner.member_id,
                actor=card.viewer.member_id, rating=rating_id, revision=revision + 1,
            )  # fmt: skip
            return await decided(tx, self._timetable, card)


class ApproveAll:
    """Approves everybody without remarks on whom the visitor decides, if they are just those he was shown."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, branch_id: int, seal: int) -> tuple[int, Queue]:
        """How many were approved, and the queue after it."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_QUEUE, Subject(branch_id=branch_id))
            which = parsed(quarter)
            stand = await tx.periods.hold_branch_quarter(branch_id, which) if which else None
            if which is None or stand is None or stand.is_rated:
                raise PeriodClosedError(quarter, stand.closed_at if stand else None)
            queue = await queue_of(tx, self._timetable, person, branch_id, which)
            if not queue.plain or queue.seal != seal:
                raise StaleCardError
            ratings = [row.rating for row in queue.plain]
            if await tx.ratings.approve(ratings, person.member_id, tx.now) != len(ratings):
                raise StaleCardError
            await tx.ledger.append_many([
                {
                    "kind": "rating_approved", "period": quarter, "subject": row.person.member_id,
                    "actor": person.member_id, "rating": row.rating.rating_id, "revision": row.rating.revision + 1,
                    "centi": hundredths(row.points) if row.points is not None else None, "together": len(ratings),
                }
                for row in queue.plain
            ])  # fmt: skip
            return len(ratings), await queue_of(tx, self._timetable, person, branch_id, which)


async def card_to_decide(
    tx: Tx, visit: Visit, rating_id: int, revision: int, zone: ZoneInfo, *, reopens: bool = False, reviews: bool = False
) -> RatingCard:
    """The card for somebody who is about to decide on it, if it is still as he saw it.

    An approved one is only for what `reopens` it; while the branch is reviewed, only what `reviews` is for the group.
    The branch is held so that it cannot close meanwhile; in review it is held alone, for the group changes it.
    """
    person = await visit.enter(tx)
    rating = await tx.ratings.get(rating_id)
    seen = await tx.periods.get_branch_quarter(rating.branch_id, rating.quarter)
    if seen.state is BranchState.REVIEW:
        await tx.reviews.hold_exclusively(seen.branch_quarter_id)
    stand = await tx.periods.hold_branch_quarter(rating.branch_id, rating.quarter)
    card = await rating_card(tx, person, await tx.ratings.get(rating_id), zone)
    if stand is None or stand.state is not seen.state:
        raise StaleCardError
    if stand.is_rated and not (stand.state is BranchState.REVIEW and reviews and card.reviews):
        if not card.reviews:
            raters = await tx.people.raters(rating.branch_id)
            must(person, Deed.RATE, Subject(rating.branch_id, rating.member_id, raters))
        raise PeriodClosedError(str(rating.quarter), stand.closed_at)
    require_rater(card)
    rating = card.rating
    if rating.state is RatingState.APPROVED and not reopens:
        await too_late(tx, rating)
    if rating.revision != revision:
        await too_late(tx, rating)
    return card


async def change(tx: Tx, rating: Rating, **columns: object) -> None:
    """Change the rating if it still is as it was read; who lost the race is told who was first."""
    if not await tx.ratings.change(rating, **columns):
        await too_late(tx, await tx.ratings.get(rating.rating_id))


async def too_late(tx: Tx, rating: Rating) -> NoReturn:
    """Tell who decided first; where nobody decided, the card was just out of date."""
    if rating.state is RatingState.PENDING or rating.decided_by is None or rating.decided_at is None:
        raise StaleCardError
    by = await tx.people.get(rating.decided_by)
    principal = await on_behalf_of(tx, rating.decided_by, rating.decided_at, *RATED_BY)
    raise AlreadyDecidedError(by.name, rating.state.value, rating.decided_at, principal)


async def decided(tx: Tx, timetable: Timetable, card: RatingCard) -> Decided:
    """What comes up after this card."""
    following = await next_card(tx, card.viewer, card.rating, timetable.zone)
    if following is not None:
        return Decided(card, following)
    return Decided(card, await queue_of(tx, timetable, card.viewer, card.rating.branch_id, card.rating.quarter))
