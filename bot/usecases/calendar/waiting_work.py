"""All that waits for persons: forms sent back, ratings, reviews, questions, answers, a publication."""

from __future__ import annotations

from bot.domain.forms import BranchQuarter, BranchState
from bot.domain.may import Subject, rater_of
from bot.domain.people import Person, Role
from bot.domain.work import Work, WorkKind
from bot.storage.periods import OpenedQuarter
from bot.storage.tx import Tx
from bot.usecases.objections.objection_cards import answerers
from bot.usecases.rating.deciding import closers_of


async def waiting_work(tx: Tx, about: Person | None = None) -> list[Work]:
    """What waits for everybody, or for this person alone."""
    found = [*await _returned_forms(tx, about), *await _answers(tx)]
    for opened in await tx.periods.unfinished_quarters():
        found += await _of_quarter(tx, opened, about)
    order = list(WorkKind)
    mine = [one for one in found if about is None or one.member_id == about.member_id]
    return sorted(mine, key=lambda one: (one.member_id, order.index(one.kind), one.period, one.ref))


async def _returned_forms(tx: Tx, about: Person | None) -> list[Work]:
    forms = await tx.waiting.returned_forms(member_id=about.member_id if about else None)
    keys = {one.form_id: f"form_returned:{one.form_id}:{one.revision - 1}" for one in forms}
    told_at = await tx.waiting.written_at(list(keys.values()))
    return [
        Work(WorkKind.FORM, one.member_id, one.month, one.form_id, told_at.get(keys[one.form_id], tx.now),
             mark=str(one.revision))
        for one in forms
    ]  # fmt: skip


async def _answers(tx: Tx) -> list[Work]:
    return [
        Work(WorkKind.ANSWER, who, str(one.quarter), one.objection_id, one.filed_at, one.answer_due_at, mark=one.state)
        for one in await tx.objections.unsettled()
        if one.state.waits_for_answer
        for who in await answerers(tx, one)
    ]


async def _of_quarter(tx: Tx, opened: OpenedQuarter, about: Person | None) -> list[Work]:
    stands = await tx.periods.branch_quarters(opened.quarter)
    near = [stand for stand in stands if about is None or _is_near(about, stand)]
    found: list[Work] = []
    if any(stand.state is BranchState.RATING for stand in near):
        unrated = await tx.waiting.unrated(opened.quarter)
        committee = [person.member_id for person in await tx.people.holding(Role.COMMITTEE)]
        for stand in near:
            if stand.state is BranchState.RATING:
                found += await _rating(tx, opened, stand, unrated.get(stand.branch_id, []), committee)
    found += await _reviews(tx, opened, stands)
    if tx.now >= opened.publishes_at and any(stand.state is BranchState.REVIEWED for stand in stands):
        found += [
            Work(WorkKind.PUBLICATION, person.member_id, str(opened.quarter), 0, opened.publishes_at)
            for person in await tx.people.holding(Role.COMMITTEE)
        ]
    return found


def _is_near(person: Person, stand: BranchQuarter) -> bool:
    """Whether the branch's rating can be this person's."""
    return person.branch_id == stand.branch_id or person.holds(Role.COMMITTEE)


async def _rating(
    tx: Tx, opened: OpenedQuarter, stand: BranchQuarter, unrated: list[int], committee: list[int]
) -> list[Work]:
    """Cards by rater; where all are decided, the closing, which is the secretary's, as is an open question."""
    raters = await tx.people.raters(stand.branch_id)
    quarter, due_at = str(opened.quarter), stand.rating_due_at
    counts: dict[int, int] = {}
    for member_id in unrated:
        rater = rater_of(Subject(stand.branch_id, member_id, raters))
        for who in [rater] if rater is not None else committee:
            if who != member_id:
                counts[who] = counts.get(who, 0) + 1
    leads = await closers_of(tx, stand.branch_id)
    if not unrated:
        counts = dict.fromkeys(leads, 0)
    found = [
        Work(WorkKind.RATING, who, quarter, stand.branch_id, opened.opened_at, due_at, count)
        for who, count in counts.items()
    ]
    questions = await tx.reviews.questions(stand.branch_quarter_id) if stand.was_sent_back else []
    return found + [
        Work(WorkKind.QUESTION, who, quarter, stand.branch_id, one.asked_at, one.due_at, mark=str(one.question_id))
        for one in questions[-1:]
        if one.answer is None
        for who in leads
    ]


async def _reviews(tx: Tx, opened: OpenedQuarter, stands: list[BranchQuarter]) -> list[Work]:
    open_stands = [stand for stand in stands if stand.state is BranchState.REVIEW]
    if not open_stands:
        return []
    body = await tx.reviews.body(opened.quarter)
    return [
        Work(WorkKind.REVIEW, who, str(opened.quarter), stand.branch_id, stand.closed_at or tx.now,
             opened.review_due_at, mark=f"{stand.closed_at:%m%d%H%M}" if stand.closed_at else "")
        for who in body.present
        for stand in open_stands
        if body.waits_for(who, stand.branch_id)
    ]  # fmt: skip
