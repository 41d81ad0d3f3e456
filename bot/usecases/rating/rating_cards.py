"""What the rating's use cases share: a branch's queue, one member's card, and the remarks on his quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.forms import Form, FormState, Rating
from bot.domain.may import Deed, Subject, may
from bot.domain.people import Person
from bot.domain.periods import Quarter
from bot.domain.platforms import Disagreement
from bot.domain.remarks import FAR_FROM_LAST, Remark, RemarkKind
from bot.errors import ForbiddenError
from bot.scoring.facts import facts_from_json
from bot.scoring.items import Evidence, Item
from bot.scoring.means import MonthResult, PeriodScore, quarter_score
from bot.scoring.points import ZERO, from_hundredths
from bot.scoring.table import RuleSet
from bot.storage.tx import Tx
from bot.usecases.months.answer_item import usual_answer
from bot.usecases.months.form_cards import counts_for_the_year, overrides_of, score_form
from bot.usecases.people.delegation_cards import RATED_BY, on_behalf_of
from bot.usecases.rating.deciding import decides, reads_review, subject_of
from bot.usecases.records.check_records import against_records
from bot.usecases.visit import must
from bot.views.rating_facts import Claim, QueueRow, RatedMonth, RatingCard


async def queue_rows(tx: Tx, viewer: Person, branch_id: int, quarter: Quarter) -> tuple[QueueRow, ...]:
    """The branch's members, the viewer among them, with their running quarter and remarks."""
    ratings = await tx.ratings.in_branch(branch_id, quarter)
    ids = [rating.member_id for rating in ratings]
    people = {person.member_id: person for person in await tx.people.of(ids)}
    forms: dict[int, list[Form]] = {}
    for form in await tx.forms.in_months(quarter.months, member_ids=ids):
        forms.setdefault(form.member_id, []).append(form)
    last = {
        result.member_id: result.centi for result in await tx.ratings.results_in(quarter.previous, branch_id=branch_id)
    }
    raters = await tx.people.raters(branch_id)
    rules = {form.ruleset_id: await tx.periods.rules(form.ruleset_id) for own in forms.values() for form in own}
    against = await against_records(tx, quarter, forms, rules)
    rows = []
    for rating in ratings:
        own = forms.get(rating.member_id, [])
        value = running(await tx.periods.rules(rating.ruleset_id), own)
        mine = may(viewer, Deed.RATE, Subject(branch_id, rating.member_id, raters))
        rows.append(
            QueueRow(
                rating, people[rating.member_id], value,
                remarks_on(rules, own, value, last.get(rating.member_id), against.get(rating.member_id, ())),
                mine, counts=any(form.exempt is None for form in own),
            )
        )  # fmt: skip
    return tuple(rows)


def running(rules: RuleSet, forms: Sequence[Form]) -> Decimal | None:
    """The quarter as the forms' stored totals make it."""
    months = [
        MonthResult(form.month, from_hundredths(form.total_centi), exempt=form.exempt)
        for form in forms
    ]  # fmt: skip
    return quarter_score(rules, months).value


def remarks_on(
    rules: dict[int, RuleSet],
    forms: Sequence[Form],
    value: Decimal | None,
    last_centi: int | None,
    against: Sequence[Disagreement] = (),
) -> tuple[Remark, ...]:
    """What a rater should look at before he approves; nothing means that all is as usual."""
    found: list[Remark] = []
    for form in forms:
        if form.exempt is None:
            found += _on_form(rules[form.ruleset_id], form)
    found += [Remark(RemarkKind.AGAINST_RECORDS, item=one.label, against=one) for one in against]
    if value is not None and last_centi is not None:
        change = value - from_hundredths(last_centi)
        if abs(change) >= FAR_FROM_LAST:
            found.append(Remark(RemarkKind.FAR_FROM_LAST, points=change))
    return tuple(found)


def _on_form(rules: RuleSet, form: Form) -> list[Remark]:
    found = []
    if form.state is FormState.RETURNED:
        found.append(Remark(RemarkKind.SENT_BACK, form.month))
    elif form.state is FormState.OPEN:
        found.append(Remark(RemarkKind.NOT_HANDED_IN, form.month))
    elif form.by_proxy:
        found.append(Remark(RemarkKind.BY_PROXY, form.month))
    answers = facts_from_json(form.answers)
    found += [
        Remark(RemarkKind.NO_EVIDENCE, form.month, item.label)
        for item in (*rules.items, *rules.bonus.items)
        if answers.get(item.id) and lacks_evidence(item, form)
    ]
    found += [
        Remark(RemarkKind.ADJUSTED, form.month, rules.item(override.item).label) for override in overrides_of(form)
    ]
    return found


def lacks_evidence(item: Item, form: Form) -> bool:
    """Whether the item demands a photo or document and the form has none of it."""
    return item.evidence is Evidence.REQUIRED and all(piece.item != item.id for piece in form.evidence)


async def rating_card(tx: Tx, viewer: Person, rating: Rating, zone: ZoneInfo) -> RatingCard:
    """One member's quarter as this person may see it, or a ForbiddenError; nobody sees his own."""
    owner = await tx.people.get(rating.member_id)
    stand = await tx.periods.get_branch_quarter(rating.branch_id, rating.quarter)
    subject = await subject_of(tx, stand, rating.member_id)
    reviews = await reads_review(tx, viewer, stand, rating.member_id)
    if not reviews:
        must(viewer, Deed.SEE_QUEUE, subject)
    forms = {form.month: form for form in await tx.forms.in_months(rating.quarter.months, member_id=owner.member_id)}
    months = []
    for month in rating.quarter.months:
        form = forms.get(month)
        if form is None:
            months.append(RatedMonth(month))
        else:
            rules = await tx.periods.rules(form.ruleset_id)
            months.append(RatedMonth(month, form, rules, score_form(rules, form)))
    result = await tx.ratings.find_result(owner.member_id, rating.quarter.previous)
    last_centi = result.centi if result is not None and result.branch_id == rating.branch_id else None
    ids = sorted(entry.rating_id for entry in await tx.ratings.in_branch(rating.branch_id, rating.quarter)
                 if entry.member_id != viewer.member_id)  # fmt: skip
    place = ids.index(rating.rating_id)
    value = _quarter(await tx.periods.rules(rating.ruleset_id), months)
    own = list(forms.values())
    tables = {month.form.ruleset_id: month.rules for month in months if month.form and month.rules}
    against = await against_records(tx, rating.quarter, {owner.member_id: own}, tables)
    card = RatingCard(
        rating=rating, owner=owner, viewer=viewer, months=tuple(months), value=value,
        last=from_hundredths(last_centi) if last_centi is not None else None,
        claims=tuple(claim for month in months for claim in claims_of(month)),
        remarks=remarks_on(tables, own, value.value, last_centi, against.get(owner.member_id, ())),
        stand=stand, reviews=reviews,
        place=place + 1, of=len(ids),
        previous_id=ids[place - 1] if place > 0 else None, next_id=ids[place + 1] if place + 1 < len(ids) else None,
        mine=decides(viewer, stand, subject), names={}, zone=zone,
    )  # fmt: skip
    principal = await on_behalf_of(tx, rating.decided_by, rating.decided_at, *RATED_BY)
    return replace(card, names=await _names(tx, card), decided_for=principal)


def _quarter(rules: RuleSet, months: Sequence[RatedMonth]) -> PeriodScore:
    return quarter_score(
        rules,
        [
            MonthResult(month.month, month.score.total if month.score.rated else None, month.score.by_part,
                        month.score.by_dimension, month.form.exempt)
            for month in months
            if month.form is not None and month.score is not None
        ],
    )  # fmt: skip


def claims_of(month: RatedMonth) -> list[Claim]:
    """The items of a counting month that are not as an ordinary month has them, in table order."""
    form, rules, score = month.form, month.rules, month.score
    if form is None or rules is None or score is None or form.exempt is not None:
        return []
    answers, overrides = facts_from_json(form.answers), {one.item: one for one in overrides_of(form)}
    lines = {line.item: line for line in score.lines}
    claims = []
    for item in (*rules.items, *rules.bonus.items):
        facts, override = answers.get(item.id, ()), overrides.get(item.id)
        if override is None and (not facts or facts == usual_answer(item)):
            continue
        yearly, line = counts_for_the_year(rules, item.id), lines.get(item.id)
        points = line.points if line is not None else override.points if override is not None else None
        taken = sum((cut.amount for cut in line.cuts if cut.code == "override"), ZERO) if line is not None else ZERO
        claims.append(
            Claim(
                month=month.month, item=item, facts=facts, points=points,
                before=points + taken if points is not None and line is not None and override is not None else None,
                note=form.notes.get(item.id, ""), pieces=sum(piece.item == item.id for piece in form.evidence),
                lacks_evidence=bool(facts) and lacks_evidence(item, form), for_the_year=yearly, override=override,
            )
        )  # fmt: skip
    return claims


async def _names(tx: Tx, card: RatingCard) -> dict[int, str]:
    """The names of those who decided, handed in or adjusted something on this card."""
    ids = {card.rating.decided_by}
    for month in card.months:
        if month.form is not None:
            ids.add(month.form.submitted_by)
            ids |= {int(override.by) for override in overrides_of(month.form) if override.by.isdigit()}
    return {member_id: (await tx.people.get(member_id)).name for member_id in ids if member_id is not None}


async def next_card(tx: Tx, viewer: Person, after: Rating, zone: ZoneInfo) -> RatingCard | None:
    """The next card on which this person has to decide: those never postponed first; None when all is done."""
    rows = await queue_rows(tx, viewer, after.branch_id, after.quarter)
    waiting = [row.rating for row in rows if row.waits and row.rating.rating_id != after.rating_id]
    return await rating_card(tx, viewer, waiting[0], zone) if waiting else None


def require_rater(card: RatingCard) -> None:
    """Raise ForbiddenError unless the viewer decides on this member."""
    if not card.mine:
        raise ForbiddenError
