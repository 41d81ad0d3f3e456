"""The bonus outside the full points, the veto, disqualification, and one event under two heads."""

from datetime import date
from decimal import Decimal

import pytest

from bot.scoring.engine import score
from bot.scoring.errors import RuleSilentError
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


@pytest.mark.parametrize(
    ("may", "faults", "total"), [("true", 0, 15), ("false", 0, 10), ("false", 1, 10), ("false", 4, 7)]
)
def test_a_bonus_of_the_period_may_or_may_not_pass_the_full_points(may, faults, total):
    """Two prizes are worth 6, capped to 5; above ten they count only where the table lets them."""
    rules = load_ruleset(f"{WITH_BONUS}policies: {{bonus_may_pass: {may}}}")
    assert score(rules, [times("a", faults), times("prize", 2)], period=NOVEMBER).total == total


def test_what_a_bonus_loses_is_shown_by_what_took_it():
    """Six are held to five by the bonus' own cap, and these five to nothing by the full points."""
    rules = load_ruleset(f"{WITH_BONUS}policies: {{bonus_may_pass: false}}")
    result = score(rules, [times("prize", 2)], period=NOVEMBER)
    assert [(cut.code, cut.scope, cut.amount, cut.limit) for cut in result.cuts] == [
        ("cap", "bonus", 1, 5),
        ("cap", "total", 5, 10),
    ]


def test_a_bonus_beyond_the_full_points_is_a_question():
    """A table that does not say whether the bonus may pass a full total is asked when it would."""
    rules = load_ruleset(WITH_BONUS)
    assert score(rules, [times("a", 4), times("prize", 1)], period=NOVEMBER).total == 5
    with pytest.raises(RuleSilentError) as asked:
        score(rules, [times("prize", 1)], period=NOVEMBER)
    assert asked.value.question_code == "bonus_may_pass"


def test_a_veto_of_the_period_makes_it_zero():
    """The veto takes what was earned, and says so."""
    result = score(load_ruleset(WITH_BONUS), [Fact("veto", "law")], period=NOVEMBER)
    assert (result.total, result.vetoed) == (0, True)
    assert [(cut.code, cut.amount) for cut in result.cuts] == [("veto", 10)]


def test_a_veto_of_the_year_leaves_the_month():
    """Where the veto is the year's, the month keeps its points and is marked."""
    rules = load_ruleset(WITH_BONUS.replace("scope: period", "scope: year"))
    result = score(rules, [Fact("veto", "law")], period=NOVEMBER)
    assert (result.total, result.vetoed) == (10, True)


def test_a_marked_act_disqualifies():
    """Words with an impact disqualify; without one they only cost points."""
    rules = load_ruleset(
        "id: t\nversion: '1'\ntitle: t\nitems: [{id: a, label: a, kind: deduct, full: 10, "
        "acts: [{id: x, label: words, each: 5, disqualifies_with: impact}]}]"
    )
    loud = score(rules, [times("a", 1, marks=frozenset({"impact"}))], period=NOVEMBER)
    assert [(one.code, one.params) for one in loud.disqualified] == [("disqualified", {"item": "a", "label": "words"})]
    assert score(rules, [times("a", 1)], period=NOVEMBER).disqualified == ()


def test_one_event_under_two_heads_counts_as_often_as_the_head_that_counts_it_most():
    """Two on Monday under one head and one on Monday under the other are two events; one on Tuesday is a third."""
    rules = load_ruleset(
        "id: t\nversion: '1'\ntitle: t\npolicies: {double_heads: once}\nitems:\n"
        "  - {id: a, label: a, kind: deduct, floor: null, acts: [{id: x, label: x, each: 3}]}\n"
        "  - {id: b, label: b, kind: deduct, floor: null, acts: [{id: y, label: y, each: 5, same_as: a.x}]}\n"
    )
    monday, tuesday = date(2026, 11, 2), date(2026, 11, 3)
    facts = [times("a", 2, on=monday), times("b", 1, on=monday), times("b", 1, on=tuesday)]
    result = score(rules, facts, period=NOVEMBER)
    assert result.total == -11
    assert [reason.code for reason in result.line("b").reasons] == ["act", "counted_once"]
    assert [reason.code for reason in result.line("a").reasons] == ["act"]
    assert score(rules, [times("a", 1, on=monday), times("b", 3, on=monday)], period=NOVEMBER).total == -13
    three = [times("b", 1, on=monday)] * 3
    assert score(rules, [times("a", 2, on=monday), *three], period=NOVEMBER).total == -11


def test_a_bonus_exactly_at_its_cap_is_not_cut():
    """Points equal to a limit are within it, for the bonus and for parts."""
    rules = load_ruleset(WITH_BONUS.replace("cap: 5", "cap: 6") + "policies: {bonus_may_pass: true}")
    assert score(rules, [times("prize", 2)], period=NOVEMBER).cuts == ()
    assert framed(Fact("plus", "x", Decimal(3)), times("minus", 0)).cuts == ()
