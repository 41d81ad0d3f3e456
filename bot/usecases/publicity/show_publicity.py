"""How far a quarter's publication is, for the committee; and who is told when it is due or late."""

from __future__ import annotations

from bot.domain.may import Deed, Subject
from bot.domain.people import Department, Person, Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Timetable
from bot.errors import ChartsNotReadyError
from bot.outbox.letters import Letter, PublicationDue, PublicationEscalated
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.visit import Visit, must
from bot.views.publicity_facts import BranchStand, PublicityCard

USUAL_PUBLICITY_DAYS = 5


class ShowPublicity:
    """A quarter's publication; without a quarter the oldest that is not shown everywhere, else the newest."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: Quarter | None = None) -> PublicityCard:
        """The card, for the committee; before the first quarter a ChartsNotReadyError."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.PUBLISH, Subject())
            return await publicity_card(tx, quarter or await _current(tx), self._timetable)


class ReadPublicity:
    """The same for the letters that speak of it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, quarter: Quarter) -> PublicityCard:
        """How far the publication is now."""
        async with self._store.read() as tx:
            return await publicity_card(tx, quarter, self._timetable)


class AnnouncePublication:
    """Tells the committee that a quarter is to be shown, and each working morning that it is late."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write to the committee; returns how many letters."""
        async with self._store.write() as tx:
            readers = await tx.people.holding(Role.COMMITTEE)
            return await _tell(tx, self._timetable, due, PublicationDue(due.period), readers)


class EscalatePublication:
    """After two working days the Party office hears that a quarter's publication is late."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write to the Party office; returns how many letters."""
        async with self._store.write() as tx:
            readers = await tx.people.holding(Role.DEPARTMENT, department=Department.OFFICE)
            return await _tell(tx, self._timetable, due, PublicationEscalated(due.period), readers)


async def publicity_card(tx: Tx, quarter: Quarter, timetable: Timetable) -> PublicityCard:
    """Where each branch of the quarter stands."""
    opened = await tx.periods.get_quarter(quarter)
    days = (await tx.periods.rules(opened.ruleset_id)).policies.publicity_days or USUAL_PUBLICITY_DAYS
    stands = {stand.branch_id: stand for stand in await tx.periods.branch_quarters(quarter)}
    return PublicityCard(
        quarter=quarter,
        publishes_at=opened.publishes_at,
        would_end_at=timetable.publicity_ends_at(tx.now, days),
        branches=tuple(
            BranchStand(branch.name, stands[branch.branch_id])
            for branch in await tx.people.branches()
            if branch.branch_id in stands
        ),
        disputed=len(await tx.objections.branches_with_open(quarter)),
        now=tx.now,
        zone=timetable.zone,
    )


async def _current(tx: Tx) -> Quarter:
    opened = await tx.periods.opened_quarters()
    if not opened:
        raise ChartsNotReadyError
    for entry in await tx.periods.unfinished_quarters():
        if not all(one.state.is_published for one in await tx.periods.branch_quarters(entry.quarter)):
            return entry.quarter
    return opened[-1].quarter


async def _tell(tx: Tx, timetable: Timetable, due: Due, letter: Letter, readers: list[Person]) -> int:
    if not await tx.dues.claim(*due.claim):
        return 0
    today = timetable.day_of(due.at)
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"{letter.kind}:{due.period}:{today}:{one.member_id}", letter, one.member_id, None) for one in readers
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))
    return len(letters)
