"""What comes due while a quarter is reviewed: the draw, the group's deadlines, and branches that nobody can review."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.switches import Publication
from bot.domain.timetable import Due, Moment, Timetable
from bot.storage.periods import OpenedQuarter
from bot.storage.tx import Tx

LOOKS_AHEAD_DAYS = 14


async def review_dues(tx: Tx, timetable: Timetable) -> list[Due]:
    """The moments of all quarters that are with their branches or the group; none where there is no group."""
    if (await tx.settings.switches()).publication is Publication.AT_CLOSE:
        return []
    dues: list[Due] = []
    for entry in await tx.periods.unfinished_quarters():
        stands = await tx.periods.branch_quarters(entry.quarter)
        if any(stand.state in {BranchState.RATING, BranchState.REVIEW} for stand in stands):
            dues += timetable.review_dues(entry.quarter, entry.opened_at, entry.review_due_at)
        waiting = [stand for stand in stands if stand.state is BranchState.REVIEW]
        if waiting:
            dues += await _daily(tx, timetable, entry, waiting)
    return dues


async def _daily(tx: Tx, timetable: Timetable, entry: OpenedQuarter, waiting: list[BranchQuarter]) -> list[Due]:
    """The nags of each working day: to late reviewers, or to the committee for a group."""
    body = await tx.reviews.body(entry.quarter)
    orphaned = any(not body.deciders_on(stand.branch_id) for stand in waiting)
    dues: list[Due] = []
    for days in range(LOOKS_AHEAD_DAYS + 1):
        day = tx.now + timedelta(days=days)
        dues += timetable.overdue_dues(
            entry.quarter, entry.review_due_at, day, Moment.REVIEW_OVERDUE, Moment.REVIEW_ESCALATED
        )
        if orphaned:
            dues += timetable.body_dues(entry.quarter, max(stand.closed_at or tx.now for stand in waiting), day)
    return dues
