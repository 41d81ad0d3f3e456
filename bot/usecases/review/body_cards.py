"""What the group's use cases share: the quarter they are about, its card, and giving out the work."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.assignment import Pair, UnplaceableError, assign
from bot.domain.forms import BranchState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Quarter
from bot.domain.review import DEPARTMENT_SEATS, USUAL_REVIEWERS, Body, Draw, Seat, SeatKind, Task
from bot.domain.timetable import Timetable
from bot.errors import NoReviewGroupError, NoSeatError, PeriodNotOpenError
from bot.outbox.letters import Letter, ReviewAssigned, SeatGiven
from bot.storage.tx import Tx
from bot.usecases.rating.show_queue import parsed
from bot.views.review_facts import BodyCard, SeatLine

UNDECIDED = (BranchState.RATING, BranchState.REVIEW)


async def quarter_of_body(tx: Tx, quarter: str = "") -> Quarter:
    """The quarter that a button names, else the newest one; PeriodNotOpenError where none was opened."""
    which = parsed(quarter)
    opened = await tx.periods.find_quarter(which) if which else await tx.periods.newest_quarter()
    if opened is None:
        raise PeriodNotOpenError(quarter)
    return opened.quarter


async def quarter_to_review(tx: Tx, person: Person, quarter: str = "") -> Quarter:
    """The same for whoever reviews: while no quarter is open only the committee, which forms the group, is told so."""
    try:
        return await quarter_of_body(tx, quarter)
    except PeriodNotOpenError:
        if not may(person, Deed.SEE_REVIEW, Subject()):
            raise NoSeatError from None
        raise


async def drawn_or_announced(tx: Tx, quarter: Quarter, *, held: bool = False) -> Draw:
    """The quarter's last draw, or NoReviewGroupError; held, the group stays as it is until the transaction ends."""
    found = await tx.reviews.newest_draw(quarter, held=held)
    if found is None:
        raise NoReviewGroupError
    return found


async def body_card(tx: Tx, quarter: Quarter, zone: ZoneInfo) -> BodyCard:
    """The group as the committee sees it."""
    draw = await drawn_or_announced(tx, quarter)
    body = await tx.reviews.body(quarter)
    names = await tx.people.names([*(seat.member_id for seat in body.seats), draw.drawn_by or 0])
    branches = {branch.branch_id: branch.name for branch in await tx.people.branches()}
    lines = [_line(body, kind, body.holder(kind), names, branches) for kind in (SeatKind.LEAD, *DEPARTMENT_SEATS)]
    lines += [_line(body, SeatKind.DRAWN, seat, names, branches) for seat in body.drawn_seats]
    stands = await tx.periods.branch_quarters(quarter)
    wanted = await reviewers_per_branch(tx, quarter)
    short = [stand for stand in stands if stand.state in UNDECIDED and _held(body, stand.branch_id) < wanted]
    return BodyCard(
        quarter=quarter, draw=draw, source_hash=(await tx.ledger.head_at(draw.source_seq)).hash, seats=tuple(lines),
        branches=branches, drawn_by=names.get(draw.drawn_by or 0, ""), is_assigned=bool(body.tasks),
        unplaced=tuple(branches[stand.branch_id] for stand in short) if body.tasks else (), zone=zone,
    )  # fmt: skip


def _held(body: Body, branch_id: int) -> int:
    """How many reviewers the branch has who may still look at it."""
    return sum(_still_his(body, task) for task in body.tasks_on(branch_id))


def _line(
    body: Body, kind: SeatKind, seat: Seat | None, names: dict[int, str], branches: dict[int, str]
) -> SeatLine:  # fmt: skip
    if seat is None:
        return SeatLine(kind, None)
    branch = branches.get(seat.branch_id or 0, "")
    return SeatLine(kind, seat, names.get(seat.member_id, ""), branch, len(body.tasks_of(seat.member_id)))


async def reviewers_per_branch(tx: Tx, quarter: Quarter) -> int:
    """How many reviewers the table wants for a branch."""
    rules = await tx.periods.rules((await tx.periods.get_quarter(quarter)).ruleset_id)
    return rules.policies.reviewers_per_branch or USUAL_REVIEWERS


async def tell_seated(tx: Tx, timetable: Timetable, quarter: Quarter, seats: list[Seat]) -> None:
    """Everybody who has a seat now learns what it asks of him."""
    bound = await tx.people.bound()
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"seat_given:{seat.seat_id}", SeatGiven(str(quarter)), seat.member_id, None)
        for seat in seats
        if seat.member_id in bound
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))


async def take_seat(
    tx: Tx, quarter: Quarter, kind: SeatKind, person: Person, by: int, *, branch_id: int | None = None
) -> None:  # fmt: skip
    """Seat this person, and note it."""
    await tx.reviews.give_seat(quarter, kind, person.member_id, by, tx.now, branch_id=branch_id)
    await tx.ledger.append(
        "seat_given", period=str(quarter), subject=person.member_id, actor=by, seat=kind.value, branch=branch_id
    )


async def leave_seat(tx: Tx, quarter: Quarter, seat: Seat, by: int) -> None:
    """The seat is another's from now on, and with it the work that is not done."""
    await tx.reviews.leave_seats([seat.seat_id], tx.now)
    await tx.ledger.append(
        "seat_left", period=str(quarter), subject=seat.member_id, actor=by, seat=seat.kind.value, branch=seat.branch_id
    )


async def give_out(tx: Tx, timetable: Timetable, quarter: Quarter, by: int | None) -> tuple[int, ...]:
    """Give every open branch its reviewers, leaving what stands as it is; returns branches that cannot be placed."""
    body = await tx.reviews.body(quarter)
    stands = await tx.periods.branch_quarters(quarter)
    open_ids = [stand.branch_id for stand in stands if stand.state in UNDECIDED]
    fallen = [task for task in body.tasks if task.branch_id in open_ids and not _still_his(body, task)]
    await tx.reviews.drop_tasks(quarter, [(task.branch_id, task.member_id) for task in fallen])
    kept = {(task.branch_id, task.member_id) for task in body.tasks} - {
        (task.branch_id, task.member_id) for task in fallen
    }
    pairs, unplaced = _place(
        replace(body, tasks=()), open_ids, kept, await reviewers_per_branch(tx, quarter), body.draw
    )  # fmt: skip
    new = [pair for pair in pairs if pair not in kept]
    await tx.reviews.add_tasks(quarter, new)
    await _note_given(tx, quarter, new, fallen, by)
    after = await tx.reviews.body(quarter)
    told = {after.acting_for(member_id, branch_id) for branch_id, member_id in new}
    await _tell_given(tx, timetable, quarter, told)
    return unplaced


def _still_his(body: Body, task: Task) -> bool:
    return task.member_id in body.reviewers and not body.is_kept_from(task.member_id, task.branch_id)


def _place(
    body: Body, branches: list[int], kept: set[Pair], per_branch: int, draw: Draw | None
) -> tuple[tuple[Pair, ...], tuple[int, ...]]:  # fmt: skip
    """Assign as much as can be; a branch that too few may look at is left out and told of."""
    seed, unplaced = draw.seed if draw else "", []
    while True:
        rest = [branch_id for branch_id in branches if branch_id not in unplaced]
        try:
            pairs = assign(rest, body.reviewers, body.blocked(rest), per_branch, seed, kept)
        except UnplaceableError as error:
            unplaced.append(error.branch_id)
        else:
            return pairs, tuple(unplaced)


async def _note_given(tx: Tx, quarter: Quarter, new: list[Pair], fallen: list[Task], by: int | None) -> None:
    await tx.ledger.append_many([
        *(
            {"kind": "review_taken_away", "period": str(quarter), "subject": task.member_id, "actor": by,
             "branch": task.branch_id}
            for task in fallen
        ),
        *(
            {"kind": "review_assigned", "period": str(quarter), "subject": member_id, "actor": by, "branch": branch_id}
            for branch_id, member_id in new
        ),
    ])  # fmt: skip


async def _tell_given(tx: Tx, timetable: Timetable, quarter: Quarter, members: set[int]) -> None:
    head = await tx.ledger.head()
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"review_assigned:{quarter}:{head.seq}:{member_id}", ReviewAssigned(str(quarter)), member_id, None)
        for member_id in sorted(members & await tx.people.bound())
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))
