"""公示: points and ranks are shown, for a few working days open to objections, and final after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.domain.forms import BranchQuarter, BranchState, Form, QuarterResult
from bot.domain.may import Deed, Subject
from bot.domain.people import Role
from bot.domain.periods import Quarter
from bot.domain.timetable import Due, Timetable
from bot.errors import NothingToPublishError, PublicationTooEarlyError, StaleCardError
from bot.outbox.letters import Letter, OverviewPublished, ResultPublished, StandingsChanged, StandingsPublished
from bot.storage.letters import LEASE
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.publicity.announce_bulletin import announce_head
from bot.usecases.publicity.show_publicity import USUAL_PUBLICITY_DAYS, publicity_card
from bot.usecases.rating.quarter_scores import branch_results
from bot.usecases.visit import Visit, must
from bot.views.publicity_facts import PublicityCard

OVERVIEW_READERS = (Role.SECRETARY, Role.COMMISSIONER, Role.DEPARTMENT, Role.COMMITTEE)
_MOMENT = timedelta(seconds=1)


class PublishQuarter:
    """Shows every branch that the group has reviewed, at one moment; what comes late is shown by a second one."""

    def __init__(self, store: Store, timetable: Timetable) -> None:
        self._store = store
        self._timetable = timetable

    async def __call__(self, visit: Visit, quarter: Quarter, seal: int) -> tuple[int, PublicityCard]:
        """Publish the reviewed branches, if they are just those that were named; how many, and the card after it."""
        async with self._store.write(visit.cause) as tx:
            person = await visit.enter(tx)
            must(person, Deed.PUBLISH, Subject())
            card = await publicity_card(tx, quarter, self._timetable)
            if card.ready and card.seal != seal:
                raise StaleCardError
            published = await self._publish(tx, quarter, person.member_id)
            return published, await publicity_card(tx, quarter, self._timetable)

    async def by_admin(self, quarter: Quarter, actor: int | None = None) -> int:
        """The same from the command line, with the same conditions."""
        async with self._store.write() as tx:
            return await self._publish(tx, quarter, actor)

    async def _publish(self, tx: Tx, quarter: Quarter, actor: int | None) -> int:
        planned_at = (await tx.periods.get_quarter(quarter)).publishes_at
        stands = await tx.periods.branch_quarters(quarter)
        ready = [stand for stand in stands if stand.state is BranchState.REVIEWED]
        unready = sum(not stand.state.is_published for stand in stands) - len(ready)
        if not ready:
            raise NothingToPublishError(unready)
        if unready and tx.now < planned_at:
            raise PublicationTooEarlyError(planned_at, unready)
        for stand in ready:
            await publish_branch(tx, self._timetable, stand, actor)
        await announce_overview(tx, self._timetable, quarter)
        await announce_head(tx, self._timetable, quarter)
        return len(ready)


class FinishPublicity:
    """When publicity has ended, a branch without an unsettled objection is final."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, due: Due) -> int:
        """Finish the branches of this quarter whose publicity is over; returns how many."""
        quarter = Quarter.parse(due.period)
        async with self._store.write() as tx:
            if not await tx.dues.claim(*due.claim):
                return 0
            return await finish_ended(tx, quarter)


async def finish_ended(tx: Tx, quarter: Quarter) -> int:
    """Make those branches final whose publicity is over and whose objections are all settled."""
    finished = 0
    for stand in await tx.periods.branch_quarters(quarter):
        if _is_over(stand, tx):
            finished += await _finish(tx, stand)
    return finished


async def _finish(tx: Tx, stand: BranchQuarter) -> bool:
    # The branch is taken first: an objection that is just being filed is waited for and seen.
    stand = await tx.periods.lock_branch_quarter(stand.branch_id, stand.quarter)
    disputed = stand.branch_id in await tx.objections.branches_with_open(stand.quarter)
    if disputed or not _is_over(stand, tx) or not await tx.periods.finish_branch(stand, tx.now):
        return False
    await tx.ledger.append("quarter_final", period=str(stand.quarter), branch=stand.branch_id)
    await tell_group(tx, stand)
    return True


def _is_over(stand: BranchQuarter, tx: Tx) -> bool:
    ends_at = stand.publicity_ends_at
    return stand.state is BranchState.PUBLIC and ends_at is not None and ends_at <= tx.now


async def tell_group(tx: Tx, stand: BranchQuarter) -> None:
    """What the branch's group reads is edited: its points were corrected, or became final."""
    key = standings_key(stand.quarter, stand.branch_id)
    # A message that is just being sent can only be edited when it is known as which.
    due_at = tx.now + LEASE + _MOMENT if await tx.letters.is_under_way(key) else tx.now
    letter = StandingsChanged(stand.branch_id, str(stand.quarter))
    await tx.letters.write(f"{key}:{tx.now.isoformat()}", letter, to_branch=stand.branch_id, due_at=due_at)


async def publish_branch(
    tx: Tx, timetable: Timetable, found: BranchQuarter, actor: int | None
) -> Sequence[QuarterResult]:
    """Store the branch's points and ranks, and write to each member and to the branch's group."""
    ruleset_id = (await tx.periods.get_quarter(found.quarter)).ruleset_id
    days = (await tx.periods.rules(ruleset_id)).policies.publicity_days or USUAL_PUBLICITY_DAYS
    ends_at = timetable.publicity_ends_at(tx.now, days)
    # The branch's row is taken first: nobody can change a form any more while its points become public.
    if not await tx.periods.publish_branch(found, actor, tx.now, ends_at):
        raise StaleCardError
    results = await branch_results(tx, found, ruleset_id, await rated_forms(tx, found))
    await tx.ratings.add_results(results)
    await _note(tx, found, actor, results)
    await _announce(tx, timetable, found, results)
    return results


async def rated_forms(tx: Tx, found: BranchQuarter) -> Mapping[int, list[Form]]:
    """The forms of this quarter, by member, of everybody whom the branch rates."""
    ratings = await tx.ratings.in_branch(found.branch_id, found.quarter)
    forms: dict[int, list[Form]] = {one.member_id: [] for one in ratings}
    for form in await tx.forms.in_months(found.quarter.months, member_ids=list(forms)):
        forms[form.member_id].append(form)
    return forms


async def _announce(tx: Tx, timetable: Timetable, found: BranchQuarter, results: Sequence[QuarterResult]) -> None:
    quarter, bound = found.quarter, await tx.people.bound()
    branch = await tx.people.get_branch(found.branch_id)
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"result:{quarter}:{one.member_id}", ResultPublished(str(quarter)), one.member_id, None)
        for one in results
        if one.member_id in bound
    ]
    if branch.group_chat_id is not None:
        letters.append(standings_letter(quarter, branch.branch_id))
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))


def standings_key(quarter: Quarter, branch_id: int) -> str:
    """The key under which the branch's group gets its standings, and whatever edits them."""
    return f"standings:{quarter}:{branch_id}"


def standings_letter(quarter: Quarter, branch_id: int) -> tuple[str, Letter, int | None, int | None]:
    """The standings for the branch's group; written once, whether the quarter or the group comes first."""
    return standings_key(quarter, branch_id), StandingsPublished(branch_id, str(quarter)), None, branch_id


async def announce_overview(tx: Tx, timetable: Timetable, quarter: Quarter) -> None:
    """Once every branch is shown, those who lead get all of them side by side.

    Asked after the ledger was written: on PostgreSQL its lock lets publications pass one by one, so that the last of
    two that happen at once sees the other.
    """
    if not all(stand.state.is_published for stand in await tx.periods.branch_quarters(quarter)):
        return
    readers = {person.member_id for role in OVERVIEW_READERS for person in await tx.people.holding(role)}
    letters: list[tuple[str, Letter, int | None, int | None]] = [
        (f"overview:{quarter}:{member_id}", OverviewPublished(str(quarter)), member_id, None)
        for member_id in sorted(readers & await tx.people.bound())
    ]
    await tx.letters.write_many(letters, due_at=timetable.polite(tx.now))


async def _note(tx: Tx, found: BranchQuarter, actor: int | None, results: Sequence[QuarterResult]) -> None:
    period = str(found.quarter)
    rated = sum(one.centi is not None for one in results)
    await tx.ledger.append(
        "quarter_published", period=period, actor=actor, branch=found.branch_id, members=len(results), rated=rated
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
