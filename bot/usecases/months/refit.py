"""A month's answers as a new table can take them; what fits nothing there is left aside and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.forms import Form
from bot.scoring.engine import score_month
from bot.scoring.errors import FactError
from bot.scoring.facts import Answers, Fact, facts_from_json
from bot.scoring.means import MonthResult, PeriodScore, year_score
from bot.scoring.points import ZERO
from bot.scoring.results import Override, Score
from bot.scoring.span import Span
from bot.scoring.table import RuleSet
from bot.usecases.months.form_cards import counts_for_the_year, overrides_of

_A_QUARTER = (PeriodScore(ZERO, {}, {}, 1, 1),)


@dataclass(frozen=True, slots=True)
class RefittedMonth:
    """A month by the new table, what it brings to the year's bonus, and how much of which item was left aside."""

    result: MonthResult
    bonus: tuple[Fact, ...]
    bonus_overrides: tuple[Override, ...]
    left_aside: Counter[str]


def refit(rules: RuleSet, form: Form, year: Span) -> RefittedMonth:
    """One form by another table than its own. RuleSilentError where that one does not say."""
    answers, overrides = facts_from_json(form.answers), overrides_of(form)
    of_year = {item: facts for item, facts in answers.items() if counts_for_the_year(rules, item)}
    fitting = {item: facts for item, facts in answers.items() if rules.has_item(item) and item not in of_year}
    decided = [one for one in overrides if rules.has_item(one.item) and not counts_for_the_year(rules, one.item)]
    score = _scored(rules, form, fitting, decided)
    if score is None:
        fitting = {item: facts for item, facts in fitting.items() if _scored(rules, form, {item: facts}, ())}
        decided = [one for one in decided if _scored(rules, form, {}, (one,))]
        score = score_month(rules, fitting, decided, month=form.month)
    bonus_overrides = tuple(one for one in overrides if counts_for_the_year(rules, one.item))
    instead = {one.item for one in bonus_overrides}
    bonus = tuple(
        fact
        for item, facts in of_year.items()
        if item not in instead and _credits(rules, facts, (), year)
        for fact in facts
    )
    kept = {*fitting, *(fact.item for fact in bonus), *instead}
    left = Counter({item: len(facts) for item, facts in answers.items() if facts and item not in kept})
    left.update(one.item for one in overrides if one not in decided and one not in bonus_overrides)
    return RefittedMonth(_result(form, score), bonus, bonus_overrides, left)


def _result(form: Form, score: Score) -> MonthResult:
    exempt = form.exempt.value if form.exempt is not None else None
    return MonthResult(form.month, score.total if score.rated else None, score.by_part, score.by_dimension, exempt)


def _scored(rules: RuleSet, form: Form, answers: Answers, overrides: Sequence[Override]) -> Score | None:
    try:
        return score_month(rules, answers, overrides, month=form.month)
    except FactError:
        return None


def creditable(
    rules: RuleSet, facts: Sequence[Fact], overrides: Sequence[Override], year: Span
) -> tuple[list[Fact], list[Override]]:
    """What of a year's bonus this table knows: months of the year may have been reported under an older one."""
    claimed = [fact for fact in facts if _credits(rules, (fact,), (), year)]
    return claimed, [one for one in overrides if _credits(rules, (), (one,), year)]


def _credits(rules: RuleSet, facts: Sequence[Fact], overrides: Sequence[Override], year: Span) -> bool:
    try:
        year_score(rules, _A_QUARTER, facts, year=year, bonus_overrides=overrides)
    except FactError:
        return False
    return True
