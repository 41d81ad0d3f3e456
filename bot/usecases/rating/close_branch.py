"""The branch closes its rating of a quarter and hands it to the review group (or, without one, shows it at once)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.forms import BranchQuarter, BranchState, Form, FormState, QuarterResult, Rating, RatingState
from bot.domain.may import Deed, Subject
from bot.domain.periods import Quarter
from bot.domain.switches import Publication
from bot.domain.timetable import Timetable
from bot.errors import AlreadyDecidedError, BranchNotReadyError, MonthStillOpenError, StaleCardError
from bot.scoring.points import from_hundredths, mean
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.people.delegation_cards import CLOSED_BY, on_behalf_of
from bot.usecases.publicity.publish_quarter import announce_overview, publish_branch, rated_forms
from bot.usecases.rating.quarter_scores import branch_results
from bot.usecases.review.send_back_branch import require_answered, tell_reviewers_again
from bot.usecases.visit import Visit, must
from bot.views.result_facts import ClosedBranch


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
        # The branch's row is taken first: nobody can adjust a form any more while the branch hands in its rating.
        if not await tx.periods.close_branch(found, actor, tx.now):
            raise StaleCardError
        await require_answered(tx, found)
        forms = await _ready(tx, found)
        await tx.ledger.append(
            "quarter_closed", period=str(found.quarter), actor=actor, branch=found.branch_id, members=len(forms)
        )
        at_once = (await tx.settings.switches()).publication is Publication.AT_CLOSE
        results = await self._results(tx, found, forms, actor, publish=at_once)
        await tell_reviewers_again(tx, self._timetable, found.quarter, found)
        return await _closed(tx, found, results, is_published=at_once)

    async def _results(
        self, tx: Tx, found: BranchQuarter, forms: Mapping[int, list[Form]], actor: int | None, *, publish: bool
    ) -> Sequence[QuarterResult]:
        if not publish:
            return await branch_results(tx, found, (await tx.periods.get_quarter(found.quarter)).ruleset_id, forms)
        handed_in = await tx.periods.get_branch_quarter(found.branch_id, found.quarter)
        results = await publish_branch(tx, self._timetable, handed_in, actor)
        await announce_overview(tx, self._timetable, found.quarter)
        return results


async def _closed(
    tx: Tx, found: BranchQuarter, results: Sequence[QuarterResult], *, is_published: bool
) -> ClosedBranch:
    branch = await tx.people.get_branch(found.branch_id)
    rated = [from_hundredths(one.centi) for one in results if one.centi is not None]
    branches = await tx.periods.branch_quarters(found.quarter)
    return ClosedBranch(
        branch=branch.name, branch_id=branch.branch_id, quarter=found.quarter, rated=len(rated),
        not_rated=len(results) - len(rated), mean=mean(rated), has_group=branch.group_chat_id is not None,
        still_rating=sum(not one.is_rated for one in branches), is_published=is_published,
    )  # fmt: skip


async def _require_open(tx: Tx, found: BranchQuarter) -> None:
    if found.is_rated and found.closed_at is not None:
        by = (await tx.people.get(found.closed_by)).name if found.closed_by is not None else ""
        principal = await on_behalf_of(tx, found.closed_by, found.closed_at, *CLOSED_BY)
        raise AlreadyDecidedError(by, BranchState.REVIEW.value, found.closed_at, principal)
    for month in found.quarter.months:
        opened = await tx.periods.find_month(month)
        if opened is not None and tx.now < opened.closes_at:
            raise MonthStillOpenError(str(month))


async def _ready(tx: Tx, found: BranchQuarter) -> Mapping[int, list[Form]]:
    """The forms of the branch's members, if everybody whose quarter counts is decided."""
    forms = await rated_forms(tx, found)
    ratings = await tx.ratings.in_branch(found.branch_id, found.quarter)
    undecided = sum(needs_decision(one, forms[one.member_id]) for one in ratings)
    if undecided or found.meeting is None:
        raise BranchNotReadyError(undecided, meeting_missing=found.meeting is None)
    return forms


def needs_decision(rating: Rating, forms: Sequence[Form]) -> bool:
    """Whether the branch still owes this member a decision; who has no month that counts needs none."""
    counting = [form for form in forms if form.exempt is None]
    if not counting:
        return False
    return rating.state is not RatingState.APPROVED or any(form.state is FormState.RETURNED for form in counting)
