"""Closing a branch's quarter: points and ranks become final, and everybody hears of it, in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.forms import BranchQuarter, BranchState, Form, FormState, QuarterResult, Rating, RatingState
from bot.domain.may import Deed, Subject
from bot.domain.people import Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Timetable
from bot.errors import AlreadyDecidedError, BranchNotReadyError, MonthStillOpenError, StaleCardError
from bot.outbox.letters import Letter, OverviewPublished, ResultPublished, StandingsPublished
from bot.scoring.points import from_hundredths, mean
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.quarter_scores import branch_results
from bot.usecases.visit import Visit, must
from bot.views.result_facts import ClosedBranch

OVERVIEW_READERS = (Role.SECRETARY, Role.COMMISSIONER, Role.DEPARTMENT, Role.COMMITTEE)


class CloseBranch:
    """Closes one branch's quarter; branches are independent of each other."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: Quarter, branch_id: int, revision: int) -> ClosedBranch:
        """Close what the person saw: every member decided and the meeting recorded, or a BranchNotReadyError."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.CLOSE_BRANCH, Subject(branch_id=branch_id))
            found = await tx.periods.get_branch_quarter(branch_id, quarter)
            if found.state is BranchState.RATING and found.revision != revision:
                raise StaleCardError
            return await self._close(tx, found, person.member_id)

    async def by_admin(self, quarter: Quarter, branch_id: int, actor: int | None = None) -> ClosedBranch:
        """The same from the command line, with the same conditions."""
        async with self._store.write() as tx:
            return await self._close(tx, await tx.periods.get_branch_quarter(branch_id, quarter), actor)

    async def _close(self, tx: Tx, found: BranchQuarter, actor: int | None) -> ClosedBranch:
        await _require_open(tx, found)
        # The branch's row is taken first: nobody can adjust a form any more while its points become final.
        if not await tx.periods.close_branch(found, actor, tx.now):
            raise StaleCardError
        ratings, forms = await _ready(tx, found)
        ruleset_id = (await tx.periods.get_quarter(found.quarter)).ruleset_id
        results = await branch_results(tx, found, ruleset_id, {one.member_id: forms[one.member_id] for one in ratings})
        await tx.ratings.add_results(results)
        await _note(tx, found, actor, results)
        return await self._announce(tx, found, results)

    async def _announce(self, tx: Tx, found: BranchQuarter, results: Sequence[QuarterResult]) -> ClosedBranch:
        quarter, bound = found.quarter, await tx.people.bound()
        branch = await tx.people.get_branch(found.branch_id)
        letters: list[tuple[str, Letter, int | None, int | None]] = [
            (f"result:{quarter}:{one.member_id}", ResultPublished(str(quarter)), one.member_id, None)
            for one in results
            if one.member_id in bound
        ]
        if branch.group_chat_id is not None:
            letters.append(standings_letter(quarter, branch.branch_id))
        # Asked after the ledger was written: on PostgreSQL its lock lets the closings pass one by one, so that the
        # last of two that happen at once sees the other.
        branches = await tx.periods.branch_quarters(quarter)
        all_closed = all(one.state is BranchState.CLOSED for one in branches)
        if all_closed:
            letters += await _overview_letters(tx, quarter, bound)
        await tx.letters.write_many(letters, due_at=self._timetable.polite(tx.now))
        rated = [from_hundredths(one.centi) for one in results if one.centi is not None]
        return ClosedBranch(
            branch=branch.name, branch_id=branch.branch_id, quarter=quarter, rated=len(rated),
            not_rated=len(results) - len(rated), mean=mean(rated), has_group=branch.group_chat_id is not None,
            still_rating=sum(one.state is BranchState.RATING for one in branches),
        )  # fmt: skip


def standings_letter(quarter: Quarter, branch_id: int) -> tuple[str, Letter, int | None, int | None]:
    """The standings for the branch's group; written once, whether the quarter or the group comes first."""
    return f"standings:{quarter}:{branch_id}", StandingsPublished(branch_id, str(quarter)), None, branch_id


async def _overview_letters(
    tx: Tx, quarter: Quarter, bound: set[int]
) -> list[tuple[str, Letter, int | None, int | None]]:
    readers = {person.member_id for role in OVERVIEW_READERS for person in await tx.people.holding(role)}
    return [
        (f"overview:{quarter}:{member_id}", OverviewPublished(str(quarter)), member_id, None)
        for member_id in sorted(readers & bound)
    ]


async def _require_open(tx: Tx, found: BranchQuarter) -> None:
    if found.state is BranchState.CLOSED and found.closed_at is not None:
        by = (await tx.people.get(found.closed_by)).name if found.closed_by is not None else ""
        raise AlreadyDecidedError(by, found.state.value, found.closed_at)
    for month in found.quarter.months:
        opened = await tx.periods.find_month(month)
        if opened is not None and tx.now < opened.closes_at:
            raise MonthStillOpenError(str(month))


async def _ready(tx: Tx, found: BranchQuarter) -> tuple[list[Rating], Mapping[int, list[Form]]]:
    """The branch's ratings and its members' forms, if everybody whose quarter counts is decided."""
    ratings = await tx.ratings.in_branch(found.branch_id, found.quarter)
    forms: dict[int, list[Form]] = {one.member_id: [] for one in ratings}
    for form in await tx.forms.in_months(found.quarter.months, member_ids=list(forms)):
        forms[form.member_id].append(form)
    undecided = sum(needs_decision(one, forms[one.member_id]) for one in ratings)
    if undecided or found.meeting is None:
        raise BranchNotReadyError(undecided, meeting_missing=found.meeting is None)
    return ratings, forms


def needs_decision(rating: Rating, forms: Sequence[Form]) -> bool:
    """Whether the branch still owes this member a decision; who has no month that counts needs none."""
    counting = [form for form in forms if form.exempt is None]
    if not counting:
        return False
    return rating.state is not RatingState.APPROVED or any(form.state is FormState.RETURNED for form in counting)


async def _note(tx: Tx, found: BranchQuarter, actor: int | None, results: Sequence[QuarterResult]) -> None:
    period = str(found.quarter)
    rated = sum(one.centi is not None for one in results)
    await tx.ledger.append(
        "quarter_closed", period=period, actor=actor, branch=found.branch_id, members=len(results), rated=rated
    )
    await tx.ledger.append_many(
        [
            {
                "kind": "result", "period": period, "subject": one.member_id, "actor": actor,
                "branch": found.branch_id, "centi": one.centi, "rank": one.rank, "of": one.ranked_of,
            }
            for one in results
        ]
    )  # fmt: skip
