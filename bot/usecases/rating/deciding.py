"""Who decides on a member's quarter now: the branch's rater while it rates, the group's reviewer while it reviews."""

from __future__ import annotations

from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person, Role
from bot.storage.tx import Tx


def decides(person: Person, stand: BranchQuarter, subject: Subject) -> bool:
    """Whether this person may decide on the subject in the branch's present state."""
    match stand.state:
        case BranchState.RATING:
            return may(person, Deed.RATE, subject)
        case BranchState.REVIEW:
            return may(person, Deed.REVIEW, subject)
        case _:
            return False


async def subject_of(tx: Tx, stand: BranchQuarter, member_id: int | None = None) -> Subject:
    """A member of this branch (or the branch), with those who decide on it in its present state."""
    raters = await tx.people.raters(stand.branch_id)
    if stand.state is not BranchState.REVIEW:
        return Subject(stand.branch_id, member_id, raters)
    body = await tx.reviews.body(stand.quarter)
    return Subject(stand.branch_id, member_id, raters, reviewers=body.deciders_on(stand.branch_id))


async def closers_of(tx: Tx, branch_id: int) -> tuple[int, ...]:
    """Who is asked to close the branch: its secretary, or who stands in for him; without one the committee.

    A commissioner rates where no secretary is there, but he may not close.
    """
    secretaries = {person.member_id for person in await tx.people.holding(Role.SECRETARY, branch_id=branch_id)}
    there = [rater.member_id for rater in await tx.people.raters(branch_id) if rater.member_id in secretaries]
    return tuple(there[:1]) or tuple(person.member_id for person in await tx.people.holding(Role.COMMITTEE))


async def reads_review(tx: Tx, person: Person, stand: BranchQuarter, member_id: int | None = None) -> bool:
    """Whether the branch was given to this person to check: while the group has it, and until it is shown."""
    if stand.state not in {BranchState.REVIEW, BranchState.REVIEWED}:
        return False
    body = await tx.reviews.body(stand.quarter)
    subject = Subject(stand.branch_id, member_id, reviewers=body.readers_of(stand.branch_id))
    return may(person, Deed.REVIEW, subject)
