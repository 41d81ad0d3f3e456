"""一季一通报: the figures of a quarter over all branches, gathered for the committee's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from bot.domain.chain import Head
from bot.domain.forms import BranchQuarter, FormState, QuarterResult
from bot.domain.may import Deed, Subject
from bot.domain.objections import ObjectionState, Outcome
from bot.domain.periods import Quarter
from bot.domain.spread import spread_of
from bot.domain.switches import Publication, RedList
from bot.domain.timetable import Timetable
from bot.errors import ChartsNotReadyError
from bot.scoring.points import ZERO, from_hundredths, mean
from bot.scoring.ranks import under_line
from bot.scoring.ruleset import RuleSet
from bot.storage.store import Store
from bot.storage.tx import Tx
from bot.usecases.publicity.boards import ranked
from bot.usecases.visit import Visit, must
from bot.views.paper_facts import (
    BranchInBulletin,
    BulletinFacts,
    BurdenFigures,
    Completion,
    Movers,
    ObjectionCounts,
    Riser,
)

MOST_RISERS = 3
_DAY_S = 86400


class ReadBulletin:
    """A quarter's bulletin: for the letter and the command line, and for whoever may ask for it again."""

    def __init__(self, store: Store, timetable: Timetable, organisation: str) -> None:
        self._store = store
        self._zone = timetable.zone
        self._organisation = organisation

    async def __call__(self, quarter: Quarter, head: Head | None = None) -> BulletinFacts:
        """The figures as they stand, with the ledger's end as it was published; without results ChartsNotReadyError."""
        async with self._store.read() as tx:
            return await self._facts(tx, quarter, head)

    async def asked(self, visit: Visit, quarter: Quarter) -> BulletinFacts:
        """The same for the committee and the departments, with the ledger's end as it is now."""
        async with self._store.read() as tx:
            must(await visit.enter(tx), Deed.SEE_BULLETIN, Subject())
            return await self._facts(tx, quarter, None)

    async def _facts(self, tx: Tx, quarter: Quarter, head: Head | None) -> BulletinFacts:
        opened = await tx.periods.get_quarter(quarter)
        results = await tx.ratings.results_in(quarter)
        if not results:
            raise ChartsNotReadyError
        rules = await tx.periods.rules(opened.ruleset_id)
        before = await tx.ratings.results_in(quarter.previous)
        stands = await tx.periods.branch_quarters(quarter)
        switches = await tx.settings.switches()
        finals = [stand.final_at for stand in stands if stand.final_at is not None]
        below = frozenset(under_line(rules, ranked(results)))
        return BulletinFacts(
            organisation=self._organisation,
            quarter=quarter,
            rules=(rules.title, rules.version),
            dimensions=tuple(one.label for one in rules.dimensions),
            branches=await _branches(tx, rules, stands, results, before),
            completion=await _completion(tx, quarter, stands),
            not_rated=sum(one.centi is None for one in results),
            spread=spread_of(_points(results)),
            before=spread_of(_points(before)),
            line=rules.policies.line,
            under_line=len(below),
            movers=await _movers(tx, results, before, below, named=switches.red_list is RedList.ORGANISATION),
            objections=await _objections(tx, quarter),
            burden=await _burden(tx, quarter, switches.prompts_a_month),
            has_group=switches.publication is Publication.REVIEWED,
            final_at=max(finals) if len(finals) == len(stands) else None,
            head=head or await tx.ledger.head(),
            zone=self._zone,
        )


def _points(results: Iterable[QuarterResult]) -> list[Decimal]:
    return [from_hundredths(one.centi) for one in results if one.centi is not None]


async def _branches(
    tx: Tx,
    rules: RuleSet,
    stands: Sequence[BranchQuarter],
    results: Sequence[QuarterResult],
    before: Sequence[QuarterResult],
) -> tuple[BranchInBulletin, ...]:
    now, then = _by_branch(results), _by_branch(before)
    rated_in = {stand.branch_id for stand in stands}
    lines = [
        _branch(rules, branch.name, now.get(branch.branch_id, []), then.get(branch.branch_id, []))
        for branch in await tx.people.branches()
        if branch.branch_id in rated_in
    ]
    return tuple(sorted(lines, key=lambda one: (one.mean is None, -(one.mean or ZERO))))


def _by_branch(results: Iterable[QuarterResult]) -> Mapping[int, list[QuarterResult]]:
    found: dict[int, list[QuarterResult]] = {}
    for one in results:
        found.setdefault(one.branch_id, []).append(one)
    return found


def _branch(rules: RuleSet, name: str, now: Sequence[QuarterResult], then: Sequence[QuarterResult]) -> BranchInBulletin:
    rated = [one for one in now if one.centi is not None]
    means = mean(_points(now)), mean(_points(then))
    return BranchInBulletin(
        branch=name,
        rated=len(rated),
        by_dimension=tuple(
            mean(from_hundredths(one.detail["by_dimension"].get(dimension.id, 0)) for one in rated)
            for dimension in rules.dimensions
        ),
        mean=means[0],
        change=means[0] - means[1] if means[0] is not None and means[1] is not None else None,
    )


async def _completion(tx: Tx, quarter: Quarter, stands: Sequence[BranchQuarter]) -> Completion:
    due_at = (await tx.periods.get_quarter(quarter)).rating_due_at
    closings = await tx.bulletins.first_closings(quarter)
    forms = [form for form in await tx.forms.in_months(quarter.months) if form.exempt is None]
    return Completion(
        forms=len(forms),
        forms_in=sum(form.state is FormState.SUBMITTED for form in forms),
        branches=len(stands),
        rated_in_time=sum(stand.branch_id in closings and closings[stand.branch_id] < due_at for stand in stands),
        reviewed=sum(stand.reviewed_at is not None for stand in stands),
        final=sum(stand.final_at is not None for stand in stands),
    )


async def _movers(
    tx: Tx, results: Sequence[QuarterResult], before: Sequence[QuarterResult], below: frozenset[int], *, named: bool
) -> Movers:
    then = {one.member_id: one.centi for one in before if one.centi is not None}
    rated = [one for one in results if one.centi is not None]
    gains = {one.member_id: (one.centi or 0) - then[one.member_id] for one in rated if one.member_id in then}
    risen = sorted((who for who in gains if gains[who] > 0 and who not in below), key=lambda who: (-gains[who], who))
    best = risen[:MOST_RISERS] if named else []
    names = await tx.people.names(best)
    return Movers(
        up=sum(gain > 0 for gain in gains.values()),
        down=sum(gain < 0 for gain in gains.values()),
        level=sum(gain == 0 for gain in gains.values()),
        new=len(rated) - len(gains),
        risers=tuple(Riser(names[who], from_hundredths(gains[who])) for who in best),
    )


async def _objections(tx: Tx, quarter: Quarter) -> ObjectionCounts:
    found = await tx.objections.in_quarter(quarter)
    answers = await tx.objections.answers(one.objection_id for one in found)
    last = Counter(given[-1].outcome for given in answers.values())
    waited = [
        Decimal(round((answers[one.objection_id][0].answered_at - one.filed_at).total_seconds())) / _DAY_S
        for one in found
        if one.objection_id in answers
    ]
    return ObjectionCounts(
        filed=len(found),
        upheld=last[Outcome.UPHELD],
        partly=last[Outcome.PARTLY],
        rejected=last[Outcome.REJECTED],
        withdrawn=sum(one.state is ObjectionState.WITHDRAWN for one in found),
        unsettled=sum(one.state not in {ObjectionState.CLOSED, ObjectionState.WITHDRAWN} for one in found),
        mean_days=mean(waited),
    )


async def _burden(tx: Tx, quarter: Quarter, ceiling: int) -> BurdenFigures:
    """Every month that counts for a member, and every one of which he was told anything at all."""
    had = await tx.bulletins.prompts(quarter.months)
    counting = [form for form in await tx.forms.in_months(quarter.months) if form.exempt is None]
    counts = {one: had[one] for one in {*had, *((str(form.month), form.member_id) for form in counting)}}
    average = mean(Decimal(number) for number in counts.values())
    return BurdenFigures(len(counts), average or ZERO, max(counts.values(), default=0), ceiling)
