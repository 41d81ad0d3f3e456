"""What the form's use cases share: reading a form with its score, and who may write in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.forms import Form
from bot.domain.may import Deed, Subject
from bot.domain.people import Person
from bot.errors import ExemptError, ForbiddenError, PeriodClosedError, StaleCardError
from bot.scoring.engine import score_month
from bot.scoring.facts import Answers, Fact, facts_from_json, facts_to_json
from bot.scoring.points import hundredths
from bot.scoring.results import Override, Score
from bot.scoring.ruleset import RuleSet
from bot.storage.tx import Tx
from bot.usecases.rating.quarter_guard import before_change
from bot.usecases.visit import Visit, must
from bot.views.facts import FormCard


def score_form(rules: RuleSet, form: Form, answers: Answers | None = None) -> Score:
    """The form's score: its answers (or those given), with what the branch decided against them."""
    known = facts_from_json(form.answers) if answers is None else answers
    overrides = [one for one in overrides_of(form) if not counts_for_the_year(rules, one.item)]
    return score_month(rules, known, overrides, month=form.month)


def counts_for_the_year(rules: RuleSet, item: str) -> bool:
    """Whether the item is a bonus that is credited with the year, and so is no part of a month's points."""
    return rules.is_bonus(item) and rules.bonus.per == "year"


def bonus_of(rules: RuleSet, form: Form) -> tuple[tuple[Fact, ...], tuple[Override, ...]]:
    """What a month brings to the year's bonus: the facts claimed, and what the branch decided in place of some."""
    overrides = tuple(one for one in overrides_of(form) if counts_for_the_year(rules, one.item))
    decided = {one.item for one in overrides}
    claimed = [
        fact
        for item, facts in facts_from_json(form.answers).items()
        if counts_for_the_year(rules, item) and item not in decided
        for fact in facts
    ]
    return tuple(claimed), overrides


def overrides_of(form: Form) -> list[Override]:
    """The branch's decisions on this form."""
    return [override_from_json(document) for document in form.overrides]


def override_from_json(document: dict[str, Any]) -> Override:
    """One stored decision."""
    return Override(document["item"], Decimal(document["points"]), document["reason"], str(document["by"]))


async def card_of(tx: Tx, viewer: Person, form: Form, zone: ZoneInfo) -> FormCard:
    """The form as this person sees it."""
    owner = viewer if viewer.member_id == form.member_id else await tx.people.get(form.member_id)
    rules = await tx.periods.rules(form.ruleset_id)
    answers = facts_from_json(form.answers)
    score = score_form(rules, form, answers)
    return FormCard(form, owner, viewer, rules, answers, score, tx.now, zone)


async def writable_card(tx: Tx, visit: Visit, form_id: int, zone: ZoneInfo) -> FormCard:
    """The form for somebody who is about to write in it; raises what forbids it."""
    person = await visit.enter(tx)
    card = await card_of(tx, person, await tx.forms.get(form_id), zone)
    await require_writer(tx, card)
    if card.form.exempt is not None:
        raise ExemptError(str(card.form.month))
    if not card.form.takes_answers(tx.now):
        if tx.now >= card.form.closes_at:
            raise PeriodClosedError(str(card.form.month), card.form.closes_at)
        raise StaleCardError
    await before_change(tx, card.form)
    return card


async def require_writer(tx: Tx, card: FormCard) -> None:
    """The member himself; or his commissioner, where the member has no phone that reaches him."""
    subject = Subject.of(card.owner)
    if not card.by_proxy:
        must(card.viewer, Deed.ANSWER_FORM, subject)
        return
    must(card.viewer, Deed.ENTER_FOR_MEMBER, subject)
    account = await tx.accounts.find_of(card.owner.member_id)
    if account is not None and account.unreachable_since is None:
        raise ForbiddenError


async def save_answers(tx: Tx, card: FormCard, answers: Answers, **columns: Any) -> FormCard:
    """Write the answers with their total; StaleCardError if somebody changed the form meanwhile."""
    score = score_form(card.rules, card.form, answers)
    document, total_centi = facts_to_json(answers), hundredths(score.total)
    if not await tx.forms.change(card.form, answers=document, total_centi=total_centi, **columns):
        raise StaleCardError
    changed = replace(card.form, answers=document, total_centi=total_centi, revision=card.form.revision + 1, **columns)
    return replace(card, form=changed, answers=answers, score=score)


def line_points(score: Score) -> dict[str, int]:
    """Each line's points in hundredths, for the ledger."""
    return {line.item: hundredths(line.points) for line in score.lines}
