"""A rater's own figure in place of the computed one, and the ends it keeps to."""

from decimal import Decimal

import pytest

from bot.scoring.bounds import bounds
from bot.scoring.engine import Override, score
from bot.scoring.errors import FactError
from bot.scoring.facts import Fact
from bot.scoring.ruleset import load_ruleset
from tests.scoring.tables import NOVEMBER, times

FRAMED = """
id: framed
version: "1"
title: t
period: month
total: {start: 5, floor: 0, full: 60}
parts:
  - {id: base, label: base, start: 20, full: 40, floor: 10}
  - {id: review, label: review, weight: 0.2}
items:
  - {id: plus, label: p, part: base, kind: add, acts: [{id: x, label: x, each: 6}]}
  - {id: minus, label: m, part: base, kind: deduct, floor: null, acts: [{id: x, label: x, each: 8}]}
  - {id: vote, label: v, part: review, kind: ratio, full: 100}
  - {id: gift, label: g, kind: add, acts: [{id: x, label: x, each: 10}]}
policies: {rounding: {step: 0.01}, exempt_item: full}
"""


GROUPED = """
id: grouped
version: "1"
title: t
items:
  - {id: a, label: a, kind: add, full: 3, acts: [{id: x, label: x, each: 2}]}
  - {id: b, label: b, kind: add, full: 3, acts: [{id: x, label: x, each: 2}]}
  - {id: c, label: c, kind: add, full: 3, acts: [{id: x, label: x, each: 2}]}
groups:
  - {id: both, label: a and b, items: [a, b], cap: 4}
policies: {rounding: {step: 0.01}}
"""


WITH_BONUS = """
id: bonus
version: "1"
title: t
total: {full: 10}
items: [{id: a, label: a, kind: deduct, full: 10, acts: [{id: x, label: x, each: 2}]}]
bonus: {cap: 5, per: period, items: [{id: prize, label: p, kind: add, acts: [{id: x, label: x, each: 3}]}]}
veto: {scope: period, when: [{id: law, label: l}]}
"""


def framed(*facts, **more):
    return score(load_ruleset(FRAMED), facts, period=NOVEMBER, **more)


def test_an_override_is_bound_by_the_item():
    """A reviewer's figure replaces the computed one, needs a reason and never passes the item's ends."""
    result = framed(overrides=[Override("vote", Decimal(50), "r")])
    assert (result.line("vote").points, result.by_part["review"]) == (50, 10)
    for override, code in [
        (Override("vote", Decimal(101), "r"), "out_of_range"),
        (Override("vote", Decimal(-1), "r"), "out_of_range"),
        (Override("vote", Decimal(50), " "), "reason_needed"),
        (Override("odd", Decimal(50), "r"), "unknown_item"),
    ]:
        with pytest.raises(FactError) as refused:
            framed(overrides=[override])
        assert refused.value.code == code


def test_a_common_cap_holds_an_override_too():
    """Two items under a cap of four stay at four, whatever a reviewer gives one of them."""
    result = score(load_ruleset(GROUPED), [times("a", 1)], [Override("b", Decimal(3), "r")], period=NOVEMBER)
    assert (result.line("b").points, result.total) == (2, 4)


def test_an_override_of_a_factor_comes_last():
    """A reviewer's figure for an item is multiplied; one for the factor itself stands as it is."""
    rules = load_ruleset(
        "id: t\nversion: '1'\ntitle: t\nitems:\n"
        "  - {id: a, label: a, kind: add, full: 10, acts: [{id: x, label: x, each: 4}]}\n"
        "  - {id: m, label: m, kind: multiplier, of: [a], full: 9, grades: [{id: hard, label: h, by: 2}]}"
    )
    facts = [times("a", 1), Fact("m", grade="hard")]
    doubled = score(rules, facts, [Override("a", Decimal(5), "r")], period=NOVEMBER)
    decided = score(rules, facts, [Override("m", Decimal(1), "r"), Override("a", Decimal(5), "r")], period=NOVEMBER)
    assert [line.points for line in doubled.lines] == [5, 5]
    assert [line.points for line in decided.lines] == [5, 1]
    assert [(cut.code, cut.amount) for cut in decided.line("m").cuts] == [("override", 4)]


def test_a_bonus_of_the_year_cannot_be_decided_in_a_month():
    """What counts for the year is not an item of the month."""
    rules = load_ruleset(WITH_BONUS.replace("per: period", "per: year"))
    assert score(rules, [times("prize", 1)], period=NOVEMBER).total == 10
    with pytest.raises(FactError) as refused:
        score(rules, [], [Override("prize", Decimal(1), "r")], period=NOVEMBER)
    assert refused.value.code == "unknown_item"


def test_a_decision_that_changes_nothing_cuts_nothing():
    """A rater who confirms the computed points leaves only the name on the line."""
    line = framed(overrides=[Override("plus", Decimal(0), "confirmed")]).line("plus")
    assert (line.cuts, line.override.reason) == ((), "confirmed")


@pytest.mark.parametrize(
    ("item", "ends"),
    [
        (
            "kind: tier, when_silent: none, grades: [{id: l, label: l, points: -2}, {id: h, label: h, points: 3}]",
            (-2, 3),
        ),
        ("kind: tier, full: 9, when_silent: none, grades: [{id: l, label: l, points: 2}]", (2, 9)),
        ("kind: tier, several: sum, when_silent: none, grades: [{id: l, label: l, points: 2}]", (2, None)),
        ("kind: deduct, full: 5, acts: [{id: x, label: x, each: 1}]", (0, 5)),
        ("kind: deduct, full: 5, floor: null, acts: [{id: x, label: x, each: 1}]", (None, 5)),
        ("kind: add, full: 5, cap: 4, acts: [{id: x, label: x, each: 1}]", (0, 4)),
        ("kind: add, acts: [{id: x, label: x, each: -1}]", (None, None)),
        ("kind: shortfall, full: 5, target: 2, each_missing: 1, floor: -1", (-1, 5)),
        ("kind: ratio, full: 5, may_pass: true", (0, None)),
        ("kind: ratio, full: 5", (0, 5)),
        ("kind: carry, share: 0.5, cap: 4", (0, 4)),
        ("kind: review, full: 5, panels: [{id: p, label: p, weight: 1}]", (0, 5)),
        ("kind: multiplier, full: 5, of: [a], grades: [{id: g, label: g, by: 2}]", (None, 5)),
    ],
)
def test_the_ends_of_each_kind(item, ends):
    """What a rater's own figure may be, whatever the kind."""
    rules = load_ruleset(f"id: t\nversion: '1'\ntitle: t\nitems: [{{id: a, label: a, {item}}}]")
    assert bounds(rules.item("a")) == ends
