"""An objection is answered in writing by somebody who did not decide it; where it is upheld, points may change."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.objections import ANSWER_LIMIT, Correction, Objection, ObjectionAnswer, ObjectionState, Outcome
from bot.domain.people import Person
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError
from bot.outbox.letters import ObjectionAnswered
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.objections.correct_result import correct, require_correctable
from bot.usecases.objections.file_objection import written
from bot.usecases.objections.objection_cards import answerers, as_seen, objection_card, settle, too_late
from bot.usecases.publicity.publish_quarter import finish_ended, tell_group
from bot.usecases.rating.adjust_rating import Giving
from bot.usecases.visit import Visit, must
from bot.views.objection_facts import ObjectionCard


class OpenAnswering:
    """The card for somebody who is about to answer; what he types next may be awaited."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, objection_id: int, revision: int) -> ObjectionCard:
        """The card as it was seen, if the visitor answers it."""
        async with self._store.read() as tx:
            person, found = await _to_answer(tx, visit, objection_id, revision)
            card = await objection_card(tx, person, found, self._zone)
        await stop_waiting(self._store, visit)
        return card

    async def awaiting(
        self, visit: Visit, objection_id: int, revision: int, action: str, message_id: int = 0, *,
        giving: Giving | None = None,
    ) -> ObjectionCard:  # fmt: skip
        """The same, and the next text completes this packed action; points that cannot be given are refused first."""
        async with self._store.write(visit.cause) as tx:
            person, found = await _to_answer(tx, visit, objection_id, revision)
            if giving is not None:
                await require_correctable(tx, found, giving)
            await tx.accounts.await_text(visit.telegram_id, action, message_id or visit.account.awaiting_message_id)
            return await objection_card(tx, person, found, self._zone)


class AnswerObjection:
    """Writes the answer; the first may be taken to the group once, the group's own is the last."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(
        self, visit: Visit, objection_id: int, revision: int, outcome: Outcome, giving: Giving | None, text: str
    ) -> ObjectionCard:
        """Answer as seen, unless somebody was first or the member withdrew it; a rejected one changes no points."""
        text = written(text, ANSWER_LIMIT)
        if giving is not None and outcome is Outcome.REJECTED:
            raise NotFoundError
        async with self._store.write(visit.cause) as tx:
            person, found = await _to_answer(tx, visit, objection_id, revision)
            # The branch is taken first: of two answers that change its ranks the second sees the first.
            stand = await tx.periods.lock_branch_quarter(found.branch_id, found.quarter)
            level = found.level
            found = await self._settle(tx, found)
            correction = None
            if giving is not None:
                correction = await correct(tx, found, stand, giving, person.member_id, text)
                await tell_group(tx, stand)
            answer = ObjectionAnswer(level, outcome, text, person.member_id, tx.now, correction)
            await tx.objections.add_answer(objection_id, answer)
            await tx.accounts.await_text(visit.telegram_id, None)
            await self._note(tx, found, answer)
            if found.state is ObjectionState.CLOSED:
                await finish_ended(tx, found.quarter)
            return await objection_card(tx, person, found, self._timetable.zone)

    async def _settle(self, tx: Tx, found: Objection) -> Objection:
        if found.state is ObjectionState.ESCALATED:
            return await settle(tx, found, ObjectionState.CLOSED, closed_at=tx.now)
        until = self._timetable.answer_due_at(tx.now)
        return await settle(tx, found, ObjectionState.ANSWERED, escalates_until=until)

    async def _note(self, tx: Tx, found: Objection, answer: ObjectionAnswer) -> None:
        await tx.ledger.append(
            "objection_answered", period=str(found.quarter), subject=found.member_id, actor=answer.answered_by,
            free_text=answer.text, objection=found.objection_id, level=answer.level, outcome=answer.outcome.value,
            corrected=_ids(answer.correction),
        )  # fmt: skip
        key = f"objection_answered:{found.objection_id}:{answer.level}"
        letter = ObjectionAnswered(found.objection_id, answer.level)
        await tx.letters.write(key, letter, to_member=found.member_id, due_at=self._timetable.polite(tx.now))


def _ids(correction: Correction | None) -> dict[str, object] | None:
    return {"month": str(correction.month), "item": correction.item} if correction else None


async def _to_answer(tx: Tx, visit: Visit, objection_id: int, revision: int) -> tuple[Person, Objection]:
    """Who visits, and the objection that he is to answer."""
    person, found = await as_seen(tx, visit, objection_id, revision)
    if not found.state.waits_for_answer:
        await too_late(tx, found)
    must(person, Deed.ANSWER_OBJECTION, Subject(found.branch_id, found.member_id, answerers=await answerers(tx, found)))
    return person, found
