"""Answers given under one table, as another can take them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.domain.forms import Form, FormState
from bot.domain.periods import Month, Year
from bot.scoring.engine import score_month
from bot.scoring.errors import RuleSilentError
from bot.scoring.facts import Fact, facts_to_json
from bot.scoring.results import Override
from bot.scoring.ruleset import RuleSet, default_ruleset, load_ruleset, template_text
from bot.scoring.span import Span
from bot.usecases.months.refit import creditable, refit

OCTOBER, YEAR = Month(2026, 10), Span.of(Year(2026))
NOON = datetime(2026, 10, 25, 4, tzinfo=UTC)


def form(*facts: Fact, overrides: tuple[tuple[str, str], ...] = ()) -> Form:
    """October of somebody, handed in."""
    answers: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        answers[fact.item] = (*answers.get(fact.item, ()), fact)
    decided = [{"item": item, "points": points, "reason": "核实", "by": 2} for item, points in overrides]
    return Form(1, 1, 1, OCTOBER, 1, FormState.SUBMITTED, 0, facts_to_json(answers), {}, decided, 0, NOON, NOON)


def changed(*changes: tuple[str, str]) -> RuleSet:
    """The default table with texts replaced."""
    text = template_text("default")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return load_ruleset(text)


def test_the_same_table_takes_everything() -> None:
    """Nothing is left aside, and the points are the month's own."""
    facts = Fact("lecture"), Fact("meetings", "absent"), Fact("post", grade="partly")
    month = refit(default_ruleset(), form(*facts, overrides=(("pledge", "2"),)), YEAR)
    own = score_month(
        default_ruleset(),
        {fact.item: (fact,) for fact in facts},
        [Override("pledge", Decimal(2), "核实")],
        month=OCTOBER,
    )
    assert month.result.total == own.total
    assert not month.left_aside


def test_a_grade_or_act_that_is_gone_is_left_aside_alone() -> None:
    """The other answers of the same month still count."""
    rules = changed(("      - {id: partly, label: 部分完成, points: 6}\n", ""))
    month = refit(rules, form(Fact("post", grade="partly"), Fact("lecture")), YEAR)
    assert month.left_aside == {"post": 1}
    assert month.result.total == 63


def test_what_was_decided_outside_the_new_bounds_is_left_aside() -> None:
    """An adjustment to 6 of an item that now brings 2 at most cannot stand."""
    rules = changed(
        ("dimension: thought\n    kind: add\n    full: 6", "dimension: thought\n    kind: add\n    full: 2")
    )
    month = refit(rules, form(Fact("lecture"), overrides=(("lecture", "6"),)), YEAR)
    assert month.left_aside == {"lecture": 1}
    assert month.result.total == 62


def test_the_years_bonus_goes_its_own_way() -> None:
    """It is no part of the month; a decision stands in place of the claim."""
    claimed = form(Fact("commendation", "bank"), Fact("lecture"))
    month = refit(default_ruleset(), claimed, YEAR)
    assert [fact.act for fact in month.bonus] == ["bank"]
    decided = refit(default_ruleset(), form(Fact("commendation", "bank"), overrides=(("commendation", "1"),)), YEAR)
    assert not decided.bonus
    assert [one.points for one in decided.bonus_overrides] == [1]
    assert not month.left_aside
    assert not decided.left_aside


def test_an_open_question_of_the_new_table_is_asked() -> None:
    """It is not guessed past."""
    with pytest.raises(RuleSilentError):
        refit(changed(("label: 主讲或发言, each: 3}", "label: 主讲或发言}")), form(Fact("lecture")), YEAR)


def test_a_bonus_reported_under_an_older_table_does_not_stop_the_year() -> None:
    """A table adopted within the year may have dropped an award."""
    rules = changed(("        - {id: bank, label: 分行, each: 2}\n", ""))
    facts = [Fact("commendation", "bank"), Fact("commendation", "nation"), Fact("gone")]
    kept, decided = creditable(rules, facts, [Override("gone", Decimal(1), "核实")], YEAR)
    assert [fact.act for fact in kept] == ["nation"]
    assert decided == []
