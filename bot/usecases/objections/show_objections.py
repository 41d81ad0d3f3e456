"""Looking at objections: one's own, those one has to answer, and a quarter's whole file."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.objections.objection_cards import answerers, objection_card, unguarded_card
from bot.usecases.visit import Visit, must
from bot.views.objection_facts import LateAnswers, ObjectionCard, ObjectionPage

FILES_OFFERED = 4


class ShowObjections:
    """What concerns the visitor: his own objections, those he answers, and where he may object."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit) -> ObjectionPage:
        """The page, for everybody who is bound."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_OWN, Subject.of(person))
            own = [
                await objection_card(tx, person, one, self._zone)
                for one in await tx.objections.of_member(person.member_id)
            ]
            quarter, ends_at = await _public(tx, person)
            files = await tx.objections.quarters() if may(person, Deed.SEE_OBJECTIONS, Subject()) else []
            page = ObjectionPage(
                own=tuple(own), waiting=await waiting_for(tx, person, self._zone), may_object_to=quarter,
                ends_at=ends_at, files=tuple(files[:FILES_OFFERED]), zone=self._zone,
            )  # fmt: skip
        await stop_waiting(self._store, visit)
        return page


class OpenObjection:
    """One objection."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, objection_id: int) -> ObjectionCard:
        """The card, for the member, for who answers it, and for those who keep the file."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            card = await objection_card(tx, person, await tx.objections.get(objection_id), self._zone)
        await stop_waiting(self._store, visit)
        return card


class ReadObjection:
    """One objection, for the letter that speaks of it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, member_id: int, objection_id: int) -> ObjectionCard | None:
        """The card for this reader; None for somebody who may not see it any more."""
        async with self._store.read() as tx:
            reader = await tx.people.get(member_id)
            try:
                return await objection_card(tx, reader, await tx.objections.get(objection_id), self._zone)
            except ForbiddenError:
                return None


class ExportObjections:
    """A quarter's file of objections and answers."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, quarter: Quarter) -> tuple[ObjectionCard, ...]:
        """All of the quarter, for the committee and the discipline office."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_OBJECTIONS, Subject())
            return await self._taken(tx, quarter, person.member_id)

    async def by_admin(self, quarter: Quarter, actor: int | None = None) -> tuple[ObjectionCard, ...]:
        """The same from the command line."""
        async with self._store.write() as tx:
            return await self._taken(tx, quarter, actor)

    async def _taken(self, tx: Tx, quarter: Quarter, actor: int | None) -> tuple[ObjectionCard, ...]:
        """The cards; that somebody took the file is noted."""
        await tx.periods.get_quarter(quarter)
        found = await tx.objections.in_quarter(quarter)
        answers = await tx.objections.answers(one.objection_id for one in found)
        await tx.ledger.append("objections_exported", period=str(quarter), actor=actor, objections=len(found))
        return tuple([
            await unguarded_card(tx, one, answers.get(one.objection_id, ()), await answerers(tx, one), self._zone)
            for one in found
        ])  # fmt: skip


class ReadLateAnswers:
    """Whose answers are overdue, for the Party office."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, quarter: Quarter, objection_ids: tuple[int, ...]) -> LateAnswers | None:
        """By branch and who owes them, without what they are about; None once all are answered."""
        async with self._store.read() as tx:
            rows: dict[tuple[str, str], int] = {}
            for one in await tx.objections.in_quarter(quarter):
                if one.objection_id not in objection_ids or not one.state.waits_for_answer:
                    continue
                names = await tx.people.names(await answerers(tx, one))
                key = (await tx.people.get_branch(one.branch_id)).name, "、".join(names.values())
                rows[key] = rows.get(key, 0) + 1
            return LateAnswers(quarter, tuple((*key, n) for key, n in rows.items())) if rows else None


async def waiting_for(tx: Tx, person: Person, zone: ZoneInfo) -> tuple[ObjectionCard, ...]:
    """The objections that this person has to answer, the most urgent first."""
    waiting = []
    for one in await tx.objections.unsettled():
        subject = Subject(one.branch_id, one.member_id, answerers=await answerers(tx, one))
        if may(person, Deed.ANSWER_OBJECTION, subject):
            waiting.append(one)
    ordered = sorted(waiting, key=lambda one: (one.answer_due_at, one.objection_id))
    return tuple([await objection_card(tx, person, one, zone) for one in ordered])


async def _public(tx: Tx, person: Person) -> tuple[Quarter | None, datetime | None]:
    """The quarter to which the person may object now, with the end of its publicity."""
    if not may(person, Deed.OBJECT, Subject.of(person)):
        return None, None
    for result in reversed(await tx.ratings.results_of(person.member_id)):
        stand = await tx.periods.get_branch_quarter(result.branch_id, result.quarter)
        if stand.takes_objections(tx.now):
            return result.quarter, stand.publicity_ends_at
    return None, None
