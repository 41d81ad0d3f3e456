"""A branch's quarter as a queue of members; for the committee also all branches side by side."""

from __future__ import annotations

from bot.domain.forms import BranchState, RatingState
from bot.domain.may import Deed, Subject, may, rater_of
from bot.domain.people import Category, MemberStatus, Person, Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.errors import NotFoundError, PeriodNotOpenError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.rating.deciding import closers_of
from bot.usecases.rating.rating_cards import queue_rows
from bot.usecases.visit import Visit, must
from bot.views.rating_facts import BranchList, BranchProgress, Queue


class ShowQueue:
    """The queue of one branch: the visitor's own if none is named."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str = "", branch_id: int = 0) -> Queue | BranchList:
        """The branch's queue; the committee without a branch of its own to rate gets all branches."""
        async with self._store.read() as tx:
            shown = await self._shown(tx, await visit.enter(tx), quarter, branch_id)
        await stop_waiting(self._store, visit)
        return shown

    async def _shown(self, tx: Tx, person: Person, quarter: str, branch_id: int) -> Queue | BranchList:
        leads = may(person, Deed.SEE_DESK, Subject(branch_id=person.branch_id))
        if not branch_id and not leads and person.holds(Role.COMMITTEE):
            return await branch_list(tx, self._timetable, person, quarter)
        branch_id = branch_id or person.branch_id
        must(person, Deed.SEE_QUEUE, Subject(branch_id=branch_id))
        which = parsed(quarter) or await quarter_to_rate(tx, self._timetable, branch_id)
        return await queue_of(tx, self._timetable, person, branch_id, which)


class ListBranches:
    """All branches side by side, for the committee."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str = "") -> BranchList:
        """How far each branch is, and where the committee itself has to decide."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            must(person, Deed.SEE_QUEUE, Subject())
            return await branch_list(tx, self._timetable, person, quarter)


def parsed(quarter: str) -> Quarter | None:
    """The quarter that a button names; an impossible one does not exist."""
    try:
        return Quarter.parse(quarter) if quarter else None
    except ValueError as error:
        raise NotFoundError from error


async def quarter_to_rate(tx: Tx, timetable: Timetable, branch_id: int) -> Quarter:
    """The oldest quarter that the branch has not closed, else the newest; PeriodNotOpenError if there is none."""
    waiting = await tx.periods.quarter_being_rated(branch_id)
    if waiting is not None:
        return waiting
    newest = await tx.periods.newest_quarter()
    if newest is None:
        raise PeriodNotOpenError(await _first_quarter(tx, timetable))
    return newest.quarter


async def _first_quarter(tx: Tx, timetable: Timetable) -> str:
    """The quarter that will be rated first: that of the newest form, also in the days before its rating opens."""
    month = await tx.periods.newest_month()
    return str(month.month.quarter if month is not None else Quarter.of(timetable.day_of(tx.now)))


async def queue_of(tx: Tx, timetable: Timetable, person: Person, branch_id: int, quarter: Quarter) -> Queue:
    """The queue as this person sees it."""
    members = await tx.people.in_branch(branch_id)
    entitled = [one for one in members
                if one.status is MemberStatus.ACTIVE and one.category is not Category.PROBATIONARY]  # fmt: skip
    subject = Subject(branch_id=branch_id)
    rows = await queue_rows(tx, person, branch_id, quarter)
    stand = await tx.periods.get_branch_quarter(branch_id, quarter)
    questions = await tx.reviews.questions(stand.branch_quarter_id) if stand.state is BranchState.RATING else []
    return Queue(
        branch=(await tx.people.get_branch(branch_id)).name,
        stand=stand, question=questions[-1] if questions else None,
        asked_by=(await tx.people.get(questions[-1].asked_by)).name if questions else "",
        rows=tuple(row for row in rows if row.person.member_id != person.member_id),
        own=next((row for row in rows if row.person.member_id == person.member_id), None),
        entitled=len(entitled),
        leads=person.member_id in await closers_of(tx, branch_id),
        may_meet=may(person, Deed.RECORD_MEETING, subject), may_close=may(person, Deed.CLOSE_BRANCH, subject),
        leads_back=person.holds(Role.COMMITTEE), today=timetable.day_of(tx.now), zone=timetable.zone,
    )  # fmt: skip


async def branch_list(tx: Tx, timetable: Timetable, person: Person, quarter: str) -> BranchList:
    """All branches' progress over the members for whom a month counts; who has no rater is left to the committee."""
    newest = await tx.periods.newest_quarter()
    which = parsed(quarter) or (newest.quarter if newest else None)
    if which is None:
        raise PeriodNotOpenError(await _first_quarter(tx, timetable))
    counting = await tx.forms.counting_in(which.months)
    ratings: dict[int, list[tuple[int, bool]]] = {}
    for rating in await tx.ratings.in_quarter(which):
        if rating.member_id not in counting:
            continue
        entry = (rating.member_id, rating.state is RatingState.APPROVED)
        ratings.setdefault(rating.branch_id, []).append(entry)
    names = {branch.branch_id: branch.name for branch in await tx.people.branches()}
    listed = []
    for stand in await tx.periods.branch_quarters(which):
        own = ratings.get(stand.branch_id, [])
        raters = await tx.people.raters(stand.branch_id)
        left = [
            member_id
            for member_id, decided in own
            if not decided
            and member_id != person.member_id
            and rater_of(Subject(stand.branch_id, member_id, raters)) is None
        ]
        listed.append(
            BranchProgress(
                stand.branch_id, names[stand.branch_id], sum(decided for _, decided in own), len(own),
                stand.state, len(left),
            )
        )  # fmt: skip
    return BranchList(which, tuple(listed))
