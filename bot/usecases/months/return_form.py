"""Sending a form back with a reason: by the desk that collects it, or by whoever rates the quarter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.delegation import signed_by
from bot.domain.forms import REASON_LIMIT, Form, FormState, RatingState
from bot.domain.may import Deed, Subject
from bot.domain.people import Person
from bot.domain.texts import clean_text
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, StaleCardError, TextTooLongError
from bot.outbox.letters import FormReturned
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.months.form_cards import card_of
from bot.usecases.rating.quarter_guard import require_form_open
from bot.usecases.rating.rate_member import Decided, card_to_decide, change, decided, too_late
from bot.usecases.visit import Visit, must
from bot.views.facts import FormCard


class ReturnForm:
    """The commissioner or secretary sends a form back from the desk."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, form_id: int, revision: int, reason: str) -> FormCard:
        """The member may change the form again until the branch's quarter is closed, even after the month."""
        reason = clean_reason(reason)
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            card = await card_of(tx, person, await tx.forms.get(form_id), self._timetable.zone)
            must(person, Deed.RETURN_FORM, Subject.of(card.owner))
            if await require_form_open(tx, card.form):
                await _take_to_rate_later(tx, card.form, person)
            if card.form.revision != revision:
                raise StaleCardError
            form = await _send_back(tx, self._timetable, card.form, person, reason)
            await tx.accounts.await_text(visit.telegram_id, None)
            return replace(card, form=form)


class ReturnRating:
    """Whoever rates sends one of the three forms back; the rating waits until it has come in again."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, rating_id: int, revision: int, month: int, reason: str) -> Decided:
        """Send the form of this month (1 to 12) back, unless somebody decided first."""
        reason = clean_reason(reason)
        async with self._store.write(visit.cause) as tx:
            card = await card_to_decide(tx, visit, rating_id, revision, self._timetable.zone)
            if card.rating.state is not RatingState.PENDING:
                raise StaleCardError
            found = card.month(month)
            if found is None or found.form is None:
                raise NotFoundError
            await change(
                tx, card.rating, state=RatingState.RETURNED, decided_by=card.viewer.member_id, decided_at=tx.now
            )
            await _send_back(tx, self._timetable, found.form, card.viewer, reason)
            await tx.accounts.await_text(visit.telegram_id, None)
            return await decided(tx, self._timetable, card)


def clean_reason(reason: str) -> str:
    """The reason as it is kept, or a TextTooLongError; an empty one is no reason."""
    reason = clean_text(reason)
    if not 0 < len(reason) <= REASON_LIMIT:
        raise TextTooLongError(REASON_LIMIT)
    return reason


async def _take_to_rate_later(tx: Tx, form: Form, person: Person) -> None:
    """The member cannot be rated while his form is out; a decision that was taken is not undone from the desk."""
    rating = await tx.ratings.find(form.member_id, form.month.quarter)
    if rating is None:
        return
    if rating.state is RatingState.APPROVED:
        await too_late(tx, rating)
    await change(tx, rating, state=RatingState.RETURNED, decided_by=person.member_id, decided_at=tx.now)


async def _send_back(tx: Tx, timetable: Timetable, form: Form, person: Person, reason: str) -> Form:
    columns: dict[str, Any] = {"state": FormState.RETURNED, "returned_reason": reason}
    if form.state is not FormState.SUBMITTED or not await tx.forms.change(form, **columns):
        raise StaleCardError
    await tx.ledger.append(
        "form_returned", period=str(form.month), subject=form.member_id, actor=person.member_id,
        free_text=reason, form=form.form_id, revision=form.revision + 1,
    )  # fmt: skip
    key = f"form_returned:{form.form_id}:{form.revision}"
    letter = FormReturned(form.form_id, *signed_by(person, "form_returned", form.member_id))
    await tx.letters.write(key, letter, to_member=form.member_id, due_at=timetable.polite(tx.now))
    return replace(form, revision=form.revision + 1, **columns)
