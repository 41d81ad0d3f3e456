"""Telling members of their forms: reminders, a nudge by hand, and the monthly summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.domain.burden import ROOM_KEPT, ROOM_KEPT_BY_A_NUDGE, has_room
from bot.domain.forms import Form, FormState
from bot.domain.may import Deed, Subject
from bot.domain.people import Role
from bot.domain.periods import Month
from bot.domain.timetable import Due, Timetable
from bot.errors import AlreadyNudgedError
from bot.outbox.addressed import Addressed
from bot.outbox.letters import BranchMonthSummarised, FormNudged, FormReminded, MonthSummarised
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.desk.open_desk import NUDGED, nudge_subject
from bot.usecases.visit import Visit, must
from bot.views.desk_facts import Nudged


def is_waiting(form: Form) -> bool:
    """Whether the form is still to be handed in by somebody who need not be exempted."""
    return form.exempt is None and form.state is not FormState.SUBMITTED


@dataclass(frozen=True, slots=True)
class _Burden:
    """How many prompts of a month each member has had, beside the organisation's ceiling."""

    had: Counter[int]
    ceiling: int

    def allows(self, form: Form, kept: int) -> bool:
        """Whether the form's member can be told something more, with room kept for what comes later."""
        return has_room(self.had[form.member_id], self.ceiling, kept)


async def _burden(tx: Tx, month: Month) -> _Burden:
    return _Burden(await tx.letters.prompts_of(month), (await tx.settings.switches()).prompts_a_month)


class RemindMembers:
    """Reminds only those who have not handed in, none on leave, none who said "not today", none too often."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write the reminders of this moment; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            month, today = Month.parse(due.period), self._timetable.day_of(tx.now)
            bound, burden = await tx.people.bound(), await _burden(tx, month)
            letters: list[Addressed] = [
                Addressed(
                    f"form_reminded:{form.form_id}:{due.moment}:{today}", FormReminded(form.form_id), form.member_id
                )
                for form in await tx.forms.in_months([month])
                if is_waiting(form)
                and form.member_id in bound
                and form.snoozed_on != today
                and burden.allows(form, ROOM_KEPT[due.moment])
            ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)


class NudgeMembers:
    """The commissioner or secretary asks all who have not handed in, with one tap and at most once a day.

    Who said "not today" has his rest until tomorrow, and nobody is asked beyond the month's ceiling.
    """

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, month: Month) -> Nudged:
        """Write the nudges of the visitor's own branch, or AlreadyNudgedError; returns who is asked and who is not."""
        async with self._store.write(visit.cause) as tx:
            leader = await visit.enter(tx)
            must(leader, Deed.NUDGE, Subject(branch_id=leader.branch_id))
            today = self._timetable.day_of(tx.now)
            bound, burden = await tx.people.reachable(), await _burden(tx, month)
            waiting = [
                form
                for form in await tx.forms.in_months([month], branch_id=leader.branch_id)
                if is_waiting(form) and form.takes_answers(tx.now) and form.member_id in bound - {leader.member_id}
            ]
            resting = [form.member_id for form in waiting if form.snoozed_on == today]
            asked = [
                form for form in waiting if form.member_id not in resting and burden.allows(form, ROOM_KEPT_BY_A_NUDGE)
            ]
            letters: list[Addressed] = [
                Addressed(f"form_nudged:{form.form_id}:{today}", FormNudged(form.form_id), form.member_id)
                for form in asked
            ]
            subject = nudge_subject(self._timetable, tx, leader.branch_id)
            if letters and not await tx.dues.claim(NUDGED, str(month), subject):
                raise AlreadyNudgedError
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            names = {person.member_id: person.name for person in await tx.people.in_branch(leader.branch_id)}
            return Nudged(
                asked=len(asked),
                resting=tuple(names[who] for who in resting if who in names),
                spared=len(waiting) - len(asked) - len(resting),
            )


class SummariseMonth:
    """一月一小结: to each member his own, to each branch's leaders the branch's."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write the summaries; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            month = Month.parse(due.period)
            bound, burden = await tx.people.bound(), await _burden(tx, month)
            letters: list[Addressed] = [
                Addressed(f"month_summary:{form.form_id}", MonthSummarised(form.form_id), form.member_id)
                for form in await tx.forms.in_months([month])
                if form.exempt is None and form.member_id in bound and burden.allows(form, ROOM_KEPT[due.moment])
            ]
            for role in (Role.COMMISSIONER, Role.SECRETARY):
                letters += [
                    Addressed(
                        f"branch_summary:{month}:{person.branch_id}:{person.member_id}",
                        BranchMonthSummarised(person.branch_id, str(month)),
                        person.member_id,
                    )
                    for person in await tx.people.holding(role)
                    if person.member_id in bound
                ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)
