"""What a rater may give instead of the computed points."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Month
from bot.scoring.adjusting import allowed, limits, suggestions
from bot.scoring.engine import score_month
from bot.scoring.results import Override
from bot.scoring.ruleset import load_ruleset, template_text

RULES = load_ruleset(template_text("default"), "default.yaml")
ITEMS = (*RULES.items, *RULES.bonus.items)


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("meetings", "12 10 8 6 4 2 0"),
        ("study", "6 3 0"),
        ("post", "10 8 6 0"),
        ("innovation", "8 4 0"),
        ("volunteer", "4 3 2 1 0"),
        ("commendation", "5 4 3 2 1 0"),
        ("outstanding", "3 2 1 0"),
    ],
)
def test_the_buttons_offer_the_steps_of_the_table(item: str, values: str) -> None:
    """A rater taps values that the item itself could have brought."""
    assert suggestions(RULES, RULES.item(item)) == tuple(Decimal(value) for value in values.split())


def test_steps_of_a_target_are_offered() -> None:
    """A target with steps offers what each step leaves."""
    rules = load_ruleset(
        "id: t\nversion: '1'\ntitle: t\nitems: [{id: a, label: a, kind: shortfall, full: 20, target: 9, "
        "steps: [{at_least: 1, cut: 5}, {at_least: 5, cut: 20}]}]"
    )
    assert suggestions(rules, rules.item("a")) == (Decimal(20), Decimal(15), Decimal(0))


def test_an_outstanding_contribution_is_one_to_three_or_nothing() -> None:
    """A range is given within its ends or not at all."""
    item = RULES.item("outstanding")
    assert limits(RULES, item) == (0, 3)
    assert allowed(RULES, item, Decimal("2.5"))
    assert not allowed(RULES, item, Decimal("0.5"))
    assert not allowed(RULES, item, Decimal(4))


@given(st.sampled_from(RULES.items), st.decimals(-200, 200, places=3))
def test_whatever_is_allowed_the_engine_takes(item, points: Decimal) -> None:  # type: ignore[no-untyped-def]
    """No adjustment that the chat accepts is refused when the month is computed."""
    if allowed(RULES, item, points):
        score = score_month(RULES, {}, [Override(item.id, points, "as agreed")], month=Month(2026, 10))
        assert score.line(item.id).points == points


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_suggestion_is_allowed(item) -> None:  # type: ignore[no-untyped-def]
    """No button is shown that would be refused."""
    assert suggestions(RULES, item)
    assert all(allowed(RULES, item, points) for points in suggestions(RULES, item))
