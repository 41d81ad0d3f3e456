"""What the visitor reviews, one branch of it, and for those who lead how far all are."""

from __future__ import annotations

from bot.domain.forms import BranchState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Quarter
from bot.domain.review import Body
from bot.domain.timetable import Timetable
from bot.errors import ForbiddenError, NoSeatError
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.awaited import stop_waiting
from bot.usecases.review.body_cards import quarter_to_review
from bot.usecases.review.review_cards import holders_of, review_card, reviewed_members
from bot.usecases.visit import Visit
from bot.views.review_facts import ProgressRow, ReviewCard, ReviewList, ReviewProgress, ReviewRow


class ShowReviews:
    """The visitor's own part of the review."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str = "") -> ReviewList:
        """His branches with what is flagged; NoSeatError for who has no seat and does not lead."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            found = await review_list(tx, self._timetable, person, await quarter_to_review(tx, person, quarter))
        await stop_waiting(self._store, visit)
        return found

    async def progress(self, visit: Visit, quarter: str = "") -> ReviewProgress:
        """All branches, for the committee and the group's lead."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            which = await quarter_to_review(tx, person, quarter)
            if not sees_all(person, await tx.reviews.body(which)):
                raise ForbiddenError
            found = await review_progress(tx, self._timetable, which)
        await stop_waiting(self._store, visit)
        return found


class OpenReview:
    """One branch as the group checks it."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._zone = timetable.zone

    async def __call__(self, visit: Visit, quarter: str, branch_id: int) -> ReviewCard:
        """The branch's card, for whoever reviews it or leads."""
        async with self._store.read() as tx:
            person = await visit.enter(tx)
            which = await quarter_to_review(tx, person, quarter)
            stand = await tx.periods.get_branch_quarter(branch_id, which)
            card = await review_card(tx, person, stand, self._zone)
        await stop_waiting(self._store, visit)
        return card


def sees_all(person: Person, body: Body) -> bool:
    """Whether somebody sees how far all branches are: the committee, and who leads the group."""
    return may(person, Deed.SEE_REVIEW, Subject()) or body.is_led_by(person.member_id)


async def review_list(tx: Tx, timetable: Timetable, person: Person, quarter: Quarter) -> ReviewList:
    """What this person reviews."""
    body = await tx.reviews.body(quarter)
    seat, everything = body.seat_for(person.member_id), sees_all(person, body)
    if seat is None and not everything:
        raise NoSeatError
    names = {branch.branch_id: branch.name for branch in await tx.people.branches()}
    rows = []
    for stand in await tx.periods.branch_quarters(quarter):
        held = (one for one in body.tasks_on(stand.branch_id) if one.member_id == person.member_id)
        task = body.task_of(person.member_id, stand.branch_id) or next(held, None)
        with_group = stand.state is BranchState.REVIEW
        waits = with_group and body.waits_for(person.member_id, stand.branch_id)
        if task is None and not waits:
            continue
        # Until the branch has closed there is nothing to look at; later nothing is left to decide.
        members = await reviewed_members(tx, person, stand) if with_group else ()
        rows.append(
            ReviewRow(
                stand.branch_id, names[stand.branch_id], stand.state, waits, task, body.is_disputed(stand.branch_id),
                sum(member.is_flagged for member in members),
            )
        )  # fmt: skip
    due_at = (await tx.periods.get_quarter(quarter)).review_due_at
    return ReviewList(
        quarter=quarter, due_at=due_at, is_late=tx.now >= due_at, rows=tuple(rows), is_assigned=bool(body.tasks),
        has_seat=seat is not None, sees_all=everything, zone=timetable.zone,
    )  # fmt: skip


async def review_progress(tx: Tx, timetable: Timetable, quarter: Quarter) -> ReviewProgress:
    """How far the review of all branches is, and who holds which."""
    body = await tx.reviews.body(quarter)
    names = {branch.branch_id: branch.name for branch in await tx.people.branches()}
    people = await tx.people.names({task.member_id for task in body.tasks} | set(body.present))
    rows = tuple(
        ProgressRow(
            stand.branch_id, names[stand.branch_id], stand.state,
            tuple(people[one] for one in holders_of(body, stand)), body.is_disputed(stand.branch_id),
        )
        for stand in await tx.periods.branch_quarters(quarter)
    )  # fmt: skip
    return ReviewProgress(quarter, (await tx.periods.get_quarter(quarter)).review_due_at, rows, timetable.zone)
