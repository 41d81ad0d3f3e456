"""Handing a form in, taking it back, and asking to be left alone today."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.delegation import signed_by
from bot.domain.forms import FormState
from bot.domain.may import Deed, Subject
from bot.domain.timetable import Timetable
from bot.errors import FormIncompleteError, PeriodClosedError, StaleCardError
from bot.outbox.letters import FormEntered
from bot.scoring.points import hundredths
from bot.storage.store import Store
from bot.usecases.months.form_cards import card_of, line_points, require_writer, writable_card
from bot.usecases.rating.quarter_guard import before_change, rate_again
from bot.usecases.visit import Visit, must
from bot.views.facts import FormCard


class SubmitForm:
    """Hands in just what the person saw: the revision on the card must be the form's own."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, form_id: int, revision: int) -> FormCard:
        """Hand the form in, if it is complete."""
        async with self._store.write(visit.cause) as tx:
            card = await writable_card(tx, visit, form_id, self._timetable.zone)
            if card.form.revision != revision:
                raise StaleCardError
            missing = (*card.unanswered, *card.lacking_evidence)
            if missing:
                raise FormIncompleteError(tuple(item.label for item in missing))

            columns: dict[str, Any] = {
                "state": FormState.SUBMITTED, "submitted_at": tx.now, "submitted_by": card.viewer.member_id,
                "returned_reason": None, "total_centi": hundredths(card.score.total),
            }  # fmt: skip
            if not await tx.forms.change(card.form, **columns):
                raise StaleCardError
            if card.form.state is FormState.RETURNED:
                await rate_again(tx, card.form)
            await tx.ledger.append(
                "form_submitted", period=str(card.form.month), subject=card.owner.member_id,
                actor=card.viewer.member_id, form=form_id, revision=revision + 1,
                total_centi=hundredths(card.score.total),
                lines=line_points(card.score), proxy=card.by_proxy,
            )  # fmt: skip
            if card.by_proxy:
                signature = signed_by(card.viewer, "form_submitted", card.owner.member_id)
                await tx.letters.write(
                    f"form_entered:{form_id}:{revision}", FormEntered(form_id, *signature),
                    to_member=card.owner.member_id, due_at=self._timetable.polite(tx.now),
                )  # fmt: skip
            return replace(card, form=replace(card.form, revision=revision + 1, **columns))


class WithdrawForm:
    """Takes a form back before the month closes."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, form_id: int, revision: int) -> FormCard:
        """The form is open again, with every answer kept."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            card = await card_of(tx, person, await tx.forms.get(form_id), self._zone)
            await require_writer(tx, card)
            if not card.form.may_be_withdrawn(tx.now):
                if card.form.state is FormState.SUBMITTED:
                    raise PeriodClosedError(str(card.form.month), card.form.closes_at)
                raise StaleCardError
            await before_change(tx, card.form)
            if card.form.revision != revision or not await tx.forms.change(card.form, state=FormState.OPEN):
                raise StaleCardError
            await tx.ledger.append(
                "form_withdrawn", period=str(card.form.month), subject=card.owner.member_id, actor=person.member_id,
                form=form_id, revision=revision + 1,
            )  # fmt: skip
            return replace(card, form=replace(card.form, state=FormState.OPEN, revision=revision + 1))


class SnoozeForm:
    """Not today: no more reminders of this form until tomorrow."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, form_id: int) -> FormCard:
        """Remember the wish; the deadline stays."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            card = await card_of(tx, person, await tx.forms.get(form_id), self._timetable.zone)
            must(person, Deed.ANSWER_FORM, Subject.of(card.owner))
            await tx.forms.snooze(form_id, self._timetable.day_of(tx.now))
            return card
