"""After the answer: the member accepts it, asks the group once to look at it, or lets it stand."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.objections import Objection, ObjectionState, reviewer_of
from bot.domain.timetable import Due, Timetable
from bot.errors import ObjectionTooLateError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.objections.file_objection import answer_days, give
from bot.usecases.objections.objection_cards import as_seen, bench_of, involved_in, objection_card, settle, too_late
from bot.usecases.publicity.publish_quarter import finish_ended
from bot.usecases.visit import Visit, must
from bot.views.objection_facts import ObjectionCard


class EscalateObjection:
    """The member asks the review group to look at the answer; its lead or an uninvolved seat answers for good."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, objection_id: int, revision: int) -> ObjectionCard:
        """Give it to the group, within the days after the answer."""
        async with self._store.write(visit.cause) as tx:
            person, found = await as_seen(tx, visit, objection_id, revision)
            must(person, Deed.OBJECT, Subject(found.branch_id, found.member_id))
            if not found.may_be_escalated(tx.now):
                raise ObjectionTooLateError(found.escalates_until)
            answerer = await _reviewer(tx, found)
            due_at = self._timetable.answer_due_at(tx.now, await answer_days(tx, found.quarter))
            found = await settle(tx, found, ObjectionState.ESCALATED, answerer_id=answerer, answer_due_at=due_at)
            await tx.ledger.append(
                "objection_escalated", period=str(found.quarter), subject=found.member_id, actor=person.member_id,
                objection=found.objection_id, answerer=answerer,
            )  # fmt: skip
            await give(tx, self._timetable, found)
            return await objection_card(tx, person, found, self._timetable.zone)


class AcceptAnswer:
    """The member accepts the answer; nothing is left to be done."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, objection_id: int, revision: int) -> ObjectionCard:
        """Close the objection."""
        async with self._store.write(visit.cause) as tx:
            person, found = await as_seen(tx, visit, objection_id, revision)
            must(person, Deed.OBJECT, Subject(found.branch_id, found.member_id))
            if found.state is not ObjectionState.ANSWERED:
                await too_late(tx, found)
            found = await _close(tx, found, person.member_id)
            return await objection_card(tx, person, found, self._zone)


class LetAnswersStand:
    """The days in which the group could be asked are over: what was answered stands."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, due: Due) -> int:
        """Close this quarter's answered objections whose days are over; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            over = [
                one for one in await tx.objections.unsettled()
                if str(one.quarter) == due.period and one.state is ObjectionState.ANSWERED
                and not one.may_be_escalated(tx.now)
            ]  # fmt: skip
            for found in over:
                await _close(tx, found, None)
            return len(over)


async def _reviewer(tx: Tx, found: Objection) -> int | None:
    stand = await tx.periods.get_branch_quarter(found.branch_id, found.quarter)
    involved = await involved_in(tx, stand, found.member_id, found.month, found.item)
    given = (await tx.objections.answers([found.objection_id]))[found.objection_id]
    bench = await bench_of(tx, found.quarter, found.branch_id)
    return reviewer_of(found.member_id, involved | {one.answered_by for one in given}, bench)


async def _close(tx: Tx, found: Objection, actor: int | None) -> Objection:
    found = await settle(tx, found, ObjectionState.CLOSED, closed_at=tx.now)
    await tx.ledger.append(
        "objection_closed", period=str(found.quarter), subject=found.member_id, actor=actor,
        objection=found.objection_id,
    )  # fmt: skip
    await finish_ended(tx, found.quarter)
    return found
