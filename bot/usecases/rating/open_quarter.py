"""Opening a quarter's rating, moving its deadline, and keeping those who rate on time."""

from __future__ import annotations

from datetime import datetime

from bot.domain.forms import BranchQuarter
from bot.domain.people import Department, MemberStatus, Person, Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Moment, Timetable
from bot.errors import PeriodClosedError, PeriodNotOpenError
from bot.outbox.letters import Letter, RatingEscalated, RatingOpened, RatingReminded
from bot.storage.periods import OpenedQuarter
from bot.storage.store import Store
from bot.storage.tx import Tx


class OpenQuarter:
    """Begins the rating of every member in every branch and tells those who rate."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, quarter: Quarter, *, due: Due | None = None, actor: int | None = None) -> bool:
        """Open the rating; False if it was open before. A quarter without any opened month is a PeriodNotOpenError."""
        async with self._store.write() as tx:
            if due is not None and not await tx.dues.claim(*due.claim):
                return False
            months = [await tx.periods.find_month(month) for month in quarter.months]
            last = next((month for month in reversed(months) if month is not None), None)
            if last is None:
                raise PeriodNotOpenError(str(quarter))
            rating_due_at = self._timetable.rating_due_at(quarter)
            if tx.now >= rating_due_at:
                # The last month was extended beyond the 7th: nobody begins overdue.
                rating_due_at = self._timetable.answer_due_at(tx.now)
            review_due_at = self._timetable.review_due_at(quarter, rating_due_at)
            opened = OpenedQuarter(
                quarter, last.ruleset_id, tx.now, rating_due_at, review_due_at,
                self._timetable.publishes_at(quarter, review_due_at),
            )  # fmt: skip
            if not await tx.periods.open_quarter(opened):
                return False
            people = [person for person in await tx.people.all() if person.status is not MemberStatus.LEFT]
            branches = sorted({person.branch_id for person in people})
            await tx.periods.add_branch_quarters(quarter, branches)
            await tx.ratings.add(quarter, [(person.member_id, person.branch_id) for person in people])
            await tx.ledger.append("quarter_opened", period=str(quarter), actor=actor, branches=len(branches))
            for branch_id in branches:
                for rater in await raters_of(tx, branch_id):
                    key = f"rating_opened:{quarter}:{branch_id}:{rater.member_id}"
                    letter = RatingOpened(branch_id, str(quarter))
                    await tx.letters.write(
                        key, letter, to_member=rater.member_id, due_at=self._timetable.polite(tx.now)
                    )
            return True


async def raters_of(tx: Tx, branch_id: int) -> list[Person]:
    """Who is told of the branch's rating: its secretary (or who stands in for him), and who rates that one himself."""
    raters = await tx.people.raters(branch_id)
    if not raters:
        return await tx.people.holding(Role.COMMITTEE)
    found = [await tx.people.get(member_id) for member_id in dict.fromkeys(one.member_id for one in raters)]
    if len(found) == 1:
        committee = await tx.people.holding(Role.COMMITTEE)
        found += [person for person in committee if person.member_id != found[0].member_id]
    return found


class ExtendQuarter:
    """An admin gives the rating more time; the review and the publication move on with it where they must."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, quarter: Quarter, rating_due_at: datetime, actor: int | None = None) -> None:
        """Let the rating be due at this instant."""
        async with self._store.write() as tx:
            found = await tx.periods.get_quarter(quarter)
            if rating_due_at <= tx.now:
                raise PeriodClosedError(str(quarter), rating_due_at)
            review_due_at = max(found.review_due_at, self._timetable.review_due_at(quarter, rating_due_at))
            publishes_at = max(found.publishes_at, self._timetable.publishes_at(quarter, review_due_at))
            await tx.periods.move_quarter(
                quarter, rating_due_at=rating_due_at, review_due_at=review_due_at, publishes_at=publishes_at
            )
            await tx.ledger.append(
                "quarter_extended", period=str(quarter), actor=actor,
                before=found.rating_due_at.isoformat(), after=rating_due_at.isoformat(),
            )  # fmt: skip


class RemindRaters:
    """Tells each branch that has not closed how long it still has, or that it is late."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write the reminders of this moment; returns how many."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            quarter, today = Quarter.parse(due.period), self._timetable.day_of(tx.now)
            opened_at = (await tx.periods.get_quarter(quarter)).opened_at
            letters: list[tuple[str, Letter, int | None, int | None]] = []
            for branch in await tx.periods.branch_quarters(quarter):
                if branch.is_rated or not self._concerns(due, branch, opened_at):
                    continue
                letter = RatingReminded(branch.branch_id, str(quarter))
                letters += [
                    (
                        f"rating_reminded:{quarter}:{branch.branch_id}:{today}:{rater.member_id}",
                        letter,
                        rater.member_id,
                        None,
                    )
                    for rater in await raters_of(tx, branch.branch_id)
                ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)

    def _concerns(self, due: Due, branch: BranchQuarter, opened_at: datetime) -> bool:
        """Whether this moment is the branch's: one that was sent back has a deadline of its own."""
        if due.moment is Moment.RATING_OVERDUE:
            return due.at >= branch.rating_due_at
        return due in self._timetable.rating_dues(branch.quarter, opened_at, branch.rating_due_at)


class EscalateRating:
    """After two working days the Party office hears which branches are late."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, due: Due) -> int:
        """Write to the Party office; returns how many letters."""
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            quarter, today = Quarter.parse(due.period), self._timetable.day_of(tx.now)
            late = tuple(
                branch.branch_id
                for branch in await tx.periods.branch_quarters(quarter)
                if not branch.is_rated and tx.now >= branch.rating_due_at
            )
            letters: list[tuple[str, Letter, int | None, int | None]] = [
                (
                    f"rating_escalated:{quarter}:{today}:{person.member_id}",
                    RatingEscalated(str(quarter), late),
                    person.member_id,
                    None,
                )
                for person in await tx.people.holding(Role.DEPARTMENT, department=Department.OFFICE)
                if late
            ]
            await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
            return len(letters)
