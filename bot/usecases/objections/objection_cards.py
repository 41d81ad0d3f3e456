"""What the use cases of objections share: the frozen copy, who may answer, and the card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from bot.domain.forms import BranchQuarter, Form, QuarterResult
from bot.domain.may import Deed, Subject, may
from bot.domain.objections import Bench, Objection, ObjectionAnswer, ObjectionState
from bot.domain.people import MemberStatus, Person, Role
from bot.domain.periods import Month, Quarter
from bot.domain.review import DEPARTMENT_SEATS, SeatKind
from bot.errors import AlreadyDecidedError, ForbiddenError, StaleCardError
from bot.scoring.facts import facts_from_json
from bot.scoring.points import hundredths
from bot.storage.tx import Tx
from bot.usecases.months.form_cards import counts_for_the_year, overrides_of, score_form
from bot.usecases.visit import Visit
from bot.views.objection_facts import ObjectionCard, ScoredMonth

_AWAY = {MemberStatus.LEFT, MemberStatus.SUSPENDED}


async def scored_months(tx: Tx, member_id: int, quarter: Quarter) -> tuple[ScoredMonth, ...]:
    """The member's months of this quarter that count, scored as they stand now."""
    found = []
    for form in await tx.forms.in_months(quarter.months, member_id=member_id):
        if form.exempt is None:
            rules = await tx.periods.rules(form.ruleset_id)
            found.append(ScoredMonth(form.month, rules, score_form(rules, form)))
    return tuple(found)


async def frozen_copy(tx: Tx, result: QuarterResult, stand: BranchQuarter) -> dict[str, Any]:
    """What the member was shown: points, rank, every line, who decided and by which rules; people by their ids."""
    rules = await tx.periods.rules(result.detail["ruleset"])
    rating = await tx.ratings.find(result.member_id, result.quarter)
    forms = await tx.forms.in_months(result.quarter.months, member_id=result.member_id)
    return {
        "centi": result.centi, "rank": result.rank, "of": result.ranked_of,
        "rules": rules.title, "version": rules.version,
        "rated_by": rating.decided_by if rating else None,
        "rated_at": rating.decided_at.isoformat() if rating and rating.decided_at else None,
        "reviewed_by": stand.reviewed_by,
        "reviewed_at": stand.reviewed_at.isoformat() if stand.reviewed_at else None,
        "published_at": stand.published_at.isoformat() if stand.published_at else None,
        "months": [await _frozen_month(tx, form) for form in forms],
    }  # fmt: skip


async def _frozen_month(tx: Tx, form: Form) -> dict[str, Any]:
    rules = await tx.periods.rules(form.ruleset_id)
    score, answers = score_form(rules, form), facts_from_json(form.answers)
    lines = [
        {"item": line.item, "label": line.label, "centi": hundredths(line.points),
         "full": None if line.full is None else hundredths(line.full)}
        for line in score.lines
    ]  # fmt: skip
    lines += [
        {"item": item.id, "label": item.label, "centi": None, "full": None}
        for item in rules.bonus.items
        if counts_for_the_year(rules, item.id) and answers.get(item.id)
    ]
    return {
        "month": str(form.month), "centi": form.total_centi, "exempt": form.exempt, "version": rules.version,
        "submitted_by": form.submitted_by, "lines": lines,
        "adjusted": [
            {"item": one.item, "centi": hundredths(one.points), "by": one.by, "reason": one.reason}
            for one in overrides_of(form)
        ],
    }  # fmt: skip


async def involved_in(tx: Tx, stand: BranchQuarter, member_id: int, month: Month | None, item: str | None) -> set[int]:
    """Who rated, adjusted or reviewed the member's quarter, or brought the facts of the very item objected to."""
    rating = await tx.ratings.find(member_id, stand.quarter)
    found = {rating.decided_by if rating else None, stand.reviewed_by}
    found |= await tx.objections.assigned_to(stand.quarter, stand.branch_id)
    for form in await tx.forms.in_months(stand.quarter.months, member_id=member_id):
        found |= {int(one.by) for one in overrides_of(form) if one.by.isdigit()}
        if form.month == month:
            found.add(form.submitted_by)
            records = await tx.forms.records(month, member_ids=[member_id])
            found |= {one.recorded_by for one in records if one.item == item}
    return {one for one in found if one is not None}


async def bench_of(tx: Tx, quarter: Quarter, branch_id: int) -> Bench:
    """Who might answer an objection from this branch; without a group the departments' own officers.

    Nobody who is away, and nobody of the group who is kept from the branch, as for the review.
    """
    body = await tx.reviews.body(quarter)
    free = [seat for seat in body.seats if not body.is_kept_from(seat.member_id, branch_id)]
    seated = await tx.people.of(seat.member_id for seat in free)
    there = {one.member_id for one in seated if one.status is MemberStatus.ACTIVE}
    assigned = await tx.objections.assigned_to(quarter, branch_id)
    held = {kind: tuple(seat.member_id for seat in free if seat.kind is kind and seat.member_id in there)
            for kind in SeatKind}  # fmt: skip
    officers = () if body.seats else _ids(await tx.people.holding(Role.DEPARTMENT))
    return Bench(
        secretary=_ids(await tx.people.holding(Role.SECRETARY, branch_id=branch_id)),
        commissioner=_ids(await tx.people.holding(Role.COMMISSIONER, branch_id=branch_id)),
        drawn=tuple(who for who in held[SeatKind.DRAWN] if who not in assigned),
        departments=(*(who for kind in DEPARTMENT_SEATS for who in held[kind]), *officers),
        lead=held[SeatKind.LEAD],
        committee=_ids(await tx.people.holding(Role.COMMITTEE)),
    )


def _ids(people: Sequence[Person]) -> tuple[int, ...]:
    """Those of them who are there."""
    return tuple(one.member_id for one in people if one.status is MemberStatus.ACTIVE)


async def given_to(tx: Tx, found: Objection) -> tuple[int, ...]:
    """To whom the objection was given; to the committee if nobody was left or he is not there any more.

    Of the committee those who had no part in it, as long as there is one.
    """
    if found.answerer_id is not None:
        person = await tx.people.get(found.answerer_id)
        if person.status not in _AWAY:
            return (person.member_id, *await _stand_ins(tx, found, person.member_id))
    committee = [one.member_id for one in await tx.people.holding(Role.COMMITTEE) if one.member_id != found.member_id]
    barred = await _barred(tx, found)
    return tuple([one for one in committee if one not in barred] or committee)


async def answerers(tx: Tx, found: Objection) -> tuple[int, ...]:
    """Who may answer now: nobody once it was answered or withdrawn."""
    return await given_to(tx, found) if found.state.waits_for_answer else ()


async def _stand_ins(tx: Tx, found: Objection, answerer_id: int) -> list[int]:
    """Who stands in for the answerer, as far as he neither is the member nor decided what was objected to."""
    candidates = await tx.delegations.standing_in_for(answerer_id)
    if not candidates:
        return []
    barred = await _barred(tx, found)
    return [one for one in candidates if one not in barred]


async def _barred(tx: Tx, found: Objection) -> set[int]:
    """The member himself, who decided what he objects to, and who answered him before."""
    stand = await tx.periods.get_branch_quarter(found.branch_id, found.quarter)
    given = (await tx.objections.answers([found.objection_id])).get(found.objection_id, ())
    involved = await involved_in(tx, stand, found.member_id, found.month, found.item)
    return {found.member_id, *involved, *(one.answered_by for one in given)}


async def objection_card(tx: Tx, viewer: Person, found: Objection, zone: ZoneInfo) -> ObjectionCard:
    """The objection for one who may see it: the member, to whom it was given, who answered, who keeps the file."""
    given = (await tx.objections.answers([found.objection_id])).get(found.objection_id, ())
    await _require_reader(tx, viewer, found, given)
    who = await answerers(tx, found)
    subject = Subject(found.branch_id, found.member_id, answerers=who)
    is_own, may_answer = viewer.member_id == found.member_id, may(viewer, Deed.ANSWER_OBJECTION, subject)
    return await unguarded_card(tx, found, given, who, zone, is_own=is_own, may_answer=may_answer)


async def _require_reader(tx: Tx, viewer: Person, found: Objection, given: Sequence[ObjectionAnswer]) -> None:
    concerned = {found.member_id, *await given_to(tx, found), *(one.answered_by for one in given)}
    may_see = may(viewer, Deed.SEE_OBJECTIONS, Subject(found.branch_id, found.member_id))
    if viewer.member_id not in concerned and not may_see:
        raise ForbiddenError


async def unguarded_card(
    tx: Tx, found: Objection, given: tuple[ObjectionAnswer, ...], who: tuple[int, ...], zone: ZoneInfo, *,
    is_own: bool = False, may_answer: bool = False,
) -> ObjectionCard:  # fmt: skip
    """The same for a reader whose right was looked at."""
    names = await tx.people.names({*_named(found), *who, *(one.answered_by for one in given)})
    return ObjectionCard(
        objection=found,
        owner=await tx.people.get(found.member_id),
        branch=(await tx.people.get_branch(found.branch_id)).name,
        is_own=is_own,
        may_answer=may_answer,
        answerers=tuple(names[one] for one in who),
        answers=given,
        months=await scored_months(tx, found.member_id, found.quarter) if may_answer else (),
        names=names,
        now=tx.now,
        zone=zone,
    )


def _named(found: Objection) -> set[int]:
    """The people of whom the frozen copy speaks."""
    frozen = found.frozen
    ids = {frozen["rated_by"], frozen["reviewed_by"]}
    ids |= {int(one["by"]) for month in frozen["months"] for one in month["adjusted"] if str(one["by"]).isdigit()}
    return {one for one in ids if one is not None}


async def settle(tx: Tx, found: Objection, state: ObjectionState, **columns: Any) -> Objection:
    """Take the objection to its next state; who lost the race is told truly what it is now."""
    if not await tx.objections.change(found, state=state, **columns):
        await too_late(tx, await tx.objections.get(found.objection_id))
    return await tx.objections.get(found.objection_id)


async def too_late(tx: Tx, now_is: Objection) -> NoReturn:
    """Raise what tells who was first; a card that was only old is a StaleCardError."""
    given = (await tx.objections.answers([now_is.objection_id])).get(now_is.objection_id, ())
    if now_is.state is ObjectionState.WITHDRAWN and now_is.closed_at is not None:
        names = await tx.people.names([now_is.member_id])
        raise AlreadyDecidedError(names[now_is.member_id], now_is.state.value, now_is.closed_at)
    if given and not now_is.state.waits_for_answer:
        last = given[-1]
        names = await tx.people.names([last.answered_by])
        raise AlreadyDecidedError(names[last.answered_by], f"answer_{last.outcome}", last.answered_at)
    raise StaleCardError


async def as_seen(tx: Tx, visit: Visit, objection_id: int, revision: int) -> tuple[Person, Objection]:
    """Who visits, and the objection if it still is as he saw it."""
    person, found = await visit.enter(tx), await tx.objections.get(objection_id)
    given = (await tx.objections.answers([objection_id])).get(objection_id, ())
    await _require_reader(tx, person, found, given)
    if found.revision != revision:
        await too_late(tx, found)
    return person, found
