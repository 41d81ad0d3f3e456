"""No objection is settled by lapse of time: who owes an answer is reminded, the Party office hears of late ones."""

from __future__ import annotations

from bot.domain.objections import Objection
from bot.domain.people import Department, Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Timetable
from bot.outbox.letters import AnswersOverdue, Letter, ObjectionReminded
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.objections.objection_cards import answerers


class RemindAnswerers:
    """The working day before, on the day, and each working morning after it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write the reminders of this moment; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            today = self._timetable.day_of(due.at)
            letters: list[tuple[str, Letter, int | None, int | None]] = [
                (f"objection_reminded:{one.objection_id}:{today}:{who}", ObjectionReminded(one.objection_id), who, None)
                for one in await _meant(tx, self._timetable, due)
                for who in await answerers(tx, one)
            ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


class EscalateAnswers:
    """After two working days the Party office hears who owes an answer."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write to the Party office; returns how many letters."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            late = tuple(one.objection_id for one in await _meant(tx, self._timetable, due))
            today = self._timetable.day_of(due.at)
            letters: list[tuple[str, Letter, int | None, int | None]] = [
                (f"answers_overdue:{due.period}:{today}:{one.member_id}", AnswersOverdue(due.period, late),
                 one.member_id, None)
                for one in await tx.people.holding(Role.DEPARTMENT, department=Department.OFFICE)
                if late
            ]  # fmt: skip
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


async def _meant(tx: Tx, timetable: Timetable, due: Due) -> list[Objection]:
    """The objections for whose own deadline this moment is."""
    return [
        one
        for one in await tx.objections.in_quarter(Quarter.parse(due.period))
        if one.state.waits_for_answer and due in timetable.answer_dues(one.quarter, one.answer_due_at, due.at)
    ]
