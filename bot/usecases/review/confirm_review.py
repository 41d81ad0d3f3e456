"""A reviewer confirms a branch, or disagrees with what the other one adjusted; the lead then decides alone."""

from __future__ import annotations

from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.may import Deed, Subject
from bot.domain.people import Person, Role
from bot.domain.periods import Quarter
from bot.domain.review import Body, Task, TaskState
from bot.domain.timetable import Timetable
from bot.errors import AlreadyDecidedError, PeriodNotOpenError, StaleCardError
from bot.outbox.letters import AllReviewed, Letter, ReviewAskedAgain, ReviewDisputed
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.review.body_cards import UNDECIDED, quarter_to_review
from bot.usecases.review.review_cards import review_card
from bot.usecases.visit import Visit, must
from bot.views.review_facts import ReviewCard


class ConfirmReview:
    """Confirms what was seen; with the last confirmation the branch is reviewed."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def asking(self, visit: Visit, quarter: str, branch_id: int, revision: int) -> ReviewCard:
        """The card of somebody who is about to confirm."""
        async with self._store.write(visit.cause) as tx:
            person, stand, body = await stand_to_decide(tx, visit, quarter, branch_id, revision)
            _require_unconfirmed(tx, body, branch_id, person)
            return await review_card(tx, person, stand, self._timetable.zone)

    async def __call__(self, visit: Visit, quarter: str, branch_id: int, revision: int) -> ReviewCard:
        """Confirm, unless somebody changed or decided it first."""
        async with self._store.write(visit.cause) as tx:
            person, stand, body = await stand_to_decide(tx, visit, quarter, branch_id, revision)
            task = _require_unconfirmed(tx, body, branch_id, person)
            if task is not None and not body.is_disputed(branch_id):
                await _decide(tx, task, TaskState.CONFIRMED)
            others = [one for one in body.tasks_on(branch_id) if one != task]
            if body.is_disputed(branch_id) or all(one.state is TaskState.CONFIRMED for one in others):
                await self._finish(tx, stand, body, person)
            else:
                await tx.ledger.append(
                    "review_confirmed", period=quarter, actor=person.member_id, branch=branch_id, revision=revision,
                    **for_whom(body, person, branch_id),
                )  # fmt: skip
            return await _after(tx, person, stand, self._timetable.zone)

    async def _finish(self, tx: Tx, stand: BranchQuarter, body: Body, person: Person) -> None:
        if not await tx.periods.mark_reviewed(stand, person.member_id, tx.now):
            raise StaleCardError
        await tx.ledger.append(
            "branch_reviewed", period=str(stand.quarter), actor=person.member_id, branch=stand.branch_id,
            revision=stand.revision + 1, alone=body.is_disputed(stand.branch_id),
            **for_whom(body, person, stand.branch_id),
        )  # fmt: skip
        await announce_all_reviewed(tx, self._timetable, stand.quarter)


class DisputeReview:
    """Does not agree with what the other reviewer adjusted."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: str, branch_id: int, revision: int) -> ReviewCard:
        """The lead (or a department's seat, where the lead is kept from it) decides; he is told at once."""
        async with self._store.write(visit.cause) as tx:
            person, stand, body = await stand_to_decide(tx, visit, quarter, branch_id, revision)
            task = body.task_of(person.member_id, branch_id)
            if task is None or not task.is_asked_again or body.is_disputed(branch_id):
                raise StaleCardError
            await _decide(tx, task, TaskState.DISAGREES)
            if not await tx.periods.touch_branch(stand):
                raise StaleCardError
            await tx.ledger.append(
                "review_disputed", period=quarter, actor=person.member_id, branch=branch_id, revision=revision + 1,
                **for_whom(body, person, branch_id),
            )  # fmt: skip
            arbiter = (await tx.reviews.body(stand.quarter)).arbiter_of(branch_id)
            if arbiter is not None:
                await tx.letters.write(
                    f"review_disputed:{quarter}:{branch_id}:{revision}", ReviewDisputed(quarter, branch_id),
                    to_member=arbiter, due_at=self._timetable.polite(tx.now),
                )  # fmt: skip
            return await _after(tx, person, stand, self._timetable.zone)


async def stand_to_decide(
    tx: Tx, visit: Visit, quarter: str, branch_id: int, revision: int
) -> tuple[Person, BranchQuarter, Body]:
    """The branch for a reviewer who is about to decide, if it still is as he saw it; nobody else decides meanwhile."""
    person = await visit.enter(tx)
    which = await quarter_to_review(tx, person, quarter)
    stand = await tx.periods.find_branch_quarter(branch_id, which)
    if stand is None:
        raise PeriodNotOpenError(quarter)
    await tx.reviews.hold_exclusively(stand.branch_quarter_id)
    stand = await tx.periods.get_branch_quarter(branch_id, which)
    body = await tx.reviews.body(which)
    if stand.state is not BranchState.REVIEW:
        must(person, Deed.REVIEW, Subject(branch_id, reviewers=body.readers_of(branch_id)))
        await _too_late(tx, stand)
    if body.is_disputed(branch_id) and person.member_id in body.readers_of(branch_id):
        await _disputed(tx, body, stand, person)
    must(person, Deed.REVIEW, Subject(branch_id, reviewers=body.deciders_on(branch_id)))
    if stand.revision != revision:
        raise StaleCardError
    return person, stand, body


async def _too_late(tx: Tx, stand: BranchQuarter) -> NoReturn:
    """Tell who confirmed it or sent it back, and when."""
    if stand.state is BranchState.RATING:
        questions = await tx.reviews.questions(stand.branch_quarter_id)
        if not questions:
            raise StaleCardError
        by = await tx.people.get(questions[-1].asked_by)
        raise AlreadyDecidedError(by.name, "returned", questions[-1].asked_at)
    if stand.reviewed_at is None:
        raise StaleCardError
    name = (await tx.people.get(stand.reviewed_by)).name if stand.reviewed_by is not None else ""
    raise AlreadyDecidedError(name, BranchState.REVIEWED.value, stand.reviewed_at)


async def _disputed(tx: Tx, body: Body, stand: BranchQuarter, person: Person) -> None:
    """A reviewer whose branch lies with the lead by now is told so."""
    task = next(one for one in body.tasks_on(stand.branch_id) if one.state is TaskState.DISAGREES)
    if person.member_id not in body.deciders_on(stand.branch_id):
        by = await tx.people.get(task.member_id)
        raise AlreadyDecidedError(by.name, TaskState.DISAGREES.value, task.decided_at or tx.now)


def for_whom(body: Body, person: Person, branch_id: int) -> dict[str, Any]:
    """For whose seat the person decides on this branch, as the ledger keeps it; nothing for his own."""
    principal = body.principal_of(person.member_id, branch_id)
    return {"for": principal} if principal is not None else {}


def _require_unconfirmed(tx: Tx, body: Body, branch_id: int, person: Person) -> Task | None:
    """His task, unless he has confirmed already; where the lead decides alone, there is none."""
    task = body.task_of(person.member_id, branch_id)
    if task is not None and task.state is TaskState.CONFIRMED and not body.is_disputed(branch_id):
        raise AlreadyDecidedError(person.name, TaskState.CONFIRMED.value, task.decided_at or tx.now)
    return task


async def _decide(tx: Tx, task: Task, state: TaskState) -> None:
    if not await tx.reviews.change_task(task, state=state, decided_at=tx.now):
        raise StaleCardError


async def _after(tx: Tx, person: Person, stand: BranchQuarter, zone: ZoneInfo) -> ReviewCard:
    return await review_card(tx, person, await tx.periods.get_branch_quarter(stand.branch_id, stand.quarter), zone)


async def ask_others_again(
    tx: Tx, timetable: Timetable, body: Body, stand: BranchQuarter, member_id: int
) -> None:  # fmt: skip
    """Somebody adjusted: who had confirmed before is asked again; where the lead decides alone, nobody is."""
    if not await tx.periods.touch_branch(stand):
        raise StaleCardError
    if body.is_disputed(stand.branch_id):
        return
    for task in body.tasks_on(stand.branch_id):
        if task.state is not TaskState.CONFIRMED:
            continue
        own = task == body.task_of(member_id, stand.branch_id)
        if not await tx.reviews.change_task(
            task, state=TaskState.WAITING, decided_at=None if own else task.decided_at
        ):  # fmt: skip
            raise StaleCardError
        if not own:
            await tx.letters.write(
                f"review_asked_again:{stand.branch_quarter_id}:{stand.revision}:{task.member_id}",
                ReviewAskedAgain(str(stand.quarter), stand.branch_id),
                to_member=body.acting_for(task.member_id, stand.branch_id), due_at=timetable.polite(tx.now),
            )  # fmt: skip


async def announce_all_reviewed(tx: Tx, timetable: Timetable, quarter: Quarter) -> None:
    """Once every branch is reviewed, the committee hears it; asked after the ledger, whose lock orders the last two."""
    if any(stand.state in UNDECIDED for stand in await tx.periods.branch_quarters(quarter)):
        return
    committee = {person.member_id for person in await tx.people.holding(Role.COMMITTEE)}
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"all_reviewed:{quarter}:{member_id}", AllReviewed(str(quarter)), member_id, None)
        for member_id in sorted(committee & await tx.people.bound())
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))
