"""One branch as the group checks it: the points beside all branches', and whom to look at first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.delegation import Delegation
from bot.domain.flags import MEMBER_POINTS, Flag, FlagKind, far_from_median, heaviest_first, is_copied, leniency
from bot.domain.forms import BranchQuarter, BranchState, Form
from bot.domain.may import Deed, Subject
from bot.domain.people import Person
from bot.domain.periods import Quarter
from bot.domain.remarks import RemarkKind
from bot.domain.review import Body, Task
from bot.scoring.facts import Source, facts_from_json
from bot.scoring.means import MonthResult, quarter_score
from bot.scoring.points import from_hundredths, mean
from bot.scoring.table import RuleSet
from bot.storage.tx import Tx
from bot.usecases.months.answer_item import usual_answer
from bot.usecases.rating.deciding import decides
from bot.usecases.rating.rating_cards import queue_rows
from bot.usecases.visit import must
from bot.views.rating_facts import QueueRow
from bot.views.review_facts import ReviewCard, ReviewedMember, TaskLine


async def review_card(tx: Tx, viewer: Person, stand: BranchQuarter, zone: ZoneInfo) -> ReviewCard:
    """The branch's card for whoever reviews it, decides about it, or leads; ForbiddenError for anybody else."""
    body = await tx.reviews.body(stand.quarter)
    branch_id = stand.branch_id
    readers = () if stand.state.is_published else body.readers_of(branch_id)
    must(viewer, Deed.SEE_REVIEW, Subject(branch_id, reviewers=readers))
    # While the branch rates, its points are its own.
    rates = stand.state is BranchState.RATING
    members = () if rates else await reviewed_members(tx, viewer, stand)
    means = {} if rates else await branch_means(tx, stand.quarter)
    points = [one.row.points for one in members if one.row.points is not None]
    tasks, arbiter = body.tasks_on(branch_id), body.arbiter_of(branch_id)
    questions = await tx.reviews.questions(stand.branch_quarter_id)
    ids = {task.member_id for task in tasks} | {one.asked_by for one in questions}
    ids |= {one.answered_by for one in questions if one.answered_by} | {stand.reviewed_by or 0, arbiter or 0}
    given = await tx.delegations.given_by(seat.member_id for seat in body.seats)
    names = await tx.people.names(ids | {one.principal_id for one in given} | {one.delegate_id for one in given})
    spoke = {task.task_id: _spoke(body, task, given, task.decided_at or tx.now) for task in tasks}
    subject = Subject(branch_id, reviewers=body.deciders_on(branch_id))
    return ReviewCard(
        branch=(await tx.people.get_branch(branch_id)).name, stand=stand, members=members,
        leniency=leniency(means, branch_id), lowest=min(points, default=None), highest=max(points, default=None),
        unchanged=sum(not one.adjusted_by_branch for one in members if one.row.counts),
        rated=sum(one.row.counts for one in members),
        tasks=tuple(_line(task, spoke[task.task_id], names) for task in tasks),
        reviewed_for=names.get(_behind_review(body, stand, given) or 0, ""),
        arbiter=names.get(arbiter or 0, ""), is_disputed=body.is_disputed(branch_id), questions=tuple(questions),
        names=names, viewer=viewer, mine=stand.state is BranchState.REVIEW and decides(viewer, stand, subject),
        task=body.task_of(viewer.member_id, branch_id), zone=zone,
    )  # fmt: skip


def _line(task: Task, spoke: int, names: Mapping[int, str]) -> TaskLine:
    return TaskLine(names[spoke], task, names[task.member_id] if spoke != task.member_id else "")


def _spoke(body: Body, task: Task, given: Sequence[Delegation], at: datetime) -> int:
    """Who spoke (or speaks) for this reviewer then: who stood in for him, as far as the branch allowed it."""
    seat = body.seat_of(task.member_id)
    found = (
        one.delegate_id for one in given
        if one.principal_id == task.member_id and one.holds(at) and seat is not None
        and seat.kind.goes_with(one.office) and body.may_stand_in(one.delegate_id, task.branch_id)
    )  # fmt: skip
    return next(found, task.member_id)


def _behind_review(body: Body, stand: BranchQuarter, given: Sequence[Delegation]) -> int | None:
    """For whom the branch was confirmed, where a stand-in did it; None where the reviewer himself did."""
    by, at = stand.reviewed_by, stand.reviewed_at
    reviewers = [task.member_id for task in body.tasks_on(stand.branch_id)]
    if by is None or at is None or by in reviewers:
        return None
    held = [one.principal_id for one in given if one.delegate_id == by and one.holds(at)]
    # Somebody with a seat of his own decided a dispute in that one, unless he stood in for a reviewer.
    may_be = reviewers if body.seat_of(by) is not None else [seat.member_id for seat in body.seats]
    return next((who for who in held if who in may_be and not body.is_kept_from(who, stand.branch_id)), None)


async def reviewed_members(tx: Tx, viewer: Person, stand: BranchQuarter) -> tuple[ReviewedMember, ...]:
    """The branch's members with remarks and flags, without the viewer himself."""
    rows = await queue_rows(tx, viewer, stand.branch_id, stand.quarter)
    points = {row.person.member_id: row.points for row in rows if row.points is not None}
    far = far_from_median(points, MEMBER_POINTS)
    months = [stand.quarter.previous.months[2], *stand.quarter.months]
    forms: dict[int, list[Form]] = {}
    for form in await tx.forms.in_months(months, member_ids=[row.person.member_id for row in rows]):
        forms.setdefault(form.member_id, []).append(form)
    rules = {one.ruleset_id: await tx.periods.rules(one.ruleset_id) for own in forms.values() for one in own}
    return tuple(
        _member(row, _flags(row, far, rules, forms.get(row.person.member_id, [])), forms.get(row.person.member_id, []))
        for row in rows
        if row.person.member_id != viewer.member_id
    )


def _member(row: QueueRow, flags: tuple[Flag, ...], forms: Sequence[Form]) -> ReviewedMember:
    decided = [one for form in forms if form.month in row.rating.quarter.months for one in form.overrides]
    silent = tuple(one.month for one in row.remarks if one.kind is RemarkKind.NOT_HANDED_IN and one.month is not None)
    by_group = [one for one in decided if one.get("review")]
    hints = heaviest_first((*flags, *row.remarks))
    return ReviewedMember(row, hints, silent, len(by_group) < len(decided), bool(by_group))


def _flags(
    row: QueueRow, far: Mapping[int, Decimal], rules: Mapping[int, RuleSet], forms: Sequence[Form]
) -> tuple[Flag, ...]:  # fmt: skip
    found = []
    if row.person.member_id in far:
        found.append(Flag(FlagKind.FAR_FROM_MEDIAN, far[row.person.member_id]))
    counting = sorted((form for form in forms if form.exempt is None), key=lambda form: form.month)
    if is_copied([_claimed(rules[form.ruleset_id], form) for form in counting]):
        found.append(Flag(FlagKind.COPIED))
    return tuple(found)


def _claimed(rules: RuleSet, form: Form) -> dict[str, object]:
    """What the member himself claims beyond an ordinary month."""
    answers = facts_from_json(form.answers)
    own = [item for item in (*rules.items, *rules.bonus.items) if item.source is Source.MEMBER]
    return {item.id: answers[item.id] for item in own if answers.get(item.id, ()) not in {(), usual_answer(item)}}


async def branch_means(tx: Tx, quarter: Quarter) -> dict[int, Decimal]:
    """The means of all branches that have rated: what a branch has not decided yet is no measure for another's."""
    rated = {one.branch_id for one in await tx.periods.branch_quarters(quarter) if one.state is not BranchState.RATING}
    rules = await tx.periods.rules((await tx.periods.get_quarter(quarter)).ruleset_id)
    months: dict[tuple[int, int], list[MonthResult]] = {}
    for one in await tx.reviews.month_totals(quarter):
        if one.branch_id not in rated:
            continue
        result = MonthResult(one.month, from_hundredths(one.centi), exempt=one.exempt)
        months.setdefault((one.branch_id, one.member_id), []).append(result)
    values: dict[int, list[Decimal]] = {}
    for (branch_id, _), own in months.items():
        value = quarter_score(rules, own).value
        if value is not None:
            values.setdefault(branch_id, []).append(value)
    means = {branch_id: mean(points) for branch_id, points in values.items()}
    return {branch_id: value for branch_id, value in means.items() if value is not None}


def holders_of(body: Body, stand: BranchQuarter) -> tuple[int, ...]:
    """Who has to decide on this branch now; once that is over, who had to."""
    deciders = body.deciders_on(stand.branch_id)
    if deciders or stand.state is BranchState.REVIEW:
        return deciders
    return tuple(task.member_id for task in body.tasks_on(stand.branch_id))
