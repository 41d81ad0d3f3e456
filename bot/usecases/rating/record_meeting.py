"""The deciding meeting of a branch: which body, on which day, how many of those entitled were there."""

from __future__ import annotations

from datetime import date

from bot.domain.forms import BranchQuarter, Meeting, MeetingKind
from bot.domain.may import Deed, Subject
from bot.domain.people import Person
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.errors import DayOutOfRangeError, NotFoundError, PeriodClosedError, QuorumMissedError, StaleCardError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.rating.show_queue import parsed, queue_of
from bot.usecases.visit import Visit, must
from bot.views.rating_facts import Queue


class OpenMeeting:
    """The branch's queue for somebody who is about to record its meeting; what he types next may be awaited."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, branch_id: int) -> Queue:
        """The queue, or a PeriodClosedError."""
        async with self._store.read() as tx:
            queue = await self._opened(tx, visit, quarter, branch_id)
        await stop_waiting(self._store, visit)
        return queue

    async def awaiting(
        self, visit: Visit, quarter: str, branch_id: int, action: str, message_id: int = 0, *, day: date | None = None
    ) -> Queue:
        """The same, and the next text completes this packed action; a day that cannot be is refused first."""
        async with self._store.write(visit.cause) as tx:
            queue = await self._opened(tx, visit, quarter, branch_id)
            if day is not None:
                require_day(queue.quarter, day, queue.today)
            await tx.accounts.await_text(visit.telegram_id, action, message_id or visit.account.awaiting_message_id)
            return queue

    async def _opened(self, tx: Tx, visit: Visit, quarter: str, branch_id: int) -> Queue:
        person = await visit.enter(tx)
        must(person, Deed.RECORD_MEETING, Subject(branch_id=branch_id))
        which = await _open_quarter(tx, quarter, branch_id)
        return await queue_of(tx, self._timetable, person, branch_id, which)


class RecordMeeting:
    """Records the meeting; until the quarter is closed it can be recorded again."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, branch_id: int, meeting: Meeting) -> Queue:
        """Store the meeting if more than half were present, else QuorumMissedError."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.RECORD_MEETING, Subject(branch_id=branch_id))
            if not meeting.has_quorum:
                raise QuorumMissedError(meeting.present, meeting.entitled)
            which = await _open_quarter(tx, quarter, branch_id)
            require_day(which, meeting.held_on, self._timetable.day_of(tx.now))
            await tx.accounts.await_text(visit.telegram_id, None)
            found = await tx.periods.get_branch_quarter(branch_id, which)
            # Who taps again before the answer has come means the same meeting, and no second one.
            if found.meeting != meeting:
                await _record(tx, person, found, meeting)
            return await queue_of(tx, self._timetable, person, branch_id, which)


async def _record(tx: Tx, person: Person, found: BranchQuarter, meeting: Meeting) -> None:
    if not await tx.periods.record_meeting(found, meeting):
        raise StaleCardError
    await tx.ledger.append(
        "meeting_recorded", period=str(found.quarter), actor=person.member_id, branch=found.branch_id,
        meeting=meeting.kind.value, held_on=meeting.held_on.isoformat(),
        present=meeting.present, entitled=meeting.entitled,
    )  # fmt: skip


def meeting_kind(kind: str) -> MeetingKind:
    """The body that a button names; an unknown one does not exist."""
    try:
        return MeetingKind(kind)
    except ValueError as error:
        raise NotFoundError from error


def require_day(quarter: Quarter, day: date, today: date) -> None:
    """A quarter is decided after it has begun and not in the future."""
    if not quarter.first_day <= day <= today:
        raise DayOutOfRangeError(quarter.first_day, today)


async def _open_quarter(tx: Tx, quarter: str, branch_id: int) -> Quarter:
    which = parsed(quarter)
    if which is None:
        raise NotFoundError
    stand = await tx.periods.get_branch_quarter(branch_id, which)
    if stand.is_rated:
        raise PeriodClosedError(quarter, stand.closed_at)
    return which
