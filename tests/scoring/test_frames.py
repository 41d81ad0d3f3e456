"""Parts, groups, totals and their rounding around the items."""

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


def framed(*facts, **more):
    return score(load_ruleset(FRAMED), facts, period=NOVEMBER, **more)


def test_a_part_may_start_at_a_base_and_a_total_too():
    """The total starts at 5 and the base part at 20; both stand as lines of their own."""
    result = framed()
    assert result.total == 25
    starts = [line for line in result.lines if line.points]
    assert [(line.item, line.part, line.points) for line in starts] == [("base", "base", 20), ("total", "", 5)]
    assert [(one.code, one.params) for line in starts for one in line.reasons] == [
        ("start", {"points": 20, "member_class": ""}),
        ("start", {"points": 5, "member_class": ""}),
    ]


def test_parts_have_ceilings_and_floors():
    """A part is kept between its floor and its full points, and the cut is named."""
    high, low = framed(times("plus", 9)), framed(times("minus", 9))
    assert (high.by_part["base"], low.by_part["base"]) == (40, 10)
    assert [(cut.code, cut.scope, cut.amount) for cut in high.cuts] == [("cap", "base", 34)]
    assert [(cut.code, cut.scope, cut.amount) for cut in low.cuts] == [("floor", "base", -62)]


def test_a_part_may_be_weighted():
    """A review of 90 weighs 20 %, 18 points; the weight is shown as what it takes."""
    result = framed(Fact("vote", score=Decimal(90)))
    assert (result.by_part["review"], result.total) == (18, 43)
    assert [(cut.code, cut.amount) for cut in result.cuts] == [("weight", 72)]


def test_the_total_has_its_own_ceiling():
    """An item outside all parts counts, up to the full total."""
    result = framed(times("gift", 9))
    assert result.total == 60
    assert [(cut.code, cut.scope, cut.amount) for cut in result.cuts] == [("cap", "total", 55)]


def test_items_under_a_common_cap_and_one_outside_it():
    """Three and three under a common cap of four are four; the third item stands outside."""
    result = score(load_ruleset(GROUPED), [times(item, 2) for item in "abc"], period=NOVEMBER)
    assert [line.points for line in result.lines] == [3, 1, 3]
    assert [(cut.code, cut.scope, cut.amount) for cut in result.line("b").cuts] == [("cap", "b", 1), ("cap", "both", 2)]


def test_of_a_group_only_the_best_may_count():
    """Where the table says one of two, the better item counts and the other is cut to nothing."""
    rules = load_ruleset(GROUPED.replace("cap: 4", "pick: best, cap: 2.5"))
    result = score(rules, [times("a", 1), times("b", 2), times("c", 1)], period=NOVEMBER)
    assert [line.points for line in result.lines] == [0, Decimal("2.5"), 2]
    assert [(cut.code, cut.scope, cut.amount) for cut in result.line("a").cuts] == [("either", "both", 2)]


def test_rounding_that_the_table_leaves_open_is_asked_only_when_needed():
    """A third of a point needs a rounding rule; whole points do not."""
    rules = load_ruleset("id: t\nversion: '1'\ntitle: t\nitems: [{id: a, label: a, kind: ratio, full: 10, of: 3}]")
    assert score(rules, [Fact("a", score=Decimal(3))], period=NOVEMBER).total == 10
    with pytest.raises(RuleSilentError) as asked:
        score(rules, [Fact("a", score=Decimal(1))], period=NOVEMBER)
    assert (asked.value.question_code, asked.value.policy) == ("rounding", "rounding")


@pytest.mark.parametrize(
    ("mode", "total", "taken"), [("half_up", "6.67", ["-0.01"]), ("floor", "6.66", []), ("ceil", "6.67", ["0.01"])]
)
def test_the_total_is_rounded_once_and_the_rest_is_shown(mode, total, taken):
    """Two thirds of ten twice over: lines are rounded to be read, the total only once."""
    rules = load_ruleset(
        f"id: t\nversion: '1'\ntitle: t\npolicies: {{rounding: {{step: 0.01, mode: {mode}}}}}\n"
        "items: [{id: a, label: a, kind: ratio, full: 10, of: 3}, {id: b, label: b, kind: ratio, full: 10, of: 3}]"
    )
    result = score(rules, [Fact("a", score=Decimal(1)), Fact("b", score=Decimal(1))], period=NOVEMBER)
    assert result.total == Decimal(total)
    assert sum(line.points for line in result.lines) - sum(cut.amount for cut in result.cuts) == result.total
    assert [(cut.code, cut.scope, str(cut.amount)) for cut in result.cuts] == [
        ("rounding", "total", less) for less in taken
    ]
