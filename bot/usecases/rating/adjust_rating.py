"""The branch decides against an answer: other points for one item of one month, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.forms import Form, RatingState
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, PointsOutOfRangeError, StaleCardError
from bot.scoring.adjusting import allowed, limits
from bot.scoring.points import from_hundredths, hundredths, show
from bot.scoring.table import RuleSet
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.months.form_cards import counts_for_the_year, score_form
from bot.usecases.months.return_form import clean_reason
from bot.usecases.rating.rate_member import card_to_decide, change
from bot.usecases.rating.rating_cards import rating_card
from bot.usecases.review.confirm_review import ask_others_again, for_whom
from bot.usecases.visit import Visit
from bot.views.rating_facts import RatingCard


@dataclass(frozen=True, slots=True)
class Giving:
    """Other points for an item of a month (1 to 12), in hundredths."""

    item: str
    month: int
    centi: int

    def required(self, card: RatingCard) -> tuple[Form, RuleSet]:
        """The form and the rules it concerns; NotFoundError without such an item, PointsOutOfRangeError beyond it."""
        found = card.month(self.month)
        if found is None or found.form is None or found.rules is None or not found.rules.has_item(self.item):
            raise NotFoundError
        item, points = found.rules.item(self.item), from_hundredths(self.centi)
        if not allowed(found.rules, item, points):
            low, high = limits(found.rules, item)
            raise PointsOutOfRangeError(show(low), show(high))
        return found.form, found.rules


class OpenAdjustment:
    """The card for somebody who is about to adjust it; what he types next may be awaited."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, rating_id: int, revision: int) -> RatingCard:
        """The card as it was seen, or a StaleCardError."""
        async with self._store.read() as tx:
            card = await card_to_decide(tx, visit, rating_id, revision, self._zone, reopens=True, reviews=True)
        await stop_waiting(self._store, visit)
        return card

    async def awaiting(
        self, visit: Visit, rating_id: int, revision: int, action: str, message_id: int = 0,
        *, giving: Giving | None = None,
    ) -> RatingCard:  # fmt: skip
        """The same, and the next text completes this packed action; points that cannot be given are refused first."""
        async with self._store.write(visit.cause) as tx:
            card = await card_to_decide(tx, visit, rating_id, revision, self._zone, reopens=True, reviews=True)
            if giving is not None:
                giving.required(card)
            await tx.accounts.await_text(visit.telegram_id, action, message_id or visit.account.awaiting_message_id)
            return card


class AdjustRating:
    """Gives an item other points; an approved member waits for his approval again, unless the group adjusts."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, rating_id: int, revision: int, giving: Giving, reason: str) -> RatingCard:
        """Replace what the branch decided before on this item of this month."""
        reason = clean_reason(reason)
        async with self._store.write(visit.cause) as tx:
            card = await card_to_decide(tx, visit, rating_id, revision, self._zone, reopens=True, reviews=True)
            form, rules = giving.required(card)
            if card.rating.state is RatingState.RETURNED:
                raise StaleCardError
            of_the_group = {"review": True} if card.in_review else {}
            behind: dict[str, Any] = {}
            if card.in_review:
                behind = await self._adjust_in_review(tx, card)
            else:
                await _wait_again(tx, card)
            decided = {
                "item": giving.item, "points": str(from_hundredths(giving.centi)), "reason": reason,
                "by": card.viewer.member_id, "at": tx.now.isoformat(), **of_the_group,
            }  # fmt: skip
            kept = [one for one in form.overrides if one["item"] != giving.item]
            before, after = await _save(tx, rules, form, [*kept, decided])
            await tx.accounts.await_text(visit.telegram_id, None)
            await tx.ledger.append(
                "form_adjusted", period=str(form.month), subject=card.owner.member_id, actor=card.viewer.member_id,
                free_text=reason, form=form.form_id, revision=form.revision + 1, item=giving.item,
                before_centi=_item_centi(rules, form, giving.item), after_centi=giving.centi,
                total_before_centi=before, total_centi=after, **of_the_group, **behind,
            )  # fmt: skip
            return await rating_card(tx, card.viewer, await tx.ratings.get(rating_id), self._zone)

    async def _adjust_in_review(self, tx: Tx, card: RatingCard) -> dict[str, Any]:
        """The branch's approval stands; who confirmed the branch before is asked again. Returns for whom it is done."""
        await change(tx, card.rating)
        body = await tx.reviews.body(card.rating.quarter)
        await ask_others_again(tx, self._timetable, body, card.stand, card.viewer.member_id)
        return for_whom(body, card.viewer, card.stand.branch_id)


class DropAdjustments:
    """Takes back all that the branch decided against this member's answers."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, rating_id: int, revision: int) -> RatingCard:
        """The answers count again as they were given."""
        async with self._store.write(visit.cause) as tx:
            card = await card_to_decide(tx, visit, rating_id, revision, self._zone, reopens=True)
            if not card.is_adjusted or card.rating.state is RatingState.RETURNED:
                raise StaleCardError
            await _wait_again(tx, card)
            for month in card.months:
                if month.form is None or month.rules is None or not month.form.overrides:
                    continue
                before, after = await _save(tx, month.rules, month.form, [])
                await tx.ledger.append(
                    "adjustments_dropped", period=str(month.month), subject=card.owner.member_id,
                    actor=card.viewer.member_id, form=month.form.form_id, revision=month.form.revision + 1,
                    items=[one["item"] for one in month.form.overrides],
                    total_before_centi=before, total_centi=after,
                )  # fmt: skip
            return await rating_card(tx, card.viewer, await tx.ratings.get(rating_id), self._zone)


async def _wait_again(tx: Tx, card: RatingCard) -> None:
    await change(tx, card.rating, state=RatingState.PENDING, decided_by=None, decided_at=None, postponed_at=None)


async def _save(tx: Tx, rules: RuleSet, form: Form, overrides: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Write the decisions with the new total; returns the total before and after, in hundredths."""
    after = hundredths(score_form(rules, replace(form, overrides=list(overrides))).total)
    if not await tx.forms.change(form, overrides=list(overrides), total_centi=after):
        raise StaleCardError
    return form.total_centi, after


def _item_centi(rules: RuleSet, form: Form, item_id: str) -> int | None:
    """What the item brought before; None for a bonus, which a month's points do not hold."""
    if counts_for_the_year(rules, item_id):
        return None
    return hundredths(score_form(rules, form).line(item_id).points)
